/* Wakes a behaviour where the page asks for it; every page works without. */

// In this order: rows and echoes stand before a kept text is put back, and the guard
// against a second click comes after those who may hold a form back.
const HOOKS = [
  ["[data-rows]", () => import("./rows.js")],
  ["[data-echo]", () => import("./echo.js")],
  ["form[data-autosave]", () => import("./autosave.js")],
  ["form[data-signout]", () => import("./signout.js")],
  ["[data-queue],[data-queue-list]", () => import("./queue.js")],
  ["form[method=post]", () => ({ start: sendOnce })],
  ["[data-job-url]", () => import("./job.js")],
  ["[data-photo]", () => import("./photo.js")],
  ["[data-scans]", () => import("./scans.js")],
  ["[data-map]", () => import("./map.js")],
  ["form[data-sums]", () => import("./sums.js")],
  ["[data-reveal]", () => ({ start: reveal })],
  ["[data-when]", () => import("./when.js")],
  ["[data-rooms]", () => ({ start: showRoom })],
];
const awake = HOOKS.map(() => new WeakSet());
let last = Promise.resolve();

/* One root after the other: two at once would mix the order of the hooks. */
const wake = (root) => (last = last.then(() => wakeAll(root)).catch(console.error));

async function wakeAll(root) {
  for (const [number, [hook, load]] of HOOKS.entries()) {
    const found = [...root.querySelectorAll(hook)];
    if (root.matches?.(hook)) found.push(root);
    const fresh = found.filter((element) => !awake[number].has(element));
    if (!fresh.length) continue;
    fresh.forEach((element) => awake[number].add(element));
    const module = await load();
    fresh.forEach((element) => module.start(element));
  }
}

/* A second click on a button whose form is on its way does nothing. The server has its own guard. */
const REST_AFTER = 10_000; // an answer that is a download leaves the page standing

function rest() {
  document.querySelectorAll("form[data-busy]").forEach((form) => delete form.dataset.busy);
  document.querySelectorAll("[aria-busy=true]").forEach((button) => button.removeAttribute("aria-busy"));
}

function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.busy) {
      event.preventDefault();
      return;
    }
    form.dataset.busy = "1";
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(rest, REST_AFTER);
  });
}

// Back to a page from the browser's memory, or an answer that htmx put in place.
addEventListener("pageshow", (event) => event.persisted && rest());
document.addEventListener("htmx:afterRequest", rest);

/* "Tampilkan" beside a password: <button type="button" data-reveal="id of the input" hidden>. */
function reveal(button) {
  const input = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.textContent = shown ? "Tampilkan" : "Sembunyikan";
  });
}

/* A row of rooms that slides starts where the open one can be seen; the page stays. */
function showRoom(row) {
  const open = row.querySelector("[aria-current]");
  if (open) row.scrollLeft = open.offsetLeft - row.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
}

/* A form with a kept copy was sent from this tab: was it accepted? */
async function closeSubmitted() {
  if (!("lkm-submitted" in sessionStorage)) return;
  const { closeSubmitted: close } = await import("./local.js");
  close();
}

document.querySelector("[data-errors]")?.focus();
closeSubmitted()
  .catch(() => null) // storage is closed to this page: nothing was kept
  .finally(() => wake(document));
document.body.addEventListener("htmx:load", (event) => wake(event.target));
