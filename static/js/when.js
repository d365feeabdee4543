/* Fields that only matter with one choice: <div data-when="name of the radios" data-when-value="value">. */

export function start(box) {
  const { when: name, whenValue: value } = box.dataset;
  const form = box.closest("form");
  const show = () => {
    const chosen = form.querySelector(`[name="${name}"]:checked`);
    box.hidden = chosen?.value !== value;
  };
  form.addEventListener("change", (event) => event.target.name === name && show());
  show();
}
