/* Rows of a formset: <div data-rows="prefix"> with <template>, [data-row]s in [data-list], [data-add], [data-remove]. */

export function start(box) {
  const prefix = box.dataset.rows;
  const list = box.querySelector("[data-list]");
  const template = box.querySelector("template");
  const total = box.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const most = Number(box.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`)?.value || 1000);
  const add = box.querySelector("[data-add]");
  // Marks are hidden without JavaScript: then the server shows spare empty rows.
  box.querySelectorAll("[data-add],[data-remove]").forEach((button) => (button.hidden = false));
  box.querySelectorAll("[data-spare]").forEach((row) => {
    if (!filled(row)) row.hidden = true;
  });
  const changed = () => box.dispatchEvent(new Event("input", { bubbles: true }));

  add?.addEventListener("click", () => {
    const spare = list.querySelector("[data-spare][hidden]");
    const row = spare || grow();
    if (!row) return;
    row.hidden = false;
    row.querySelector("input:not([type=hidden]),select,textarea")?.focus();
    changed();
  });

  function grow() {
    const number = Number(total.value);
    if (!template || number >= most) return null;
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", number);
    const row = holder.content.firstElementChild;
    list.append(row);
    row.querySelectorAll("[data-remove]").forEach((button) => (button.hidden = false));
    total.value = number + 1;
    document.body.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
    return row;
  }

  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    const row = button.closest("[data-row]");
    const mark = row.querySelector('[name$="-DELETE"]');
    if (mark) mark.checked = true;
    else row.querySelectorAll("input:not([type=hidden]),select,textarea").forEach((field) => (field.value = ""));
    row.hidden = true;
    (row.nextElementSibling || add)?.querySelector?.("input,select,textarea")?.focus();
    changed();
  });
}

function filled(row) {
  return [...row.querySelectorAll("input:not([type=hidden],[type=checkbox],[type=radio]),textarea")].some((field) => field.value.trim());
}
