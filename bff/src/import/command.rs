//! `bff import`, and the demo restaurants of a first start: read everything, then write everything.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::{Broken, FILE_BYTES_MAX, Offering, Options, Verdict, count, generate, read};
use crate::config::ImportSettings;
use crate::services::catalog::{self, Replaced};
use crate::state::now;
use crate::store::{StoreError, Truth};

/// Runs `bff import`: what it took and left out goes to the output line by line, what is broken is the error.
///
/// # Errors
/// Files that cannot be used, each with its place and the reason; nothing was changed then.
#[expect(clippy::print_stdout, reason = "the report is what whoever imports asked for")]
pub(crate) async fn run(settings: ImportSettings) -> anyhow::Result<()> {
    let (offerings, lines) = match settings.generate {
        Some(wanted) => (generated(wanted)?, vec![]),
        None => read_all(&settings.files, &Options { zone: zone(settings.zone)? })?,
    };
    lines.iter().for_each(|line| println!("{line}"));
    let truth = Truth::open(&settings.data).await?;
    let (changed, unchanged) = write(&truth, offerings, |id, replaced| {
        println!("{id}: {}", if replaced == Replaced::Changed { "written" } else { "unchanged" });
    })
    .await?;
    println!("{} written, {} unchanged", count(changed, "restaurant"), unchanged);
    Ok(())
}

/// Imports the demo restaurants where the catalog is empty.
///
/// # Errors
/// The folder cannot be read, or a file in it cannot be used.
pub(crate) async fn demo(truth: &Truth, folder: &Path) -> anyhow::Result<()> {
    if !catalog::api::is_empty(truth).await? {
        return Ok(());
    }
    let entries = std::fs::read_dir(folder).with_context(|| {
        format!(
            "cannot read the demo restaurants in {}: name their folder with --demo-data, or give --no-demo",
            folder.display()
        )
    })?;
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonld"));
    files.sort();
    let (offerings, _) = read_all(&files, &Options::default())?;
    let (changed, _) = write(truth, offerings, |_, _| {}).await?;
    tracing::info!(restaurants = changed, "imported the demo restaurants");
    Ok(())
}

fn generated(wanted: u32) -> anyhow::Result<Vec<Offering>> {
    if wanted > generate::RESTAURANTS_MAX {
        bail!("at most {} restaurants are made", generate::RESTAURANTS_MAX);
    }
    Ok(generate::restaurants(wanted).collect())
}

fn zone(named: Option<String>) -> anyhow::Result<Option<String>> {
    if let Some(zone) = &named {
        jiff::tz::TimeZone::get(zone)
            .with_context(|| format!("{zone:?} is not a time zone: give one like Europe/Berlin"))?;
    }
    Ok(named)
}

/// Reads every file before anything is written.
fn read_all(files: &[PathBuf], options: &Options) -> anyhow::Result<(Vec<Offering>, Vec<String>)> {
    let (mut offerings, mut lines, mut broken) = (vec![], vec![], vec![]);
    let mut left_out = 0;
    for file in files {
        let name = file.display();
        match load(file).and_then(|bytes| read(&bytes, options)) {
            Ok((read, report)) => {
                lines.extend(report.lines.iter().map(|line| format!("{name}: {line}")));
                left_out += report.count(Verdict::LeftOut);
                offerings.extend(read.into_iter().map(|offering| (file, offering)));
            }
            Err(reason) => broken.push(format!("{name}: {reason}")),
        }
    }
    for (at, (file, offering)) in offerings.iter().enumerate() {
        let id = &offering.restaurant.id;
        if let Some((first, _)) = offerings[..at].iter().find(|(_, other)| other.restaurant.id == *id) {
            broken.push(format!("{}: {id} is in {} too: import one of them", file.display(), first.display()));
        }
    }
    if !broken.is_empty() {
        bail!("nothing was changed:\n{}", broken.join("\n"));
    }
    let items = offerings.iter().map(|(_, offering)| offering.menu.items().count()).sum();
    let restaurants = count(offerings.len(), "restaurant");
    let files = count(files.len(), "file");
    lines.push(format!(
        "read {restaurants} and {} from {files}; left out {}",
        count(items, "dish"),
        count(left_out, "part")
    ));
    Ok((offerings.into_iter().map(|(_, offering)| offering).collect(), lines))
}

fn load(file: &Path) -> Result<Vec<u8>, Broken> {
    let told = |error: std::io::Error| Broken { at: None, reason: format!("cannot be read: {error}") };
    // A file too large is refused before it is in memory.
    let bytes = std::fs::metadata(file).map_err(told)?.len();
    if bytes > FILE_BYTES_MAX as u64 {
        return Err(Broken {
            at: None,
            reason: format!("{bytes} bytes are more than the {FILE_BYTES_MAX} that are read"),
        });
    }
    std::fs::read(file).map_err(told)
}

/// Writes restaurants in one transaction, all or none; how many changed, and how many were there as they are.
async fn write(
    truth: &Truth,
    offerings: Vec<Offering>,
    told: impl Fn(&domain::RestaurantId, Replaced),
) -> Result<(usize, usize), StoreError> {
    let written = truth.writer.write_patiently(move |mut work| {
        Box::pin(async move {
            let mut written = vec![];
            for Offering { restaurant, menu } in offerings {
                let replaced = catalog::replace(&mut work, &restaurant, &menu, now()).await?;
                written.push((restaurant.id, replaced));
            }
            Ok::<_, StoreError>(written)
        })
    });
    let written = written.await?;
    written.iter().for_each(|(id, replaced)| told(id, *replaced));
    let changed = written.iter().filter(|(_, replaced)| *replaced == Replaced::Changed).count();
    Ok((changed, written.len() - changed))
}
