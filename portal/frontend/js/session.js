// Warns before the sign-in ends. The server says how long it lasts: other tabs and saves may have made it longer.
const WARN = 300_000; // before the end
const AGAIN = 30_000; // after an answer that did not come

class SessionBar {
  constructor(bar) {
    this.bar = bar;
    this.shown = bar.querySelector("[data-shown]");
    this.form = bar.querySelector("[data-extend]");
    this.signIn = bar.querySelector("[data-sign-in]");
    this.form.addEventListener("submit", (event) => this.extend(event));
    bar.querySelector("[data-close]").addEventListener("click", () => this.hide());
    bar.addEventListener("focusin", (event) => this.remember(event.relatedTarget));
    // A computer that slept counted nothing meanwhile; somebody may have signed in again in another tab.
    for (const name of ["focus", "pageshow"]) window.addEventListener(name, () => this.look());
    document.addEventListener("visibilitychange", () => this.look());
    this.sleep(Number(bar.dataset.left) * 1000 - WARN);
  }

  sleep(pause) {
    clearTimeout(this.timer);
    this.askAt = Date.now() + pause;
    this.timer = setTimeout(() => this.ask(), Math.max(0, pause));
  }

  look() {
    if (document.visibilityState === "visible" && Date.now() >= this.askAt) this.ask();
  }

  async ask(options = {}) {
    try {
      const headers = { Accept: "application/json" };
      const response = await fetch(this.bar.dataset.address, { headers, ...options });
      this.take(await response.json());
    } catch {
      this.sleep(AGAIN);
    }
  }

  take({ left, sentence, can_extend: canExtend }) {
    if (left * 1000 > WARN) {
      this.hide();
      this.shown.textContent = "";
      return this.sleep(left * 1000 - WARN);
    }
    this.form.hidden = !canExtend;
    this.signIn.hidden = left > 0;
    // A bar that was put away comes back with news only.
    if (this.shown.textContent !== sentence) this.show(sentence);
    if (left > 0) return this.sleep(left * 1000 + 1_000);
    clearTimeout(this.timer);
    this.askAt = 0;
  }

  async extend(event) {
    event.preventDefault();
    await this.ask({ method: "POST", body: new FormData(this.form) });
  }

  show(sentence) {
    this.bar.hidden = false;
    this.shown.textContent = sentence;
    document.documentElement.classList.add("has-session-bar");
  }

  // Whoever was writing goes on where they were.
  hide() {
    const hadFocus = this.bar.contains(document.activeElement);
    this.bar.hidden = true;
    document.documentElement.classList.remove("has-session-bar");
    if (hadFocus) this.before?.focus();
  }

  remember(element) {
    if (element && !this.bar.contains(element)) this.before = element;
  }
}

export const warnBeforeSessionEnds = (bar) => window.fetch && new SessionBar(bar);
