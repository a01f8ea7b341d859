// The service worker: the shell and the wanted apps are complete per release, or not there at all.
// It never touches what is live (/api, /live); of IndexedDB only the drain at the end touches the outbox.

const RELEASE = { name: 'dev', digests: {}, common: [], apps: [] }; // the build writes this line

const SHELL = `shell-${RELEASE.name}`;
const WANTED = 'wanted-apps'; // which bundles this person uses; it outlives a release
const KILL_CHECK_MS = 60_000;
const ANSWER_MS_MAX = 3_000; // a page that runs answers in this time, also on a slow phone
const LIVE = /^\/(api|live|livez|readyz|metrics)(\/|$)/;
// The server has files in /assets/ and at the top. Anything else is a page, also where a name in it has a dot.
const FILE = /^\/(assets\/.*|[^/]+\.(css|html|ico|js|json|map|png|svg|txt|wasm|webmanifest|webp|woff2|xml))$/;
const LISTED = new Set([...RELEASE.common, ...RELEASE.apps.flatMap((app) => app.files)]);
// Only Chromium has Background Sync; elsewhere nothing of the drain is loaded.
const SYNCS = 'sync' in self.registration;
const SYNC_TAG = 'carryout-outbox';
const DRAIN_WASM = '/drain_bg.wasm';

if (SYNCS) importScripts('/drain.js');
importScripts('/notices.js');

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('sync', (event) => event.tag === SYNC_TAG && event.waitUntil(drain()));

self.addEventListener('push', (event) => event.waitUntil(told(event.data)));
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event.newSubscription)));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data));
});

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
  if (LISTED.has(pathname) || pathname.startsWith('/assets/')) event.respondWith(kept(pathname, request));
  else if (request.mode === 'navigate' && !FILE.test(pathname)) event.respondWith(kept('/', request));
  if (request.mode === 'navigate') event.waitUntil(obeyKillSwitch());
});

async function install() {
  if (await killed()) throw new Error('the service worker is switched off');
  const apps = await wantedApps();
  try {
    await fill([...RELEASE.common, ...(SYNCS ? [DRAIN_WASM] : []), ...apps.flatMap((app) => app.files)]);
  } catch (error) {
    await caches.delete(SHELL);
    throw error;
  }
  if (self.registration.active && !(await anyPageRuns())) self.skipWaiting();
}

// A page that runs may hold half-typed text, and decides for itself when to take the update. Where none does, nobody
// would ever be asked: no page is open, or the release before this one is too broken to start.
async function anyPageRuns() {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const answers = pages.map((page) => new Promise((answered) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => answered(true);
    page.postMessage({ type: 'do-you-run' }, [port2]);
  }));
  const late = new Promise((no) => setTimeout(no, ANSWER_MS_MAX, false));
  return Promise.race([late, Promise.any(answers).catch(() => false)]);
}

