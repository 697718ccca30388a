//! Keeps what is read from a web as a WARC file.
//!
//! [`Saving`] stands between the crawl and any other web and writes each answer down as it passes, once for each
//! address. A disk that fails does not stop the reading: the failure is kept, and told by [`Saving::finish`].

use std::collections::HashSet;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use url::Url;

use crate::warc::Writer;
use crate::web::{FetchError, Response, Web};

/// A web of which every answer is written down.
#[derive(Debug)]
pub struct Saving<T, W> {
    web: T,
    book: Mutex<Book<W>>,
}

#[derive(Debug)]
struct Book<W> {
    writer: Writer<W>,
    written: HashSet<Url>,
    failure: Option<io::Error>,
}

impl<T, W: Write> Saving<T, W> {
    /// Writes what `web` answers to `writer`.
    pub fn new(web: T, writer: Writer<W>) -> Self {
        Self { web, book: Mutex::new(Book { writer, written: HashSet::new(), failure: None }) }
    }

    /// Returns how many answers were written.
    ///
    /// # Errors
    ///
    /// Returns the error that ended the writing, if one did; what was written before it can be read.
    pub fn finish(self) -> io::Result<usize> {
        let book = self.book.into_inner().unwrap_or_else(PoisonError::into_inner);
        book.failure.map_or(Ok(book.written.len()), Err)
    }
}

impl<W: Write> Book<W> {
    fn write(&mut self, url: &Url, response: &Response) {
        if self.failure.is_some() || self.written.contains(url) {
            return;
        }
        match self.writer.exchange(url, response) {
            Ok(()) => {
                self.written.insert(url.clone());
            }
            Err(error) => {
                tracing::warn!(%error, "the archive cannot be written any further");
                self.failure = Some(error);
            }
        }
    }
}

impl<T: Web, W: Write + Send> Web for Saving<T, W> {
    async fn get(&self, url: &Url) -> Result<Response, FetchError> {
        let response = self.web.get(url).await?;
        self.book.lock().unwrap_or_else(PoisonError::into_inner).write(url, &response);
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A web on which every address is a page.
    struct Everything;

    impl Web for Everything {
        async fn get(&self, url: &Url) -> Result<Response, FetchError> {
            Ok(Response { status: 200, body: url.path().into(), ..Response::default() })
        }
    }

    /// A disk with room for so many bytes.
    struct Disk(usize);

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Reads three addresses, one of them twice, onto a disk.
    async fn read(room: usize) -> io::Result<usize> {
        let writer = Writer::begin(Disk(room), false, "", "Upstairs/0.1", jiff::Timestamp::UNIX_EPOCH)?;
        let saving = Saving::new(Everything, writer);
        for page in ["a", "b", "a", "c"] {
            let url = Url::parse(&format!("https://lampen.example/{page}")).unwrap();
            assert_eq!(saving.get(&url).await.unwrap().body, url.path().as_bytes());
        }
        saving.finish()
    }

    #[tokio::test]
    async fn each_address_is_written_once_and_a_full_disk_does_not_stop_the_reading() {
        assert_eq!(read(100_000).await.unwrap(), 3);
        assert_eq!(read(2500).await.unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
