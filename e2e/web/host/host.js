// A shell of somebody else's, built on single-spa: it knows of Carryout what /apps.json and /importmap.json say, and hears
// where an app wants to go.
import { addErrorHandler, getAppStatus, navigateToUrl, registerApplication, start, unloadApplication }
  from '/host/single-spa.js';

const json = (url) => fetch(url).then((response) => response.json());
const [{ apps }, { imports }] = await Promise.all([json('/apps.json'), json('/importmap.json')]);

const under = (path, prefix) => path === prefix || path.startsWith(prefix.replace(/\/?$/, '/'));
const routes = apps.flatMap(({ name, routes }) => routes.map((prefix) => ({ name, prefix })));
const appAt = (path) =>
  routes.filter(({ prefix }) => under(path, prefix)).sort((a, b) => b.prefix.length - a.prefix.length)[0]?.name;

// What the test asks of this page.
const host = (window.host = { errors: [], navigateToUrl, getAppStatus, unloadApplication });

addErrorHandler((error) => host.errors.push(String(error)));
addEventListener('carryout:navigate', ({ detail }) => navigateToUrl(detail));
for (const { name } of apps) {
  registerApplication({
    name,
    app: () => import(imports[`@carryout/${name}`]),
    activeWhen: ({ pathname }) => appAt(pathname) === name,
  });
}
start();
