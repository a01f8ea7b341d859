// Keeps the shell and the apps of this person on the device, through the service worker.
// An update is offered and never taken by itself. `data-offline=ready` on the page says that its app opens without a network.

import { say } from './language.js';
import './push.js';

const UPDATE_CHECK_MS = 3_600_000;
const KILL_CHECK_MS_MAX = 5_000; // past it there is as good as no network
const bar = document.getElementById('update');
const container = navigator.serviceWorker;
let worker;
let running = false; // an app was shown, so somebody may have typed into it
let asked = false;
let shown; // the app that was mounted last

function offer(sentence, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.test = 'update-now';
  button.textContent = say('update');
  button.onclick = act;
  bar.replaceChildren(sentence, ' ', button);
  bar.hidden = false;
}

function offerWaiting() {
  if (!worker.waiting || !worker.active) return; // the first worker has nothing to replace
  offer(say('ready'), () => {
    const { waiting } = worker;
    if (!waiting) return location.reload(); // it took over meanwhile
    asked = true;
    waiting.addEventListener('statechange', () => waiting.state === 'activated' && location.reload());
    waiting.postMessage({ type: 'skip-waiting' });
  });
}

// The worker obeys the kill switch by itself; registering it again meanwhile would call it back.
async function killed() {
  const signal = AbortSignal.timeout(KILL_CHECK_MS_MAX);
  const flag = await fetch('/sw.json', { cache: 'no-store', signal }).then((response) => response.json()).catch(() => null);
  if (flag?.kill !== true) return false;
  for (const registration of await container.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) if (/^(shell-|wanted-apps$)/.test(name)) await caches.delete(name);
  return true;
}

function watch(registration) {
  if (worker) return;
  worker = registration;
  worker.addEventListener('updatefound', () => worker.installing?.addEventListener('statechange', offerWaiting));
  offerWaiting();
  const check = () => worker.update().catch(() => {}); // no network, or a broken release: the next time will do
  setInterval(check, UPDATE_CHECK_MS);
  check();
}

// That this device is ready for a tunnel is told to the app once, the first time that it is.
function sayOnce() {
  if (localStorage.getItem('carryout-ready')) return;
  localStorage.setItem('carryout-ready', 'said');
  dispatchEvent(new CustomEvent('carryout:ready'));
}

async function keep(app) {
  const { active } = await container.ready;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    document.documentElement.dataset.offline = data;
    if (data === 'ready') sayOnce();
    dispatchEvent(new CustomEvent('carryout:kept', { detail: data }));
  };
  active.postMessage({ type: 'keep', app }, [port2]);
}

// The first controller is no change; a later one that this page did not ask for is another tab's update, or a release
// that follows a broken one. A page that never got as far as an app holds nothing to lose.
if (container?.controller) {
  container.addEventListener('controllerchange', () => {
    if (asked) return;
    if (running) offer(say('updated'), () => location.reload());
    else location.reload();
  });
}

// A new release waits for a page that answers.
container?.addEventListener('message', ({ data, ports }) => {
  if (data?.type === 'do-you-run' && running) ports[0].postMessage(true);
  if (data?.type !== 'go') return; // a notification was tapped
  if (running) dispatchEvent(new CustomEvent('carryout:navigate', { detail: data.path }));
  else location.assign(data.path);
});

// Also where no app starts: the release that mends it is looked for at every start.
container?.getRegistration().then((registration) => registration && watch(registration), () => {});

// Somebody wants to be sure before a tunnel.
addEventListener('carryout:prepare', () => {
  if (worker && shown) keep(shown);
  else dispatchEvent(new CustomEvent('carryout:kept', { detail: 'without' }));
});

addEventListener('carryout:mounted', async ({ detail: { app, release } }) => {
  running = true;
  shown = app;
  // `trunk serve` rebuilds in place: a worker would hide that, unless it is asked for.
  const wanted = release !== 'dev' || new URLSearchParams(location.search).has('sw');
  if (!container || !wanted || (await killed())) return;
  watch(await container.register('/sw.js', { updateViaCache: 'none' }));
  await keep(app);
});
