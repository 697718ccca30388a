//! `upstairs directory`: the companies that are known, offline: search, show, add, mark, refresh, import, export.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use desk::directory::{
    self, AddRequest, EditAnswer, EditError, ExchangeError, ExportFormat, HitView, ImportFormat, MarkRequest,
};
use desk::find::{FindRequest, Live};
use desk::sources::SourceSettings;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::draw::{self, BOLD, DIM, FAIR, GOOD};
use crate::find;
use crate::settings::Settings;

/// What to do with the directory.
#[derive(Debug, Subcommand)]
pub(crate) enum Directory {
    /// Search companies by name, alias, domain, number or address; small typing errors do not matter
    Search(Search),
    /// Show everything known about a company
    Show(Show),
    /// Read a company's pages again and show what changed since
    Refresh(Refresh),
    /// Add a contact that a representative told you
    Add(Add),
    /// Note what happened when you tried a contact
    Mark(MarkIt),
    /// Import a file, folder or archive: our exports, JSON-LD, datenanfragen, Escalate Anything
    Import(Import),
    /// Write your directory to a file
    Export(Export),
    /// Read every source again, mark what is gone, and propose changes as a diff for review
    Check(crate::directory_check::Check),
    /// Write your directory as one compact, signed file that others can install or search, and a delta from the last one
    Pack(Pack),
    /// Install a pack or a delta that somebody published, after checking who signed it
    Update(Update),
    /// Make a pair of keys to sign packs with
    Key(Key),
    /// Write the directory as a static website: a page a company, search in the browser, sitemap
    Publish(Publish),
}

/// `directory pack`.
#[derive(Args, Debug)]
pub(crate) struct Pack {
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
    /// The file with your secret key (`directory key` makes one)
    #[arg(long, value_name = "KEY")]
    pub(crate) sign: Option<PathBuf>,
    /// What it is called
    #[arg(long, default_value = "Directory of Upstairs")]
    pub(crate) title: String,
    /// The number of the edition (the one after that of --base, else 1)
    #[arg(long, value_name = "N")]
    pub(crate) edition: Option<u64>,
    /// The edition before, to write a delta from
    #[arg(long, value_name = "FILE", requires = "delta")]
    pub(crate) base: Option<PathBuf>,
    /// The file for that delta
    #[arg(long, value_name = "FILE", requires = "base")]
    pub(crate) delta: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// `directory update`.
#[derive(Args, Debug)]
pub(crate) struct Update {
    /// A pack or a delta: a file or an https:// address
    pub(crate) from: String,
    /// The file with the publisher's public key; trusted from then on
    #[arg(long, value_name = "KEY")]
    pub(crate) key: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// `directory key`.
#[derive(Args, Debug)]
pub(crate) struct Key {
    /// The file for the secret key; the public one is written beside it, with `.pub`
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
}

/// `directory publish`.
#[derive(Args, Debug)]
pub(crate) struct Publish {
    /// The folder of the site; one that was published before is replaced as a whole
    #[arg(long, value_name = "FOLDER")]
    pub(crate) to: PathBuf,
    /// The address that the site will have
    #[arg(long, value_name = "URL")]
    pub(crate) base: String,
    /// The mail or web address where companies ask for correction or removal; it stands on every page
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) contact: String,
    /// What the site is called
    #[arg(long, default_value = "Who can put it right")]
    pub(crate) title: String,
    /// Publish the directory that is built in, not your own
    #[arg(long)]
    pub(crate) starter: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// Where the directory is.
#[derive(Args, Debug)]
pub(crate) struct Place {
    /// The folder of your own directory
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
}

impl Place {
    pub(crate) fn folder(&self, settings: &Settings) -> Option<PathBuf> {
        self.data.clone().or_else(|| settings.data.clone())
    }
}

/// `directory search`.
#[derive(Args, Debug)]
pub(crate) struct Search {
    /// A name, the beginning of one, a domain, a number, a mailbox, a street or postcode
    #[arg(required = true)]
    query: Vec<String>,
    /// At most so many
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=200))]
    most: u16,
    /// Search this pack alone, which need not be installed
    #[arg(long, value_name = "FILE")]
    pack: Option<PathBuf>,
    /// With --pack: the public key that must have signed it
    #[arg(long, value_name = "KEY", requires = "pack")]
    key: Option<PathBuf>,
    /// Print JSON (its schema: `upstairs schema directory-search`)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// `directory show`.
#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The company: a name or a domain
    company: String,
    /// What the problem is about
    #[arg(long, value_name = "TOPIC", value_parser = desk::find::parse_about)]
    about: Option<desk::find::About>,
    /// Your state or province, as letters such as CA
    #[arg(long, value_name = "STATE", value_parser = directory::parse_region)]
    region: Option<String>,
    /// Print JSON (its schema: `upstairs schema find`)
    #[arg(long)]
    json: bool,
    /// Show every contact point
    #[arg(long)]
    all: bool,
    /// Show why each contact is on its rung, and how its confidence is made up
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    place: Place,
}

