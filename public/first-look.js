// What a first visitor reads while the app is still on its way: the restaurants at the top of its first screen, by name, where the
// app will show them. It is no app: a tap moves the address, and the app opens there. Who was here before has the app on the device,
// and newer things to read in it.

import { say } from './language.js';

const ASKED_MS_MAX = 10_000; // by then the app is here, or nothing is

const isFirstVisit = () => location.pathname === '/' && !navigator.serviceWorker?.controller;

function element(tag, className, ...children) {
  const made = Object.assign(document.createElement(tag), { className });
  made.append(...children);
  return made;
}

function card({ id, name, cuisines, is_open: isOpen }) {
  const words = element('span', 'card-words',
    element('strong', 'card-title', element('bdi', '', name)),
    element('span', 'card-note', element('bdi', '', cuisines.join(' \u00b7 '))),
    element('span', 'pill', '\u00a0'));
  const link = element('a', `card restaurant ${isOpen ? 'open' : 'closed'}`, element('span', 'tile'), words);
  link.href = `/r/${id}`;
  return element('li', '', link);
}

/** Puts names into the skeleton of a page, if this is a first visit and they come in time. */
export async function look(page) {
  if (!isFirstVisit()) return;
  page.prepend(element('h1', '', say('hungry')));
  try {
    const response = await fetch('/api/catalog/first-look', { signal: AbortSignal.timeout(ASKED_MS_MAX) });
    const restaurants = response.ok ? await response.json() : [];
    if (restaurants.length) page.querySelector('.skeleton').replaceWith(element('ul', 'cards', ...restaurants.map(card)));
  } catch {} // the app says it, if the server cannot be reached
}
