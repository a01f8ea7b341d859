// What somebody needs to know who has a keyboard and a voice that reads the page out.

// Writes down what the page has read out, from its first moment on: each change of a live region, as all of what stands in it then.
window.heard ??= (() => {
  const LIVE = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]';
  const heard = [];
  new MutationObserver((changes) => {
    const regions = new Set();
    for (const { target, addedNodes } of changes) {
      const around = (target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)?.closest(LIVE);
      if (around) regions.add(around);
      // Only an alert is read out when it comes with its words.
      for (const added of addedNodes) {
        if (added.nodeType !== Node.ELEMENT_NODE) continue;
        if (added.matches('[role=alert]')) regions.add(added);
        for (const alert of added.querySelectorAll('[role=alert]')) regions.add(alert);
      }
    }
    for (const region of regions) {
      const words = region.isConnected && !region.closest('[hidden], [aria-hidden=true]') && region.innerText.trim();
      if (words) heard.push(words.replaceAll(/\s+/g, ' '));
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
  return heard;
})();

// What is wrong with the element that has the focus, for who looks where it is: nothing, or a few words.
window.focusTrouble ??= () => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return 'nothing has the focus';
  const { left, right, top, bottom, width, height } = focused.getBoundingClientRect();
  if (!width || !height || !focused.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return 'it cannot be seen';
  const [middle, centre] = [(left + right) / 2, (top + bottom) / 2];
  const inset = 3;
  const points = [[middle, centre], [middle, top + inset], [middle, bottom - inset], [left + inset, centre], [right - inset, centre]];
  // What is higher than the screen shows its middle at least.
  for (const [x, y] of height > innerHeight / 2 ? points.slice(0, 1) : points) {
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return `it is off the screen at ${Math.round(x)}, ${Math.round(y)} of ${innerWidth}, ${innerHeight}`;
    const hit = document.elementFromPoint(x, y);
    const isOfIt = hit && (focused.contains(hit) || hit.closest('label')?.contains(focused));
    if (!isOfIt) return `it is covered by <${hit?.localName}.${hit?.className}> at ${Math.round(x)}, ${Math.round(y)}`;
  }
  if (focused.tabIndex < 0) return null;
  const around = focused.matches('[type=radio], [type=checkbox]') ? focused.closest('label') ?? focused : focused;
  const hasRing = (element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  return hasRing(focused) || hasRing(around) ? null : 'nothing shows that it has the focus';
};
