//! `cargo xtask example`: the shopping list in `examples/`, built and served.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::{
    bundle,
    project::{cargo, command, root, run, target},
    tools,
};

/// Where to serve it.
#[derive(Args)]
pub(crate) struct Example {
    /// The port to listen on.
    #[arg(long, default_value_t = 8090)]
    port: u16,
}

/// Builds the example and serves it until it is stopped.
///
/// # Errors
/// When a tool is missing and cannot be installed, a step fails, or the server ends badly.
pub(crate) fn example(wish: &Example) -> Result<()> {
    build()?;
    run(command(server()).arg(wish.port.to_string()).arg(pages()))
}

/// Builds its page and its server.
///
/// # Errors
/// When a tool is missing and cannot be installed, or a step fails.
pub(crate) fn build() -> Result<()> {
    tools::wasm_target()?;
    tools::wasm_bindgen()?;
    let mut page = bundle::trunk_call(&tools::trunk()?);
    page.current_dir(root().join("examples/shopping-list"));
    run(page.envs(bundle::QUICK).args(["build", "--dist"]).arg(pages()))?;
    run(cargo().args(["build", "--package", "shopping-list"]))
}

/// Its built page.
pub(crate) fn pages() -> PathBuf {
    target().join("shopping-list")
}

/// Its built server.
pub(crate) fn server() -> PathBuf {
    target().join("debug").join(format!("shopping-list{}", std::env::consts::EXE_SUFFIX))
}
