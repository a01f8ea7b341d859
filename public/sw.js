// The service worker: the shell and the wanted apps are complete per release, or not there at all.
// It never touches what is live (/api, /live), nor IndexedDB.

const RELEASE = { name: 'dev', common: [], apps: [] }; // the build writes this line

const SHELL = `shell-${RELEASE.name}`;
const WANTED = 'wanted-apps'; // which bundles this person uses; it outlives a release
const KILL_CHECK_MS = 60_000;
const LIVE = /^\/(api|live|livez|readyz|metrics)(\/|$)/;
const LISTED = new Set([...RELEASE.common, ...RELEASE.apps.flatMap((app) => app.files)]);

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));

self.addEventListener('message', (event) => {
  const { type, app } = event.data ?? {};
  if (type === 'skip-waiting') self.skipWaiting();
  if (type === 'keep') event.waitUntil(keep(app).then(
    () => event.ports[0]?.postMessage('ready'),
    () => event.ports[0]?.postMessage('incomplete'),
  ));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || LIVE.test(pathname)) return;
  if (LISTED.has(pathname)) event.respondWith(kept(pathname, request));
  else if (request.mode === 'navigate' && !pathname.includes('.')) event.respondWith(kept('/', request));
  if (request.mode === 'navigate') event.waitUntil(obeyKillSwitch());
});

async function install() {
  if (await killed()) throw new Error('the service worker is switched off');
  const apps = await wantedApps();
  try {
    await fill([...RELEASE.common, ...apps.flatMap((app) => app.files)]);
  } catch (error) {
    await caches.delete(SHELL);
    throw error;
  }
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('shell-') && name !== SHELL).map((name) => caches.delete(name)));
}

// Those kept in an earlier release and those on screen; a first start without a page takes the one at `/`.
async function wantedApps() {
  const earlier = (await (await caches.open(WANTED)).keys()).map(({ url }) => new URL(url).pathname.slice(1));
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const paths = pages.map(({ url }) => new URL(url).pathname);
  const shown = (paths.length ? paths : ['/']).map(appAt);
  return RELEASE.apps.filter((app) => earlier.includes(app.name) || shown.includes(app));
}

function appAt(path) {
  const routes = RELEASE.apps.flatMap((app) => app.routes.map((prefix) => ({ app, prefix })));
  const fits = ({ prefix }) => path === prefix || path.startsWith(prefix.replace(/\/?$/, '/'));
  return routes.filter(fits).sort((a, b) => b.prefix.length - a.prefix.length)[0]?.app;
}

async function keep(name) {
  const app = RELEASE.apps.find((app) => app.name === name);
  if (!app) return;
  const cache = await caches.open(SHELL);
  const there = await Promise.all(app.files.map((url) => cache.match(url)));
  await fill(app.files.filter((_, i) => !there[i]));
  await (await caches.open(WANTED)).put(`/${name}`, new Response());
}

// All or nothing: no response is stored before every one of them has come whole.
async function fill(urls) {
  const responses = await Promise.all(urls.map(whole));
  const cache = await caches.open(SHELL);
  await Promise.all(urls.map((url, i) => cache.put(url, responses[i])));
}

async function whole(url) {
  // A name under /assets/ is a hash of its content: an earlier release's copy is the same file.
  const hashed = url.startsWith('/assets/');
  const earlier = hashed && (await caches.match(url));
  if (earlier) return earlier;
  const response = await fetch(url, { cache: hashed ? 'default' : 'reload' });
  if (!response.ok || response.redirected) throw new Error(`${url}: ${response.status}`);
  return new Response(await response.arrayBuffer(), { headers: response.headers });
}

async function kept(path, request) {
  return (await caches.match(path, { cacheName: SHELL })) ?? fetch(request);
}

// The kill switch: `{"kill": true}` in /sw.json takes the worker and its caches away, and nothing else.

let killChecked = 0;

async function killed() {
  try {
    const response = await fetch('/sw.json', { cache: 'no-store' });
    return (await response.json()).kill === true;
  } catch {
    return false; // no network, or no such file: carry on
  }
}

async function obeyKillSwitch() {
  if (Date.now() - killChecked < KILL_CHECK_MS) return;
  killChecked = Date.now();
  if (!(await killed())) return;
  await self.registration.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('shell-') || name === WANTED).map((name) => caches.delete(name)));
}
