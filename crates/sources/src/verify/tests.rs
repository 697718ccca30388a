//! The checks against a name server and a web server on loopback that speak the protocols themselves.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, UdpSocket};

use super::*;
use crate::fetch::{Fetcher, Settings};

/// Answers DNS questions (RFC 1035) for the domains of the tests, until the test ends.
async fn name_server() -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let at = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut question = [0_u8; 512];
        while let Ok((length, from)) = socket.recv_from(&mut question).await {
            let asked = &question[..length];
            let mut labels = Vec::new();
            let mut pos = 12;
            while asked[pos] != 0 {
                let end = pos + 1 + usize::from(asked[pos]);
                labels.push(String::from_utf8_lossy(&asked[pos + 1..end]).to_lowercase());
                pos = end;
            }
            let kind = u16::from_be_bytes([asked[pos + 1], asked[pos + 2]]);
            let (mx, a) = (kind == 15, kind == 1);
            // An exchange: preference, then a name; `.` is the empty one.
            let exchange: Option<Vec<u8>> = match labels.join(".").as_str() {
                "good.example" if mx => Some([&[0, 10, 2][..], b"mx", &[0xc0, 12]].concat()),
                "null.example" if mx => Some(vec![0, 0, 0]),
                "host.example" if a => Some(vec![192, 0, 2, 1]),
                _ => None,
            };
            let code = match labels.join(".").as_str() {
                "gone.example" => 3,
                "broken.example" => 2,
                _ => 0,
            };
            let mut answer = asked[..2].to_vec();
            answer.extend([0x81, 0x80 | code, 0, 1, 0, u8::from(exchange.is_some()), 0, 0, 0, 0]);
            answer.extend(&asked[12..pos + 5]);
            if let Some(data) = exchange {
                answer.extend([0xc0, 12]);
                answer.extend(kind.to_be_bytes());
                answer.extend([0, 1, 0, 0, 0, 60]);
                answer.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
                answer.extend(data);
            }
            let _ = socket.send_to(&answer, from).await;
        }
    });
    at
}

#[tokio::test]
async fn a_domain_is_told_by_its_mail_servers_a_null_mx_and_its_absence() {
    let names = Names::of_server(name_server().await).unwrap();
    for (domain, id, part) in [
        ("good.example", "works", "mx.good.example"),
        ("null.example", "dead", "null MX"),
        ("gone.example", "dead", "no domain"),
        ("bare.example", "dead", "neither"),
        ("host.example", "doubtful", "host itself"),
        ("broken.example", "unknown", "did not answer"),
    ] {
        let verdict = names.takes_mail(domain).await;
        assert_eq!(verdict.id(), id, "{domain}: {verdict:?}");
        assert!(verdict.words().contains(part), "{domain}: {verdict:?}");
    }
}

/// Answers HTTP on loopback.
async fn web_server() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = vec![0_u8; 4096];
                let length = stream.read(&mut request).await.unwrap_or(0);
                let text = String::from_utf8_lossy(&request[..length]).into_owned();
                let path = text.split(' ').nth(1).unwrap_or("/").to_owned();
                let (status, extra, body) = match path.as_str() {
                    "/form" => ("200 OK", "", "<form></form>"),
                    "/moved" => ("301 Moved", "Location: /form\r\n", ""),
                    "/guarded" => ("403 Forbidden", "", "no"),
                    "/domain/old.example" => (
                        "200 OK",
                        "",
                        r#"{"events":[{"eventAction":"last changed","eventDate":"2026-01-01T00:00:00Z"},{"eventAction":"registration","eventDate":"1999-05-04T00:00:00Z"}]}"#,
                    ),
                    "/domain/new.example" => (
                        "200 OK",
                        "",
                        r#"{"events":[{"eventAction":"registration","eventDate":"2026-11-20T00:00:00Z"}]}"#,
                    ),
                    "/domain/odd.example" => ("200 OK", "", "<html>"),
                    _ => ("404 Not Found", "", "gone"),
                };
                let answer = format!(
                    "HTTP/1.1 {status}\r\n{extra}Content-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                );
                let _ = stream.write_all(answer.as_bytes()).await;
            });
        }
    });
    at
}

fn fetcher(at: SocketAddr) -> Fetcher {
    let mut settings = Settings::new("Upstairs/test");
    settings.allow_hosts = vec![at.to_string().parse().unwrap()];
    settings.pause = Duration::ZERO;
    Fetcher::new(settings).unwrap()
}

#[tokio::test]
async fn a_form_is_told_by_what_it_answers() {
    let at = web_server().await;
    let web = fetcher(at);
    for (path, id) in [("/form", "works"), ("/moved", "works"), ("/lost", "dead"), ("/guarded", "unknown")] {
        let url = Url::parse(&format!("http://{at}{path}")).unwrap();
        let verdict = answers(&web, None, &url).await;
        assert_eq!(verdict.id(), id, "{path}: {verdict:?}");
    }
}

#[tokio::test]
async fn a_host_that_is_not_found_is_dead_only_where_a_name_server_says_so() {
    let web = fetcher(web_server().await);
    let names = Names::of_server(name_server().await).unwrap();
    let verdict = async |host: &str, names| {
        let url = Url::parse(&format!("http://{host}/form")).unwrap();
        answers(&web, names, &url).await
    };
    assert_eq!(verdict("gone.example", None).await.id(), "unknown");
    assert_eq!(verdict("gone.example", Some(&names)).await.id(), "dead");
    assert_eq!(verdict("broken.example", Some(&names)).await.id(), "unknown");
}

#[tokio::test]
async fn the_age_of_a_domain_is_read_from_its_registry() {
    let at = web_server().await;
    let web = fetcher(at);
    let base = Url::parse(&format!("http://{at}/")).unwrap();
    let today = jiff::civil::date(2026, 11, 28);
    let old = registered(&web, &base, "www.old.example").await;
    assert!(!old.is_young(today), "{old:?}");
    assert_eq!(old, Age::Since(jiff::civil::date(1999, 5, 4)));
    let new = registered(&web, &base, "new.example").await;
    assert!(new.is_young(today) && new.words("new.example", today).unwrap().contains("8 days"), "{new:?}");
    assert_eq!(registered(&web, &base, "none.example").await, Age::NotRegistered);
    assert!(matches!(registered(&web, &base, "odd.example").await, Age::Unknown(_)));
}
