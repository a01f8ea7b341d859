// A customer who never tires: places one order after the other through the page's own buttons, and tells what the page
// said. An order is told in `robot.saved` when its own page shows it, which is the page's word that it is kept.
(() => {
  if (window.robot?.runs) return;
  const robot = (window.robot = { runs: true, saved: [], steps: 0, trouble: null });
  const [restaurants, contact] = [ROBOT_MENU, { 'customer-name': 'Ada', phone: '+44 20 7946 0000' }];
  const look = (css) => document.querySelector(css);
  const LOOK_MS = 5;
  const GIVE_UP_LOOKS = 4000;

  // A timer, because a page that nobody looks at has no animation frames.
  const wait = (find) => new Promise((found, no) => {
    let looks = 0;
    const once = () => {
      const what = find();
      if (what) return found(what);
      if (++looks > GIVE_UP_LOOKS) return no(new Error(`nothing came of ${find}`));
      setTimeout(once, LOOK_MS);
    };
    once();
  });
  const go = (path) => dispatchEvent(new CustomEvent('carryout:navigate', { detail: path }));
  const fill = (name, text) => {
    const field = look(`[name=${name}]`);
    if (field.value === text) return;
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };

  async function add(restaurant, dish) {
    go(`/r/${restaurant}/i/${dish}`);
    (await wait(() => look('[data-test=add-to-cart]:not(:disabled)'))).click();
    await wait(() => !look('[data-test=add-to-cart]'));
  }

  async function place(restaurant) {
    go(`/r/${restaurant}/checkout`);
    const tracked = () => location.pathname.startsWith('/orders/') && look('[data-test=order]');
    const form = () => location.pathname.endsWith('/checkout') && look('[data-test=place-order]:not(:disabled)');
    // An order that was saved when the page died is shown at once.
    if (!(await wait(() => tracked() || form())).matches('[data-test=order]')) {
      for (const name in contact) fill(name, contact[name]);
      const collect = look('[name=destination][value=collect]');
      if (!collect.checked) collect.click();
      form().click();
    }
    const order = await wait(tracked);
    robot.saved.push(order.dataset.id);
  }

  (async () => {
    for (let turn = 0; robot.runs; turn++) {
      const [restaurant, dish] = restaurants[turn % restaurants.length];
      await add(restaurant, dish);
      await place(restaurant);
      robot.steps++;
    }
  })().catch((error) => (robot.trouble = String(error))).finally(() => (robot.runs = false));
})();
