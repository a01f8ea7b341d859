//! `bff import`, as an operator runs it.

mod server;

use server::{count, demo, import};

const FACTS: &str = "select count(*) from change";

#[tokio::test]
async fn an_import_says_what_it_did_and_a_second_one_does_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = demo().join("ginkgo-ramen.jsonld");
    let file = file.to_str().expect("a path");
    let (done, report, _) = import(folder.path(), &[file]);
    assert!(done);
    assert!(report.contains(&format!("{file}: document: took Ginkgo")), "{report}");
    assert!(report.ends_with("ginkgo-ramen: written\n1 restaurant written, 0 unchanged\n"), "{report}");
    let facts = count(folder.path(), FACTS).await;
    assert_eq!(facts, 2);

    let (done, report, _) = import(folder.path(), &[file]);
    assert!(done);
    assert!(report.ends_with("ginkgo-ramen: unchanged\n0 restaurants written, 1 unchanged\n"), "{report}");
    assert_eq!(count(folder.path(), FACTS).await, facts);
}

#[tokio::test]
async fn a_changed_price_is_one_fact_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(demo().join("ginkgo-ramen.jsonld")).expect("a file");
    let file = folder.path().join("menu.jsonld");
    let name = file.to_str().expect("a path");
    std::fs::write(&file, &text).expect("a file");
    assert!(import(folder.path(), &[name]).0);
    let price = text.find("\"price\": \"").expect("a price") + "\"price\": \"".len();
    let changed = format!("{}9{}", &text[..price], &text[price..]);
    std::fs::write(&file, changed).expect("a file");
    let (done, report, errors) = import(folder.path(), &[name]);
    assert!(done, "{errors}");
    assert!(report.ends_with("1 restaurant written, 0 unchanged\n"), "{report}");
    assert_eq!(count(folder.path(), FACTS).await, 3);
}

#[tokio::test]
async fn one_broken_file_and_nothing_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = folder.path().join("broken.jsonld");
    std::fs::write(&broken, "{\n  \"@type\": \"Restaurant\",\n  \"name\": \"Half\n}").expect("a file");
    let (broken, sound) = (broken.to_str().expect("a path"), demo().join("ginkgo-ramen.jsonld"));
    let data = folder.path().join("data");
    let (done, _, errors) = import(&data, &[sound.to_str().expect("a path"), broken, "nowhere.jsonld"]);
    assert!(!done);
    assert!(errors.contains("nothing was changed"), "{errors}");
    assert!(errors.contains("broken.jsonld: line 3, column"), "{errors}");
    assert!(errors.contains("nowhere.jsonld: cannot be read"), "{errors}");
    assert!(!data.exists(), "not even a database was made");
}

#[tokio::test]
async fn made_restaurants_are_the_same_each_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let (done, report, errors) = import(folder.path(), &["--generate", "25"]);
    assert!(done && report.ends_with("25 restaurants written, 0 unchanged\n"), "{report}{errors}");
    let (done, report, _) = import(folder.path(), &["--generate", "30"]);
    assert!(done && report.ends_with("5 restaurants written, 25 unchanged\n"), "{report}");
    assert_eq!(count(folder.path(), "select count(*) from catalog_row").await, 60);
}