/// `directory refresh`.
#[derive(Args, Debug)]
pub(crate) struct Refresh {
    /// The companies; all of your own directory where none is given
    company: Vec<String>,
    /// Print JSON, a company a line
    #[arg(long)]
    json: bool,
    /// Read at most this many pages of each
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=500))]
    pages: u16,
    /// Stop after this many seconds for each
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u16).range(1..=3600))]
    time: u16,
    /// Allow this private or loopback host (HOST or HOST:PORT)
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    #[command(flatten)]
    place: Place,
}

/// `directory add`.
#[derive(Args, Debug)]
pub(crate) struct Add {
    /// The company: a name or a domain
    company: String,
    /// The number, mailbox, web address or postal address
    value: String,
    /// The channel, where the value does not tell it: phone, email, postal, form, chat, …
    #[arg(long, value_parser = channel)]
    channel: Option<desk::Channel>,
    /// The rung: `front_line`, supervisor, complaints, management, executive, …
    #[arg(long, value_parser = rung)]
    rung: Option<desk::Rung>,
    /// Who told you, such as "a supervisor on the phone"
    #[arg(long, value_name = "WHO")]
    told_by: String,
    /// On which day (today)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::days::been)]
    on: Option<Date>,
    /// What it was called
    #[arg(long)]
    label: Option<String>,
    /// Your country: numbers are read as dialled there
    #[arg(long, value_parser = desk::find::parse_country)]
    country: Option<desk::Country>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// `directory mark`.
#[derive(Args, Debug)]
pub(crate) struct MarkIt {
    /// The number, mailbox or address
    value: String,
    /// The company: a name or a domain
    #[arg(long, value_name = "COMPANY")]
    company: String,
    /// What happened: bounced, has-left, no-reply, use-form, wrong-number, helpful
    #[arg(long = "as", value_name = "WHAT", value_parser = directory::parse_became)]
    became: desk::Became,
    /// On which day (today)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::days::been)]
    on: Option<Date>,
    /// What else to note
    #[arg(long)]
    note: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// `directory import`.
#[derive(Args, Debug)]
pub(crate) struct Import {
    /// A file, a folder of files, or a zip archive (a Python wheel is one)
    path: PathBuf,
    /// What it is, where its content does not tell: jsonl, csv, jsonld, datenanfragen, escalate-anything
    #[arg(long = "as", value_name = "FORMAT", value_parser = directory::parse_import)]
    format: Option<ImportFormat>,
    /// It is a proposal of `directory check` that you have read: what is gone from the pages that it names goes
    #[arg(long)]
    reviewed: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// `directory export`.
#[derive(Args, Debug)]
pub(crate) struct Export {
    /// The file; standard output where none is given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The form: jsonl, csv, jsonld
    #[arg(long = "as", value_name = "FORMAT", default_value = "jsonl", value_parser = directory::parse_export)]
    format: ExportFormat,
    /// Write the directory that is built in, not your own
    #[arg(long)]
    starter: bool,
    /// Also write what representatives told you (never into JSON-LD)
    #[arg(long)]
    with_told: bool,
    #[command(flatten)]
    place: Place,
}

fn channel(text: &str) -> Result<desk::Channel, String> {
    desk::Channel::from_id(text).ok_or_else(|| {
        format!("`{text}` is not a channel: {}", desk::Channel::ALL.map(desk::Channel::id).join(", "))
    })
}

fn rung(text: &str) -> Result<desk::Rung, String> {
    desk::Rung::from_id(&text.replace('-', "_"))
        .ok_or_else(|| format!("`{text}` is not a rung: {}", desk::Rung::ALL.map(desk::Rung::id).join(", ")))
}

/// Runs the command.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn run(what: &Directory, settings: &Settings) -> io::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let now = Timestamp::now();
    runtime.block_on(async {
        match what {
            Directory::Search(options) => search(options, settings, now).await,
            Directory::Show(options) => show(options, settings, now).await,
            Directory::Refresh(options) => Box::pin(refresh(options, settings, now)).await,
            Directory::Add(options) => add(options, settings, now).await,
            Directory::Mark(options) => mark(options, settings, now).await,
            Directory::Import(options) => import(options, settings, now).await,
            Directory::Export(options) => export(options, settings).await,
            Directory::Check(options) => crate::directory_check::run(options, settings, now).await,
            Directory::Pack(options) => crate::pack::pack(options, settings, now).await,
            Directory::Update(options) => crate::pack::update(options, settings),
            Directory::Key(options) => crate::pack::key(options),
            Directory::Publish(options) => crate::publish::run(options, settings, now).await,
        }
    })
}

/// Tells what went wrong and what to do.
pub(crate) fn failed(error: &impl std::fmt::Display, hint: Option<&str>) -> io::Result<ExitCode> {
    writeln!(anstream::stderr(), "upstairs: {error}")?;
    if let Some(hint) = hint {
        writeln!(anstream::stderr(), "  {hint}")?;
    }
    Ok(ExitCode::FAILURE)
}

/// Prints a value as JSON.
pub(crate) fn json(value: &impl serde::Serialize) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)
}

