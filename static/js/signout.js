/* Leaving asks first when something is unsent, then clears the copies on this device. */
import { dropCopy, unsentCopies } from "./local.js";

const QUESTION = `<h2>Ada tulisan yang belum terkirim</h2>
  <p data-text></p>
  <div class="btn-group-line mt-3"><button class="btn btn-primary" value="stay">Tetap masuk</button>
  <button class="btn btn-danger" value="leave">Keluar dan hapus</button></div>`;

export function start(form) {
  form.addEventListener("submit", (event) => {
    const copies = unsentCopies();
    if (!copies.length) return;
    event.preventDefault();
    delete form.dataset.busy;
    const dialog = document.createElement("dialog");
    dialog.className = "ask";
    dialog.setAttribute("aria-label", "Ada tulisan yang belum terkirim");
    const box = document.createElement("form");
    box.method = "dialog";
    box.innerHTML = QUESTION;
    box.querySelector("[data-text]").textContent =
      `${copies.length} formulir masih ada di perangkat ini saja. Bila Anda keluar, tulisan itu hilang.`;
    dialog.append(box);
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue !== "leave") return;
      copies.forEach(dropCopy);
      form.submit();
    });
    dialog.showModal();
  });
}
