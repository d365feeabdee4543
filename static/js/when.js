/* Fields that only matter with some choices: <div data-when="name of the field" data-when-value="one two">. */

export function start(box) {
  const { when: name, whenValue: value } = box.dataset;
  const form = box.closest("form");
  const wanted = value.split(" ");
  const show = () => {
    const chosen = form.querySelector(`[name="${name}"]:checked, select[name="${name}"]`);
    box.hidden = !wanted.includes(chosen?.value);
  };
  form.addEventListener("change", (event) => event.target.name === name && show());
  show();
}
