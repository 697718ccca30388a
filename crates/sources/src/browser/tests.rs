//! What a real Chromium shows, and what it cannot reach. Where none is installed the tests say so and end.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// Returns settings for the browser of this machine, if it has one.
#[expect(clippy::print_stderr, reason = "the test looks where the binary would, and says what it skips")]
fn browser() -> Option<Settings> {
    let folders: Vec<PathBuf> =
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let Ok(program) = installed(&folders) else {
        eprintln!("no Chromium on this machine: what a browser shows was not tested");
        return None;
    };
    // Chromium's own sandbox does not start as root, as in a container of a build machine; the pages here are ours.
    let arguments = vec!["--no-sandbox".to_owned()];
    Some(Settings { arguments, time: Duration::from_mins(1), ..Settings::new(program) })
}

/// Serves pages on loopback; returns the port and the paths asked for.
async fn serve(answer: impl Fn(&str) -> String + Send + Sync + 'static) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = vec![0; 8192];
            let read = stream.read(&mut head).await.unwrap_or(0);
            let head = String::from_utf8_lossy(&head[..read]).into_owned();
            let path = head.split(' ').nth(1).unwrap_or("-").to_owned();
            let body = answer(&path);
            log.lock().unwrap().push(path);
            let kind = if body.starts_with('{') { "application/json" } else { "text/html; charset=utf-8" };
            let whole = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(whole.as_bytes()).await;
        }
    });
    (port, asked)
}

/// A web of one answer.
struct Shell(String);

impl Web for Shell {
    async fn get(&self, _: &Url) -> Result<Response, FetchError> {
        Ok(Response { status: 200, body: self.0.clone().into_bytes(), ..Response::default() })
    }
}

fn shell(script: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><title>Acme</title><div id=\"root\"></div><noscript>You need to enable JavaScript to run this app.</noscript><script>{script}</script></html>"
    )
}

async fn render(settings: Settings, opened: u16, page: &str) -> Response {
    let guard = Guard::new(vec![format!("127.0.0.1:{opened}").parse().unwrap()]);
    let web = Rendering::new(Shell(page.to_owned()), guard, settings).await.unwrap();
    web.get(&Url::parse(&format!("http://127.0.0.1:{opened}/")).unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_page_that_its_script_makes_is_read_and_reaches_nothing_private() {
    let Some(settings) = browser() else { return };
    let (canary, reached) = serve(|_| "{}".to_owned()).await;
    let script = format!(
        "fetch('/data.json').then(r => r.json()).then(d => {{ document.getElementById('root').innerHTML = '<p>Complaints: ' + d.mail + '</p>'; }});
         for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433']) {{
           fetch('http://' + host + ':{canary}/fetch', {{mode: 'no-cors'}}).catch(() => 0);
           const frame = document.createElement('iframe'); frame.src = 'http://' + host + ':{canary}/frame'; document.body.append(frame);
           const sheet = document.createElement('link'); sheet.rel = 'stylesheet'; sheet.href = 'http://' + host + ':{canary}/sheet'; document.head.append(sheet);
           try {{ new WebSocket('ws://' + host + ':{canary}/socket'); }} catch (e) {{}}
           try {{ navigator.sendBeacon('http://' + host + ':{canary}/beacon', 'x'); }} catch (e) {{}}
         }}"
    );
    let page = shell(&script);
    let served = page.clone();
    let (port, _) = serve(move |path| match path {
        "/data.json" => r#"{"mail":"complaints@acme.example"}"#.to_owned(),
        _ => served.clone(),
    })
    .await;
    let response = render(settings, port, &page).await;
    let text = String::from_utf8_lossy(&response.body);
    assert!(text.contains("Complaints: complaints@acme.example"), "{text}");
    assert!(response.header(RENDERED).is_some());
    assert!(reached.lock().unwrap().is_empty(), "{:?}", reached.lock().unwrap());
}

#[tokio::test]
async fn a_page_that_sends_itself_to_a_private_host_shows_nothing_of_it() {
    let Some(settings) = browser() else { return };
    let (canary, reached) = serve(|_| "<p>router password 1234</p>".to_owned()).await;
    let page = shell(&format!("location.replace('http://127.0.0.1:{canary}/admin')"));
    let served = page.clone();
    let (port, _) = serve(move |_| served.clone()).await;
    let response = render(settings, port, &page).await;
    assert!(!String::from_utf8_lossy(&response.body).contains("router password"));
    assert!(reached.lock().unwrap().is_empty(), "{:?}", reached.lock().unwrap());
}

#[tokio::test]
async fn a_page_without_end_costs_its_time_and_what_was_fetched_is_kept() {
    let Some(settings) = browser() else { return };
    let page = shell("for (;;) {}");
    let served = page.clone();
    let (port, _) = serve(move |_| served.clone()).await;
    let response = render(Settings { time: Duration::from_secs(6), ..settings }, port, &page).await;
    assert!(response.header(RENDERED).is_none() && !response.body.is_empty());
}

#[tokio::test]
async fn pages_that_need_no_script_and_pages_beyond_the_bound_are_left_as_they_are() {
    let text =
        "<p>Write to our complaints team at complaints@acme.example, we answer within ten working days. "
            .repeat(8);
    let settings = Settings { pages: 0, ..Settings::new(PathBuf::from("/nowhere/chromium")) };
    for page in [text, shell("1")] {
        let web = Rendering::new(Shell(page.clone()), Guard::default(), settings.clone()).await.unwrap();
        let response = web.get(&Url::parse("https://acme.example/").unwrap()).await.unwrap();
        assert_eq!(response.body, page.into_bytes());
    }
    assert!(matches!(installed(&[PathBuf::from("/nowhere")]), Err(BrowserError::NotInstalled) | Ok(_)));
}
