// Looks for the number that portal.forms.proof_of_work checks: only where the server asks for it.
const BATCH = 256;
const encoder = new TextEncoder();

const isDone = (digest, bits) => new DataView(digest).getUint32(0) >>> (32 - bits) === 0;

async function search(start, bits, isStale) {
  for (let from = 0; !isStale(); from += BATCH) {
    const digests = await Promise.all(
      Array.from({ length: BATCH }, (_, at) => crypto.subtle.digest("SHA-256", encoder.encode(`${start}\n${from + at}`))),
    );
    const found = digests.findIndex((digest) => isDone(digest, bits));
    if (found >= 0) return String(from + found);
    // Typing and scrolling go on between two batches.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return "";
}

export function workForForm(field) {
  // Only a page sent safely may hash; without it people wait half a minute, as without JavaScript.
  if (!globalThis.crypto?.subtle) return;
  const form = field.form;
  const start = () => `${form.elements.opened.value}\n${form.elements.email.value}`;
  let current = "";
  let working = Promise.resolve();

  const work = () => {
    if (current === start()) return working;
    const asked = (current = start());
    field.value = "";
    working = search(asked, Number(field.dataset.work), () => current !== asked).then((answer) => {
      if (current === asked) field.value = answer;
    });
    return working;
  };

  form.elements.email.addEventListener("change", work);
  form.addEventListener("submit", async (event) => {
    if (field.value && current === start()) return;
    event.preventDefault();
    const button = form.querySelector("button:not([type=button])");
    const words = button.textContent;
    button.textContent = field.dataset.busy;
    button.disabled = true;
    await work();
    button.textContent = words;
    button.disabled = false;
    form.requestSubmit();
  });
}
