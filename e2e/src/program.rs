//! A server other than Carryout's, for the engine's examples.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::process::Process;
use crate::server::free_port;
use crate::world::output_folder;

/// A running server; it ends when it is dropped.
pub struct Program {
    address: SocketAddr,
    _process: Process,
}

impl Program {
    /// Starts `program PORT PAGES` and waits until it says where it listens.
    pub async fn start(program: &Path, pages: &Path) -> Result<Self> {
        ensure!(program.is_file() && pages.is_dir(), "{} and {} are not built", program.display(), pages.display());
        let port = free_port();
        let log = output_folder("logs")?.join(format!("program-{}-{port}.log", std::process::id()));
        let mut command = Command::new(program);
        let mut process = Process::start("the example", command.arg(port.to_string()).arg(pages), &log)?;
        process.line(|line| line.contains("http://").then_some(())).await?;
        Ok(Self { address: (Ipv4Addr::LOCALHOST, port).into(), _process: process })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}
