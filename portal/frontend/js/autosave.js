// Saves a form while somebody writes in it. The server decides what is saved; this asks, tells, and keeps trying.
// What is typed stays in the form and nowhere else until the server has it.
import { Savebar } from "./savebar.js";

const PAUSE = 2_000; // after the last key
const LONGEST = 8_000; // while somebody writes without a pause
const PATIENCE = 20_000; // for one answer
const RETRIES = [3_000, 6_000, 12_000, 30_000];
const MOST_AT_PARTING = 30_000; // a browser sends no more for a page that it is leaving
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "version", "page_key"]);

const textOf = (form) =>
  new URLSearchParams([...new FormData(form)].filter(([name]) => !NOT_TYPED.has(name))).toString();

// What the form held when the server sent it, whatever the browser has put back into it since then.
function sentByServer(form) {
  const twin = form.cloneNode(true);
  twin.reset();
  return textOf(twin);
}

class Autosave {
  constructor(form, bar) {
    this.form = form;
    this.bar = bar;
    // What came too late stands in the form again, and nowhere else: it is to be saved as if just typed.
    this.kept = "unsaved" in form.dataset ? null : sentByServer(form);
    this.failures = 0;
    this.ended = false; // the server has said no for good: only the page it answers with can help
    this.leaving = false;
    form.elements.version.value = form.elements.version.defaultValue;
    for (const name of ["input", "change"]) form.addEventListener(name, () => this.touched());
    form.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("visibilitychange", () => this.looked());
    window.addEventListener("focus", () => this.looked());
    window.addEventListener("online", () => this.looked());
    window.addEventListener("beforeunload", (event) => this.parting(event));
    window.addEventListener("pageshow", () => (this.leaving = false));
    this.watchTheClock();
    if (this.isUnsaved()) this.touched();
  }

  isUnsaved() {
    return Boolean(this.unsure) || textOf(this.form) !== this.kept;
  }

  touched() {
    if (this.ended || !this.isUnsaved()) return;
    this.since ??= Date.now();
    if (!this.failures) this.bar.say(this.bar.words("unsaved"), { state: "wait", announce: false });
    if (!this.failures) this.later(Math.min(PAUSE, Math.max(0, this.since + LONGEST - Date.now())));
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  // One request at a time. True when everything typed is saved.
  save() {
    clearTimeout(this.timer);
    this.flight ??= this.saveAll().finally(() => (this.flight = null));
    return this.flight;
  }

  async saveAll() {
    while (!this.ended && this.isUnsaved()) {
      // An answer that was lost leaves us unsure: the same is sent again, and only then what came after it.
      this.unsure ??= { text: textOf(this.form), data: new FormData(this.form) };
      if (!this.failures) this.bar.say(this.bar.words("saving"), { state: "wait", announce: false });
      this.since = undefined;
      const answer = await this.send();
      if (!this.take(answer)) return false;
    }
    return !this.ended;
  }

  async send({ mayRenew = true } = {}) {
    const { text, data } = this.unsure;
    data.set("version", this.form.elements.version.value);
    data.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    try {
      const response = await fetch(this.form.action, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        redirect: "error",
        keepalive: text.length < MOST_AT_PARTING,
        signal: AbortSignal.timeout?.(PATIENCE),
      });
      if (response.headers.get("Content-Type")?.startsWith("application/json")) return await response.json();
      return response.status === 403 && mayRenew ? await this.renew() : { state: "busy" };
    } catch {
      return { state: "offline" };
    }
  }

  // The form's token ends with its session. Whoever has signed in again gets a new one, and nobody else.
  async renew() {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("form[data-autosave]");
    if (fresh?.dataset.person === this.form.dataset.person) {
      this.form.elements.csrfmiddlewaretoken.value = fresh.elements.csrfmiddlewaretoken.value;
      return this.send({ mayRenew: false });
    }
    const because = (state, words) => ({ state, sentence: this.bar.words(words), sign_in: this.bar.signIn.href });
    if (fresh) return because("other_person", "otherPerson");
    if (response.redirected) return because("signed_out", "signedOut");
    return response.status < 500 ? because("closed", "closed") : { state: "busy" };
  }

  take(answer) {
    if (answer.state === "saved") {
      this.kept = this.unsure.text;
      this.unsure = null;
      this.failures = 0;
      this.form.elements.version.value = answer.version;
      if (answer.address) this.moveTo(answer.address);
      this.bar.say(answer.sentence);
      return true;
    }
    if (["offline", "busy", "signed_out", "other_person"].includes(answer.state)) {
      const pause = RETRIES[Math.min(this.failures, RETRIES.length - 1)];
      this.failures += 1;
      this.bar.say(answer.sentence ?? this.bar.words(answer.state), { state: answer.state, signIn: answer.sign_in ?? "" });
      this.later(pause);
      return false;
    }
    this.unsure = null;
    this.ended = true;
    this.bar.say(answer.sentence, { state: answer.state, compare: answer.state === "stale" });
    return false;
  }

  // A new record has an address of its own from its first save on.
  moveTo(address) {
    if (new URL(address, location.href).pathname === location.pathname) return;
    this.form.action = address;
    history.replaceState(history.state, "", address);
  }

  looked() {
    if (this.ended || !this.isUnsaved()) return;
    this.save();
  }

  // The button waits until what was typed is safe: without a connection or a session the page stays.
  async submitted(event) {
    if (this.ended || this.leaving || !this.isUnsaved()) {
      this.leaving = true;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    if ((await this.save()) || this.ended) {
      this.leaving = true;
      if (button) button.click();
      else this.form.submit();
    } else {
      this.bar.takeFocus();
    }
  }

  async clicked(event) {
    const link = event.target.closest?.("a[href]");
    const elsewhere = link && !link.target && link.origin === location.origin && link.pathname !== location.pathname;
    const plain = !event.defaultPrevented && !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!elsewhere || !plain || this.ended || this.leaving || !this.isUnsaved()) return;
    event.preventDefault();
    if (await this.save()) location.href = link.href;
    else this.bar.takeFocus();
  }

  parting(event) {
    if (this.leaving || !this.isUnsaved()) return;
    if (!this.ended) this.save();
    event.preventDefault();
    event.returnValue = true;
  }

  // A few seconds before closing everything is sent; what the server says then is what holds.
  watchTheClock() {
    const left = Number(this.form.dataset.secondsLeft || NaN) * 1000;
    if (!(left > 0 && left < 86_400_000)) return;
    const warn = () => {
      this.bar.say(this.bar.words("soon"), { state: "soon" });
      this.touched();
    };
    setTimeout(warn, Math.max(0, left - 600_000));
    setTimeout(() => this.looked(), Math.max(0, left - 5_000));
  }
}

// After a conflict or a refusal nothing is saved by itself: the person decides. Leaving is still asked about.
function warnBeforeLeaving(form) {
  let sent = false;
  form.addEventListener("submit", () => (sent = true));
  window.addEventListener("pageshow", () => (sent = false));
  window.addEventListener("beforeunload", (event) => {
    if (sent) return;
    event.preventDefault();
    event.returnValue = true;
  });
}

export function saveInPlace(form) {
  const bar = document.querySelector("[data-savebar]");
  if (form.dataset.autosave === "off") warnBeforeLeaving(form);
  else if (bar && window.fetch && "FormData" in window) new Autosave(form, new Savebar(bar));
}
