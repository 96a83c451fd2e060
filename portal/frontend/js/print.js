export function printOnRequest(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
