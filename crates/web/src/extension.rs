//! The browser extension: who it is to the guard, how it is paired, and its files in one archive.
//!
//! An extension is another origin, and its address is made by the browser that it lives in. So it is let through to the few
//! paths that it needs, and only with the token of the API, which the user carried over by hand.

use std::io::{Cursor, Write as _};

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use rust_embed::RustEmbed;
use zip::write::SimpleFileOptions;

/// The paths that an extension may ask.
const PATHS: [&str; 2] = ["/api/v1/pages", "/api/v1/cases"];
/// The schemes of extensions.
const SCHEMES: [&str; 2] = ["chrome-extension://", "moz-extension://"];

#[derive(RustEmbed)]
#[folder = "../../extension"]
struct Files;

/// Returns the origin of a request that an extension sends to one of its paths.
pub(crate) fn origin(headers: &HeaderMap, path: &str) -> Option<HeaderValue> {
    let mut all = headers.get_all(ORIGIN).iter();
    let origin = all.next().filter(|_| PATHS.contains(&path))?;
    let text = origin.to_str().ok().filter(|_| all.next().is_none())?;
    let id = SCHEMES.iter().find_map(|scheme| text.strip_prefix(scheme))?;
    let plain =
        !id.is_empty() && id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    plain.then(|| origin.clone())
}

/// Lets the extension read an answer: this one, and nobody else.
pub(crate) fn admit(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.append(VARY, HeaderValue::from_static("origin"));
}

/// What a browser wants to know before it sends: which methods and headers are taken.
pub(crate) fn preflight(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization, content-type"));
    let local = HeaderName::from_static("access-control-allow-private-network");
    headers.insert(local, HeaderValue::from_static("true"));
}

/// Returns what the user carries over to the extension.
pub(crate) fn pairing_code(port: u16, token: &str) -> String {
    format!("{port}:{token}")
}

