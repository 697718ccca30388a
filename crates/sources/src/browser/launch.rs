//! One page in a Chromium of its own: started without a window, asked for its document, ended.
//!
//! A fresh profile for each page, thrown away after it: no cookies, no history, nothing of the user's. The switches close
//! every way out but the proxy; the page's time is virtual where it can be, so that timers do not hold it.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use tokio::time::{Instant, sleep};
use url::Url;

use super::Settings;

/// The longest document that is taken, in bytes.
const MOST_DOM: u64 = 8 << 20;

/// How often a running browser is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// Why a page was not rendered.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The browser could not be started.
    #[error("the browser could not be started: {0}")]
    Start(io::Error),
    /// It took too long.
    #[error("the page was not ready in time")]
    Late,
    /// It gave no document.
    #[error("the browser showed no page; it said: {0}")]
    Nothing(String),
}

/// A browser that does not outlive the wish for it: when a run is ended, so is it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended already needs no end.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Opens a page and returns its document as markup, after its scripts have run.
pub(super) async fn dump(settings: &Settings, proxy: u16, url: &Url) -> Result<Vec<u8>, Failure> {
    let profile = tempfile::tempdir().map_err(Failure::Start)?;
    let deadline = Instant::now() + settings.time;
    let millis = settings.time.as_millis();
    let mut command = Command::new(&settings.program);
    command
        .args(SWITCHES)
        .arg(format!("--proxy-server=http://127.0.0.1:{proxy}"))
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--virtual-time-budget={}", millis / 2))
        .arg(format!("--timeout={}", millis * 3 / 4))
        .args(&settings.arguments)
        .arg("--dump-dom")
        .arg("--")
        .arg(url.as_str())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut running = Running(command.spawn().map_err(Failure::Start)?);
    let dom = drain(running.0.stdout.take(), MOST_DOM);
    let said = drain(running.0.stderr.take(), 4_000);
    loop {
        match running.0.try_wait() {
            Ok(Some(_)) => break,
            Ok(None) if Instant::now() < deadline => sleep(LOOK).await,
            Ok(None) => return Err(Failure::Late),
            Err(error) => return Err(Failure::Start(error)),
        }
    }
    // Its helpers may hold the pipe a moment longer than it lives.
    let patience = Duration::from_secs(2);
    let dom = dom.recv_timeout(patience).unwrap_or_default();
    if memchr::memchr_iter(b'<', &dom).count() < 4 {
        let said = said.recv_timeout(patience).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("nothing");
        return Err(Failure::Nothing(last.chars().take(200).collect()));
    }
    Ok(dom)
}

/// Reads a pipe to its end on a thread of its own, keeping at most so many bytes.
fn drain(pipe: Option<impl Read + Send + 'static>, most: u64) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        if let Some(mut pipe) = pipe {
            // What came before a break is what there is.
            let _ = pipe.by_ref().take(most).read_to_end(&mut kept);
            let _ = io::copy(&mut pipe, &mut io::sink());
        }
        // Nobody listens any more where the run was ended.
        let _ = sender.send(kept);
    });
    receiver
}

/// What makes a browser read one page and nothing else.
const SWITCHES: &[&str] = &[
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-client-side-phishing-detection",
    "--disable-sync",
    "--disable-breakpad",
    "--metrics-recording-only",
    "--no-pings",
    "--mute-audio",
    // Loopback is no exception to the proxy, names are resolved by the proxy alone, and what cannot go through it (QUIC,
    // WebRTC over UDP) goes nowhere.
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    // Pictures say nothing that is read.
    "--blink-settings=imagesEnabled=false",
    "--block-new-web-contents",
];
