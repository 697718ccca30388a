//! The way to a mail server: a secure connection, and who asks.

use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use async_imap::{Client, Session};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::{ImapError, patient, plain};
use crate::Secret;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(20);

/// How the connection is protected.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Security {
    /// From the first byte.
    #[default]
    Tls,
    /// After a greeting in the open (`STARTTLS`); nothing is said before it is protected.
    StartTls,
    /// Not at all: to this machine only.
    Plain,
}

/// A mailbox, and who asks for it.
#[derive(Clone, Debug)]
pub struct Account {
    /// The server, by name or address.
    pub host: String,
    /// Its port; the usual one where none is given.
    pub port: Option<u16>,
    /// How the connection is protected.
    pub security: Security,
    /// The user.
    pub user: String,
    /// The password.
    pub password: Secret,
    /// Certificates to trust beside the usual ones, as PEM.
    pub extra_roots: Vec<u8>,
}

impl Account {
    /// Returns the server as it is shown.
    fn server(&self) -> String {
        format!("{}:{}", self.host, self.port())
    }

    fn port(&self) -> u16 {
        self.port.unwrap_or(match self.security {
            Security::Tls => 993,
            Security::StartTls | Security::Plain => 143,
        })
    }
}

/// A connection, protected or not.
#[derive(Debug)]
pub(super) enum Wire {
    /// Protected.
    Tls(Box<TlsStream<TcpStream>>),
    /// To this machine.
    Plain(TcpStream),
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Self::Tls(stream) => Pin::new(stream).poll_read(cx, buf),
            Self::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<std::io::Result<usize>> {
        match self.get_mut() {
            Self::Tls(stream) => Pin::new(stream).poll_write(cx, buf),
            Self::Plain(stream) => Pin::new(stream).poll_write(cx, buf),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Self::Tls(stream) => Pin::new(stream).poll_flush(cx),
            Self::Plain(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}

/// Connects and signs in.
pub(super) async fn open(account: &Account) -> Result<Session<Wire>, ImapError> {
    let server = account.server();
    let connecting = TcpStream::connect((account.host.as_str(), account.port()));
    let stream = match tokio::time::timeout(CONNECT, connecting).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(ImapError::Unreachable { server, why: error.to_string() }),
        Err(_) => return Err(ImapError::Unreachable { server, why: "it does not answer".to_owned() }),
    };
    let wire = match account.security {
        Security::Plain => {
            let here = stream.peer_addr().is_ok_and(|peer| is_here(peer.ip()));
            if !here {
                return Err(ImapError::InTheOpen(server));
            }
            Wire::Plain(stream)
        }
        Security::Tls => Wire::Tls(Box::new(protect(account, stream).await?)),
        Security::StartTls => {
            let mut client = Client::new(stream);
            greeting(&mut client, &server).await?;
            patient("begin TLS", client.run_command_and_check_ok("STARTTLS", None)).await?;
            Wire::Tls(Box::new(protect(account, client.into_inner()).await?))
        }
    };
    let mut client = Client::new(wire);
    if account.security != Security::StartTls {
        greeting(&mut client, &server).await?;
    }
    // Not through `patient`: its error would be that of the login, and the words of a server are shown with care here.
    let signing = client.login(&account.user, account.password.reveal());
    match tokio::time::timeout(super::PATIENCE, signing).await {
        Err(_) => Err(ImapError::Slow("sign in")),
        Ok(Ok(session)) => Ok(session),
        Ok(Err((error, _))) => {
            // Some servers repeat what they were given.
            let why = plain(&error.to_string());
            let secret = account.password.reveal();
            let why = if secret.is_empty() { why } else { why.replace(secret, "…") };
            Err(ImapError::Refused { server, why })
        }
    }
}

/// Waits for the greeting of a server.
async fn greeting<T: AsyncRead + AsyncWrite + Unpin + std::fmt::Debug + Send>(
    client: &mut Client<T>,
    server: &str,
) -> Result<(), ImapError> {
    match tokio::time::timeout(CONNECT, client.read_response()).await {
        Ok(Ok(Some(_))) => Ok(()),
        Ok(Ok(None)) => {
            Err(ImapError::Unreachable { server: server.to_owned(), why: "it hung up".to_owned() })
        }
        Ok(Err(error)) => Err(ImapError::Unreachable {
            server: server.to_owned(),
            why: format!("it does not speak IMAP: {}", plain(&error.to_string())),
        }),
        Err(_) => {
            Err(ImapError::Unreachable { server: server.to_owned(), why: "it does not greet".to_owned() })
        }
    }
}

/// Protects a connection.
async fn protect(account: &Account, stream: TcpStream) -> Result<TlsStream<TcpStream>, ImapError> {
    let server = account.server();
    let untrusted = |why: String| ImapError::Untrusted { server: server.clone(), why };
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned());
    for certificate in CertificateDer::pem_slice_iter(&account.extra_roots) {
        let certificate = certificate.map_err(|error| ImapError::Certificates(error.to_string()))?;
        roots.add(certificate).map_err(|error| ImapError::Certificates(error.to_string()))?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| untrusted(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(account.host.clone()).map_err(|error| untrusted(error.to_string()))?;
    let shaking = TlsConnector::from(Arc::new(config)).connect(name, stream);
    match tokio::time::timeout(CONNECT, shaking).await {
        Err(_) => Err(ImapError::Slow("begin TLS")),
        Ok(Err(error)) => Err(untrusted(error.to_string())),
        Ok(Ok(stream)) => Ok(stream),
    }
}

/// Returns whether an address is this machine.
const fn is_here(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback(),
        IpAddr::V6(address) => address.is_loopback(),
    }
}
