//! A local certificate authority, so that a phone in the same network gets the https that service workers ask for.
//!
//! The authority's key stays in `DATA/tls`, for its owner's eyes only; the server's own certificate is made anew at each
//! start, for the addresses of that moment.

use std::{
    fs,
    io::Write,
    net::{IpAddr, Ipv4Addr, UdpSocket},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use anyhow::{Context, Result};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};

/// Phones refuse server certificates that live longer than 825 days; a start renews it anyway.
const SERVER_DAYS: u32 = 90;
const AUTHORITY_DAYS: u32 = 3650;
/// Clocks differ: what is made now is valid since yesterday.
const DAY: Duration = Duration::from_secs(86_400);

/// Files for the server, and what a person needs to trust them.
pub(crate) struct Certificate {
    pub(crate) chain: PathBuf,
    pub(crate) key: PathBuf,
    /// This machine's address as the local network sees it, if there is one.
    pub(crate) lan_ip: Option<IpAddr>,
    authority: PathBuf,
}

impl Certificate {
    /// Instructions for the person with the phone.
    pub(crate) fn how_to_trust(&self) -> String {
        format!(
            "https is signed by this folder's own authority: {}\n  \
             Send that file to the phone once (mail, cable) and open it there.\n  \
             Android: Settings, Security, Encryption and credentials, Install a certificate, CA certificate.\n  \
             iOS: install the profile in Settings, then switch it on in General, About, Certificate Trust Settings.\n  \
             Remove it again when you are done: whoever has {} can sign for that phone.",
            self.authority.display(),
            self.authority.with_file_name("ca-key.pem").display()
        )
    }
}

/// Makes the authority where it is missing, and a server certificate for localhost and the local network's address.
///
/// # Errors
/// When the folder `tls` in `data` cannot be written, or holds something else than a key.
pub(crate) fn certificate(data: &Path) -> Result<Certificate> {
    let folder = data.join("tls");
    fs::create_dir_all(&folder).with_context(|| format!("cannot write to {}", folder.display()))?;
    let authority = folder.join("ca.pem");
    let issuer = authority_in(&folder, &authority)?;

    let lan_ip = lan_ip();
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    names.extend(lan_ip.map(|ip| ip.to_string()));
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, "Carryout");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    set_validity(&mut params, SERVER_DAYS);
    let key = KeyPair::generate()?;
    let signed = params.signed_by(&key, &issuer)?;

    let certificate =
        Certificate { chain: folder.join("server.pem"), key: folder.join("server-key.pem"), lan_ip, authority };
    fs::write(&certificate.chain, signed.pem())?;
    write_secret(&certificate.key, &key.serialize_pem())?;
    Ok(certificate)
}

/// The authority of `folder`: its key is kept, its certificate is written once, for phones that trust it already.
fn authority_in(folder: &Path, certificate: &Path) -> Result<Issuer<'static, KeyPair>> {
    let path = folder.join("ca-key.pem");
    let key = match fs::read_to_string(&path) {
        Ok(pem) => KeyPair::from_pem(&pem).with_context(|| {
            format!("{} is no key: delete the folder {} to start afresh", path.display(), folder.display())
        })?,
        Err(_) => {
            let key = KeyPair::generate()?;
            write_secret(&path, &key.serialize_pem())?;
            fs::remove_file(certificate).ok(); // it belonged to another key, if it was there at all
            key
        }
    };
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Carryout local authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    set_validity(&mut params, AUTHORITY_DAYS);
    if !certificate.exists() {
        fs::write(certificate, params.self_signed(&key)?.pem())?;
    }
    Ok(Issuer::new(params, key))
}

/// From yesterday on, for so many days.
fn set_validity(params: &mut CertificateParams, days: u32) {
    let now = date_time_ymd(1970, 1, 1) + SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    params.not_before = now - DAY;
    params.not_after = now + DAY * days;
}

/// Readable by its owner alone, from its first byte on.
fn write_secret(path: &Path, pem: &str) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(file.write_all(pem.as_bytes())?)
}

/// The address this machine would send from. Connecting a datagram socket chooses a route and sends nothing;
/// 192.0.2.1 is an address kept for documentation (RFC 5737).
fn lan_ip() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_loopback() && !ip.is_unspecified()).then_some(ip)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_start_keeps_the_authority_that_the_phone_trusts() -> Result<()> {
        let data = std::env::temp_dir().join(format!("carryout-lan-{}", std::process::id()));
        let first = certificate(&data)?;
        let (trusted, served) = (fs::read(&first.authority)?, fs::read(&first.chain)?);
        let second = certificate(&data)?;
        assert_eq!(fs::read(&second.authority)?, trusted);
        assert_ne!(fs::read(&second.chain)?, served);
        fs::remove_dir_all(&data)?;
        Ok(())
    }
}
