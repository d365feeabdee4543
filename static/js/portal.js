/* Wakes a behaviour where the page asks for it; every page works without. */

// In this order: rows and echoes stand before a kept text is put back, and the guard
// against a second click comes after those who may hold a form back.
const HOOKS = [
  ["[data-rows]", () => import("./rows.js")],
  ["[data-echo]", () => import("./echo.js")],
  ["form[data-autosave]", () => import("./autosave.js")],
  ["form[data-signout]", () => import("./signout.js")],
  ["form[method=post]", () => import("./once.js")],
  ["[data-job-url]", () => import("./job.js")],
  ["[data-photo]", () => import("./photo.js")],
  ["[data-map]", () => import("./map.js")],
  ["[data-reveal]", () => import("./reveal.js")],
  ["[data-when]", () => import("./when.js")],
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
