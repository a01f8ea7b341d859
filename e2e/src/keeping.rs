//! What can be done to a browser's storage, and what the page says of it through its developer's window.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::browser::Browser;

/// What a browser throws away when it is short of room: all but the cookies.
pub const ALL_BUT_COOKIES: &str = "indexeddb,cache_storage,service_workers,local_storage";

/// The databases alone, so that the app still starts with no network.
pub const DATABASES: &str = "indexeddb";

const ASK: &str = "
    const [expression, done] = arguments;
    Promise.resolve()
        .then(() => new Function('carryout', `return (${expression})`)(window.carryout))
        .then(value => done({ value: value ?? null }), error => done({ error: String(error) }));
";

impl Browser {
    /// Throws away what the browser keeps for the site, as it does by itself when the disk is nearly full.
    pub async fn evicts(&self, what: &str) -> Result<()> {
        let order = json!({"origin": self.origin(), "storageTypes": what});
        self.devtools("Storage.clearDataForOrigin", order).await
    }

    /// Gives the site so many bytes of the disk; `None` gives it all that there is.
    pub async fn has_room(&self, bytes: Option<u64>) -> Result<()> {
        let mut order = json!({"origin": self.origin()});
        if let Some(bytes) = bytes {
            order["quotaSize"] = json!(bytes);
        }
        self.devtools("Storage.overrideQuotaForOrigin", order).await
    }

    /// Lets the site keep its storage for good when it asks.
    pub async fn lets_keep(&self) -> Result<()> {
        let order = json!({"origin": self.origin(), "permissions": ["durableStorage"]});
        self.devtools("Browser.grantPermissions", order).await
    }

    /// Runs a script in every page that is opened from here on, before anything of the page's own.
    pub async fn begins_with(&self, script: &str) -> Result<()> {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": script})).await
    }

    /// What an expression over the page's `carryout` comes to, promises awaited.
    pub async fn says(&self, expression: &str) -> Result<Value> {
        let answer = self.client().execute_async(ASK, vec![json!(expression)]).await?;
        ensure!(answer["error"].is_null(), "{expression}: {}", answer["error"]);
        Ok(answer["value"].clone())
    }

    /// Waits until an expression over the page's `carryout` is true.
    pub async fn comes_to(&self, expression: &str) -> Result<()> {
        let look = async || {
            let answer = self.client().execute_async(ASK, vec![json!(expression)]).await?;
            Ok((answer["value"] == json!(true)).then_some(()))
        };
        self.until(expression, look).await
    }

    /// The shell says that it is kept whole, the page that it has everything, and the disk has all of that: the last of
    /// many rows are written a moment after they are shown.
    pub async fn is_ready_for_offline(&self) -> Result<()> {
        self.wait("html[data-offline=ready]").await?;
        // Where a driver holds a browser that keeps nothing on a disk, there is nothing more to wait for. (WebKitGTK would not
        // answer either: it holds a driver's expressions to the page's own policy.)
        if !self.engine().keeps_on_disk() {
            return Ok(());
        }
        self.comes_to("(({ as_of, rows_kept }) => as_of !== null && rows_kept)(carryout.status())").await
    }

    /// How many bytes the browser says that the site uses.
    pub async fn used(&self) -> Result<u64> {
        let used = self.says("navigator.storage.estimate().then(({ usage }) => usage)").await?;
        used.as_u64().context("the browser does not say")
    }
}
