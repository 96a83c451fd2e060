// The bar that says how things stand with what was typed. Its sentences come with the page, in its language.
const SPEAK_EVERY = 60_000;

export class Savebar {
  constructor(element) {
    this.element = element;
    this.shown = element.querySelector("[data-shown]");
    this.spoken = element.querySelector("[data-spoken]");
    this.signIn = element.querySelector("[data-sign-in]");
    this.compare = element.querySelector("[data-compare]");
    this.spokenAt = 0;
    element.hidden = false;
    if (!this.shown.textContent.trim()) this.shown.textContent = this.words("ready");
    // Sticks to the edge of the window: what takes the focus must not hide behind it.
    element.classList.add("cp-savebar--sticky");
    document.documentElement.classList.add("has-savebar");
  }

  words(name) {
    return this.element.dataset[name] ?? "";
  }

  // A state that lasts a moment is shown and not announced; a save is announced once a minute at most.
  say(sentence, { state = "good", announce = state !== "good", signIn = "", compare = false } = {}) {
    this.element.dataset.state = state;
    this.element.classList.toggle("cp-savebar--wait", state !== "good");
    for (const mark of this.element.querySelectorAll("[data-mark]")) {
      mark.hidden = mark.dataset.mark !== (state === "good" ? "good" : "wait");
    }
    this.shown.textContent = sentence;
    this.signIn.hidden = !signIn;
    if (signIn) this.signIn.href = signIn;
    this.compare.hidden = !compare;
    if (announce || (state === "good" && Date.now() - this.spokenAt > SPEAK_EVERY)) this.speak(sentence);
  }

  speak(sentence) {
    if (this.spoken.textContent === sentence) return;
    this.spokenAt = Date.now();
    this.spoken.textContent = sentence;
  }

  takeFocus() {
    this.element.focus();
  }
}
