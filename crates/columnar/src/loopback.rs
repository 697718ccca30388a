//! A small server of files on loopback, for tests: ranges, HEAD, and a count of what was asked for.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use url::Url;

/// A server that ends with the test.
pub(crate) struct Server {
    pub(crate) base: Url,
    /// Bytes that were sent.
    pub(crate) sent: Arc<AtomicU64>,
    /// Lines of requests.
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
    over: Arc<AtomicBool>,
}

impl Server {
    /// Serves the files of a folder.
    pub(crate) fn start(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let (sent, asked, over) = (Arc::default(), Arc::default(), Arc::default());
        let server = Self { base, sent, asked, over };
        let (sent, asked, over) = (server.sent.clone(), server.asked.clone(), server.over.clone());
        let folder = folder.to_owned();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let (folder, sent, asked) = (folder.clone(), sent.clone(), asked.clone());
                std::thread::spawn(move || while answer(&stream, &folder, &sent, &asked).is_some() {});
            }
        });
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect((self.base.host_str().unwrap(), self.base.port().unwrap()));
    }
}

/// Answers one request; `None` where the connection is at its end.
fn answer(stream: &TcpStream, folder: &Path, sent: &AtomicU64, asked: &Mutex<Vec<String>>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.by_ref().take(8_192).read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut range = None;
    loop {
        let mut header = String::new();
        reader.by_ref().take(65_536).read_line(&mut header).ok().filter(|read| *read > 0)?;
        if header.trim().is_empty() {
            break;
        }
        if let Some(value) = header.to_ascii_lowercase().strip_prefix("range: bytes=") {
            let (from, to) = value.trim().split_once('-')?;
            range = Some((from.parse::<usize>().ok()?, to.parse::<usize>().ok()));
        }
    }
    asked.lock().ok()?.push(line.trim().to_owned());
    let mut words = line.split(' ');
    let (method, path) = (words.next()?, words.next()?);
    let path: PathBuf =
        path.trim_start_matches('/').replace("%3D", "=").split('/').filter(|step| *step != "..").collect();
    let Ok(bytes) = std::fs::read(folder.join(path)) else {
        return write(stream, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    };
    let (status, body) = match range {
        Some((from, to)) => {
            let end = to.map_or(bytes.len(), |to| (to + 1).min(bytes.len()));
            let told =
                format!("206 Partial Content\r\nContent-Range: bytes {from}-{}/{}", end - 1, bytes.len());
            (told, bytes.get(from..end)?)
        }
        None => ("200 OK".to_owned(), bytes.as_slice()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nAccept-Ranges: bytes\r\nETag: \"x\"\r\n\
         Last-Modified: Sat, 01 Mar 2025 12:00:00 GMT\r\n\r\n",
        body.len()
    );
    write(stream, head.as_bytes())?;
    if method != "HEAD" {
        sent.fetch_add(body.len() as u64, Ordering::SeqCst);
        write(stream, body)?;
    }
    Some(())
}

fn write(mut stream: &TcpStream, bytes: &[u8]) -> Option<()> {
    stream.write_all(bytes).ok()
}
