/* A second click on a button whose form is on its way does nothing. The server has its own guard. */

const REST_AFTER = 10_000; // an answer that is a download leaves the page standing

function rest() {
  document.querySelectorAll("form[data-busy]").forEach((form) => delete form.dataset.busy);
  document.querySelectorAll("[aria-busy=true]").forEach((button) => button.removeAttribute("aria-busy"));
}

export function start(form) {
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
