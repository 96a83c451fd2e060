// A link to a list further down becomes a button that opens the list where it stands: the phone menu, the filters.
export function openInPlace(control) {
  const target = document.getElementById(control.dataset.openInPlace);
  if (!target) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = control.className;
  button.append(...control.childNodes);
  button.setAttribute("aria-controls", target.id);
  const set = (open) => {
    button.setAttribute("aria-expanded", String(open));
    target.classList.toggle("is-open", open);
  };
  set(false);
  target.classList.add("is-collapsible");
  control.replaceWith(button);
  button.addEventListener("click", () => set(button.getAttribute("aria-expanded") !== "true"));
  target.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && button.offsetParent && target.classList.contains("is-open")) {
      set(false);
      button.focus();
    }
  });
}
