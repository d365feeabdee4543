/* Photos of papers are made small before they travel: <input type="file" multiple data-scans>.
   Larger than other photos, so that the code in the foot can still be read. PDFs, and what this browser cannot open, go
   as they are; nothing of the camera goes along. Beside the box stands what will be sent. */
const SIDE = 2000;
const LIMIT = 500 * 1024;

async function shrink(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  let blob = null;
  for (const quality of [0.85, 0.75, 0.65, 0.5, 0.4]) {
    blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (blob.size <= LIMIT) break;
  }
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

function size(bytes) {
  const kilo = Math.max(1, Math.round(bytes / 1024));
  return kilo < 1024 ? `${kilo} KB` : `${(kilo / 1024).toFixed(1).replace(".", ",")} MB`;
}

export function start(input) {
  const said = Object.assign(document.createElement("p"), { className: "small muted mt-2 mb-0" });
  said.setAttribute("role", "status");
  input.after(said);

  input.addEventListener("change", async () => {
    const chosen = [...input.files];
    said.textContent = "";
    if (!chosen.length) return;
    const bag = new DataTransfer();
    for (const [number, file] of chosen.entries()) {
      said.textContent = `Mengecilkan foto ${number + 1} dari ${chosen.length}…`;
      const small = file.type.startsWith("image/") && file.size > LIMIT ? await shrink(file).catch(() => null) : null;
      bag.items.add(small && small.size < file.size ? small : file);
    }
    input.files = bag.files;
    const total = [...input.files].reduce((sum, file) => sum + file.size, 0);
    said.textContent = `${chosen.length} berkas, ${size(total)}, siap diunggah.`;
  });
}
