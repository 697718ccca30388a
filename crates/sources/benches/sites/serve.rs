//! A generated site over HTTP on loopback, and a plain client that asks it.

use std::sync::Arc;

use sources::web::{FetchError, Response, Web};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use crate::generate::Site;

/// Serves a site on a free port of loopback; returns its start page.
pub(crate) async fn serve(site: Arc<Site>) -> std::io::Result<Url> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let site = Arc::clone(&site);
            tokio::spawn(async move {
                // A client that hangs up is no matter.
                let _ = answer(stream, &site).await;
            });
        }
    });
    Ok(Url::parse(&format!("http://127.0.0.1:{port}/")).expect("a loopback address is well formed"))
}

/// Answers one request and closes.
async fn answer(stream: TcpStream, site: &Site) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut request = String::new();
    stream.read_line(&mut request).await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 2 {
        line.clear();
    }
    let target = request.split(' ').nth(1).unwrap_or("/");
    let response = site.answer(target);
    let mut head = format!(
        "HTTP/1.1 {} X\r\nconnection: close\r\ncontent-length: {}\r\n",
        response.status,
        response.body.len()
    );
    for (name, value) in &response.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    let mut stream = stream.into_inner();
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&response.body).await?;
    stream.shutdown().await
}

/// A client without cache, pace or address rules: what is measured here is the order of reading.
pub(crate) struct Client(reqwest::Client);

impl Client {
    /// Makes the client.
    pub(crate) fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        Self(client.build().expect("a plain client can be built"))
    }
}

impl Web for Client {
    async fn get(&self, url: &Url) -> Result<Response, FetchError> {
        let failed =
            |error: reqwest::Error| FetchError::Failed { url: url.clone(), reason: error.to_string() };
        let answer = self.0.get(url.clone()).send().await.map_err(failed)?;
        let text = |value: &reqwest::header::HeaderValue| value.to_str().unwrap_or_default().to_owned();
        let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let status = answer.status().as_u16();
        let body = answer.bytes().await.map_err(failed)?.to_vec();
        Ok(Response {
            status,
            headers,
            body,
            fetched: "2026-11-22T12:00:00Z".to_owned(),
            ..Response::default()
        })
    }
}
