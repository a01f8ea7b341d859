//! `cargo xtask serve`: from a fresh clone to a running Carryout.

use std::{
    fs, io,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
    path::{self, Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{
    bundle, lan,
    project::{Profile, bff, cargo, command, dist, root, run},
    tools,
};

/// Where and how to serve.
#[derive(Args)]
pub(crate) struct Serve {
    /// The port to listen on.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder that holds the databases; `data/local` in the repository when not given.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Start with empty databases instead of the demo restaurants.
    #[arg(long)]
    no_demo: bool,
    /// Listen to the whole local network, for a phone.
    #[arg(long, requires = "tls")]
    lan: bool,
    /// Serve https, with a certificate from a local authority made for this folder.
    #[arg(long)]
    tls: bool,
    /// Build for speed and size.
    #[arg(long)]
    release: bool,
}

/// Installs, builds and starts; from then on this process is the server.
///
/// # Errors
/// One sentence that names the remedy.
pub(crate) fn serve(wish: &Serve) -> Result<()> {
    let ip = if wish.lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    let address = SocketAddr::new(IpAddr::V4(ip), wish.port);
    check_port(address)?;
    let data = match &wish.data {
        Some(data) => path::absolute(data)?,
        None => root().join("data/local"),
    };
    check_folder(&data)?;
    let profile = Profile::of(wish.release);
    tools::c_compiler()?;
    bundle::build(profile)?;
    build_server(profile)?;

    let mut server = command(bff(profile));
    server.arg("serve").args(["--addr", &address.to_string()]);
    server.arg("--data").arg(&data).arg("--dist").arg(dist());
    if wish.no_demo {
        server.arg("--no-demo");
    } else {
        server.arg("--demo-data").arg(root().join("data/demo")).arg("--sandbox-payments");
    }
    let mut host = "localhost".to_owned();
    if wish.tls {
        let certificate = lan::certificate(&data)?;
        server.arg("--tls-cert").arg(&certificate.chain).arg("--tls-key").arg(&certificate.key);
        if let Some(ip) = certificate.lan_ip.filter(|_| wish.lan) {
            host = ip.to_string();
            server.args(["--public-host", &host]);
        }
        println!("{}", certificate.how_to_trust());
    }
    let scheme = if wish.tls { "https" } else { "http" };
    welcome(&format!("{scheme}://{host}:{}", wish.port), wish.no_demo);
    become_server(&mut server)
}

/// Builds the server in `profile`.
///
/// # Errors
/// When it does not compile.
pub(crate) fn build_server(profile: Profile) -> Result<()> {
    let mut build = cargo();
    build.args(["build", "--package", "bff"]);
    if profile == Profile::Release {
        build.arg("--release");
    }
    run(&mut build)
}

fn check_port(address: SocketAddr) -> Result<()> {
    let port = address.port();
    match TcpListener::bind(address) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            bail!(
                "port {port} is taken by another program: stop it, or choose another port with `--port {}`",
                port.wrapping_add(10).max(1024)
            )
        }
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            bail!("port {port} needs rights that you do not have: choose one above 1023, such as `--port 8080`")
        }
        Err(error) => bail!("cannot listen on {address} ({error}): choose another port with `--port`"),
    }
}

fn check_folder(data: &Path) -> Result<()> {
    let remedy = || {
        format!(
            "cannot write to the data folder {}: make it writable, or choose another with `--data DIR`",
            data.display()
        )
    };
    fs::create_dir_all(data).with_context(remedy)?;
    let probe = data.join(".writable");
    fs::write(&probe, []).and_then(|()| fs::remove_file(&probe)).with_context(remedy)
}

fn welcome(address: &str, empty: bool) {
    println!("\n  Carryout    {address}");
    println!("  Kitchen     {address}/kitchen");
    println!("  Driver      {address}/drive");
    println!("  Operator    {address}/desk");
    if empty {
        println!("  No demo data: bring restaurants in with `cargo run -p bff -- import --data DIR FILE...`.");
    } else {
        println!("  Customers   ada, ben               password: carryout");
        println!("  Kitchens    lucciola, ginkgo       password: carryout");
        println!("  Drivers     dora, emil             password: carryout");
        println!("  Cards       of a sandbox: each says at the checkout how it ends, and none moves money.");
        println!("  One browser profile holds one account: open the kitchen in a private window.");
    }
    println!("  Ctrl-C stops it.\n");
}

/// Replaces this process, so that Ctrl-C and a supervisor's signal reach the server itself.
#[cfg(unix)]
fn become_server(server: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let error = server.exec();
    Err(error).with_context(|| format!("could not start {}", Path::new(server.get_program()).display()))
}

#[cfg(not(unix))]
fn become_server(server: &mut Command) -> Result<()> {
    run(server)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_names_the_remedy() -> Result<()> {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let said = check_port(taken.local_addr()?).expect_err("it is taken").to_string();
        assert!(said.contains("is taken") && said.contains("--port"), "{said}");
        Ok(())
    }

    #[test]
    fn a_folder_that_is_a_file_names_the_remedy() {
        let said = check_folder(&root().join("Cargo.toml")).expect_err("a file is no folder").to_string();
        assert!(said.contains("--data DIR"), "{said}");
    }
}
