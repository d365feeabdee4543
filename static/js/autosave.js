/* Keeps what is typed: on this device at once, on the server 10 s after the first unsent change, never [data-private].
   <form data-autosave="url" data-form data-object data-revision data-part data-saved-at="ms since 1970" data-shown: what was sent, to be looked at>; [data-mark]. */
import { copyKey, dropCopy, markSubmitted, readCopy, writeCopy } from "./local.js";
import { makeVoice } from "./savestate.js";

const LATEST = 10_000;
const RETRY = [5, 10, 20, 40, 60];
const OURS = ["csrfmiddlewaretoken", "submission_key"];

export function start(form) {
  const { autosave: url, form: name, object, revision = "0", part = "", savedAt = "0" } = form.dataset;
  const key = copyKey(name, object);
  const voice = makeVoice(form);
  const dirty = new Map();
  let [timer, tries, kept, sending, closed] = [0, 0, true, false, false];

  const keeps = (field) => field.name && field.type !== "file" && !OURS.includes(field.name) && !field.closest("[data-private]");

  function collect() {
    const names = new Set([...form.elements].filter(keeps).map((field) => field.name));
    const content = {};
    for (const [field, value] of new FormData(form)) {
      if (names.has(field)) content[field] = field in content ? [content[field], value].flat() : value;
    }
    return content;
  }

  const keep = () => (kept = writeCopy(key, { at: Date.now(), revision, content: collect() }));
  const plan = (seconds) => (timer ||= setTimeout(send, seconds ? seconds * 1000 : LATEST));

  function touched({ target }) {
    if (target.name ? !keeps(target) : !target.matches("[data-rows]")) return;
    dirty.set(target.name || "rows", target);
    target.closest("[data-mark]")?.classList.add("q");
    keep();
    if (!navigator.onLine) voice.waiting(dirty.size, kept);
    plan();
  }

  async function send({ leaving = false } = {}) {
    clearTimeout(timer);
    timer = 0;
    if (sending || closed || !dirty.size) return;
    sending = true;
    const content = collect();
    if (!leaving) voice.saving();
    try {
      const cookie = document.cookie.match(/csrftoken=([^;]+)/)?.[1];
      const answer = await fetch(url, {
        method: "POST",
        keepalive: leaving,
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": cookie || form.elements.csrfmiddlewaretoken?.value || "" },
        body: JSON.stringify({ form: name, object, part, revision, content }),
      });
      await settle(answer, content);
    } catch {
      later();
    }
    sending = false;
    if (dirty.size && !closed) plan();
  }

  function later() {
    voice.waiting(dirty.size, kept);
    plan(RETRY[Math.min(tries, RETRY.length - 1)]);
    tries += 1;
  }

  async function settle(answer, content) {
    if (answer.redirected || answer.status === 401 || answer.status === 403) {
      const next = encodeURIComponent(location.pathname + location.search);
      const page = answer.redirected ? new URL(answer.url).pathname : document.body.dataset.signin;
      voice.signIn(`${page}?next=${next}`, dirty.size);
      plan(60);
      return;
    }
    if (answer.status === 409) {
      closed = true;
      voice.conflict(await answer.json());
      return;
    }
    if (!answer.ok) {
      later();
      return;
    }
    const { saved_at: at, peers = [] } = await answer.json();
    tries = 0;
    const now = collect();
    for (const [field, element] of dirty) {
      if (field !== "rows" && JSON.stringify(now[field]) !== JSON.stringify(content[field])) continue;
      dirty.delete(field);
      element.closest("[data-mark]")?.classList.remove("q");
    }
    if (dirty.size) keep();
    else dropCopy(key);
    voice.saved(at);
    voice.peers(peers);
  }

  function fill(content) {
    for (const box of form.querySelectorAll("[data-rows]")) {
      const total = form.elements[`${box.dataset.rows}-TOTAL_FORMS`];
      for (let missing = content[total?.name] - total?.value; missing > 0; missing -= 1) box.querySelector("[data-add]")?.click();
    }
    const turn = {};
    for (const field of form.elements) {
      if (!keeps(field) || field.type === "hidden") continue;
      const values = [content[field.name] ?? []].flat();
      if (field.type === "checkbox" || (field.type === "radio" && values.length)) field.checked = values.includes(field.value);
      else if (field.type === "select-multiple") [...field.options].forEach((option) => (option.selected = values.includes(option.value)));
      else if (values.length) field.value = values[(turn[field.name] = (turn[field.name] ?? -1) + 1)] ?? "";
      if (field.name in content) field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function restore(copy) {
    if ("shown" in form.dataset) return void plan(dirty.set("rows", form) && 2);
    if (!copy || document.querySelector("[data-errors]")) return;
    const use = () => (fill(copy.content), voice.restored(), plan(2));
    if (String(copy.revision) !== revision) voice.stale(use, () => (dropCopy(key), voice.say("")));
    else if (copy.at > Number(savedAt)) use();
    else dropCopy(key);
  }

  restore(readCopy(key));
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  // Not on the way to a button or link: the bar would move under the pointer.
  form.addEventListener("focusout", ({ relatedTarget }) => relatedTarget?.matches("a,button") || setTimeout(send, 400));
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      if (dirty.size) keep();
      markSubmitted(key);
      closed = true;
    } else {
      event.preventDefault();
      voice.waiting(dirty.size || 1, kept);
    }
  });
  document.addEventListener("visibilitychange", () => document.hidden && send({ leaving: true }));
  addEventListener("pagehide", () => send({ leaving: true }));
  addEventListener("pageshow", (event) => event.persisted && (closed = false));
  addEventListener("online", () => ((tries = 0), send()));
  addEventListener("offline", () => dirty.size && voice.waiting(dirty.size, kept));
  document.querySelectorAll("[data-send-now]").forEach((button) => button.addEventListener("click", () => send()));
}
