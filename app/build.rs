//! Makes functions of what translators wrote in `words`, or says what they have to mend.

use std::path::Path;
use std::{env, fs, process};

fn main() {
    println!("cargo::rerun-if-changed=words");
    let out = env::var_os("OUT_DIR").expect("cargo says where to write");
    let sources = words::sources(Path::new("words")).expect("each language has a folder in app/words");
    match words::functions(&sources) {
        Ok(code) => {
            fs::write(Path::new(&out).join("texts.rs"), code).expect("the folder for what is built can be written")
        }
        Err(complaints) => {
            complaints.iter().for_each(|complaint| println!("cargo::error=app/words/{complaint}"));
            process::exit(1);
        }
    }
}
