// What can be measured of a page as it stands before somebody. Every function returns a list of what is wrong.
window.looks = (() => {
  const name = element => element.outerHTML.replace(/\s+/g, ' ').slice(0, 110);
  const few = list => [...new Set(list)].slice(0, 5);
  const box = element => element.getBoundingClientRect();
  // Visually hidden text is a pixel wide; what is not drawn has no box at all.
  const seen = element => {
    const at = box(element);
    return at.width > 1 && at.height > 1 && element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  };
  // Text for screen readers alone lies inside a box of one pixel.
  const heard = element => {
    for (let each = element; each; each = each.parentElement)
      if (getComputedStyle(each).clipPath !== 'none' ||
          getComputedStyle(each).overflow !== 'visible' && (each.offsetWidth <= 1 || each.offsetHeight <= 1)) return true;
    return false;
  };
  const hasName = element => element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby');
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  function structure() {
    const wrong = [];
    const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
      .filter(each => each.checkVisibility() && !each.closest('.govuk-error-summary')); // which comes before all
    const ones = headings.filter(each => each.tagName === 'H1').length;
    if (ones !== 1) wrong.push(`${ones} h1 elements`);
    let before = 0;
    for (const each of headings) {
      const level = Number(each.tagName[1]);
      if (level > before + 1) wrong.push(`heading skips from ${before} to ${level}: ${name(each)}`);
      if (!each.textContent.trim()) wrong.push(`empty heading: ${name(each)}`);
      before = level;
    }
    if (!document.querySelector('meta[name=viewport]') ||
        /user-scalable=no|maximum-scale/.test(document.querySelector('meta[name=viewport]').content))
      wrong.push('zooming is not free');
    const skip = document.querySelector('a.govuk-skip-link');
    if (!skip || !document.querySelector(skip.getAttribute('href'))) wrong.push('no skip link');
    return wrong;
  }

  function tables() {
    const wrong = [];
    for (const table of document.querySelectorAll('table:not([role=presentation])')) {
      if (!table.caption?.textContent.trim() && !hasName(table)) wrong.push(`table without a name: ${name(table)}`);
      for (const head of table.querySelectorAll('th'))
        if (!head.hasAttribute('scope')) wrong.push(`head of a table without scope: ${name(head)}`);
      if (!table.querySelector('th')) wrong.push(`table without heads: ${name(table)}`);
    }
    return few(wrong);
  }

  function fields() {
    const wrong = [];
    const main = document.querySelector('main');
    for (const each of main.querySelectorAll('input, textarea')) {
      const says = each.getAttribute('autocomplete');
      if (each.hasAttribute('onpaste')) wrong.push(`refuses to be pasted into: ${name(each)}`);
      if (each.type === 'password' && !['current-password', 'new-password'].includes(says))
        wrong.push(`password without autocomplete: ${name(each)}`);
      if (each.name === 'code' && each.type === 'text' && !['one-time-code', 'off'].includes(says))
        wrong.push(`code without autocomplete: ${name(each)}`);
      if (['email', 'tel'].includes(each.type) && !says) wrong.push(`${each.type} without autocomplete: ${name(each)}`);
      if (each.placeholder && !each.labels?.length && !hasName(each)) wrong.push(`placeholder as label: ${name(each)}`);
    }
    const errors = document.querySelector('.govuk-error-summary');
    for (const link of errors?.querySelectorAll('a[href^="#"]') ?? [])
      if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) wrong.push(`error leads nowhere: ${name(link)}`);
    return few(wrong);
  }

  // Help stands after what the page is about, on every page of a set at the same place.
  function help() {
    const links = [...document.querySelectorAll('footer a[href^="mailto:"], footer a[href^="tel:"]')];
    const main = document.querySelector('main');
    if (!links.length) return ['no way to help in the foot of the page'];
    const after = main.compareDocumentPosition(links[0]) & Node.DOCUMENT_POSITION_FOLLOWING;
    const firstMenu = document.querySelector('footer nav');
    const before = firstMenu && links[0].compareDocumentPosition(firstMenu) & Node.DOCUMENT_POSITION_FOLLOWING;
    return after && (before || !firstMenu) ? [] : ['help stands at another place than elsewhere'];
  }

  function motion() {
    return few(document.getAnimations()
      .filter(each => !(each.effect.getComputedTiming().endTime <= 5000))
      .map(each => `moves on and on: ${name(each.effect.target)}`));
  }

  function wide() {
    const width = document.documentElement.clientWidth;
    const wrong = [];
    if (document.documentElement.scrollWidth > width)
      for (const each of document.body.querySelectorAll('*'))
        if (box(each).right > width + 1 && !each.closest('[tabindex="0"]')) wrong.push(`wider than the window: ${name(each)}`);
    for (const each of document.body.querySelectorAll('*')) {
      const style = getComputedStyle(each);
      if (!['auto', 'scroll'].includes(style.overflowX) || each.scrollWidth <= each.clientWidth + 1) continue;
      if (each.matches('textarea, select, input')) continue;
      const inside = each.querySelector('a[href], button, input');
      if (each.tabIndex < 0 && !inside) wrong.push(`scrolls sideways, out of the reach of keys: ${name(each)}`);
      if (each.tabIndex >= 0 && !hasName(each)) wrong.push(`scrolls sideways and has no name: ${name(each)}`);
    }
    return few(wrong);
  }

  function cut() {
    const wrong = [];
    for (const each of document.body.querySelectorAll('*')) {
      const style = getComputedStyle(each);
      const hides = ['hidden', 'clip'];
      if (!hides.includes(style.overflowX) && !hides.includes(style.overflowY)) continue;
      if (!seen(each) || each.matches('input, select, svg, svg *, img, iframe, textarea') || !each.textContent.trim()) continue;
      const sideways = hides.includes(style.overflowX) && each.scrollWidth > each.clientWidth + 1;
      const down = hides.includes(style.overflowY) && each.scrollHeight > each.clientHeight + 1;
      if (sideways || down) wrong.push(`text is cut off: ${name(each)}`);
    }
    return few(wrong);
  }

  // What scrolls inside a box is seen only within it.
  const shownPart = (at, element) => {
    const part = {left: at.left, right: at.right, top: at.top, bottom: at.bottom};
    for (let each = element; each && each !== document.body; each = each.parentElement) {
      if (getComputedStyle(each).overflow === 'visible') continue;
      const around = box(each);
      part.left = Math.max(part.left, around.left);
      part.right = Math.min(part.right, around.right);
      part.top = Math.max(part.top, around.top);
      part.bottom = Math.min(part.bottom, around.bottom);
    }
    return part;
  };
  // A row that stays in sight lies on what is scrolled beneath it.
  const stays = element => {
    for (let each = element; each; each = each.parentElement)
      if (['sticky', 'fixed'].includes(getComputedStyle(each).position)) return true;
    return false;
  };

  // Lines of different pieces of text that lie on each other.
  function overlapping() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const lines = [];
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if (!text.data.trim() || !seen(text.parentElement) || heard(text.parentElement) || stays(text.parentElement) || text.parentElement.closest('svg, select, textarea')) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const at of range.getClientRects()) {
        const part = shownPart(at, text.parentElement);
        if (part.right - part.left > 2 && part.bottom - part.top > 2) lines.push({at: part, text});
      }
    }
    lines.sort((one, other) => one.at.top - other.at.top);
    const wrong = [];
    lines.forEach((one, number) => {
      for (let next = number + 1; next < lines.length; next++) {
        const other = lines[next];
        const down = Math.min(one.at.bottom, other.at.bottom) - Math.max(one.at.top, other.at.top);
        if (down <= 0) break;
        if (one.text === other.text) continue;
        const across = Math.min(one.at.right, other.at.right) - Math.max(one.at.left, other.at.left);
        // A full-width bracket is half empty and may come half its width closer.
        const half = parseFloat(getComputedStyle(other.text.parentElement).fontSize) * .6;
        if (across > half && down > Math.min(one.at.bottom - one.at.top, other.at.bottom - other.at.top) * 0.6)
          wrong.push(`"${one.text.data.trim().slice(0, 40)}" lies on "${other.text.data.trim().slice(0, 40)}"`);
      }
    });
    return few(wrong);
  }

  const stops = () => [...document.querySelectorAll(
    'a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea, summary, [tabindex="0"]')]
    .filter(each => each.checkVisibility({visibilityProperty: true}) && each.tabIndex >= 0 && each.getClientRects().length);

  const drawn = element => [[element, null], [element, '::before'], [element.labels?.[0] ?? element, '::before'], [element.parentElement, null]]
    .map(([each, part]) => getComputedStyle(each, part))
    .map(style => `${style.outline} ${style.boxShadow} ${style.border} ${style.backgroundColor}`).join();

  const ring = (element, bare) => [[element, null], [element.labels?.[0] ?? element, '::before'], [element.parentElement, null]]
    .some(([each, part]) => {
      const style = getComputedStyle(each, part);
      return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || (!bare && style.boxShadow !== 'none');
    });

  const inWindow = at => {
    const left = Math.max(at.left, 0), top = Math.max(at.top, 0);
    return {left, top, width: Math.min(at.right, innerWidth) - left, height: Math.min(at.bottom, innerHeight) - top};
  };

  // Needs a pressed Tab before, so that the browser takes the focus for one of the keyboard.
  function focus({bare = false} = {}) {
    const wrong = [];
    for (const stop of stops()) {
      document.activeElement?.blur();
      const before = drawn(stop);
      stop.focus();
      if (document.activeElement !== stop) {
        wrong.push(`cannot be focused: ${name(stop)}`);
        continue;
      }
      if (!stop.matches(':focus-visible')) wrong.push(`no visible focus: ${name(stop)}`);
      else if (drawn(stop) === before) wrong.push(`looks the same with focus: ${name(stop)}`);
      else if (!ring(stop, bare)) wrong.push(`no ring: ${name(stop)}`);
      if (bare) continue;
      const parts = [...stop.getClientRects()].map(inWindow).filter(at => at.width > 1 && at.height > 1);
      const open = parts.some(at => [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].some(([right, down]) => {
        const there = document.elementFromPoint(at.left + at.width * right, at.top + at.height * down);
        return there && (stop.contains(there) || there.contains(stop) && stop.type === 'file' || there.closest('label')?.control === stop);
      }));
      if (!open) wrong.push(`covered while it has the focus: ${name(stop)}`);
    }
    document.activeElement?.blur();
    window.scrollTo(0, 0);
    return few(wrong);
  }

  function targets() {
    return few([...document.querySelectorAll('.govuk-button')].filter(each => seen(each) && box(each).height < 43.5)
      .map(each => `button of ${Math.round(box(each).height)} px: ${name(each)}`));
  }

  // Colours are the reader's: only lines tell where a control is.
  function lines() {
    const wrong = [];
    for (const each of document.querySelectorAll('button, input:not([type=hidden]), select, textarea, .govuk-button')) {
      const drawnByBrowser = ['checkbox', 'radio'].includes(each.type) && getComputedStyle(each).appearance !== 'none';
      if (!seen(each) || each.type === 'file' || drawnByBrowser) continue;
      const shapes = [getComputedStyle(each), getComputedStyle(each.labels?.[0] ?? each, '::before')];
      const framed = shapes.some(style => [style.borderBottomStyle, style.outlineStyle].some(kind => kind !== 'none') &&
        parseFloat(style.borderBottomWidth) + parseFloat(style.outlineWidth) > 0);
      const underlined = shapes[0].textDecorationLine.includes('underline');
      if (!framed && !underlined) wrong.push(`no line around it: ${name(each)}`);
    }
    return few(wrong);
  }

  function spaced(on) {
    sheet.replaceSync(on ? `
      * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
      p { margin-bottom: 2em !important; }` : '');
  }

  function large(on) {
    sheet.replaceSync(on ? 'html { font-size: 200% !important; }' : '');
  }

  return {structure, tables, fields, help, motion, wide, cut, overlapping, focus, targets, lines, spaced, large};
})();
