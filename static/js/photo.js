/* Photos are made small before they travel: <input type="file" data-photo accept="image/*">.
   The camera's time and place go into hidden fields taken_at, latitude, longitude (one of each per file, in order);
   data-photo="prefix-" puts a formset prefix before the names. A file this browser cannot read goes as it is. */
import { readExif } from "./exif.js";

const SIDE = 1600;
const LIMIT = 300 * 1024;
const NAMES = ["taken_at", "latitude", "longitude"];

async function shrink(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  let blob = null;
  for (const quality of [0.82, 0.72, 0.6, 0.48, 0.36, 0.25]) {
    blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (blob.size <= LIMIT) break;
  }
  const name = file.name.replace(/\.\w+$/, "") + ".jpg";
  return { file: new File([blob], name, { type: "image/jpeg" }), canvas };
}

function thumbnail(canvas) {
  const small = document.createElement("canvas");
  small.width = 304;
  small.height = Math.round((304 * canvas.height) / canvas.width);
  small.getContext("2d").drawImage(canvas, 0, 0, small.width, small.height);
  return small.toDataURL("image/jpeg", 0.7);
}

function caption(file, facts) {
  const [day, time] = (facts.taken_at || "").split("T");
  const said = [`${Math.round(file.size / 1024)} KB`];
  if (day) said.push(`diambil ${day.split("-").reverse().join("/")} ${time.slice(0, 5).replace(":", ".")}`);
  said.push("latitude" in facts ? "ada tempatnya" : "tanpa tempat");
  return said.join(" · ");
}

export function start(input) {
  const prefix = input.dataset.photo;
  const shots = Object.assign(document.createElement("ul"), { className: "shots" });
  shots.setAttribute("aria-live", "polite");
  input.after(shots);

  function write(all) {
    for (const name of NAMES) {
      const given = input.form.elements[prefix + name];
      if (given && !given.length && !given.dataset.made && !input.multiple) {
        if (name in all[0]) given.value = all[0][name];
        continue;
      }
      input.form.querySelectorAll(`[data-made][name="${prefix}${name}"]`).forEach((old) => old.remove());
      for (const facts of all) {
        const field = Object.assign(document.createElement("input"), { type: "hidden", name: prefix + name, value: facts[name] ?? "" });
        field.dataset.made = "1";
        input.form.append(field);
      }
    }
  }

  input.addEventListener("change", async () => {
    const chosen = [...input.files];
    if (!chosen.length) return;
    shots.replaceChildren("Mengecilkan foto…");
    const bag = new DataTransfer();
    const all = [];
    const items = [];
    for (const file of chosen) {
      const facts = await readExif(file).catch(() => ({}));
      const made = await shrink(file).catch(() => null);
      const ready = made && (made.file.size < file.size || file.size > LIMIT) ? made.file : file;
      const item = document.createElement("li");
      if (made) item.append(Object.assign(document.createElement("img"), { src: thumbnail(made.canvas), alt: file.name }));
      item.append(caption(ready, facts));
      items.push(item);
      bag.items.add(ready);
      all.push(facts);
    }
    input.files = bag.files;
    shots.replaceChildren(...items);
    write(all);
  });
}
