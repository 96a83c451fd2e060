// Counts as the server does (portal.forms.count_characters): code points, a line end is one.
export const countCharacters = (text) => Array.from(text.replace(/\r\n?/g, "\n")).length;

const PAUSE = 1000;

// As all three languages write numbers. The browser's own formatting takes a slow phone a tenth of a second to load.
export const withCommas = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

export function countInPlace(box) {
  const field = box.querySelector("textarea, input");
  const shown = box.querySelector("[data-count-shown]");
  const spoken = box.querySelector("[data-count-spoken]");
  const limit = Number(box.dataset.count);
  let timer;

  const sentence = () => {
    const left = limit - countCharacters(field.value);
    const kind = left < 0 ? "over" : "under";
    const number = Math.abs(left);
    const text = box.dataset[`${kind}${number === 1 ? "One" : "Other"}`];
    return { over: left < 0, text: text.replace("%s", withCommas(number)) };
  };
  const show = () => {
    const { over, text } = sentence();
    shown.textContent = text;
    shown.classList.toggle("cp-counter--over", over);
    return text;
  };
  const announce = () => {
    const text = show();
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (spoken.textContent !== text) spoken.textContent = text;
    }, PAUSE);
  };
  // The visible sentence changes with every key, so it is kept from assistive technology.
  shown.setAttribute("aria-hidden", "true");
  spoken.hidden = false;
  field.addEventListener("input", announce);
  window.addEventListener("pageshow", show);
  show();
}
