//! Which site of an archive is meant: the one at the address given, or the one of the company that was given by its name.

use std::path::{Path, PathBuf};

use reading::post::company::{Company, Owner};
use reading::post::site;
use sources::archive::Archive;
use sources::source::linked;
use url::Url;

use super::{FindError, FindRequest, start_address};
use crate::directory::{self, Looked};
use crate::leads::SavedPage;
use crate::read;

/// Opens an archive and tells where the company's site starts in it.
///
/// A name is looked up in the directory; where that knows no site, or the archive holds another, the hosts of the archive
/// are held against the name. Saved pages that do not say where they come from are taken for the site of the directory.
///
/// # Errors
///
/// [`FindError::Archive`] where it cannot be read, [`FindError::NotInArchive`] where no site in it is the company's.
pub(super) async fn open(request: &FindRequest, from: &Path) -> Result<(Archive, Url), FindError> {
    let opened =
        |site: Option<&Url>| Archive::open(from, site).map_err(|error| FindError::Archive(Box::new(error)));
    let error = match start_address(&request.company) {
        Ok(start) => return Ok((opened(Some(&start))?, start)),
        Err(error) => error,
    };
    if request.company.trim().is_empty() {
        return Err(error);
    }
    // A directory that cannot be read takes nothing away: the hosts are still held against the name.
    let known = match directory::look(&request.company, request.data.as_deref()).await {
        Ok(Looked::Known(known)) => Some(known),
        Ok(Looked::Unsure(_) | Looked::Unknown) | Err(_) => None,
    };
    let site = known.as_ref().and_then(|known| start_address(&known.website()?).ok());
    let archive = opened(site.as_ref())?;
    let named = Company::named(&request.company);
    let is_theirs = |host: &str| {
        known.as_ref().is_some_and(|known| known.company.owns(host))
            || named.owner_of_host(host) == Owner::Own
    };
    let of_company = |url: &Url| url.host_str().is_some_and(is_theirs);
    let start = archive.start().filter(of_company).or_else(|| {
        let pages = archive.entries().filter(|entry| entry.status == 200);
        let page = pages.filter_map(|entry| Url::parse(entry.url).ok()).find(of_company)?;
        let root = page.join("/").ok()?;
        Some(if archive.holds(&root) { root } else { page })
    });
    match start {
        Some(start) => Ok((archive, start)),
        None => Err(not_there(request, from, &archive)),
    }
}

/// The most pages of an archive that others wrote on and that are read.
const MOST_OF_STRANGERS: usize = 100;

/// Returns whether a file is a page saved from a site where others write: of reviews, of a network, a board.
pub(super) fn is_of_strangers(from: &Path) -> bool {
    from.is_file()
        && read::bytes_of(from)
            .is_ok_and(|(bytes, _)| read::foreign(&bytes).is_none() && site::is_saved(&bytes))
}

/// The most files of a folder that are looked at to tell who wrote them.
const MOST_FILES: usize = 200;

/// Returns the pages of a folder where all of them are saved from sites where others write; nothing where one is not, or an archive
/// lies beside them.
pub(super) fn strangers_in(from: &Path) -> Option<Vec<PathBuf>> {
    let ends = |path: &Path, endings: &[&str]| {
        path.extension().is_some_and(|end| endings.iter().any(|known| end.eq_ignore_ascii_case(known)))
    };
    // What a browser saves beside a page (`Page_files/ad.html`) is nobody's page.
    let beside = |path: &Path| {
        path.parent().and_then(Path::file_name).is_some_and(|name| {
            let name = name.to_string_lossy();
            ["_files", "_file", "-Dateien", "_fichiers"].iter().any(|end| name.ends_with(end))
        })
    };
    let files = sources::archive::files_in(from, MOST_FILES * 20).ok()?;
    if files.len() >= MOST_FILES * 20 || files.iter().any(|path| ends(path, &["warc", "gz"])) {
        return None;
    }
    let pages = files.into_iter().filter(|path| ends(path, &["html", "htm", "mhtml"]) && !beside(path));
    let pages: Vec<_> = pages.take(MOST_FILES + 1).collect();
    let all = pages.len() <= MOST_FILES && pages.iter().all(|path| is_of_strangers(path));
    (all && !pages.is_empty()).then_some(pages)
}

/// Returns the pages of an archive that were saved from sites whose terms keep programs out: others wrote there.
pub(super) fn of_strangers(archive: &Archive) -> Vec<SavedPage> {
    let of_them = |url: &Url| {
        let domain = sources::archive::saved_from(url).or_else(|| url.host_str().and_then(psl::domain_str));
        domain.is_some_and(linked::is_linked_only)
    };
    let pages = archive.entries().filter(|entry| entry.status == 200);
    let urls = pages.filter_map(|entry| Url::parse(entry.url).ok()).filter(of_them).take(MOST_OF_STRANGERS);
    urls.filter_map(|url| {
        Some(SavedPage { url: url.to_string(), bytes: archive.answer(&url).ok()?.body.clone() })
    })
    .collect()
}

/// Says that an archive has no page of the company, and what it has.
pub(super) fn not_there(request: &FindRequest, from: &Path, archive: &Archive) -> FindError {
    if archive.start().is_some_and(|start| sources::archive::is_siteless(&start)) {
        return FindError::Siteless { from: from.to_owned(), company: request.company.clone() };
    }
    FindError::NotInArchive {
        from: from.to_owned(),
        company: request.company.clone(),
        holds: archive.start().map(String::from),
    }
}
