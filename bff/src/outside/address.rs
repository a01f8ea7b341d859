//! Where somebody else's system may be called: an address of the open internet, by https. A server inside our own network must not
//! be reached by way of us, neither by its number nor by a name that leads to it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url, redirect};

/// How long a system outside may take to answer: whoever is told something notes it and works afterwards.
const ANSWER_MAX: Duration = Duration::from_secs(10);

/// How long it may take to reach it at all.
const CONNECT_MAX: Duration = Duration::from_secs(5);

/// The longest address, in characters: what browsers and servers commonly take.
const URL_CHARS_MAX: usize = 2_000;

/// Why an address is not called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Wrong {
    #[error("it is no address: give one like https://till.example/carryout")]
    Unreadable,
    #[error("it is longer than {URL_CHARS_MAX} characters")]
    Long,
    #[error("only https is spoken (http to this very machine, to try things)")]
    NotHttps,
    #[error("it holds a name or a password, which stay out of addresses; words are signed instead")]
    Credentials,
    #[error("it leads into a private network, which nobody outside may reach by way of this server")]
    Private,
}

/// Reads an address, and says what is wrong with it.
pub(crate) fn read(text: &str) -> Result<Url, Wrong> {
    if text.len() > URL_CHARS_MAX {
        return Err(Wrong::Long);
    }
    let url = Url::parse(text).map_err(|_| Wrong::Unreadable)?;
    let host = url.host_str().ok_or(Wrong::Unreadable)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Wrong::Credentials);
    }
    match url.scheme() {
        "https" => {}
        "http" if is_here(&url) => {}
        _ => return Err(Wrong::NotHttps),
    }
    if number(host).is_some_and(|number| !number.is_loopback() && !is_public(number)) {
        return Err(Wrong::Private);
    }
    Ok(url)
}

/// What calls systems outside, which anybody may have named; nothing on a machine that has no certificates to trust anybody by, which
/// its operator is told.
pub(crate) fn client() -> Option<Client> {
    let made = Client::builder()
        .user_agent("carryout")
        .timeout(ANSWER_MAX)
        .connect_timeout(CONNECT_MAX)
        .redirect(redirect::Policy::none())
        // A proxy would look names up by itself.
        .no_proxy()
        .dns_resolver(Arc::new(Public))
        .build();
    made.inspect_err(|error| tracing::error!(%error, "no system outside can be called from this machine")).ok()
}

/// Why nobody answered, in a sentence that is ours: what stands in the error may name what is inside our network.
pub(crate) fn why(error: &reqwest::Error) -> &'static str {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(here) = cause {
        if here.downcast_ref::<Wrong>().is_some() {
            return "its address leads into a private network, and is not called";
        }
        cause = here.source();
    }
    match error {
        error if error.is_timeout() => "it did not answer in time",
        error if error.is_connect() => "it cannot be reached, or not by a TLS that is trusted here",
        _ => "the talk with it broke off",
    }
}

/// Whether it is this very machine.
pub(crate) fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    number(host).map_or_else(|| is_localhost(host), |number| number.is_loopback())
}

/// The number that a host is given by, if it is no name.
fn number(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn is_localhost(name: &str) -> bool {
    name == "localhost" || name.ends_with(".localhost")
}

/// Looks names up, and finds nobody in a private network. It is asked at every call: what a name leads to may change.
pub(crate) struct Public;

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let may_call =
                |at: &SocketAddr| if is_localhost(&name) { at.ip().is_loopback() } else { is_public(at.ip()) };
            let found: Vec<SocketAddr> = found.filter(may_call).collect();
            if found.is_empty() {
                return Err(Wrong::Private.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

fn is_public(at: IpAddr) -> bool {
    match at {
        IpAddr::V4(at) => is_public_v4(at),
        IpAddr::V6(at) => is_public_v6(at),
    }
}

/// By the registry of special addresses (RFC 6890 and what came after it).
fn is_public_v4(at: Ipv4Addr) -> bool {
    let [a, b, c, _] = at.octets();
    let is_special = at.is_private()
        || at.is_loopback()
        || at.is_link_local()
        || at.is_documentation()
        || a == 0
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (b == 18 || b == 19))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99);
    !is_special
}

/// Of those, only what is given out to the world (2000::/3), and nothing that carries an older address inside.
fn is_public_v6(at: Ipv6Addr) -> bool {
    let [a, b, ..] = at.segments();
    let is_given_out = a & 0xe000 == 0x2000;
    let is_special = (a == 0x2001 && (b < 0x0200 || b == 0x0db8)) || a == 0x2002 || (a == 0x3fff && b < 0x1000);
    is_given_out && !is_special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_to_the_open_internet_and_this_very_machine_are_called() {
        for (text, wanted) in [
            ("https://till.example/carryout", None),
            ("https://93.184.216.34:8443/", None),
            ("https://[2606:4700::1111]/", None),
            ("http://127.0.0.1:9000/hook", None),
            ("http://localhost:9000/hook", None),
            ("https://[::1]/", None),
            ("http://till.example/", Some(Wrong::NotHttps)),
            ("ftp://till.example/", Some(Wrong::NotHttps)),
            ("http://169.254.169.254/latest/meta-data", Some(Wrong::NotHttps)),
            ("https://169.254.169.254/latest/meta-data", Some(Wrong::Private)),
            ("https://10.0.0.1/", Some(Wrong::Private)),
            ("https://172.16.4.1/", Some(Wrong::Private)),
            ("https://192.168.1.1/", Some(Wrong::Private)),
            ("https://100.64.0.1/", Some(Wrong::Private)),
            ("https://0.0.0.0/", Some(Wrong::Private)),
            ("https://0x0a000001/", Some(Wrong::Private)),
            ("https://167772161/", Some(Wrong::Private)),
            ("https://[::ffff:10.0.0.1]/", Some(Wrong::Private)),
            ("https://[fd00::1]/", Some(Wrong::Private)),
            ("https://[fe80::1]/", Some(Wrong::Private)),
            ("https://[64:ff9b::a00:1]/", Some(Wrong::Private)),
            ("https://[2002:a00:1::]/", Some(Wrong::Private)),
            ("https://ada:secret@till.example/", Some(Wrong::Credentials)),
            ("till.example", Some(Wrong::Unreadable)),
            ("", Some(Wrong::Unreadable)),
        ] {
            assert_eq!(read(text).err(), wanted, "{text}");
        }
        assert_eq!(read(&format!("https://till.example/{}", "a".repeat(2_000))).err(), Some(Wrong::Long));
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_and_is_not_its_own_finds_nobody() {
        let local: std::net::IpAddr = "127.0.0.1".parse().expect("a number");
        assert!(!is_public(local));
        let found = Public.resolve("localhost".parse().expect("a name")).await.expect("it is here");
        assert!(found.into_iter().all(|at| at.ip().is_loopback()));
    }
}
