// The shell: activates one micro-app by route, and outlives its failure.
// It hears carryout:navigate (path), carryout:panic (message), carryout:session ({ role }), carryout:badge
// ({ key, count }) and carryout:language, and says carryout:mounted ({ app, release }).

import { cover, drawn, isOpening, leave, look, show } from './first-look.js';
import { say } from './language.js';
import { longest } from './paths.js';

const [stage, nav] = ['app', 'nav'].map((id) => document.getElementById(id));
const LOAD_MS_MAX = 30_000; // then a retry is offered

let apps = [];
let points = {};
let release;
let active; // { app, props, state: 'loading' | 'mounted' | 'failed' }
let turn = Promise.resolve(); // calls never overlap

async function json(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

const appAt = (path) =>
  longest(path, apps.flatMap((app) => app.routes.map((prefix) => ({ app, prefix }))), (route) => route.prefix)?.app;

function route() {
  const app = appAt(location.pathname);
  if (app && app !== active?.app) turn = turn.then(() => activate(app));
  else markNav();
}

async function activate(app, again) {
  if (app !== appAt(location.pathname)) return; // they moved on
  if (active?.state === 'mounted') await active.app.life.unmount(active.props).catch(console.error);
  const props = { name: app.name, domElement: document.createElement('div') };
  const mine = (active = { app, props, state: 'loading' });
  stage.replaceChildren(props.domElement);
  cover(stage, props.domElement);
  drawNav();
  const late = new Promise((_, no) => setTimeout(no, LOAD_MS_MAX, `${app.name} took too long`));
  try {
    await Promise.race([start(mine, again), late]);
  } catch (error) {
    fail(mine, error, () => (turn = turn.then(() => activate(app, true))));
  }
}

async function start(mine, again) {
  const { app, props } = mine;
  for (const href of app.files) {
    if (document.head.querySelector(`link[href="${href}"]`)) continue;
    const as = href.endsWith('.wasm') ? { rel: 'preload', as: 'fetch' } : { rel: 'modulepreload' };
    document.head.append(Object.assign(document.createElement('link'), { href, crossOrigin: '', ...as }));
  }
  // A failed module stays failed under its name: a retry asks under another.
  if (again || !app.life) {
    const life = await import(again ? `${app.entry}?again=${Date.now()}` : app.entry);
    await life.bootstrap(props);
    app.life = life;
  }
  if (mine.state === 'loading') await app.life.mount(props);
  if (mine.state !== 'loading') return;
  mine.state = 'mounted';
  drawn();
  dispatchEvent(new CustomEvent('carryout:mounted', { detail: { app: app.name, release } }));
}

function fail(mine, error, again) {
  if (mine !== active || mine.state === 'failed') return;
  console.error(error);
  mine.state = 'failed';
  show();
  stage.innerHTML = `<section role="alert" class="app-error" data-test="app-error">
    <h1>${say('stopped')}</h1><p>${say('kept')}</p>
    <button type="button" data-test="retry">${say('again')}</button></section>`;
  stage.querySelector('button').onclick = again;
}

// A panicked bundle holds the lead and sockets: another tab may lead, and only a new page lets go.
const panic = (error) => {
  navigator.locks?.request('carryout-leader', { steal: true }, () => {});
  if (active) fail(active, error, () => location.reload());
};
const trapped = (error) => error instanceof WebAssembly.RuntimeError && panic(error);
addEventListener('error', (event) => trapped(event.error));
addEventListener('unhandledrejection', (event) => trapped(event.reason));
addEventListener('carryout:panic', (event) => panic(event.detail));

function drawNav() {
  const links = points.nav.filter((point) => point.app === active.app.name);
  nav.innerHTML = links.map(({ key, icon, labels, target }) => `<a href="${target}" data-test="nav-${key}">
    <svg aria-hidden="true"><use href="${icon}"/></svg><span>${say(labels)}</span></a>`).join('');
  markNav();
}

function markNav() {
  const current = longest(location.pathname, [...nav.children], (link) => link.pathname);
  for (const link of nav.children) link.ariaCurrent = link === current ? 'page' : null;
}

function go(href) {
  leave(active?.state === 'mounted');
  history.pushState(null, '', href);
  if (appAt(location.pathname) === active?.app) dispatchEvent(new PopStateEvent('popstate'));
}

for (const name of ['pushState', 'replaceState']) {
  const plain = history[name];
  history[name] = (...args) => {
    plain.apply(history, args);
    route();
  };
}
addEventListener('popstate', route);
addEventListener('carryout:language', drawNav);
addEventListener('carryout:navigate', (event) => go(event.detail));
addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]');
  if (link?.origin !== location.origin || link.target || link.download) return;
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (appAt(link.pathname) === active?.app && !isOpening()) return; // its own router
  event.preventDefault();
  event.stopImmediatePropagation();
  go(link.href);
}, true);
addEventListener('carryout:badge', ({ detail: { key, count } }) => {
  nav.querySelector(`[data-test="nav-${key}"]`)?.toggleAttribute('data-badge', count > 0);
});

// `/` opens the app of the role that was last signed in here.
addEventListener('carryout:session', ({ detail }) => localStorage.setItem('carryout-role', detail?.role ?? ''));

try {
  if (!localStorage.getItem('carryout-role')) look();
  const manifest = json('/apps.json');
  points = await json('/mount-points.json');
  ({ apps, release } = await manifest);
  const own = apps.find((app) => app.role === localStorage.getItem('carryout-role'));
  if (own && location.pathname === '/') history.replaceState(null, '', own.home + location.search);
  route();
} catch (error) {
  fail((active = {}), error, () => location.reload());
}
