// What a first visitor reads while the app is still on its way: the restaurants at the top of its first screen, by name, where the
// app will show them. It is no app: a tap moves the address, and the app opens there. Who was here before has the app on the device,
// and newer things to read in it. It hears carryout:shown, which an app says when it has more to show than a skeleton.

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

const opening = document.getElementById('opening');
const page = opening.querySelector('.page');
const skeleton = page.cloneNode(true);
let app; // the element of the app that comes
let isOver = false;

/** Whether the first app is still on its way. */
export const isOpening = () => !isOver;

/** Puts names into the skeleton of the page, if this is a first visit and they come in time. */
export async function look() {
  if (!isFirstVisit()) return;
  const title = page.querySelector('h1');
  title.textContent = say('hungry');
  title.removeAttribute('aria-hidden');
  try {
    const response = await fetch('/api/catalog/first-look', { signal: AbortSignal.timeout(ASKED_MS_MAX) });
    const restaurants = response.ok ? await response.json() : [];
    if (restaurants.length) page.querySelector('.skeleton').replaceWith(element('ul', 'cards', ...restaurants.map(card)));
  } catch {} // the app says it, if the server cannot be reached
}

/** The app that comes is heard, and can take the focus, before it is seen. */
export function cover(stage, domElement) {
  if (isOver) return;
  app = domElement;
  app.className = 'unseen';
  stage.prepend(opening);
}

/** What was seen meanwhile goes, and the app is seen. */
export function show() {
  isOver = true;
  opening.remove();
  app?.classList.remove('unseen');
}

/** The app is drawn. An empty skeleton is nothing to wait for: the app has its own. */
export function drawn() {
  if (!page.isConnected || !page.querySelector('a')) show();
}

/** Who taps in the first look goes on to what was tapped: at once where the app is drawn, else as soon as it is. */
export function leave(isDrawn) {
  if (isOver) return;
  if (isDrawn) show();
  else page.replaceWith(skeleton);
}

addEventListener('carryout:shown', show);
