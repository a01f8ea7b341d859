//! What can be seen of the service worker, and what it is told to look for.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::browser::Browser;

const LOOK_FOR_UPDATE: &str = "
    const [done] = arguments;
    const over = ['installed', 'activated', 'redundant'];
    (async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        if (!registration) return 'no worker';
        // One that fails at once may be gone from the registration before `update` is through.
        let worker = null;
        registration.addEventListener('updatefound', () => { worker = registration.installing; }, { once: true });
        // The browser looks by itself after a page was opened, and a look that had begun before is what the first answer is of.
        for (let looks = 0; looks < 2 && !worker; looks++) {
            try { await registration.update(); } catch (error) { return 'not taken'; }
            worker ??= registration.installing ?? registration.waiting;
        }
        if (!worker) return 'nothing new';
        while (!over.includes(worker.state)) await new Promise(next => worker.onstatechange = next);
        return worker.state;
    })().then(done, error => done(String(error)));
";

const STORED: &str = "const [done] = arguments; caches.keys().then(done)";

impl Browser {
    /// Has the browser ask for a newer worker, as the page does every hour, and waits until it is installed or thrown
    /// away. `not taken`, `nothing new`, or the new worker's state: `installed`, `activated`, or `redundant` for one that
    /// failed.
    pub async fn looks_for_update(&self) -> Result<String> {
        let answer = self.client().execute_async(LOOK_FOR_UPDATE, vec![]).await?;
        answer.as_str().map(str::to_owned).with_context(|| format!("no word on the update: {answer}"))
    }

    /// The names of the stored shells, the oldest first.
    pub async fn stored_shells(&self) -> Result<Vec<String>> {
        let names: Vec<Value> = serde_json::from_value(self.client().execute_async(STORED, vec![]).await?)?;
        let names = names.iter().filter_map(Value::as_str).filter(|name| name.starts_with("shell-"));
        Ok(names.map(str::to_owned).collect())
    }
}
