//! A request once more, byte for byte, over a connection of its own.

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::request::Request;
use crate::wait::PATIENCE;

/// Sends it and gives back the head of the answer and what follows in the same breath.
pub(super) async fn send(target: SocketAddr, request: &Request) -> Result<String> {
    let mut stream = TcpStream::connect(target).await?;
    stream.write_all(&request.bytes()).await?;
    let mut answer = vec![0; 64 * 1024];
    let read = timeout(PATIENCE, stream.read(&mut answer)).await.context("the server does not answer a repeat")??;
    ensure!(read > 0, "the server closed the connection without an answer");
    Ok(String::from_utf8_lossy(&answer[..read]).into_owned())
}
