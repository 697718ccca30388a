//! `upstairs directory pack`, `update` and `key`: the directory as one signed file.

use std::io::{self, Write};
use std::process::ExitCode;

use desk::directory::{self, PackAnswer, PackRequest};
use jiff::Timestamp;

use crate::directory::{Key, Pack, Update, failed, json};
use crate::draw::clean;
use crate::settings::Settings;

/// `directory pack`.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) async fn pack(options: &Pack, settings: &Settings, now: Timestamp) -> io::Result<ExitCode> {
    let request = PackRequest {
        to: options.to.clone(),
        title: options.title.clone(),
        edition: options.edition,
        sign: options.sign.clone(),
        base: options.base.clone(),
        delta: options.delta.clone(),
    };
    match directory::pack(&request, options.place.folder(settings).as_deref(), now).await {
        Ok(answer) if options.json => json(&answer).map(|()| ExitCode::SUCCESS),
        Ok(answer) => {
            let mut out = anstream::stdout().lock();
            show(&mut out, &answer)?;
            if let (Some((written, gone)), Some(delta)) = (answer.changed, &options.delta) {
                writeln!(
                    out,
                    "  delta: {written} companies new or otherwise, {gone} gone → {}",
                    delta.display()
                )?;
            }
            if !answer.signed {
                writeln!(out, "  not signed: nobody else can install it; sign it with --sign KEY")?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => failed(&error, error.hint()),
    }
}

/// `directory update`.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn update(options: &Update, settings: &Settings) -> io::Result<ExitCode> {
    let data = options.place.folder(settings);
    // The fetching has threads of its own, which must not wait inside of this one's.
    let done = std::thread::scope(|scope| {
        let work = || {
            directory::update(&options.from, options.key.as_deref(), data.as_deref(), &settings.user_agent)
        };
        scope.spawn(work).join()
    });
    match done {
        Ok(Ok(answer)) if options.json => json(&answer).map(|()| ExitCode::SUCCESS),
        Ok(Ok(answer)) => {
            let mut out = anstream::stdout().lock();
            show(&mut out, &answer)?;
            match answer.before {
                Some(before) => writeln!(out, "  installed; it was edition {before} before")?,
                None => writeln!(out, "  installed: `upstairs find NAME` asks it from now on")?,
            }
            Ok(ExitCode::SUCCESS)
        }
        Ok(Err(error)) => failed(&error, error.hint()),
        Err(_) => failed(&"the update broke off", None),
    }
}

fn show(out: &mut impl Write, answer: &PackAnswer) -> io::Result<()> {
    writeln!(
        out,
        "{}, edition {} of {}: {} companies, {} contacts, {} bytes → {}",
        clean(&answer.title),
        answer.edition,
        clean(answer.made.get(..10).unwrap_or(&answer.made)),
        answer.companies,
        answer.contacts,
        answer.bytes,
        answer.file.display()
    )
}

/// `directory key`.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn key(options: &Key) -> io::Result<ExitCode> {
    match directory::new_key(&options.to) {
        Ok(public) => {
            let mut out = anstream::stdout().lock();
            writeln!(out, "secret key: {}  (keep it to yourself)", options.to.display())?;
            writeln!(out, "public key: {}  (give it to whoever installs your packs)", public.display())?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => failed(&error, error.hint()),
    }
}
