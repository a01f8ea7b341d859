//! Finds the tools a build needs and installs the missing ones into `.tools`, in the versions this project is tried with.
//! Nothing is downloaded but sources, by Cargo, and the wasm target, by rustup.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::project::{command, output, root, run, shown, target};

/// The newest Trunk that Rust 1.95 builds.
const TRUNK: &str = "0.21.14";
/// The newest that Rust 1.95 builds; it drives every Firefox since 128.
const GECKODRIVER: &str = "0.37.1";
/// The browser, as a target.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Sees to it that rustc can compile for the browser.
///
/// # Errors
/// When the target is missing and rustup cannot install it.
pub(crate) fn wasm_target() -> Result<()> {
    let sysroot = output(command("rustc").args(["--print", "sysroot"]))
        .context("rustc does not answer: install Rust from https://rustup.rs")?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM).exists() {
        return Ok(());
    }
    if output(command("rustup").arg("--version")).is_none() {
        bail!(
            "Rust has no {WASM} target here and rustup is not installed to add it: install Rust from https://rustup.rs"
        );
    }
    println!("Adding the {WASM} target with rustup (some seconds): the bundles are compiled for the browser.");
    run(command("rustup").args(["target", "add", WASM]))
        .with_context(|| format!("rustup could not add the target: check the network, then `rustup target add {WASM}`"))
}

/// Trunk, installed where it is missing.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn trunk() -> Result<PathBuf> {
    // Without its default features it cannot download tools by itself, and needs no TLS for that.
    let options = &["--locked", "--no-default-features"];
    let optimised = Optimised::Not;
    let trunk = Install { package: "trunk", binary: "trunk", version: TRUNK.into(), options, optimised };
    trunk.ensure("it builds the bundles", "2 to 5 minutes")
}

/// wasm-bindgen in the very version the bundles are linked with, installed where it is missing.
///
/// # Errors
/// When it cannot be installed, or Cargo.lock names no version.
pub(crate) fn wasm_bindgen() -> Result<PathBuf> {
    let version = locked_version("wasm-bindgen")?;
    // Its own lock file holds crates that were withdrawn: let Cargo choose.
    let optimised = Optimised::ALittle;
    let free = Install { package: "wasm-bindgen-cli", binary: "wasm-bindgen", version, options: &[], optimised };
    free.ensure("it joins wasm and JavaScript, and must match the version in Cargo.lock", "2 to 4 minutes")
}

/// Sees to it that C can be compiled: SQLite and the cryptography are C.
///
/// # Errors
/// When there is no compiler.
pub(crate) fn c_compiler() -> Result<()> {
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".into());
    if output(command(&compiler).arg("--version")).is_none() {
        bail!(
            "there is no C compiler (`{compiler}`), which SQLite needs: on Debian or Ubuntu, `apt-get install -y gcc libc6-dev`"
        );
    }
    Ok(())
}

/// What drives Firefox, installed where it is missing.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn geckodriver() -> Result<PathBuf> {
    let (version, options) = (GECKODRIVER.into(), &["--locked"][..]);
    let optimised = Optimised::Not;
    let driver = Install { package: "geckodriver", binary: "geckodriver", version, options, optimised };
    driver.ensure("it drives Firefox in the browser tests", "1 to 4 minutes")
}

struct Install {
    package: &'static str,
    binary: &'static str,
    version: String,
    options: &'static [&'static str],
    /// How much of the building is spent on its speed.
    optimised: Optimised,
}

/// A tool that is built once and run for seconds should be quick to build before it is quick to run.
#[derive(Clone, Copy)]
enum Optimised {
    /// It moves files about and starts others.
    Not,
    /// It works through every byte of a bundle.
    ALittle,
}

impl Install {
    /// The path of the binary, after installing it if need be.
    fn ensure(&self, why: &str, how_long: &str) -> Result<PathBuf> {
        let own = root().join(".tools/bin").join(format!("{}{}", self.binary, std::env::consts::EXE_SUFFIX));
        for candidate in [own.clone(), PathBuf::from(self.binary)] {
            if self.answers(&candidate) {
                return Ok(candidate);
            }
        }
        println!(
            "Installing {} {} into .tools: {why}. This happens once and takes {how_long}.",
            self.package, self.version
        );
        let mut call = command("cargo");
        call.args(["install", "--root", ".tools", self.package, "--version", &self.version]).args(self.options);
        // A folder of its own lets an interrupted installation go on where it stopped.
        let work = target().join("tools");
        call.env("CARGO_TARGET_DIR", &work);
        call.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        let level = match self.optimised {
            Optimised::Not => "0",
            Optimised::ALittle => "1",
        };
        call.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", level);
        let line = shown(&call);
        run(&mut call).with_context(|| {
            format!("{} could not be installed: check the network, then run `{line}`", self.package)
        })?;
        if !self.answers(&own) {
            bail!("{} was installed but does not answer `--version` with {}", own.display(), self.version);
        }
        fs::remove_dir_all(&work).ok(); // only space: the next installation does without
        Ok(own)
    }

    fn answers(&self, binary: &Path) -> bool {
        let said = output(command(binary).arg("--version")).unwrap_or_default();
        said.split_whitespace().any(|word| word == self.version)
    }
}

/// The version of `package` in Cargo.lock.
fn locked_version(package: &str) -> Result<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))
        .context("Cargo.lock is missing: restore it from the repository")?;
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\"")).skip(1);
    let version = lines.next().and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    Ok(version.with_context(|| format!("Cargo.lock has no {package}"))?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_says_which_wasm_bindgen() -> Result<()> {
        assert!(locked_version("wasm-bindgen")?.starts_with("0.2."));
        assert!(locked_version("no-such-package").is_err());
        Ok(())
    }
}
