//! Where things are, and how other programs are called.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use anyhow::{Context, Result, bail};

/// Which optimisation the bundles and the server are built with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Profile {
    /// Quick to build.
    Dev,
    /// Small to send: optimised for size, compressed as far as it goes.
    Release,
}

impl Profile {
    /// `Release` when the flag was given.
    pub(crate) fn of(release: bool) -> Self {
        if release { Self::Release } else { Self::Dev }
    }

    /// The folder name Cargo uses below the target directory.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let own = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        own.parent().expect("xtask is a folder of the repository").to_path_buf()
    })
}

/// The one target directory of every Cargo call, absolute.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => env::current_dir().unwrap_or_else(|_| root().into()).join(dir),
        None => root().join("target"),
    }
}

/// The assembled frontend.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// The built server.
pub(crate) fn bff(profile: Profile) -> PathBuf {
    target().join(profile.folder()).join(format!("bff{}", env::consts::EXE_SUFFIX))
}

/// A call of `program` from the root, with the project's own tools first on the path.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut paths = vec![root().join(".tools/bin")];
    paths.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let mut command = Command::new(program);
    command.current_dir(root()).env("CARGO_TARGET_DIR", target());
    // What Cargo tells this program about itself would make build scripts of others run anew in every nested call.
    let own = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
    for (name, _) in env::vars_os().filter(|(name, _)| own.iter().any(|own| name.to_string_lossy().starts_with(own))) {
        command.env_remove(name);
    }
    if let Ok(path) = env::join_paths(paths) {
        command.env("PATH", path);
    }
    command
}

/// A call of the Cargo that runs this tool.
pub(crate) fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs to the end, output passed through.
///
/// # Errors
/// When it cannot be started or does not succeed; the message shows the command.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = shown(command);
    let status = command.status().with_context(|| format!("could not start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// What a command prints, when it can be run and succeeds.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command as a person would type it.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
