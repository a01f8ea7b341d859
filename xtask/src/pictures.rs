//! `cargo xtask pictures`: what the README shows, taken by a browser story from the system as it is now.

use anyhow::Result;

use crate::{
    browsers::Browser,
    bundle,
    project::{Profile, root, run},
    serve::build_server,
    test::browser_tests,
};

/// Builds the system and has the story put its pictures where the README looks for them.
///
/// # Errors
/// When something does not build, Chromium is missing, or the story fails.
pub(crate) fn take() -> Result<()> {
    Browser::Chromium.ensure()?;
    bundle::build(Profile::Dev)?;
    build_server(Profile::Dev)?;
    let folder = root().join("docs/pictures");
    run(browser_tests(Browser::Chromium, Profile::Dev, Some("pictures")).env("CARRYOUT_PICTURES", &folder))?;
    println!("The pictures are in {}.", folder.display());
    Ok(())
}
