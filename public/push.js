// Notifications while no page is open: whether they are possible here, turned on by a tap, and renewed at each start.
// It hears carryout:push ([what, account, topics, answer]) and answers with JSON: { state, topics, failed }.
// What was chosen is kept in a cache, where the service worker reads the language and renews what the browser let go.

const STORE = 'notices';
const KEPT = '/notices';
const SUBSCRIBE_MS_MAX = 10_000; // a tap that did nothing by then did nothing
const ABLE = 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;

// Only Safari on a phone knows whether it was put on the home screen, and notifies from there alone.
function hindrance() {
  if (!ABLE) return navigator.standalone === false ? 'install' : 'unsupported';
  return Notification.permission === 'denied' ? 'denied' : null;
}

const kept = async () => (await (await caches.open(STORE)).match(KEPT))?.json();
async function keep(chosen) {
  const all = JSON.stringify({ ...chosen, language: document.documentElement.lang });
  await (await caches.open(STORE)).put(KEPT, new Response(all));
}

async function server(method, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch('/api/push', { method, headers, body: body && JSON.stringify(body), cache: 'no-store' });
  if (!response.ok) throw new Error(`/api/push: ${response.status}`);
  return response.status === 200 ? response.json() : null;
}

async function look(account) {
  const state = hindrance();
  if (state) return { state, topics: [] };
  const worker = await navigator.serviceWorker.getRegistration();
  if (!worker?.active) return { state: 'later', topics: [] };
  const chosen = await kept();
  const topics = chosen?.account === account ? chosen.topics : [];
  const isOn = Notification.permission === 'granted' && topics.length > 0;
  const isThere = isOn && chosen.told && (await worker.pushManager.getSubscription());
  return { state: isThere ? 'on' : isOn ? 'renew' : 'off', topics };
}

// A subscription of another server's key, such as that before its data was lost, reaches nobody.
async function subscription(worker, key) {
  const there = await worker.pushManager.getSubscription();
  const bytes = new Uint8Array(there?.options.applicationServerKey ?? []);
  const its = btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  if (there && its === key) return there;
  await there?.unsubscribe();
  // A browser whose push service cannot be reached may try for as long as the page is open.
  const late = new Promise((_, no) => setTimeout(no, SUBSCRIBE_MS_MAX, new Error('the push service is silent')));
  return Promise.race([late, worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })]);
}

async function tell(account, topics) {
  const worker = await navigator.serviceWorker.getRegistration();
  const { key } = await server('GET');
  const { endpoint, keys } = (await subscription(worker, key)).toJSON();
  await server('PUT', { account, topics, endpoint, ...keys });
  await keep({ account, topics, key, told: true });
}

// What the browser lets go reaches nobody any more, whether the server hears of it or not.
async function leave() {
  const worker = ABLE && (await navigator.serviceWorker.getRegistration());
  const there = worker && (await worker.pushManager.getSubscription());
  if (!there) return;
  const { endpoint } = there;
  await there.unsubscribe();
  server('DELETE', { endpoint }).catch(() => {});
}

const DO = {
  look: () => {},
  async choose(account, topics) {
    if (!topics.length) {
      await leave();
      return keep({ account, topics, told: true });
    }
    if (!navigator.onLine) throw new Error('no network');
    // Asked for in the tap itself: browsers answer nothing else.
    if ((await Notification.requestPermission()) === 'granted') await tell(account, topics);
  },
  // Each start says again what is wanted, so that neither side forgets; another person's device is let go.
  async start(account) {
    const chosen = await kept();
    if (!chosen || hindrance()) return;
    if (chosen.account !== account) await leave();
    else if (chosen.topics.length && Notification.permission === 'granted') await tell(account, chosen.topics);
  },
  // A guest signed in, and took along what was theirs.
  async moves(account) {
    const chosen = await kept();
    if (!chosen) return;
    await keep({ ...chosen, account, told: false });
    await DO.start(account);
  },
};

addEventListener('carryout:push', async ({ detail: [what, account, topics, answer] }) => {
  let failed = false;
  await DO[what](account, topics ? topics.split(' ') : [])?.catch((error) => {
    console.info('notifications:', error);
    failed = true;
  });
  const said = await look(account).catch(() => ({ state: 'unsupported', topics: [] }));
  answer?.(JSON.stringify({ ...said, failed }));
});

addEventListener('carryout:session', ({ detail }) => detail?.role || leave().catch(console.info));
addEventListener('carryout:language', async () => {
  const chosen = ABLE && (await kept().catch(() => null));
  if (chosen) await keep(chosen);
});
