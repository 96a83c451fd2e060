// Sends the files of a form and shows how far they are; the server answers with the same page as without script.
// Only what the answer changes is put into this page, so that what was chosen or typed elsewhere on it stays.
const SPOKEN_STEPS = 25;

class Upload {
  constructor(form, prepare) {
    this.form = form;
    this.prepare = prepare;
    this.bar = form.querySelector("[data-sending]");
    this.progress = this.bar.querySelector("progress");
    this.input = form.querySelector('input[type="file"]');
    this.input.addEventListener("change", () => this.chosen());
    form.addEventListener("submit", (event) => this.submitted(event));
    this.bar.querySelector("[data-cancel]").addEventListener("click", () => this.request?.abort());
    this.parting = (event) => {
      event.preventDefault();
      event.returnValue = true;
    };
  }

  // People take a file that is chosen for one that is there: the page says that it is not, and asks before it goes.
  chosen() {
    if (this.request) return;
    const some = this.input.files.length > 0;
    window[some ? "addEventListener" : "removeEventListener"]("beforeunload", this.parting);
    this.bar.hidden = !some;
    this.rest("chosen");
  }

  submitted(event) {
    if (!this.input.files.length) return; // the server says what to do
    event.preventDefault();
    if (this.request) return;
    this.spoken = -1;
    this.show(0);
    this.progress.hidden = this.bar.querySelector("[data-cancel]").hidden = false;
    this.bar.hidden = false;
    window.addEventListener("beforeunload", this.parting);
    this.send();
  }

  send() {
    const request = (this.request = new XMLHttpRequest());
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", "text/html");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) this.show(Math.floor((event.loaded / event.total) * 100));
    });
    request.upload.addEventListener("load", () => this.say("checking"));
    request.addEventListener("load", () => this.answered(request));
    request.addEventListener("error", () => this.stop("failed"));
    request.addEventListener("timeout", () => this.stop("failed"));
    request.addEventListener("abort", () => this.stop("cancelled"));
    request.send(new FormData(this.form));
  }

  show(percent) {
    this.progress.value = percent;
    const sentence = this.bar.dataset.percent.replace("{percent}", `${percent} %`);
    this.bar.querySelector("[data-shown]").textContent = sentence;
    const step = Math.floor(percent / SPOKEN_STEPS);
    if (step > this.spoken) this.bar.querySelector("[data-spoken]").textContent = sentence;
    this.spoken = Math.max(step, this.spoken);
  }

  say(name) {
    for (const place of ["[data-shown]", "[data-spoken]"]) {
      this.bar.querySelector(place).textContent = this.bar.dataset[name];
    }
  }

  // The files stay chosen: pressing the button again is all there is to do.
  stop(name) {
    this.request = null;
    this.rest(name);
  }

  rest(name) {
    this.say(name);
    this.progress.hidden = this.bar.querySelector("[data-cancel]").hidden = true;
  }

  answered(request) {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    // A slot that is full now has no form any more.
    const isOurs = page.querySelector("form[data-upload], [data-slot]");
    if (isOurs && [200, 422].includes(request.status)) {
      this.request = null;
      window.removeEventListener("beforeunload", this.parting);
      return this.take(page, request.responseURL);
    }
    if (request.status >= 500) return this.stop("failed");
    const isSignIn = page.querySelector('main a[href*="/account/login/"], main input[type="password"]');
    return this.stop(isSignIn ? "signedOut" : "refused");
  }

  // One slot of several is put in the place of the old one; of a page with a single form all is new.
  take(page, address) {
    const slot = this.form.closest("[data-slot]");
    if (!slot) {
      history.replaceState(null, "", address);
      document.title = page.title;
      return this.exchange(document.querySelector("main"), page.querySelector("main"));
    }
    const place = slot.dataset.slot;
    document.title = page.title;
    this.exchange(slot, page.querySelector(`[data-slot="${place}"]`));
    this.tell(page);
  }

  // What the new page says above its content takes the place of what stood there, and the focus.
  tell(page) {
    const news = document.createElement("div");
    news.append(...page.querySelectorAll("main .govuk-error-summary, main .cp-notices"));
    document.querySelectorAll("main .govuk-error-summary, main .cp-notices").forEach((old) => old.remove());
    document.querySelector("main .govuk-main-wrapper").prepend(news);
    this.prepare(news);
  }

  exchange(old, fresh) {
    old.replaceWith(fresh);
    this.prepare(fresh);
  }
}

export const uploadInPlace = (form, prepare) => new Upload(form, prepare);
