// Files may be dropped on the area round a file field; the field itself works without this.
export function dropInPlace(area) {
  const field = area.querySelector('input[type="file"]');
  if (!field) return;
  const mark = (on) => area.classList.toggle("is-over", on);
  for (const name of ["dragenter", "dragover"]) {
    area.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      mark(true);
    });
  }
  for (const name of ["dragleave", "dragend", "drop"]) area.addEventListener(name, () => mark(false));
  area.addEventListener("drop", (event) => {
    const { files } = event.dataTransfer;
    if (!files.length) return;
    event.preventDefault();
    if (files.length > 1 && !field.multiple) return;
    field.files = files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });
}
