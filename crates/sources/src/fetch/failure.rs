//! What went wrong, in words for the person who asked.
//!
//! The client wraps errors in errors; the one that says something is mostly the innermost. Here it is found and turned
//! into the one kind of error that the wing has.

use std::error::Error;
use std::io;

use url::Url;

use crate::guard::Lookup;
use crate::web::FetchError;

/// Turns an error of the client into one about the address.
pub(super) fn translate(url: &Url, error: &reqwest::Error) -> FetchError {
    let host = || url.host_str().unwrap_or_default().to_owned();
    let failed = |reason: String| FetchError::Failed { url: url.clone(), reason };
    for cause in causes(error) {
        if let Some(lookup) = cause.downcast_ref::<Lookup>() {
            return match lookup {
                Lookup::Unknown => FetchError::UnknownHost(host()),
                Lookup::Private => FetchError::Refused(host()),
                Lookup::Unavailable(reason) => failed(reason.clone()),
            };
        }
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return FetchError::Tls { host: host(), reason: plain(tls) };
        }
    }
    if error.is_timeout() {
        return FetchError::Timeout(url.clone());
    }
    let kind = causes(error).find_map(|cause| cause.downcast_ref::<io::Error>().map(io::Error::kind));
    failed(match kind {
        Some(io::ErrorKind::TimedOut) => return FetchError::Timeout(url.clone()),
        Some(io::ErrorKind::ConnectionRefused) => "the host refuses the connection".to_owned(),
        Some(
            io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe,
        ) => "the host broke off the connection".to_owned(),
        Some(io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable) => {
            "there is no way to the host; is this machine online?".to_owned()
        }
        // The TLS library tells this in words only.
        _ if deepest(error).contains("tls handshake") => {
            return FetchError::Tls {
                host: host(),
                reason: "the host broke it off; perhaps it speaks no TLS at this port".to_owned(),
            };
        }
        _ => deepest(error),
    })
}

/// Returns what the innermost error says.
pub(super) fn deepest(error: &dyn Error) -> String {
    let mut inner = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}

/// Returns an error and what caused it, outermost first.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        // An error inside an I/O error is not its source.
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        inner.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source())
    })
}

/// Says in plain words why no secure connection was made.
fn plain(error: &rustls::Error) -> String {
    use rustls::{CertificateError, Error};
    match error {
        Error::InvalidCertificate(certificate) => match certificate {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "its certificate has expired"
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "its certificate is not valid yet; is the clock of this machine right?"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "its certificate is for another host"
            }
            CertificateError::UnknownIssuer => {
                "its certificate is not from an authority that this machine trusts"
            }
            CertificateError::Revoked => "its certificate was revoked",
            _ => return error.to_string(),
        }
        .to_owned(),
        Error::InvalidMessage(_) => "the host does not speak TLS at this port".to_owned(),
        _ => error.to_string(),
    }
}
