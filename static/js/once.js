/* A second click on a button whose form is on its way does nothing. The server has its own guard. */

export function guard(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
    if (form.dataset.busy) {
      event.preventDefault();
      return;
    }
    form.dataset.busy = "1";
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(rest, 10_000); // an answer that is a download leaves the page standing
  });
  const rest = () => {
    root.querySelectorAll("form[data-busy]").forEach((form) => delete form.dataset.busy);
    root.querySelectorAll("[aria-busy=true]").forEach((button) => button.removeAttribute("aria-busy"));
  };
  // Back to a page from the browser's memory, or an answer that htmx put in place.
  addEventListener("pageshow", (event) => event.persisted && rest());
  root.addEventListener("htmx:afterRequest", rest);
}
