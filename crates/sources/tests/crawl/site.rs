//! A site in memory.

use std::collections::HashMap;
use std::sync::Mutex;

use sources::crawl::{Crawl, Options, crawl};
use sources::web::{FetchError, Response, Web};
use url::Url;

/// A site in memory, and a list of what was asked for.
#[derive(Default)]
pub(crate) struct Site {
    answers: HashMap<String, Result<Response, FetchError>>,
    /// What to answer for everything else.
    pub(crate) otherwise: Option<Response>,
    asked: Mutex<Vec<String>>,
}

impl Site {
    /// Adds a page: its title, a body, and the shell around it is left to the caller.
    pub(crate) fn page(mut self, address: &str, html: &str) -> Self {
        self.answers
            .insert(address.to_owned(), Ok(response(200, "text/html; charset=utf-8", html.as_bytes())));
        self
    }

    /// Adds any other answer.
    pub(crate) fn answer(mut self, address: &str, answer: Result<Response, FetchError>) -> Self {
        self.answers.insert(address.to_owned(), answer);
        self
    }

    /// Crawls it from a start address.
    pub(crate) fn crawl(&self, start: &str, options: &Options) -> Crawl {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let start = Url::parse(start).unwrap();
        runtime.block_on(crawl(self, &start, options, |_| {}, std::future::pending()))
    }

    /// Returns what was asked for, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Web for Site {
    async fn get(&self, url: &Url) -> Result<Response, FetchError> {
        self.asked.lock().unwrap().push(url.to_string());
        match (self.answers.get(url.as_str()), &self.otherwise) {
            (Some(answer), _) => answer.clone(),
            (None, Some(response)) => Ok(response.clone()),
            (None, None) => Ok(response(404, "text/html", b"<title>404</title><p>Not found</p>")),
        }
    }
}

/// Makes a response.
pub(crate) fn response(status: u16, kind: &str, body: &[u8]) -> Response {
    Response {
        status,
        headers: vec![("content-type".to_owned(), kind.to_owned())],
        body: body.to_vec(),
        fetched: "2026-11-22T09:00:00Z".to_owned(),
        ..Response::default()
    }
}

/// Makes a redirect.
pub(crate) fn redirect(to: &str) -> Response {
    let mut redirect = response(301, "text/html", b"");
    redirect.headers.push(("location".to_owned(), to.to_owned()));
    redirect
}

/// Writes a page: language, title, menu and footer as `path|words` pairs, and a body.
pub(crate) fn html(
    lang: &str,
    title: &str,
    menu: &[(&str, &str)],
    body: &str,
    footer: &[(&str, &str)],
) -> String {
    let links = |links: &[(&str, &str)]| -> String {
        links.iter().map(|(path, words)| format!("<li><a href=\"{path}\">{words}</a></li>")).collect()
    };
    format!(
        "<!doctype html><html lang=\"{lang}\"><title>{title}</title><body><header><nav><ul>{}</ul></nav></header>\
         <main><h1>{title}</h1>{body}</main><footer><ul>{}</ul></footer></body></html>",
        links(menu),
        links(footer)
    )
}

/// Returns the paths of the documents that were read, in order.
pub(crate) fn paths(crawl: &Crawl) -> Vec<String> {
    crawl.documents.iter().map(|document| document.url[url::Position::BeforePath..].to_owned()).collect()
}

/// Returns the place of a document among those that were read, counted from 1.
pub(crate) fn place(crawl: &Crawl, path: &str) -> Option<usize> {
    paths(crawl).iter().position(|read| read == path).map(|at| at + 1)
}
