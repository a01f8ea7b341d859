//! Makes functions and tables of what translators wrote in `words`, or says what they have to mend. The tables are for tests; pages
//! fetch those that the bundles were assembled with.

use std::path::Path;
use std::{env, fs, process};

fn main() {
    println!("cargo::rerun-if-changed=words");
    let out = env::var_os("OUT_DIR").expect("cargo says where to write");
    let sources = words::sources(Path::new("words")).expect("each language has a folder in app/words");
    let write = |name: &str, text: String| {
        fs::write(Path::new(&out).join(name), text).expect("the folder for what is built can be written");
    };
    match words::build(&sources) {
        Ok(built) => {
            write("texts.rs", built.functions);
            built.tables.into_iter().for_each(|(code, table)| write(&format!("words.{code}.txt"), table));
        }
        Err(complaints) => {
            complaints.iter().for_each(|complaint| println!("cargo::error=app/words/{complaint}"));
            process::exit(1);
        }
    }
}
