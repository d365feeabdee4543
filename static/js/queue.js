/* Receipts typed without signal: kept on this device, sent one by one, each with its own key. */
import { readRupiah } from "./echo.js";
import { copyKey, dropCopy, readCopy, unsentCopies, writeCopy } from "./local.js";

const FORM = "terima";
const KEPT = "Tersimpan di perangkat ini. Dikirim sendiri begitu ada sinyal.";
const PATIENCE = 4_000;
const AGAIN_AFTER = 20_000;
const TOKEN = "csrfmiddlewaretoken";

const waiting = () => unsentCopies().filter((key) => key.startsWith(copyKey(FORM, "")));

async function hasSignal() {
  if (!navigator.onLine) return false;
  try {
    await fetch("/sehat/", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch {
    return false;
  }
}

function node(tag, text, more = {}) {
  return Object.assign(document.createElement(tag), { textContent: text, ...more });
}

function line(key, list) {
  const copy = readCopy(key);
  const item = node("li", `${copy.label}: Rp${copy.data.amount}, ${copy.data.on}, ${copy.data.payer}. `);
  if (!copy.refused) return item;
  item.append(node("b", `Ditolak: ${copy.refused} `), node("a", "Catat ulang", { href: copy.url }), " ");
  const drop = node("button", "Hapus dari perangkat", { type: "button", className: "btn btn-quiet btn-sm" });
  drop.addEventListener("click", () => {
    dropCopy(key);
    show(list);
  });
  item.append(drop);
  return item;
}

/* What waits, what was refused and what has just been sent. */
function show(list, sent = [], more = "") {
  const keys = waiting();
  list.hidden = !keys.length && !sent.length && !more;
  const title = list.querySelector("[data-queue-title]");
  title.textContent = keys.length ? `Belum terkirim (${keys.length})` : "Semua terkirim";
  title.className = keys.length ? "tag tag-warn" : "tag tag-ok";
  list.querySelector("[data-queue-note]").textContent = more || (keys.length ? KEPT : "");
  const done = sent.map(({ label, url }) => {
    const item = node("li", "");
    item.append(node("a", `${label}: terkirim, lihat buktinya`, { href: url }));
    return item;
  });
  list.querySelector("ul").replaceChildren(...keys.map((key) => line(key, list)), ...done);
}

async function said(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.querySelector(".errsum li, .field-error, h1")?.textContent.trim() || "isinya tidak diterima.";
}

/* "sent", "refused", "later" (no signal, a fault of the server) or "signin". */
async function send(key, copy, token) {
  let response;
  try {
    const body = new URLSearchParams({ ...copy.data, [TOKEN]: token });
    response = await fetch(copy.url, { method: "POST", body });
  } catch {
    return ["later"];
  }
  if (response.redirected) {
    const there = new URL(response.url).pathname;
    if (there.startsWith(document.body.dataset.signin)) return ["signin"];
    dropCopy(key);
    return ["sent", { label: copy.label, url: there }];
  }
  if (response.status >= 500 || response.status === 429) return ["later"];
  if (response.status === 403) return ["signin"];
  writeCopy(key, { ...copy, refused: await said(response) });
  return ["refused"];
}

let busy = false;

async function flush(list) {
  const keys = waiting().filter((key) => !readCopy(key).refused);
  if (busy || !keys.length || !navigator.onLine) return;
  busy = true;
  const sent = [];
  let more = "";
  for (const key of keys) {
    const [end, result] = await send(key, readCopy(key), list.querySelector(`[name=${TOKEN}]`).value);
    if (end === "sent") sent.push(result);
    if (end === "signin") more = "Masuk lagi, lalu buka halaman ini. Catatan Anda tetap ada.";
    if (end === "later" || end === "signin") break;
  }
  busy = false;
  show(list, sent, more);
}

/* <div data-queue-list hidden> with title, note and an empty list. */
export function start(element) {
  if (element.matches("form")) return hold(element);
  show(element);
  addEventListener("online", () => flush(element));
  addEventListener("lkm:queued", () => show(element));
  setInterval(() => flush(element), AGAIN_AFTER);
  return flush(element);
}

/* <form data-queue="whose money">: looks for a signal before it leaves the page. */
function hold(form) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.sure) return;
    event.preventDefault();
    const { submitter } = event;
    if (await hasSignal()) {
      form.dataset.sure = "1";
      form.requestSubmit(submitter);
      delete form.dataset.sure;
    } else keep(form);
  });
}

function keep(form) {
  const data = Object.fromEntries(new FormData(form));
  delete data[TOKEN];
  const amount = form.elements.amount;
  amount.setCustomValidity(readRupiah(data.amount) ? "" : "Isi jumlah rupiah, contoh 1.234.567.");
  if (!amount.reportValidity()) return;
  const copy = { url: form.action, label: form.dataset.queue, data: { ...data, step: "catat" } };
  if (!writeCopy(copyKey(FORM, data.submission_key), copy)) return;
  form.elements.submission_key.value = crypto.randomUUID();
  amount.value = "";
  dispatchEvent(new Event("lkm:queued"));
}
