// Somebody of a crowd, who lives in this page and taps its buttons as long as it is open: orders and sometimes thinks better
// of it, cooks what comes, or brings it. What happened is told in `somebody.told`, where the test reads it.
(() => {
  if (window.somebody || window !== window.top) return;
  const somebody = (window.somebody = { told: [], busy: true });
  const tell = (what, more) => somebody.told.push({ what, at: Date.now(), ...more });
  const look = (css) => document.querySelector(css);
  const chance = (share) => Math.random() < share;
  const pick = (many) => many[Math.floor(Math.random() * many.length)];
  const LOOK_MS = 50;
  // A page that opens beside many others, on a machine that has other things to do, is slow and not stuck.
  const GIVE_UP_MS = 90_000;

  const pause = (ms) => new Promise((over) => setTimeout(over, ms));
  const within = (least, most) => pause(least + Math.random() * (most - least));
  async function wait(find) {
    const end = Date.now() + GIVE_UP_MS;
    for (;;) {
      const what = find();
      if (what) return what;
      if (Date.now() > end) throw new Error(`nothing came of ${find} at ${location.pathname}`);
      await pause(LOOK_MS);
    }
  }
  const go = (path) => dispatchEvent(new CustomEvent('carryout:navigate', { detail: path }));
  const type = (name, text) => {
    const field = look(`[name=${name}]`);
    if (field.value === text) return;
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const choose = (css) => {
    const input = look(css);
    if (input && !input.checked) input.click();
  };
  const state = () => look('[data-test=status]')?.dataset.state;

  // What a customer sees of their orders, from the moment that their list is open.
  const seen = new Map();
  let watchesSince = null;
  function watch() {
    const isOpen = location.pathname === '/orders' && look('[data-test=order]') && state() === 'online';
    if (!isOpen) {
      watchesSince = null;
      return;
    }
    watchesSince ??= Date.now();
    for (const { dataset } of document.querySelectorAll('[data-test=order]')) {
      if (seen.get(dataset.id) === dataset.status) continue;
      seen.set(dataset.id, dataset.status);
      tell('seen', { order: dataset.id, status: dataset.status, since: watchesSince });
    }
  }

  async function order(kitchen) {
    go(`/r/${kitchen}/i/miso-soup`);
    (await wait(() => look('[data-test=add-to-cart]:not(:disabled)'))).click();
    await wait(() => !look('[data-test=add-to-cart]'));
    go(`/r/${kitchen}/checkout`);
    const tracked = () => location.pathname.startsWith('/orders/') && look('[data-test=order]');
    const form = () => location.pathname.endsWith('/checkout') && look('[data-test=place-order]:not(:disabled)');
    if (!(await wait(() => tracked() || form())).matches('[data-test=order]')) {
      type('customer-name', 'Somebody');
      type('phone', '+44 20 7946 0000');
      choose(`[name=destination][value=${chance(0.6) ? 'deliver' : 'collect'}]`);
      await pause(LOOK_MS);
      if (look('[name=address]')) type('address', 'Example Street 1, Berlin');
      choose(`[name=pays][value=${chance(0.7) ? 'tok_succeeds' : 'at-hand-over'}]`);
      await pause(LOOK_MS);
      form().click();
    }
    const order = await wait(tracked);
    tell('saved', { order: order.dataset.id });
    if (chance(0.1) && look('[data-test=cancel]')) {
      await within(0, 4000);
      look('[data-test=cancel]')?.click();
      const sure = await wait(() => look('[data-test=confirm-cancel]') ?? !look('[data-test=cancel]'));
      if (sure !== true) sure.click();
      tell('cancels', { order: order.dataset.id });
    }
  }

  async function customer() {
    setInterval(watch, LOOK_MS);
    for (;;) {
      go('/orders');
      await within(CROWD_THINKS_MS / 2, CROWD_THINKS_MS);
      if (somebody.busy) await order(pick(CROWD_KITCHENS));
    }
  }

  // By the button, what the customer sees when it was tapped.
  const COOKS = { accept: 'received', start: 'preparing', ready: 'prepared', 'hand-over': 'handed-over' };
  const BRINGS = { claim: null, 'pick-up': 'picked-up', deliver: 'delivered' };
  function tap(buttons, of, may) {
    const all = [...document.querySelectorAll(`[data-test=${of}]`)].filter(may).flatMap((about) =>
      Object.keys(buttons).flatMap((name) => [...about.querySelectorAll(`[data-test=${name}]:not(:disabled)`)].map((button) => ({ about, name, button }))));
    if (all.length === 0) return;
    const { about, name, button } = pick(all);
    button.click();
    if (buttons[name]) tell('taps', { order: about.dataset.id, status: buttons[name], online: state() === 'online' });
  }

  async function kitchen() {
    const isFetched = (ticket) => look(`[data-test=ticket][data-id="${ticket.dataset.id}"] [data-test=ticket-driver]`);
    for (;;) {
      await within(300, 1500);
      // What a driver fetches is handed over by taking it.
      tap(COOKS, 'ticket', (ticket) => ticket.dataset.status !== 'ready' || !isFetched(ticket));
    }
  }

  async function driver() {
    for (;;) {
      await within(500, 2500);
      const duty = look('[data-test=duty][data-on=false] [data-test=turn-duty]:not(:disabled)');
      if (duty) duty.click();
      else if (!look('[data-test=offer]') || chance(0.5)) tap(BRINGS, 'errand', (errand) => errand.dataset.status !== 'assigned' || errand.querySelector('[data-test=kitchen].good'));
      else tap(BRINGS, 'offer', () => true);
    }
  }

  addEventListener('DOMContentLoaded', async () => {
    try {
      await wait(state);
      if (!location.pathname.endsWith('/sign-in')) await { customer, kitchen, driver }[CROWD_KIND]();
    } catch (error) {
      tell('stuck', { why: String(error) });
    }
  });
})();
