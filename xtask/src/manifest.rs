//! From the fragments in `app/mfe` to what a shell reads: `apps.json`, `mount-points.json`, `importmap.json`, and one
//! life-cycle module a micro-app; and the tables of words, one a language, which those modules fetch. Names are plain here;
//! [`crate::assemble`] puts the hashes in.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use serde_json::json;
use words::language::LANGUAGES;

use crate::project::root;

/// One `app/mfe/NAME.json`, written beside the micro-app it describes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fragment {
    name: String,
    /// Whom it is for; the shell starts a signed-in person's own app.
    role: String,
    /// Where it starts.
    home: String,
    /// Path prefixes that activate it; the longest match of all apps wins.
    routes: Vec<String>,
    /// Entries it puts at named places of the shell.
    mounts: BTreeMap<String, Vec<MountPoint>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MountPoint {
    key: String,
    order: i32,
    /// Its words, by language. English is also `label`, for shells that know no other.
    labels: BTreeMap<String, String>,
    icon: String,
    target: String,
}

/// An app as `apps.json` lists it.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct App {
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) home: String,
    pub(crate) routes: Vec<String>,
    /// The life-cycle module that a shell imports.
    pub(crate) entry: String,
    /// All that the app needs beyond the shell, the entry included.
    pub(crate) files: Vec<String>,
}

/// `apps.json`.
#[derive(Deserialize, Serialize)]
pub(crate) struct Apps {
    /// Which build this is; `dev` for one that is rebuilt in place.
    pub(crate) release: String,
    pub(crate) apps: Vec<App>,
}

/// Writes the manifests and the life-cycle modules into `out`, a folder that Trunk has filled.
///
/// # Errors
/// When a fragment cannot be read or is not one, or `out` cannot be written.
pub(crate) fn write(out: &Path) -> Result<()> {
    let fragments = fragments()?;
    let mut apps = Vec::new();
    let mut points = BTreeMap::<&str, Vec<_>>::new();
    let mut imports = BTreeMap::new();
    for fragment in &fragments {
        let name = &fragment.name;
        let entry = format!("/{name}.entry.js");
        fs::write(out.join(&entry[1..]), life_cycle(name))?;
        imports.insert(format!("@carryout/{name}"), entry.clone());
        apps.push(App {
            name: name.clone(),
            role: fragment.role.clone(),
            home: fragment.home.clone(),
            routes: fragment.routes.clone(),
            files: vec![entry.clone(), format!("/{name}.js"), format!("/{name}_bg.wasm")],
            entry,
        });
        for (place, own) in &fragment.mounts {
            points.entry(place).or_default().extend(own.iter().map(|point| (name, point)));
        }
    }
    let points: BTreeMap<_, Vec<_>> = points
        .into_iter()
        .map(|(place, mut list)| {
            list.sort_by_key(|(name, point)| (*name, point.order));
            (place, list.into_iter().map(|(name, point)| shown(name, point)).collect())
        })
        .collect();
    write_json(&out.join("apps.json"), &Apps { release: "dev".into(), apps })?;
    write_json(&out.join("mount-points.json"), &points)?;
    write_json(&out.join("importmap.json"), &json!({ "imports": imports }))?;
    write_words(out)
}

/// The tables of `app/words`.
fn write_words(out: &Path) -> Result<()> {
    let sources = words::sources(&root().join("app/words")).context("app/words has a folder a language")?;
    let Ok(built) = words::build(&sources) else {
        bail!("app/words is not whole: the build of the app says what is missing")
    };
    for (code, table) in built.tables {
        fs::write(out.join(format!("words.{code}.txt")), table)?;
    }
    Ok(())
}

fn shown(app: &str, point: &MountPoint) -> serde_json::Value {
    let MountPoint { key, order, labels, icon, target } = point;
    let label = &labels["en"];
    json!({ "app": app, "key": key, "order": order, "label": label, "labels": labels, "icon": icon, "target": target })
}

/// Pretty, so that a person can read what the shell reads.
pub(crate) fn write_json(path: &Path, value: &impl Serialize) -> Result<()> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    fs::write(path, text).with_context(|| format!("could not write {}", path.display()))
}

fn fragments() -> Result<Vec<Fragment>> {
    let folder = root().join("app/mfe");
    let mut paths = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("could not read {}", folder.display()))? {
        paths.push(entry?.path());
    }
    paths.sort();
    let json = paths.iter().filter(|path| path.extension().is_some_and(|kind| kind == "json"));
    json.map(|path| {
        let text = fs::read_to_string(path)?;
        let fragment = serde_json::from_str(&text);
        let fragment: Fragment = fragment.with_context(|| format!("{} is no manifest fragment", path.display()))?;
        for point in fragment.mounts.values().flatten() {
            let missing: Vec<_> = LANGUAGES
                .iter()
                .map(|language| language.code)
                .filter(|code| !point.labels.contains_key(*code))
                .collect();
            ensure!(missing.is_empty(), "{}: {} has no label in {missing:?}", path.display(), point.key);
        }
        Ok(fragment)
    })
    .collect()
}

/// single-spa's life cycle around a wasm-bindgen bundle.
fn life_cycle(name: &str) -> String {
    let words: Vec<_> = LANGUAGES.iter().map(|language| format!("{0}: './words.{0}.txt'", language.code)).collect();
    let words = words.join(", ");
    format!(
        r"// The life cycle of {name}, for this shell or any that speaks single-spa. Written by the build.
const [bundle, wasm] = ['./{name}.js', './{name}_bg.wasm'].map((file) => new URL(file, import.meta.url));
const words = {{ {words} }};
// Asked for again under another name after a failure, all of it is fetched afresh.
const {{ search }} = new URL(import.meta.url);
bundle.search = wasm.search = search;
let app;

// The words of a language by its code, English for one that is not known here. They are asked for once, while the code is still coming.
const asked = {{}};
async function fetched(file) {{
  const response = await fetch(new URL(file + search, import.meta.url));
  if (!response.ok) throw new Error(`${{file}}: ${{response.status}}`);
  return response.text();
}}
function say(code) {{
  const file = words[code] ?? words.en;
  asked[file] ??= fetched(file).catch((error) => {{
    delete asked[file];
    throw error;
  }});
  return asked[file];
}}

function host(name) {{
  const id = `single-spa-application:${{name}}`;
  const found = document.getElementById(id);
  if (found) return found;
  const made = Object.assign(document.createElement('div'), {{ id }});
  return document.body.appendChild(made);
}}

export async function bootstrap() {{
  say(document.documentElement.lang.split('-')[0]).catch(() => {{}}); // who mounts hears of it
  app = await import(bundle);
  await app.default({{ module_or_path: wasm }});
  await app.bootstrap(say);
}}

export async function mount({{ name, domElement }}) {{
  await app.mount(domElement ?? host(name));
}}

export async function unmount() {{
  await app.unmount();
}}
"
    )
}
