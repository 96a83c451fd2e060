// Ticks at the door outlive a bad network: they are kept on this phone until the portal has answered. A tick that
// arrives twice does no harm there. Names that this page has shown can be looked for without the network as well; they
// stay in the page and are written nowhere.
const PAUSE = 4000;
const PATIENCE = 8000;
// A list is asked for anew as a whole only so often: it may be long, and the network narrow.
const WHOLE_AGAIN = 60_000;

function storeAt(name) {
  let held = {};
  return {
    read() {
      try {
        held = JSON.parse(localStorage.getItem(name) ?? "{}");
      } catch {
        // No storage on this phone: the page itself has to remember.
      }
      return held;
    },
    write(ticks) {
      held = ticks;
      try {
        if (Object.keys(ticks).length) localStorage.setItem(name, JSON.stringify(ticks));
        else localStorage.removeItem(name);
      } catch {
        // As above.
      }
    },
  };
}

const CODE = /\/arrive\/([0-9a-f-]{36})\//i;
const MARKS = /\p{M}/gu;
// Each Chinese character of the names, however it is written: the page brings those that its names need.
const folded = new Map();
const learn = (scripts) => {
  for (const [first, ...others] of scripts.split(" ")) for (const other of others) folded.set(other, first);
};
const fold = (text) => [...text.normalize("NFKD").replace(MARKS, "").toLowerCase()].map((char) => folded.get(char) ?? char).join("");
const wordsOf = (text) => fold(text).split(/\s+/).filter(Boolean);
const parse = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
const actionOf = (row) => row.querySelector("button").getAttribute("formaction");
const nameOf = (row) => row.querySelector(".cp-door__name").firstChild.textContent.trim();

