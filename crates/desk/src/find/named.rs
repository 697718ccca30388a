//! The parts of `find` that ask outside sources: who is meant by a name, and a site that is read while they answer.
//!
//! Where no source is on, a name is looked up in the directory and no further.

use std::future::Future;

use jiff::Timestamp;
use sources::browser::Rendering;
use sources::crawl::{Crawl, Stopped};
use sources::fetch::Fetcher;
use sources::guard::Guard;
use url::Url;

use super::{
    FindError, FindRequest, Progress, allowed, browser_settings, climb_and_save, fetcher, start_address,
};
use crate::answer::FindAnswer;
use crate::directory::{self, CandidateView, Known, Looked};
use crate::gathered::Gathered;
use crate::sources::{Around, Joined, Quest, Resolved};

/// What a name leads to.
pub(super) enum Named<'a> {
    /// The answer itself: nothing is left to be read.
    Answer(Box<FindAnswer>),
    /// A site to read.
    Site {
        /// Where it starts.
        site: Url,
        /// What the directory knows of the company.
        known: Option<Box<Known>>,
        /// What sources said of it so far.
        quest: Option<Box<Quest<'a>>>,
    },
}

/// Finds who is meant by a name: in the directory, then by the sources that are on.
pub(super) async fn by_name<'a>(
    request: &FindRequest,
    now: Timestamp,
    around: Option<&'a Around<'a>>,
    tell: &(dyn Fn(Progress<'_>) + Sync),
    until: impl Future<Output = ()> + Send + Clone,
) -> Result<Named<'a>, FindError> {
    let data = request.data.as_deref();
    let (looked, trouble) = match directory::look(&request.company, data).await {
        Ok(looked) => (looked, None),
        // What is built in can be asked all the same.
        Err(error) => {
            let without = directory::look(&request.company, None).await.map_err(FindError::Store)?;
            (without, Some(directory::store_words(&error)))
        }
    };
    let finish = async |mut gathered: Gathered| {
        gathered.warnings.extend(trouble);
        Ok(Named::Answer(Box::new(gathered.finish(request, now).await)))
    };
    let near = match looked {
        Looked::Known(found) => {
            let site = found.website().and_then(|site| start_address(&site).ok());
            if let Some(site) = site.filter(|_| request.crawl && !request.offline) {
                return Ok(Named::Site { site, known: Some(found), quest: None });
            }
            let joined = match around {
                Some(around) => {
                    let mut quest = Quest::of_known(around, request, &found);
                    quest.ask(tell, until).await;
                    quest.join(None).await
                }
                None => Joined::default(),
            };
            return finish(Gathered::of_known(*found, request, now).joined(joined)).await;
        }
        Looked::Unsure(near) => near,
        Looked::Unknown => Vec::new(),
    };
    let Some(around) = around else { return finish(Gathered::of_nobody(request, near)).await };
    match by_sources(request, around, near, tell, until).await {
        Ok(named) => Ok(named),
        Err(gathered) => finish(*gathered).await,
    }
}

/// Asks sources who is meant; what is gathered where no site comes of it.
async fn by_sources<'a>(
    request: &FindRequest,
    around: &'a Around<'a>,
    near: Vec<CandidateView>,
    tell: &(dyn Fn(Progress<'_>) + Sync),
    until: impl Future<Output = ()> + Send + Clone,
) -> Result<Named<'a>, Box<Gathered>> {
    let mut quest = Quest::of_name(around, request);
    match quest.resolve(tell, until.clone()).await {
        Resolved::Site(site) => Ok(Named::Site { site, known: None, quest: Some(Box::new(quest)) }),
        Resolved::NoSite => {
            quest.ask(tell, until).await;
            if let Some(site) = quest.site() {
                return Ok(Named::Site { site, known: None, quest: Some(Box::new(quest)) });
            }
            let joined = quest.join(None).await;
            Err(Box::new(Gathered::of_registers(request).joined(joined)))
        }
        Resolved::Unsure(mut candidates) => {
            for one in near {
                if !candidates.iter().any(|known| known.domain.is_some() && known.domain == one.domain) {
                    candidates.push(one);
                }
            }
            Err(Box::new(Gathered::of_nobody(request, candidates).joined(quest.only_reports())))
        }
    }
}

/// Reads the live site while the sources are asked; when the user stops the one, the other stops too. Sources that need what
/// only the site tells are asked after it.
pub(super) async fn read_and_ask(
    request: &FindRequest,
    now: Timestamp,
    start: &Url,
    pages: Option<&Fetcher>,
    mut quest: Option<Quest<'_>>,
    tell: &(dyn Fn(Progress<'_>) + Sync),
    until: impl Future<Output = ()> + Send + Clone,
) -> Result<(Crawl, Joined), FindError> {
    let own;
    let fetcher = if let Some(pages) = pages {
        pages
    } else {
        own = fetcher(&request.live)?;
        &own
    };
    let stop = tokio::sync::Notify::new();
    let reading = async {
        let crawl = crawl_live(fetcher, start, request, now, tell, until.clone()).await;
        if crawl.as_ref().is_ok_and(|crawl| crawl.stopped == Stopped::Asked) {
            stop.notify_one();
        }
        crawl
    };
    let asking = async {
        if let Some(quest) = &mut quest {
            quest.ask(tell, stop.notified()).await;
        }
    };
    let (crawl, ()) = tokio::join!(reading, asking);
    let crawl = crawl?;
    let Some(mut quest) = quest else { return Ok((crawl, Joined::default())) };
    quest.learn(request, &crawl);
    if crawl.stopped != Stopped::Asked {
        quest.ask(tell, until).await;
    }
    let joined = quest.join(Some(&crawl)).await;
    Ok((crawl, joined))
}

/// Reads the live site, through the user's own browser where that is wanted.
async fn crawl_live(
    fetcher: &Fetcher,
    start: &Url,
    request: &FindRequest,
    now: Timestamp,
    told: impl FnMut(Progress<'_>) + Send,
    until: impl Future<Output = ()> + Send,
) -> Result<Crawl, FindError> {
    let Some(own) = &request.live.browser else {
        return climb_and_save(fetcher, start, request, now, told, until).await;
    };
    let guard = Guard::new(allowed(&request.live)?);
    let settings = browser_settings(own).map_err(FindError::Browser)?;
    let rendering = Rendering::new(fetcher, guard, settings).await.map_err(FindError::Browser)?;
    climb_and_save(&rendering, start, request, now, told, until).await
}