async fn search(options: &Search, settings: &Settings, now: Timestamp) -> io::Result<ExitCode> {
    let folder = options.place.folder(settings);
    let query = options.query.join(" ");
    let most = usize::from(options.most);
    let found = match &options.pack {
        Some(pack) => match directory::search_file(&query, most, pack, options.key.as_deref(), now) {
            Ok(answer) => Ok(answer),
            Err(error) => return failed(&error, error.hint()),
        },
        None => directory::search(&query, most, folder.as_deref(), now).await,
    };
    match found {
        Ok(answer) => {
            if options.json {
                json(&answer)?;
            } else {
                let mut out = anstream::stdout().lock();
                for hit in &answer.hits {
                    self::hit(&mut out, hit)?;
                }
                if answer.hits.is_empty() {
                    writeln!(
                        anstream::stderr(),
                        "nothing is known about `{}`: `upstairs find DOMAIN` reads a company's website",
                        draw::clean(&query)
                    )?;
                }
            }
            Ok(if answer.hits.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
        }
        Err(error) => failed(&error, error.hint()),
    }
}

fn hit(out: &mut impl Write, hit: &HitView) -> io::Result<()> {
    let mut more: Vec<String> =
        [&hit.domain, &hit.country].into_iter().flatten().map(|text| draw::clean(text)).collect();
    more.push(format!("{} contacts, grade {}", hit.sightings, hit.grade));
    if hit.matched != hit.name && Some(&hit.matched) != hit.domain.as_ref() {
        more.push(format!("as \"{}\"", draw::clean(&hit.matched)));
    }
    writeln!(out, "{BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}", draw::clean(&hit.name), more.join(" · "))
}

fn request(company: &str, data: Option<PathBuf>, settings: &Settings) -> FindRequest {
    FindRequest {
        sector: None,
        company: company.to_owned(),
        country: None,
        about: None,
        matter: None,
        region: None,
        data,
        keep: false,
        crawl: false,
        offline: true,
        from: None,
        posts: Vec::new(),
        save: None,
        pages: 30,
        seconds: 120,
        live: settings.live(SourceSettings::default()),
    }
}

async fn show(options: &Show, settings: &Settings, now: Timestamp) -> io::Result<ExitCode> {
    let asked = FindRequest {
        about: options.about.map(|about| about.topic),
        matter: options.about.and_then(|about| about.matter),
        region: options.region.clone(),
        ..request(&options.company, options.place.folder(settings), settings)
    };
    match desk::find::find(&asked, now, |_| {}, std::future::pending()).await {
        Ok(answer) => {
            if options.json {
                json(&answer)?;
            } else {
                let detail =
                    draw::Detail { width: crate::wrap::width(), all: options.all, explain: options.explain };
                anstream::stdout().lock().write_all(draw::find(&answer, detail).as_bytes())?;
            }
            Ok(if answer.directory.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Err(error) => find::told(&error),
    }
}

async fn refresh(options: &Refresh, settings: &Settings, now: Timestamp) -> io::Result<ExitCode> {
    let data = options.place.folder(settings);
    let companies = if options.company.is_empty() {
        match directory::own_companies(data.as_deref()).await {
            Ok(companies) => companies,
            Err(error) => return failed(&error, error.hint()),
        }
    } else {
        options.company.clone()
    };
    if companies.is_empty() {
        return failed(
            &"your own directory is empty",
            Some("give a company's name, or fill the directory with `upstairs find`"),
        );
    }
    let mut code = ExitCode::SUCCESS;
    for company in companies {
        let asked = FindRequest {
            offline: false,
            pages: usize::from(options.pages),
            seconds: u64::from(options.time),
            live: Live {
                allow_hosts: options.allow_host.clone(),
                ..settings.live(SourceSettings::default())
            },
            ..request(&company, data.clone(), settings)
        };
        let bar = find::progress_bar();
        let done =
            directory::refresh(&asked, now, |progress| find::show(&bar, progress), find::interrupt()).await;
        bar.finish_and_clear();
        match done {
            Ok(answer) => {
                let mut out = anstream::stdout().lock();
                if options.json {
                    serde_json::to_writer(&mut out, &answer)?;
                    writeln!(out)?;
                    continue;
                }
                let said = match (answer.documents, answer.first, answer.changes.is_empty()) {
                    (0, _, _) => "nothing could be read",
                    (_, true, _) => "read for the first time",
                    (_, _, true) => "nothing changed",
                    _ => "changed",
                };
                let name = draw::clean(&answer.company);
                writeln!(out, "{BOLD}{name}{BOLD:#}  {DIM}{said}: {}{DIM:#}", draw::clean(&answer.stopped))?;
                let mut text = String::new();
                draw::changes(
                    &mut text,
                    &answer.changes,
                    draw::Detail { width: crate::wrap::width(), all: true, explain: false },
                );
                out.write_all(text.as_bytes())?;
                for warning in &answer.warnings {
                    writeln!(anstream::stderr(), "note: {}", draw::clean(warning))?;
                }
                if answer.documents == 0 {
                    code = ExitCode::FAILURE;
                }
            }
            Err(error) => {
                find::told(&error)?;
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

fn edited(answer: Result<EditAnswer, EditError>, as_json: bool) -> io::Result<ExitCode> {
    match answer {
        Ok(answer) if as_json => json(&answer).map(|()| ExitCode::SUCCESS),
        Ok(answer) => {
            let mut out = anstream::stdout().lock();
            let (value, company) = (draw::clean(&answer.value), draw::clean(&answer.company));
            writeln!(
                out,
                "{GOOD}kept{GOOD:#} {BOLD}{value}{BOLD:#} {DIM}of{DIM:#} {company}: {}",
                draw::clean(&answer.words)
            )?;
            for warning in &answer.warnings {
                writeln!(out, "{FAIR}note: {}{FAIR:#}", draw::clean(warning))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => failed(&error, error.hint().as_deref()),
    }
}

async fn add(options: &Add, settings: &Settings, now: Timestamp) -> io::Result<ExitCode> {
    let request = AddRequest {
        company: options.company.clone(),
        value: options.value.clone(),
        channel: options.channel,
        rung: options.rung,
        told_by: options.told_by.clone(),
        on: options.on,
        label: options.label.clone(),
        country: options.country,
        data: options.place.folder(settings),
    };
    edited(directory::add(&request, now).await, options.json)
}

async fn mark(options: &MarkIt, settings: &Settings, now: Timestamp) -> io::Result<ExitCode> {
    let request = MarkRequest {
        value: options.value.clone(),
        company: options.company.clone(),
        became: options.became,
        on: options.on,
        note: options.note.clone(),
        country: None,
        data: options.place.folder(settings),
    };
    edited(directory::mark(&request, now).await, options.json)
}

async fn import(options: &Import, settings: &Settings, now: Timestamp) -> io::Result<ExitCode> {
    let folder = options.place.folder(settings);
    match directory::import(&options.path, options.format, options.reviewed, folder.as_deref(), now).await {
        Ok(answer) => {
            if options.json {
                json(&answer)?;
            } else {
                let mut out = anstream::stdout().lock();
                let into = answer.into.display();
                writeln!(out, "{} companies, {} contacts into {into}", answer.companies, answer.contacts)?;
                if answer.changed > 0 {
                    writeln!(out, "  {} contacts new, gone or otherwise by the check", answer.changed)?;
                }
                for warning in &answer.warnings {
                    writeln!(anstream::stderr(), "note: {}", draw::clean(warning))?;
                }
                if answer.more_warnings > 0 {
                    writeln!(anstream::stderr(), "note: and {} more", answer.more_warnings)?;
                }
            }
            Ok(if answer.companies == 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
        }
        Err(error) => failed(&error, error.hint()),
    }
}

async fn export(options: &Export, settings: &Settings) -> io::Result<ExitCode> {
    let folder = options.place.folder(settings);
    let done = match &options.output {
        None => write(options, folder.as_deref(), &mut io::stdout()).await,
        Some(path) => match File::create(path) {
            Ok(file) => write(options, folder.as_deref(), &mut BufWriter::new(file)).await,
            Err(error) => {
                return failed(&format!("`{}` cannot be written: {error}", path.display()), None);
            }
        },
    };
    match done {
        Ok(companies) => {
            writeln!(anstream::stderr(), "{companies} companies")?;
            Ok(ExitCode::SUCCESS)
        }
        Err(ExchangeError::Write(error)) => Err(error),
        Err(error) => failed(&error, error.hint()),
    }
}

async fn write(
    options: &Export,
    folder: Option<&Path>,
    out: &mut (dyn Write + Send),
) -> Result<usize, ExchangeError> {
    directory::export(folder, options.format, options.starter, options.with_told, out).await
}
