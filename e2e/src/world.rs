//! The world of one test: a server of its own, and people with browsers and networks of their own.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::browser::Browser;
use crate::customer::Customer;
use crate::driver::Driver;
use crate::engine::Engine;
use crate::kitchen::Kitchen;
use crate::network::Network;
use crate::operator::Operator;
use crate::release::Folder;
use crate::server::Server;
use crate::staff::Staff;

/// A server, and whoever is brought to it. Call [`World::end`] when the story is told; a world that is dropped before
/// prints what the server said.
pub struct World {
    engine: Engine,
    /// The server, to stop, kill and look into.
    pub server: Server,
    ended: bool,
}

impl World {
    /// A fresh server with the demo data, and people who use Chromium.
    pub async fn start() -> Result<Self> {
        Self::of(Engine::Chromium).await
    }

    /// A fresh server with the demo data, and people who use this kind of browser.
    pub async fn of(engine: Engine) -> Result<Self> {
        Ok(Self { engine, server: Server::start().await?, ended: false })
    }

    /// A fresh server with the demo data that hands out the releases in `dist`, and people who use this kind of browser.
    pub async fn serving(engine: Engine, dist: &Folder) -> Result<Self> {
        Ok(Self { engine, server: Server::start_with(dist.path()).await?, ended: false })
    }

    /// A fresh server with other demo data than the repository's, and people who use Chromium.
    pub async fn of_demo(demo: &Path) -> Result<Self> {
        Ok(Self { engine: Engine::Chromium, server: Server::start_of(demo).await?, ended: false })
    }

    /// A customer with a phone whose browser was never used; not signed in.
    pub async fn phone(&self, name: &str) -> Result<Customer> {
        let network = Network::start(self.server.address()).await?;
        let browser = Browser::start(self.engine, name, &network.origin()).await?;
        Ok(Customer::new(name, browser, network))
    }

    /// A kitchen with a tablet whose browser was never used; not signed in.
    pub async fn tablet(&self, name: &str) -> Result<Kitchen> {
        self.staff(name, Kitchen::HOME).await.map(Kitchen)
    }

    /// A driver with a phone whose browser was never used; not signed in.
    pub async fn driver(&self, name: &str) -> Result<Driver> {
        self.staff(name, Driver::HOME).await.map(Driver)
    }

    /// An operator with a phone whose browser was never used; not signed in.
    pub async fn operator(&self, name: &str) -> Result<Operator> {
        self.staff(name, Operator::HOME).await.map(Operator)
    }

    async fn staff(&self, name: &str, home: &'static str) -> Result<Staff> {
        let network = Network::start(self.server.address()).await?;
        let browser = Browser::start(self.engine, name, &network.origin()).await?;
        Ok(Staff::new(name, home, browser, network))
    }

    /// Stops the server as an operator would, and looks for what must not have happened meanwhile: a panic in the
    /// server or in one of the browsers that are still open.
    pub async fn end(mut self, browsers: &[&Browser]) -> Result<()> {
        for browser in browsers {
            let panics: Vec<String> = browser.console().await?.into_iter().filter(|line| is_panic(line)).collect();
            ensure!(panics.is_empty(), "{}'s app panicked:\n{}", browser.name(), panics.join("\n"));
        }
        self.server.stop().await?;
        let panics: Vec<String> = self.server.log().lines().filter(|line| is_panic(line)).map(str::to_owned).collect();
        ensure!(panics.is_empty(), "the server panicked:\n{}", panics.join("\n"));
        self.ended = true;
        Ok(())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if !self.ended {
            eprintln!("--- the end of the server's log ---\n{}", self.server.log_tail());
        }
    }
}

fn is_panic(line: &str) -> bool {
    line.contains("panicked at") || line.contains("RuntimeError: unreachable")
}

/// The repository's top folder.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("e2e stands in the repository").into()
}

/// Where cargo puts programs; the tests run from a folder in it.
pub(crate) fn build_folder() -> PathBuf {
    let test = env::current_exe().expect("a test knows its own path");
    test.ancestors().nth(2).expect("tests are built into <target>/debug/deps").into()
}

/// `target/e2e/NAME`, made when it is not there: what a person looks at after a failure.
pub fn output_folder(name: &str) -> Result<PathBuf> {
    let target = build_folder().parent().expect("<target>/debug is in <target>").to_owned();
    let folder = target.join("e2e").join(name);
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
