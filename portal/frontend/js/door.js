// Ticks at the door outlive a bad network: they are kept on this phone until the portal has answered. A tick that
// arrives twice does no harm there.
const PAUSE = 4000;
const PATIENCE = 8000;

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

function keepTicks(list) {
  const store = storeAt(`ticks:${location.pathname}`);
  const spoken = document.querySelector("[data-door-state]");
  const { kept, one, other, refused } = list.dataset;
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  let sending = false;
  let timer;

  const rowOf = (action) => list.querySelector(`form[action="${CSS.escape(action)}"]`)?.closest("li");
  const say = (text) => {
    spoken.hidden = !text;
    const words = spoken.querySelector("p");
    if (words.textContent !== text) words.textContent = text;
  };
  const show = () => {
    const ticks = Object.keys(store.read());
    list.querySelectorAll("[data-kept-note]").forEach((note) => note.remove());
    for (const row of ticks.map(rowOf).filter(Boolean)) {
      const note = document.createElement("span");
      note.className = "cp-door__note";
      note.dataset.keptNote = "";
      note.textContent = kept;
      row.querySelector(".cp-door__name").append(note);
    }
    say(ticks.length ? (ticks.length === 1 ? one : other).replace("{count}", ticks.length) : "");
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
  const refresh = async () => {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(PATIENCE) });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!fresh.querySelector("[data-door]")) return say(refused);
    for (const row of fresh.querySelectorAll("[data-door] > li")) {
      const old = rowOf(row.querySelector("form").getAttribute("action"));
      const focused = old?.contains(document.activeElement);
      old?.replaceWith(row);
      if (focused) row.querySelector("button").focus();
    }
    document.querySelector("[data-door-count]").replaceWith(fresh.querySelector("[data-door-count]"));
    show();
    const said = fresh.querySelector(".cp-notice p");
    if (said && spoken.hidden) say(said.textContent);
  };

  const sendAll = async () => {
    if (sending) return;
    clearTimeout(timer);
    sending = true;
    let problem = "";
    try {
      for (let [next] = Object.entries(store.read()); next; [next] = Object.entries(store.read())) {
        const answer = await post(...next);
        if (answer.status >= 500 || answer.status === 429) throw new Error("later");
        if (answer.type !== "opaqueredirect") problem = refused;
        forget(...next);
      }
      await refresh();
    } catch {
      show();
      if (Object.keys(store.read()).length) timer = setTimeout(sendAll, PAUSE);
    } finally {
      sending = false;
    }
    if (problem) say(problem);
  };

  list.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    store.write({ ...store.read(), [form.getAttribute("action")]: form.elements.came?.value ?? "" });
    show();
    sendAll();
  });
  window.addEventListener("online", sendAll);
  if (Object.keys(store.read()).length) {
    show();
    sendAll();
  }
}

document.querySelectorAll("[data-door]").forEach(keepTicks);
