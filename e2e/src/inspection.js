// What can be wrong with a screen for somebody who sees little, hears it read out, or has an unsteady hand. Each function looks at
// the open page and gives back what it found, a line each.
window.inspection ??= (() => {
  const visible = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const all = (css) => [...document.querySelectorAll(css)].filter(visible);
  const name = (element) => {
    const hook = element.closest('[data-test]')?.dataset.test;
    const words = (element.ariaLabel || element.innerText || element.name || '').trim().replaceAll(/\s+/g, ' ').slice(0, 40);
    return `<${element.localName}${element.className ? '.' + String(element.className).trim().replaceAll(/\s+/g, '.') : ''}> `
      + `${JSON.stringify(words)}${hook ? ` in ${hook}` : ''}`;
  };

  // What moves is where it is going: a colour between two themes is nobody's colour.
  const settle = () => {
    for (const change of document.getAnimations()) {
      if (change.effect.getComputedTiming().iterations !== Infinity) change.finish();
    }
  };

  const OPTIONS = {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // It is new, and not yet on by itself.
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations'],
  };
  // Who asked for more contrast has it seven to one.
  const ENHANCED = { runOnly: { type: 'rule', values: ['color-contrast-enhanced'] }, resultTypes: ['violations'] };
  const rulesBroken = async (place, options = OPTIONS) => {
    const { violations } = await window.axe.run(place, options);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) => {
      const why = [...any, ...all, ...none].map(({ message }) => message).join('; ');
      return { id, css: target.join(' '), line: `${id}: ${target.join(' ')}: ${why}` };
    }));
  };
  async function axe() {
    settle();
    const found = [];
    for (const broken of await rulesBroken(document)) {
      // What a bar covers in this moment is looked at again where it can be scrolled to.
      if (broken.id === 'target-size') {
        document.querySelector(broken.css)?.scrollIntoView({ block: 'center', behavior: 'instant' });
        if (!(await rulesBroken(broken.css)).some(({ id }) => id === broken.id)) continue;
      }
      found.push(broken.line);
    }
    return found;
  }

  async function contrast() {
    settle();
    return (await rulesBroken(document, ENHANCED)).map(({ line }) => line);
  }

  // A link in the middle of a sentence is as high as the sentence; whoever taps beside it taps on words.
  const inSentence = (element) =>
    getComputedStyle(element).display === 'inline' && element.parentElement.innerText.trim() !== element.innerText.trim();
  // A tap on the label is a tap on what it labels.
  const target = (element) => (element.matches('[type=radio], [type=checkbox]') && element.closest('label')) || element;
  const small = (css, least) => all(css).filter((element) => !inSentence(element)).flatMap((element) => {
    const { width, height } = target(element).getBoundingClientRect();
    // Half a pixel is lost where a length in rem is laid on the screen's raster.
    const fits = Math.min(width, height) >= least - 0.5;
    return fits ? [] : [`smaller than ${least} px: ${name(element)} is ${Math.round(width)} by ${Math.round(height)}`];
  });
  const targets = () => small('a[href], button, input, select, textarea, summary, [role=switch]', 44);
  const mainActions = () => small('.page button, .page .button', 56);

  // Whether an element or what is around it can be scrolled sideways by itself, as a row of chips or a field can.
  const scrolls = (element) => {
    for (let around = element; around && around !== document.body; around = around.parentElement) {
      if (around.matches('input, textarea, select') || ['auto', 'scroll'].includes(getComputedStyle(around).overflowX)) return true;
    }
    return false;
  };

  // Up to this length a word is read at once, and has to stand on one line; what is longer may be a name without an end.
  const WORD = /\p{L}{2,12}/gu;
  function* brokenWords() {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let text; (text = texts.nextNode());) {
      if (!visible(text.parentElement) || text.parentElement.closest('svg, .unseen, [hidden], noscript')) continue;
      for (const { 0: word, index } of text.data.matchAll(WORD)) {
        // Part of something longer, such as the name of a device.
        if (/[\p{L}\d-]/u.test((text.data[index - 1] ?? ' ') + (text.data[index + word.length] ?? ' '))) continue;
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (tops.size > 1) yield `broken into ${tops.size} lines: ${JSON.stringify(word)} in ${name(text.parentElement)}`;
      }
    }
  }

  const hasWords = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  function reflow() {
    const [page, screen] = [document.documentElement.scrollWidth, innerWidth];
    const found = page > screen ? [`the page is ${page} px wide on a screen of ${screen}`] : [];
    for (const element of all('body *')) {
      if (element.closest('svg, .unseen') || scrolls(element) || !element.innerText?.trim()) continue;
      const { left, right } = element.getBoundingClientRect();
      if (left < -1 || right > screen + 1) found.push(`sticks out sideways: ${name(element)} from ${Math.round(left)} to ${Math.round(right)}`);
      else if (hasWords(element) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
        found.push(`wider than its place: ${name(element)}`);
    }
    return [...found, ...brokenWords()];
  }

  return { settle, axe, contrast, targets, mainActions, reflow };
})();
