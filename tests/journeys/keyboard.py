"""A person who has no mouse: every stop on the way must be seen, lie open and show the focus ring."""

# `stop` is where the focus is; the state of the stop before is looked at again now that it has lost it.
LOOK_AT_STOP = """
target => {
  const stop = document.activeElement;
  const name = stop.outerHTML.slice(0, 140);
  const faults = [];
  const rings = element => [[element, null], [element.nextElementSibling, '::before']]
    .filter(([each, pseudo]) => each && (!pseudo || each.tagName === 'LABEL'))
    .map(([each, pseudo]) => getComputedStyle(each, pseudo));
  const drawn = element => rings(element)
    .map(style => `${style.outline} ${style.boxShadow} ${style.borderColor}`).join();
  if (stop === document.body) return {reached: false, faults: ['nothing has the focus']};
  const box = stop.getClientRects()[0];
  if (!box || box.width < 2 || box.height < 2) faults.push('cannot be seen');
  else {
    const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!at) faults.push('lies outside the window');
    else if (!stop.contains(at) && at.closest('label')?.control !== stop)
      faults.push(`is covered by ${at.outerHTML.slice(0, 80)}`);
  }
  const hasRing = rings(stop).some(style =>
    (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none');
  if (!hasRing) faults.push('has no focus ring');
  const before = window.__stop;
  if (before && before.stop !== stop && before.drawn === drawn(before.stop))
    faults.push(`: the one before looked the same with and without focus: ${before.name}`);
  window.__stop = {stop, name, drawn: drawn(stop)};
  return {reached: stop === target, faults: faults.map(fault => `${name} ${fault}`)};
}
"""


class Keyboard:
    def __init__(self, page):
        self.page = page
        # A ring that fades in is half drawn at the moment of looking.
        page.emulate_media(reduced_motion="reduce")
        # The browser hands its file dialogs over from the first listener on, not when one is already open.
        page.on("filechooser", lambda chooser: None)

    def press(self, key):
        self.page.keyboard.press(key)

    def enter(self):
        """Press Enter where it leads to another page."""
        with self.page.expect_navigation():
            self.press("Enter")

    def write(self, text):
        self.page.keyboard.type(text)

    def to(self, locator, *, key="Tab", most=150):
        """Press Tab until the focus is there; every stop on the way has to be in order."""
        locator.wait_for(state="attached")
        for _ in range(most):
            self.press(key)
            seen = locator.evaluate(LOOK_AT_STOP)
            assert not seen["faults"], f"{self.page.url}: {seen['faults']}"
            if seen["reached"]:
                return
        raise AssertionError(f"{most} times {key} did not lead to {locator}")

    def follow(self, name):
        self.to(self.page.get_by_role("main").get_by_role("link", name=name).first)
        self.enter()
