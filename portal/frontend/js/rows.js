// One more row of a table where it stands, instead of by the server after saving.
export function addRowsInPlace(box) {
  const button = box.querySelector("[data-add-row]");
  if (!button) return;
  const rows = () => box.querySelectorAll("[data-row]");
  const limit = Number(box.dataset.limit);

  const renumber = (text, to) => text.replace(new RegExp(`^(${box.dataset.field})-\\d+-`), `$1-${to}-`);

  function add() {
    const number = rows().length;
    const last = rows()[number - 1];
    const row = last.cloneNode(true);
    row.querySelector("legend").textContent = box.dataset.title.replace("%s", number + 1);
    for (const input of row.querySelectorAll("input")) {
      const label = row.querySelector(`label[for="${CSS.escape(input.id)}"]`);
      input.name = renumber(input.name, number);
      input.id = `${box.id}-${input.name.slice(box.dataset.field.length + 1)}`;
      label.htmlFor = input.id;
      input.value = "";
      input.removeAttribute("value");
    }
    last.after(row);
    button.hidden = number + 1 >= limit;
    row.querySelector("input").focus();
  }

  // Enter in a field presses the first button that sends the form.
  button.type = "button";
  button.addEventListener("click", add);
  button.hidden = rows().length >= limit;
}
