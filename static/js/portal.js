/* Wakes a behaviour where the page asks for it; every page works without. */
import { closeSubmitted } from "./local.js";
import { guard } from "./once.js";

// In this order: rows and echoes must stand before a kept text is put back.
const HOOKS = [
  ["[data-rows]", () => import("./rows.js")],
  ["[data-echo]", () => import("./echo.js")],
  ["form[data-autosave]", () => import("./autosave.js")],
  ["form[data-signout]", () => import("./signout.js")],
  ["[data-job-url]", () => import("./job.js")],
  ["[data-photo]", () => import("./photo.js")],
  ["[data-map]", () => import("./map.js")],
  ["[data-reveal]", () => import("./reveal.js")],
  ["[data-when]", () => import("./when.js")],
];
const awake = new WeakSet();

async function wake(root) {
  for (const [hook, load] of HOOKS) {
    const found = [...root.querySelectorAll(hook)];
    if (root.matches?.(hook)) found.push(root);
    const fresh = found.filter((element) => !awake.has(element));
    if (!fresh.length) continue;
    fresh.forEach((element) => awake.add(element));
    const module = await load();
    fresh.forEach((element) => module.start(element));
  }
}

closeSubmitted();
guard(document);
wake(document);
document.querySelector("[data-errors]")?.focus();
document.body.addEventListener("htmx:load", (event) => wake(event.target));
