//! The walls between the services: a slice imports no other slice and names no table of another.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn no_service_reaches_into_another() {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/services");
    let mut read = 0;
    let slices = domain::Service::ALL.map(|service| service.name());
    for own in slices {
        for file in sources(&services.join(own)) {
            let text = fs::read_to_string(&file).expect("a source file");
            for other in slices.into_iter().filter(|other| *other != own) {
                for wall in [
                    format!("services::{other}"),
                    format!("super::{other}"),
                    format!("{other}_row"),
                    format!("{other}_copy"),
                ] {
                    assert!(!text.contains(&wall), "{} reaches over a wall: {wall}", file.display());
                }
            }
            read += 1;
        }
    }
    assert!(read > slices.len(), "the slices are where this test looks");
}

#[test]
fn every_folder_of_services_is_a_slice_of_the_trade() {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/services");
    let folders =
        fs::read_dir(services).expect("the services").filter_map(Result::ok).filter(|entry| entry.path().is_dir());
    let mut names: Vec<_> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let mut slices = domain::Service::ALL.map(|service| service.name().to_owned()).to_vec();
    slices.sort();
    assert_eq!(names, slices);
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a slice").filter_map(Result::ok).map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}