function keepDoor(door) {
  const store = storeAt(`ticks:${location.pathname}`);
  const spoken = document.querySelector("[data-door-state]");
  const search = document.querySelector("[data-door-search]");
  const none = document.querySelector("[data-door-none]");
  const { kept, one, other, refused, offline } = door.dataset;
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  // Every row that this page has shown, by where its tick goes.
  const seen = new Map();
  let sending = false;
  let renewed = Date.now();
  let timer;

  const rows = () => [...door.querySelectorAll(".cp-door > li")];
  const rowOf = (action) => seen.get(action);
  const say = (text) => {
    spoken.hidden = !text;
    const words = spoken.querySelector("p");
    if (words.textContent !== text) words.textContent = text;
  };
  const show = () => {
    const ticks = Object.keys(store.read());
    for (const row of seen.values()) row.querySelector("[data-kept-note]")?.remove();
    for (const row of ticks.map(rowOf).filter(Boolean)) {
      const note = document.createElement("span");
      note.className = "cp-door__note";
      note.dataset.keptNote = "";
      note.textContent = kept;
      row.querySelector(".cp-door__name").append(note);
    }
    say(ticks.length ? (ticks.length === 1 ? one : other).replace("{count}", ticks.length) : "");
  };

  const ask = async (address) => {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status >= 500 || answer.status === 429) throw new Error("later");
    return answer;
  };
  const post = async (action, came) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", token);
    if (came) body.set("came", came);
    return fetch(action, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  };
  const forget = (action, came) => {
    const { [action]: sent, ...rest } = store.read();
    // Pressed anew while this one was under way: that press is still to be sent.
    if (sent === came) store.write(rest);
  };

  // The rows and numbers as the portal has them now; what stands in the search box stays.
  const renew = async (address) => {
    const fresh = await parse(await ask(address));
    if (!fresh.querySelector("[data-door]")) return null;
    for (const row of fresh.querySelectorAll(".cp-door > li")) {
      const old = rowOf(actionOf(row));
      if (!old) continue;
      const focused = old.contains(document.activeElement);
      row.hidden = old.hidden;
      old.replaceWith(row);
      seen.set(actionOf(row), row);
      if (focused) row.querySelector("button").focus();
    }
    document.querySelector("[data-door-count]").replaceWith(fresh.querySelector("[data-door-count]"));
    return fresh;
  };
  const byName = (row) => `${location.pathname}?q=${encodeURIComponent(nameOf(row))}`;
  const refresh = async (sent) => {
    const before = new Map(sent.map((action) => [action, rowOf(action)]));
    let fresh;
    if (Date.now() - renewed > WHOLE_AGAIN) {
      fresh = await renew(location.href);
      if (!fresh) return say(refused);
      renewed = Date.now();
    }
    // Each who is not renewed yet, by name.
    for (const [action, row] of before) {
      if (row && rowOf(action) === row) fresh = await renew(byName(row));
      if (row && !fresh) return say(refused);
    }
    show();
    const said = fresh?.querySelector(".cp-notice p");
    if (said && spoken.hidden) say(said.textContent);
  };

  const sendAll = async () => {
    if (sending) return;
    clearTimeout(timer);
    sending = true;
    let problem = "";
    const sent = [];
    try {
      for (let [next] = Object.entries(store.read()); next; [next] = Object.entries(store.read())) {
        const answer = await post(...next);
        if (answer.status >= 500 || answer.status === 429) throw new Error("later");
        if (answer.type !== "opaqueredirect") problem = refused;
        forget(...next);
        sent.push(next[0]);
      }
      await refresh(sent);
    } catch {
      show();
      if (Object.keys(store.read()).length) timer = setTimeout(sendAll, PAUSE);
    } finally {
      sending = false;
    }
    if (problem) say(problem);
  };

  const codeIn = (text) => CODE.exec(text)?.[1].toLowerCase();
  const fitting = (text) => {
    const code = codeIn(text);
    if (code) return (row) => actionOf(row).includes(`/people/${code}/`);
    const wanted = wordsOf(text);
    return (row) => {
      const name = wordsOf(nameOf(row)).join(" ");
      return wanted.every((word) => name.includes(word));
    };
  };
  // Among all names that were shown so far, also those that another search has taken off the page.
  const findHere = (text) => {
    const all = [...seen.values()];
    const everybody = door.querySelector("[data-door-all]");
    if (rows().length < all.length) {
      const list = door.querySelector(".cp-door") ?? document.createElement("ul");
      list.className = "govuk-list cp-door";
      list.replaceChildren(...all);
      door.replaceChildren(everybody, list);
    }
    const fits = fitting(text);
    for (const row of all) row.hidden = !fits(row);
    const pages = door.querySelector(".cp-pages");
    if (pages) pages.hidden = Boolean(text.trim());
    everybody.hidden = !text.trim();
    none.hidden = !text.trim() || all.some((row) => !row.hidden);
  };
  const turnTo = async (address, text) => {
    try {
      const answer = await ask(address);
      const fresh = (await parse(answer)).querySelector("[data-door]");
      if (!fresh && answer.redirected) return location.assign(answer.url);
      if (!fresh) return say(refused);
      learn(fresh.dataset.scripts);
      door.replaceChildren(...fresh.childNodes);
      none.hidden = true;
      history.replaceState(null, "", address);
      for (const row of rows()) seen.set(actionOf(row), row);
      show();
    } catch {
      findHere(text);
      say(offline);
    }
  };

  learn(door.dataset.scripts);
  for (const row of rows()) seen.set(actionOf(row), row);
  door.addEventListener("click", (event) => {
    const button = event.target.closest("button[formaction]");
    if (button) {
      event.preventDefault();
      store.write({ ...store.read(), [button.getAttribute("formaction")]: button.value });
      show();
      sendAll();
    }
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.closest("[data-door-all]")) search.elements.q.value = "";
    turnTo(link.href, search.elements.q.value);
  });
  search.addEventListener("input", () => findHere(search.elements.q.value));
  search.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = search.elements.q.value;
    const holder = codeIn(text) && [...seen.values()].find(fitting(text));
    if (holder) {
      // The box stays ready for the next code: a scanner that types presses Enter wherever it is.
      findHere(text);
      search.elements.q.value = "";
      return say(nameOf(holder));
    }
    const query = text.trim() ? `?q=${encodeURIComponent(text)}` : "";
    return turnTo(`${location.pathname}${query}`, text);
  });
  window.addEventListener("online", sendAll);
  if (Object.keys(store.read()).length) {
    show();
    sendAll();
  }
}

document.querySelectorAll("[data-door]").forEach(keepDoor);
