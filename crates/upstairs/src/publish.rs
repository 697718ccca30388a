//! `upstairs directory publish`: the directory as a static website.

use std::io::{self, Write};
use std::process::ExitCode;

use desk::publish::{PublishError, PublishRequest, publish};
use jiff::Timestamp;

use crate::directory::{Publish, failed, json};
use crate::find;
use crate::settings::Settings;

/// `directory publish`.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) async fn run(options: &Publish, settings: &Settings, now: Timestamp) -> io::Result<ExitCode> {
    let request = PublishRequest {
        to: options.to.clone(),
        base: options.base.clone(),
        contact: options.contact.clone(),
        title: options.title.clone(),
        starter: options.starter,
    };
    let bar = find::progress_bar();
    let folder = options.place.folder(settings);
    let done =
        publish(&request, folder.as_deref(), now, |pages| bar.set_message(format!("{pages} pages"))).await;
    bar.finish_and_clear();
    match done {
        Ok(answer) if options.json => json(&answer).map(|()| ExitCode::SUCCESS),
        Ok(answer) => {
            let mut out = anstream::stdout().lock();
            writeln!(
                out,
                "{} companies, {} contact points, search index of {} pieces → {}",
                answer.companies,
                answer.contacts,
                answer.pieces,
                answer.to.display()
            )?;
            if answer.left_out > 0 {
                writeln!(out, "  {} companies left out: nothing of them may be published", answer.left_out)?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            let code = failed(&error, error.hint())?;
            let usage = matches!(error, PublishError::Base(_) | PublishError::Contact(_));
            Ok(if usage { ExitCode::from(2) } else { code })
        }
    }
}
