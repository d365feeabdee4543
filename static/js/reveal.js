/* "Tampilkan" beside a password: <button type="button" data-reveal="id of the input" hidden>. */

export function start(button) {
  const input = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.textContent = shown ? "Tampilkan" : "Sembunyikan";
  });
}
