//! Archives of every kind, asked as a web.

use std::fs;

use super::*;
use crate::warc::sample::{gzip, page, record};

fn url(text: &str) -> Url {
    Url::parse("https://lampen.example").unwrap().join(text).unwrap()
}

/// Writes a file into a fresh folder.
fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// Opens records as an archive and asks it for addresses, a line for each answer.
fn ask(records: &[Vec<u8>], addresses: &[&str]) -> String {
    let (_folder, path) = file("a.warc", &records.concat());
    let archive = Archive::open(&path, None).unwrap();
    draw(&archive, addresses)
}

fn draw(archive: &Archive, addresses: &[&str]) -> String {
    let line = |address: &&str| match archive.answer(&url(address)) {
        Ok(answer) => {
            let to = answer.header("location").map_or_else(String::new, |to| format!(" to {to}"));
            let cut = if answer.cut { " (cut)" } else { "" };
            format!("{address}: {}{to} {}{cut}", answer.status, String::from_utf8_lossy(&answer.body))
        }
        Err(error) => format!("{address}: {error}"),
    };
    addresses.iter().map(line).map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn moved(from: &str, to: &str) -> Vec<u8> {
    let block = format!("HTTP/1.1 301 Moved Permanently\r\nLocation: {to}\r\n\r\n");
    record("response", from, "", block.as_bytes())
}

#[test]
fn spellings_find_the_page_as_on_a_live_site() {
    let records = [
        moved("http://lampen.example/", "https://www.lampen.example/"),
        page("https://www.lampen.example/", "start"),
        page("https://www.lampen.example/help/", "help"),
        moved("https://www.lampen.example/old", "/help/"),
        page("https://www.lampen.example/b%C3%A4r?a=b", "bear"),
    ];
    let asked = [
        "http://lampen.example/",
        "/",
        "https://www.lampen.example/#top",
        "/help",
        "/help/",
        "/old",
        "http://www.lampen.example/b\u{e4}r?a=b",
        "/b%c3%a4r",
        "/none",
    ];
    insta::assert_snapshot!(ask(&records, &asked), @"
        http://lampen.example/: 301 to https://www.lampen.example/
        /: 301 to https://www.lampen.example/
        https://www.lampen.example/#top: 200 start
        /help: 301 to https://www.lampen.example/help/
        /help/: 200 help
        /old: 301 to /help/
        http://www.lampen.example/bär?a=b: 200 bear
        /b%c3%a4r: `https://lampen.example/b%c3%a4r` is not in the archive
        /none: `https://lampen.example/none` is not in the archive
        ");
}

#[test]
fn a_redirect_is_never_answered_with_itself() {
    // Only the bare host was archived, and it sends to the host that was not.
    let records = [
        moved("https://lampen.example/a", "https://www.lampen.example/a"),
        page("https://lampen.example/", "x"),
    ];
    insta::assert_snapshot!(ask(&records, &["https://www.lampen.example/a", "/a"]), @"
        https://www.lampen.example/a: `https://www.lampen.example/a` is not in the archive
        /a: 301 to https://www.lampen.example/a
        ");
}

#[test]
fn of_several_answers_the_best_and_then_the_newest_is_given() {
    let at = |time: &str, record: Vec<u8>| {
        String::from_utf8(record).unwrap().replace("2025-03-01T12:00:00Z", time).into_bytes()
    };
    let failing = record("response", "https://lampen.example/", "", b"HTTP/1.1 503 Busy\r\n\r\nbusy");
    let records = [
        at("2025-03-02T00:00:00Z", page("https://lampen.example/", "newer")),
        at("2025-03-01T00:00:00Z", page("https://lampen.example/", "older")),
        at("2025-03-03T00:00:00Z", failing),
    ];
    assert_eq!(ask(&records, &["/"]), "/: 200 newer");
}

#[test]
fn records_of_every_kind_are_answered_as_they_are_meant() {
    let digest = "WARC-Payload-Digest: sha1:SAME\r\n";
    let full = record("response", "https://lampen.example/a", digest, b"HTTP/1.1 200 OK\r\n\r\nbody");
    let records = [
        record("warcinfo", "https://lampen.example/", "", b"software: x\r\n"),
        record("request", "https://lampen.example/requested", "", b"GET / HTTP/1.1\r\n\r\n"),
        full,
        record("revisit", "https://lampen.example/b", digest, b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n"),
        record(
            "revisit",
            "https://lampen.example/c",
            "WARC-Refers-To-Target-URI: https://lampen.example/a\r\n",
            b"",
        ),
        record("revisit", "https://lampen.example/lost", "WARC-Payload-Digest: sha1:NONE\r\n", b""),
        record("resource", "https://lampen.example/d", "Content-Type: text/html\r\n", b"<p>resource"),
        record("resource", "urn:thumbnail:1", "", b"png"),
        record("metadata", "https://lampen.example/a", "", b"outlinks: x\r\n"),
    ];
    let asked = ["/a", "/b", "/c", "/lost", "/d", "/requested"];
    insta::assert_snapshot!(ask(&records, &asked), @"
        /a: 200 body
        /b: 200 body
        /c: 200 body
        /lost: `https://lampen.example/lost` is not in the archive
        /d: 200 <p>resource
        /requested: `https://lampen.example/requested` is not in the archive
        ");
}

#[test]
fn a_file_compressed_in_one_piece_is_unpacked_when_it_is_large() {
    let large = "x".repeat(3 << 20);
    let pages = ["/a", "/b", "/c", "/d"]
        .map(|path| page(&format!("https://lampen.example{path}"), &(large.clone() + path)));
    let (_folder, path) = file("a.warc.gz", &gzip(&pages.concat()));
    let archive = Archive::open(&path, None).unwrap();
    for place in ["/a", "/b", "/c", "/d"] {
        assert!(archive.answer(&url(place)).unwrap().body.ends_with(place.as_bytes()), "{place}");
    }
    assert_eq!(archive.entries().count(), 4);
    assert!(archive.warnings().is_empty());
    let bounds = Bounds { unpacked_bytes: 7 << 20, ..Bounds::default() };
    let archive = Archive::open_within(&path, None, bounds).unwrap();
    assert_eq!(archive.entries().count(), 3);
    assert!(archive.answer(&url("/c")).unwrap().cut);
    let reasons: Vec<_> = archive.warnings().iter().map(|warning| warning.reason.as_str()).collect();
    assert_eq!(reasons, ["it unpacks to more than the bound; the rest is left out", "the file breaks off"]);
}

#[test]
fn a_truncated_archive_is_read_up_to_the_cut_and_the_cut_is_told() {
    let pages =
        ["one", "two", "three"].map(|name| gzip(&page(&format!("https://lampen.example/{name}"), name)));
    let cut = pages[0].len() + pages[1].len();
    let (_folder, path) = file("a.warc.gz", &pages.concat()[..cut + 40]);
    let archive = Archive::open(&path, None).unwrap();
    insta::assert_snapshot!(draw(&archive, &["/one", "/two", "/three"]), @"
        /one: 200 one
        /two: 200 two
        /three: `https://lampen.example/three` is not in the archive
        ");
    let told = archive.warnings()[0].to_string();
    assert_eq!(told, format!("`{}`, offset {cut}: the file breaks off", path.display()));
}

#[test]
fn bad_records_are_skipped_and_counted() {
    let records = [
        page("https://lampen.example/", "start"),
        record("response", "https://lampen.example/a", "", b"no HTTP"),
        record("response", "https://lampen.example/b", "", b"no HTTP either"),
        record("response", "https://lampen.example/c", "", b""),
        page("https://lampen.example/d", "end"),
    ];
    let (_folder, path) = file("a.warc", &records.concat());
    let archive = Archive::open(&path, None).unwrap();
    insta::assert_snapshot!(draw(&archive, &["/", "/a", "/d"]), @"
        /: 200 start
        /a: `https://lampen.example/a` is not in the archive
        /d: 200 end
        ");
    let told: Vec<_> = archive.warnings().iter().map(|w| format!("{} x{}", w.reason, w.count)).collect();
    insta::assert_snapshot!(told.join("\n"), @"
        a response without HTTP status line x2
        a response without content x1
        ");
}

#[test]
fn the_index_and_the_pages_are_bounded() {
    let records: Vec<_> =
        (0..20).map(|n| page(&format!("https://lampen.example/{n}"), "0123456789")).collect();
    let (_folder, path) = file("a.warc", &records.concat());
    let bounds = Bounds { page_bytes: 4, addresses: 5, ..Bounds::default() };
    let archive = Archive::open_within(&path, None, bounds).unwrap();
    assert_eq!(archive.entries().count(), 5);
    assert_eq!(draw(&archive, &["/0"]), "/0: 200 0123 (cut)");
    assert_eq!(archive.warnings()[0].reason, "too many addresses; those after this one are left out");
}

#[test]
fn what_is_no_archive_is_named_for_what_it_is() {
    let wet = record("conversion", "https://lampen.example/", "", b"text");
    let wat = [record("warcinfo", "", "", b"a: b"), record("metadata", "https://lampen.example/", "", b"{}")]
        .concat();
    let mut said = Vec::new();
    for (name, bytes) in [
        ("empty.warc", Vec::new()),
        ("text.wet", wet.clone()),
        ("text.wet.gz", gzip(&wet)),
        ("links.wat", wat),
        ("old.arc.gz", gzip(b"filedesc://x.arc 0.0.0.0 20010101000000 text/plain 10\n")),
        ("site.wacz", b"PK\x03\x04rest".to_vec()),
        ("site.warc.zst", vec![0x28, 0xb5, 0x2f, 0xfd, 0]),
        ("photo.jpg", vec![0xff, 0xd8, 0xff, 0, 1]),
        ("site.tar.gz", gzip(&[vec![b'x'; 257], b"ustar\0".to_vec()].concat())),
        ("other.gz", gzip(b"some text")),
        ("noise.warc.gz", gzip(b"some text")),
        ("page.mhtml", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n".to_vec()),
    ] {
        let (folder, path) = file(name, &bytes);
        let error = Archive::open(&path, None).unwrap_err().to_string();
        said.push(error.replace(&format!("{}/", folder.path().display()), ""));
    }
    let missing = Archive::open(Path::new("/nowhere/a.warc"), None).unwrap_err();
    said.push(missing.to_string());
    let folder = tempfile::tempdir().unwrap();
    let error = Archive::open(folder.path(), None).unwrap_err().to_string();
    said.push(error.replace(&folder.path().display().to_string(), "folder"));
    insta::assert_snapshot!(said.join("\n"), @"
        `empty.warc` is not a web archive or a saved page, but an empty file
        `text.wet` is a WET file: text without links or markup; take the WARC file that it was made from
        `text.wet.gz` is a WET file: text without links or markup; take the WARC file that it was made from
        `links.wat` holds no page (only metadata, as in a WAT file)
        `old.arc.gz` is not a web archive or a saved page, but an ARC file, the older format; turn it into WARC first with `warcio recompress`
        `site.wacz` is not a web archive or a saved page, but a zip file; unpack it first (of a WACZ file, name the .warc.gz files in its folder `archive`)
        `site.warc.zst` is not a web archive or a saved page, but compressed with zstd; unpack it first with `zstd -d`
        `photo.jpg` is not a web archive or a saved page, but a binary file
        `site.tar.gz` is not a web archive or a saved page, but a packed folder (tar.gz); unpack it and name the folder
        `other.gz` is not a web archive or a saved page, but some other gzip file; unpack it first
        `noise.warc.gz` holds no page (no record begins here)
        `page.mhtml` is not a web archive or a saved page, but a page in one MHTML file; save it as HTML, or as a WARC file
        `/nowhere/a.warc`: no such file or folder
        `folder` holds no page (0 files, none of them a page)
        ");
}

#[test]
fn the_start_page_is_the_root_of_the_host_with_most_pages() {
    let start = |records: &[Vec<u8>]| {
        let (_folder, path) = file("a.warc", &records.concat());
        Archive::open(&path, None).unwrap().start().map(|url| url.to_string()).unwrap_or_default()
    };
    let pages = |host: &str, paths: &[&str]| -> Vec<Vec<u8>> {
        paths.iter().map(|path| page(&format!("https://{host}{path}"), "x")).collect()
    };
    let both =
        [pages("ads.example", &["/"]), pages("www.lampen.example", &["/robots.txt", "/b", "/"])].concat();
    assert_eq!(start(&both), "https://www.lampen.example/");
    assert_eq!(
        start(&pages("lampen.example", &["/robots.txt", "/sitemap.xml", "/b"])),
        "https://lampen.example/b"
    );
}

#[test]
fn a_folder_of_archives_is_one_archive() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("more")).unwrap();
    fs::write(folder.path().join("a.warc"), page("https://lampen.example/a", "a")).unwrap();
    fs::write(folder.path().join("more/b.WARC.GZ"), gzip(&page("https://lampen.example/b", "b"))).unwrap();
    let archive = Archive::open(folder.path(), None).unwrap();
    assert_eq!(draw(&archive, &["/a", "/b"]), "/a: 200 a\n/b: 200 b");
}

/// Writes pages into a folder and asks for addresses.
fn folder(site: Option<&str>, pages: &[(&str, &str)], addresses: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (place, text) in pages {
        let path = folder.path().join(place);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let site = site.map(|site| Url::parse(site).unwrap());
    draw(&Archive::open(folder.path(), site.as_ref()).unwrap(), addresses)
}

#[test]
fn saved_pages_are_found_under_the_addresses_that_they_tell() {
    let pages = [
        ("Start.html", "<!-- saved from url=(0026)https://lampen.example/ -->start"),
        ("Help.html", "<!--\n Page saved with SingleFile\n url: https://lampen.example/help?a=b\n-->help"),
        ("Imprint.html", "<!-- Mirrored from lampen.example/imprint by HTTrack -->imprint"),
        ("Team.html", "<html><LINK href='https://lampen.example/team#x' rel=\"canonical\">team"),
        ("Start_files/style.css", "a { b: c }"),
    ];
    let asked =
        ["/", "/help?a=b", "http://lampen.example/imprint", "/team", "/Help.html", "/Start_files/style.css"];
    insta::assert_snapshot!(folder(None, &pages, &asked), @r#"
        /: 200 <!-- saved from url=(0026)https://lampen.example/ -->start
        /help?a=b: 200 <!--
         Page saved with SingleFile
         url: https://lampen.example/help?a=b
        -->help
        http://lampen.example/imprint: 200 <!-- Mirrored from lampen.example/imprint by HTTrack -->imprint
        /team: 200 <html><LINK href='https://lampen.example/team#x' rel="canonical">team
        /Help.html: 301 to https://lampen.example/help?a=b
        /Start_files/style.css: `https://lampen.example/Start_files/style.css` is not in the archive
        "#);
}

#[test]
fn pages_that_tell_nothing_are_found_by_their_place() {
    let pages = [
        ("index.html", "<html>start"),
        ("contact.html", "<html>contact"),
        ("about/index.htm", "<html>about"),
        ("about/team.php", "<!doctype html>team"),
        ("files/complaints.pdf", "%PDF-1.4"),
        ("robots.txt", "User-agent: *"),
        ("notes.json", "{}"),
    ];
    let asked = [
        "/",
        "/index.html",
        "/contact.html",
        "/contact",
        "/about",
        "/about/",
        "/about/team.php",
        "/about/team",
        "/files/complaints.pdf",
        "/robots.txt",
        "/notes.json",
    ];
    insta::assert_snapshot!(folder(Some("https://lampen.example/"), &pages, &asked), @"
        /: 200 <html>start
        /index.html: 301 to https://lampen.example/
        /contact.html: 200 <html>contact
        /contact: 301 to https://lampen.example/contact.html
        /about: 301 to https://lampen.example/about/
        /about/: 200 <html>about
        /about/team.php: 200 <!doctype html>team
        /about/team: 301 to https://lampen.example/about/team.php
        /files/complaints.pdf: 200 %PDF-1.4
        /robots.txt: 200 User-agent: *
        /notes.json: `https://lampen.example/notes.json` is not in the archive
        ");
}

#[test]
fn mirrored_hosts_are_told_by_the_names_of_their_folders() {
    let pages = [
        ("www.shop.test/index.html", "<html>start"),
        ("www.lampen.co.uk/page.html?id=3", "<html>three"),
        ("v1.2/index.html", "<html>version"),
    ];
    let asked =
        ["https://www.shop.test/", "https://www.lampen.co.uk/page.html?id=3", "https://shop.test/v1.2/"];
    insta::assert_snapshot!(folder(Some("https://shop.test/"), &pages, &asked), @"
        https://www.shop.test/: 200 <html>start
        https://www.lampen.co.uk/page.html?id=3: 200 <html>three
        https://shop.test/v1.2/: 200 <html>version
        ");
}

#[test]
fn an_address_that_every_page_claims_is_not_theirs() {
    let canonical = "<link rel=canonical href=https://lampen.example/>";
    let pages = [("index.html", canonical), ("a.html", canonical), ("b.html", canonical)];
    insta::assert_snapshot!(folder(None, &pages, &["/", "/a.html", "/b.html"]), @"
        /: 200 <link rel=canonical href=https://lampen.example/>
        /a.html: 200 <link rel=canonical href=https://lampen.example/>
        /b.html: 200 <link rel=canonical href=https://lampen.example/>
        ");
}

#[test]
fn a_page_saved_where_others_write_is_none_of_the_site_that_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("contact.html"), "<html><title>Contact</title>Ring us").unwrap();
    let reviews = "<html><meta property=\"og:site_name\" content=\"Trustpilot\"><title>Lampen reviews</title>Ring 020 7946 0999";
    fs::write(folder.path().join("reviews.html"), reviews).unwrap();
    let archive = Archive::open(folder.path(), Some(&url("https://lampen.example/"))).unwrap();
    let hosts = archive.entries().map(|entry| url(entry.url).host_str().unwrap().to_owned());
    let mut hosts: Vec<_> = hosts.collect();
    hosts.sort();
    assert_eq!(hosts, ["lampen.example", "saved-pages.invalid"]);
    let from = archive.entries().find_map(|entry| super::saved_from(&url(entry.url)).map(str::to_owned));
    assert_eq!(from.as_deref(), Some("trustpilot.com"));
    assert!(
        archive.answer(&url("https://lampen.example/reviews.html")).unwrap().status >= 300,
        "only a redirect"
    );
}

#[test]
fn a_page_whose_title_alone_names_a_site_of_reviews_is_that_sites_where_its_links_are() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("contact.html"), "<html><title>Contact</title>Ring us").unwrap();
    let links = "<a href=\"https://www.yelp.com/biz/other\">Other</a>".repeat(6);
    let reviews = format!("<html><title>Lampen - Berlin - Yelp</title>{links}");
    fs::write(folder.path().join("reviews.html"), reviews).unwrap();
    let proud =
        "<html><title>We are on - Yelp</title><a href=\"https://www.yelp.com/biz/lampen\">Reviews</a>";
    fs::write(folder.path().join("proud.html"), proud).unwrap();
    let archive = Archive::open(folder.path(), Some(&url("https://lampen.example/"))).unwrap();
    let mut from: Vec<_> = archive
        .entries()
        .map(|entry| (url(entry.url).path().to_owned(), super::saved_from(&url(entry.url)).is_some()))
        .collect();
    from.sort();
    let from: Vec<_> = from.iter().map(|(path, elsewhere)| (path.as_str(), *elsewhere)).collect();
    assert_eq!(from, [("/contact.html", false), ("/proud.html", false), ("/yelp.com/reviews.html", true)]);
}

#[test]
fn one_saved_page_is_the_page_that_was_asked_for() {
    let (_folder, path) = file("anything.html", b"<html>hello");
    let site = url("/contact");
    let archive = Archive::open(&path, Some(&site)).unwrap();
    assert_eq!(draw(&archive, &["/contact"]), "/contact: 200 <html>hello");
    assert_eq!(archive.start(), Some(site));
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("index.html"), "<html>").unwrap();
    std::os::unix::fs::symlink("/etc", folder.path().join("etc")).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("round")).unwrap();
    let archive = Archive::open(folder.path(), None).unwrap();
    assert_eq!(archive.entries().count(), 1);
}
