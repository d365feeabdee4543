/* What we understood, below the field: data-echo="rupiah" or "tanggal". The server reads again and judges. */

const ONES = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"];
const STEPS = [[1e12, "triliun"], [1e9, "miliar"], [1e6, "juta"], [1e3, "ribu"], [100, "ratus"]];
const MONTHS = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"];

export function words(n) {
  if (n < 12) return ONES[n];
  if (n < 20) return `${ONES[n - 10]} belas`;
  if (n < 100) return `${ONES[Math.floor(n / 10)]} puluh ${ONES[n % 10]}`.trim();
  const [size, name] = STEPS.find(([step]) => n >= step);
  const count = Math.floor(n / size);
  const head = count === 1 && size <= 1000 ? `se${name}` : `${words(count)} ${name}`;
  return `${head} ${words(n % size)}`.trim();
}

/* "Rp 1.234.567", "1234567", "1.234.567,00"; null when it is not whole rupiah. */
export function readRupiah(text) {
  const bare = text.trim().replace(/^rp\.?\s*/i, "").replace(/,(0{1,2}|-)$/, "").replace(/\s/g, "");
  if (!/^(\d+|\d{1,3}(\.\d{3})+)$/.test(bare)) return null;
  const amount = Number(bare.replaceAll(".", ""));
  return Number.isSafeInteger(amount) && amount < 1e15 ? amount : null;
}

/* "1/12/2026", "1-12-26", "1 Desember 2026", "2026-12-01"; null when there is no such day. */
export function readDate(text) {
  let [day, month, year] = text.trim().toLowerCase().split(/[\s/.-]+/);
  if (/^\d{4}$/.test(day)) [day, year] = [year, day];
  const named = MONTHS.indexOf((month || "").slice(0, 3).replace("agt", "agu")) + 1;
  const parts = [Number(year) + (/^\d{2}$/.test(year) ? 2000 : 0), named || Number(month), Number(day)];
  if (parts.some((part) => !Number.isInteger(part) || part < 1)) return null;
  const date = new Date(parts[0], parts[1] - 1, parts[2]);
  return date.getMonth() + 1 === parts[1] && date.getDate() === parts[2] ? date : null;
}

const SAY = {
  rupiah(text) {
    const amount = readRupiah(text);
    return amount === null ? "" : `${amount ? words(amount) : "nol"} rupiah`;
  },
  tanggal(text) {
    const date = readDate(text);
    return date ? date.toLocaleDateString("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric" }) : "";
  },
};

export function start(input) {
  const say = SAY[input.dataset.echo];
  if (!say) return;
  const line = document.createElement("div");
  line.className = "echo";
  line.id = `${input.id}_echo`;
  (input.closest(".prefix,.input-group") || input).after(line);
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") || ""} ${line.id}`.trim());
  const show = () => {
    line.textContent = say(input.value);
    line.hidden = !line.textContent;
  };
  input.addEventListener("input", show);
  show();
}