// The release before this one stays for the pages that still show it; those before it go.
async function activate() {
  const others = (await caches.keys()).filter((name) => name.startsWith('shell-') && name !== SHELL);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
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

// All or nothing: no response is stored before every one of them has come whole, and is of this release.
async function fill(urls) {
  const responses = await Promise.all(urls.map(whole));
  const cache = await caches.open(SHELL);
  await Promise.all(urls.map((url, i) => cache.put(url, responses[i])));
}

async function whole(url) {
  // A name under /assets/ is a hash of its content: an earlier release's copy is the same file.
  const hashed = url.startsWith('/assets/');
  const earlier = hashed && (await caches.match(url));
  if (earlier && (await isOfThisRelease(url, await earlier.clone().arrayBuffer()))) return earlier;
  const response = await fetch(url, { cache: hashed ? 'default' : 'reload' });
  if (!response.ok || response.redirected) throw new Error(`${url}: ${response.status}`);
  const body = await response.arrayBuffer();
  if (!(await isOfThisRelease(url, body))) throw new Error(`${url} is not of release ${RELEASE.name}`);
  return new Response(body, { headers: response.headers });
}

// While a new release is being put in place, the server may hand out files of both. The name of a file in /assets/ holds
// the first digits of its SHA-256; those of the others are in the list. `trunk serve` knows none.
async function isOfThisRelease(url, body) {
  const wanted = /^\/assets\/.*-([0-9a-f]{16})\.\w+$/.exec(url)?.[1] ?? RELEASE.digests[url];
  if (!wanted) return RELEASE.name === 'dev';
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('').startsWith(wanted);
}

// A page of an earlier release still finds its own files, which have other names.
async function kept(path, request) {
  const find = async () =>
    (await caches.match(path, { cacheName: SHELL })) ?? (path.startsWith('/assets/') && (await caches.match(path)));
  // Storage that fails must not take the network away as well.
  return (await find().catch(() => null)) || fetch(request);
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

// Background Sync: with all tabs closed the outbox is drained by the same Rust code as in a page. A promise that fails
// makes the browser ask again later; a tab that is open does without it.
async function drain() {
  await wasm_bindgen({ module_or_path: kept(DRAIN_WASM, DRAIN_WASM) });
  await wasm_bindgen.drain();
}

// Push: what the server told while nobody looked. The message names what happened and the order, and nothing of people.

const CHOSEN = ['notices', '/notices']; // what push.js keeps

const chosen = async () => (await (await caches.open(CHOSEN[0])).match(CHOSEN[1]))?.json();

async function told(data) {
  const pages = await self.clients.matchAll({ type: 'window' });
  // Who looks at a page of ours sees it there.
  if (!pages.some(({ visibilityState }) => visibilityState === 'visible')) await show(data);
  // The device is awake: what waits here may leave.
  if (SYNCS) await drain().catch(() => {});
}

async function show(data) {
  const said = read(data);
  const language = await chosen().then((chosen) => chosen?.language, () => null);
  const lang = Object.hasOwn(NOTICES, language ?? '') ? language : 'en';
  const kind = Object.hasOwn(NOTICES[lang], said.kind ?? '') ? said.kind : 'news'; // a later release may know more
  await self.registration.showNotification(NOTICES[lang][kind], {
    lang,
    dir: lang === 'ar' ? 'rtl' : 'ltr',
    icon: '/icon-192.png',
    tag: said.key ?? kind, // one order has one notification, and what is new of it rings again
    renotify: true,
    requireInteraction: kind === 'new-order' || kind === 'offer',
    data: placeOf(kind, said.key),
  });
}

// Browsers stop a worker's pushes that show nothing: whatever cannot be read is news all the same.
function read(data) {
  try {
    return data.json() ?? {};
  } catch {
    return {};
  }
}

function placeOf(kind, key) {
  if (kind === 'new-order') return '/kitchen';
  if (kind === 'offer') return '/drive';
  const order = /^order\/([0-9a-f-]{36})$/.exec(key)?.[1];
  return order ? `/orders/${order}` : '/';
}

async function open(path) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find(({ url }) => new URL(url).pathname === path) ?? pages[0];
  if (!page) return self.clients.openWindow(path);
  await page.focus();
  page.postMessage({ type: 'go', path });
}

// The browser let a subscription go. Where the server cannot be told of the new one now, the next start does it.
async function renew(anew) {
  const { account, topics, key, language } = (await chosen()) ?? {};
  if (!topics?.length) return;
  const now = await Promise.resolve(anew ?? self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }))
    .then((subscription) => {
      const { endpoint, keys } = subscription.toJSON();
      const body = JSON.stringify({ account, topics, endpoint, ...keys });
      return fetch('/api/push', { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
    })
    .catch(() => null);
  const kept = JSON.stringify({ account, topics, key, language, told: now?.ok === true });
  await (await caches.open(CHOSEN[0])).put(CHOSEN[1], new Response(kept));
}