/// Returns the files of the extension as one archive, the same for Chromium and Firefox.
///
/// # Errors
///
/// Where an archive cannot be made.
pub fn packed() -> std::io::Result<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    for name in names.iter().filter(|name| !name.ends_with(".md")) {
        let Some(file) = Files::get(name) else { continue };
        archive.start_file(name.as_ref(), SimpleFileOptions::default())?;
        archive.write_all(&file.data)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(origins: &[&'static str]) -> HeaderMap {
        origins.iter().map(|origin| (ORIGIN, HeaderValue::from_static(origin))).collect()
    }

    #[test]
    fn only_an_extension_is_one_and_only_at_its_paths() {
        let ours = "chrome-extension://neipaolfkahclmklmliibiedlnckgcjd";
        assert!(origin(&headers(&[ours]), "/api/v1/pages").is_some());
        assert!(
            origin(&headers(&["moz-extension://3c5b6a9e-0000-4000-8000-000000000000"]), "/api/v1/cases")
                .is_some()
        );
        for (origins, path) in [
            (&[ours][..], "/cases"),
            (&[ours], "/api/v1/cases/c-1"),
            (&[ours], "/settings/erase"),
            (&["https://evil.example"], "/api/v1/pages"),
            (&["null"], "/api/v1/pages"),
            (&["chrome-extension://"], "/api/v1/pages"),
            (&["chrome-extension://a.evil.example"], "/api/v1/pages"),
            (&["http://chrome-extension://abc"], "/api/v1/pages"),
            (&[ours, "https://evil.example"], "/api/v1/pages"),
            (&[], "/api/v1/pages"),
        ] {
            assert!(origin(&headers(origins), path).is_none(), "{origins:?} {path}");
        }
    }

    #[test]
    fn the_archive_holds_the_manifest_with_the_least_permissions_and_every_file_that_it_names() {
        let mut archive = zip::ZipArchive::new(Cursor::new(packed().unwrap())).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("manifest.json").unwrap(), &mut text).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(manifest["manifest_version"], 3);
        assert_eq!(manifest["permissions"], serde_json::json!(["activeTab", "scripting", "storage"]));
        assert_eq!(manifest["host_permissions"], serde_json::json!(["http://127.0.0.1/*"]));
        assert!(manifest.get("content_scripts").is_none() && manifest.get("background").is_none());
        let mut named = vec!["popup.html".to_owned(), "options.html".to_owned()];
        for (page, text) in
            [("popup.html", Files::get("popup.html")), ("options.html", Files::get("options.html"))]
        {
            let text = String::from_utf8(text.unwrap().data.into_owned()).unwrap();
            named.extend(
                text.split("src=\"")
                    .skip(1)
                    .chain(text.split("href=\"").skip(1))
                    .filter_map(|rest| rest.split('"').next())
                    .map(str::to_owned),
            );
            assert!(!text.contains("<script>") && !text.contains(" style="), "{page}");
            for key in text.split("data-t=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                for language in ["en", "de"] {
                    let words = Files::get(&format!("_locales/{language}/messages.json")).unwrap();
                    let words: serde_json::Value = serde_json::from_slice(&words.data).unwrap();
                    assert!(words[key]["message"].is_string(), "{language}: {key}");
                }
            }
        }
        named.extend(
            manifest["icons"].as_object().unwrap().values().map(|icon| icon.as_str().unwrap().to_owned()),
        );
        for name in named {
            assert!(names.contains(&name), "{name} is not among {names:?}");
        }
    }

    fn json(name: &str) -> serde_json::Value {
        serde_json::from_slice(&Files::get(name).unwrap_or_else(|| panic!("{name}")).data).unwrap()
    }

    #[test]
    fn the_manifest_says_nothing_that_one_of_both_browsers_does_not_take() {
        let manifest = json("manifest.json");
        // What both take in a manifest of version 3; the first two are each one's own, and ignored by the other.
        let known = [
            "minimum_chrome_version",
            "browser_specific_settings",
            "manifest_version",
            "name",
            "version",
            "description",
            "default_locale",
            "permissions",
            "host_permissions",
            "action",
            "options_ui",
            "icons",
            "content_security_policy",
        ];
        for key in manifest.as_object().unwrap().keys() {
            assert!(known.contains(&key.as_str()), "{key}");
        }
        let numbers = |text: &serde_json::Value, parts: std::ops::RangeInclusive<usize>| {
            let text = text.as_str().unwrap();
            let all: Vec<&str> = text.split('.').collect();
            let plain = all
                .iter()
                .all(|part| part.parse::<u16>().is_ok() && (*part == "0" || !part.starts_with('0')));
            assert!(plain && parts.contains(&all.len()), "{text}");
        };
        numbers(&manifest["version"], 1..=4);
        numbers(&manifest["minimum_chrome_version"], 1..=4);
        let gecko = &manifest["browser_specific_settings"]["gecko"];
        numbers(&gecko["strict_min_version"], 1..=3);
        let id = gecko["id"].as_str().unwrap();
        assert!(
            id.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')),
            "{id}"
        );
        assert_eq!(gecko["data_collection_permissions"]["required"], serde_json::json!(["none"]));
        let policy = manifest["content_security_policy"]["extension_pages"].as_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("script-src 'self';"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe") && !policy.contains("https:"), "{policy}");
    }

    #[test]
    fn every_text_of_the_extension_is_there_in_every_language_and_every_picture_has_its_size() {
        let manifest = json("manifest.json");
        let languages: Vec<String> = Files::iter()
            .filter_map(|name| {
                name.strip_prefix("_locales/")?.strip_suffix("/messages.json").map(str::to_owned)
            })
            .collect();
        let standard = manifest["default_locale"].as_str().unwrap();
        assert!(languages.len() >= 2 && languages.iter().any(|one| one == standard), "{languages:?}");
        let texts = |language: &str| json(&format!("_locales/{language}/messages.json"));
        let names: Vec<String> = texts(standard).as_object().unwrap().keys().cloned().collect();
        for language in &languages {
            let texts = texts(language);
            let own: Vec<&String> = texts.as_object().unwrap().keys().collect();
            assert_eq!(own, names.iter().collect::<Vec<_>>(), "{language}");
            for name in &names {
                let words = texts[name.as_str()]["message"].as_str().unwrap_or_default();
                assert!(!words.trim().is_empty(), "{language}: {name}");
            }
            // What the shops of both browsers take at most.
            let length = |key: &str| texts[key]["message"].as_str().unwrap().chars().count();
            assert!(length("name") <= 45 && length("description") <= 132, "{language}");
        }
        let whole = manifest.to_string();
        for (_, rest) in whole.match_indices("__MSG_").map(|(at, mark)| (at, &whole[at + mark.len()..])) {
            let name = rest.split("__").next().unwrap();
            assert!(names.iter().any(|known| known == name), "{name}");
        }
        for pictures in [&manifest["icons"], &manifest["action"]["default_icon"]] {
            for (size, name) in pictures.as_object().unwrap() {
                let bytes = Files::get(name.as_str().unwrap()).unwrap().data;
                let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()).to_string();
                assert!(bytes.starts_with(b"\x89PNG") && side(16) == *size && side(20) == *size, "{name}");
            }
        }
    }
}
