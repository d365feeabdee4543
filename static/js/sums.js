/* Sums as one types: <form data-sums>; a field says into which sum it goes (data-adds="kas", "-kas" takes) and by how
   much it counts (data-times); <output data-sum="kas"> shows it, data-gap="a b" the difference of two. The server judges. */
import { readRupiah } from "./echo.js";

const rupiah = (amount) => `${amount < 0 ? "−" : ""}Rp${Math.abs(amount).toLocaleString("id-ID")}`;

export function start(form) {
  const show = () => {
    const sums = {};
    form.querySelectorAll("[data-adds]").forEach((field) => {
      const takes = field.dataset.adds.startsWith("-");
      const name = field.dataset.adds.slice(takes ? 1 : 0);
      const amount = (readRupiah(field.value) || 0) * Number(field.dataset.times || 1);
      sums[name] = (sums[name] || 0) + (takes ? -amount : amount);
    });
    form.querySelectorAll("[data-sum]").forEach((output) => (output.textContent = rupiah(sums[output.dataset.sum] || 0)));
    form.querySelectorAll("[data-gap]").forEach((output) => {
      const [one, other] = output.dataset.gap.split(" ").map((name) => sums[name] || 0);
      output.textContent = one === other ? "Seimbang" : `Selisih ${rupiah(Math.abs(one - other))}`;
      output.classList.toggle("verdict-no", one !== other);
    });
  };
  form.addEventListener("input", show);
  show();
}
