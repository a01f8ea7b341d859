//! `bff import`: what the command line asks, and the report.

use std::path::Path;

use crate::config::ImportSettings;
use crate::store::Truth;

/// Does what the command line asks and prints the report.
///
/// # Errors
/// A sentence: what is broken, and that nothing was changed.
pub async fn run(settings: ImportSettings) -> anyhow::Result<()> {
    let _truth = Truth::open(&settings.data).await?;
    Ok(())
}

/// Reads every document of `folder` into an empty catalog.
///
/// # Errors
/// As [`run`].
pub async fn demo(_truth: &Truth, _folder: &Path) -> anyhow::Result<()> {
    Ok(())
}
