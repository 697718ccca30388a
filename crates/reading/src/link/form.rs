//! Forms to the owner: a page that holds one to write in, and links that say they lead to one.
//!
//! A form counts where someone can write words in it and say who they are. Search, newsletter, login, comment and quote
//! forms do not; nor does a plain "Contact us" link, which may lead anywhere.

use std::sync::LazyLock;

use ladder::{Channel, Place, Reach};
use url::Url;

use crate::hit::Hit;
use crate::link::own::{self, Own};
use crate::lower::Lower;
use crate::needles::Needles;
use crate::outline::{Control, Form, Link, LinkKind, Outline};

/// What the words on and around a form speak for.
struct Vocabulary {
    /// A field for what one has to say.
    message: Needles,
    /// A field for who one is.
    person: Needles,
    /// A form to the owner.
    contact: Needles,
    /// A form for something else.
    other: Needles,
    /// Comments and reviews.
    comment: Needles,
    /// A link to a form.
    link: Needles,
    /// A word for a form.
    form: Needles,
    /// Matters that make a form no contact form.
    alien: Needles,
}

static WORDS: LazyLock<Vocabulary> = LazyLock::new(|| {
    let build = |table: &str| Needles::of(table.split('|').map(str::trim).filter(|w| !w.is_empty()));
    Vocabulary {
        message: build(
            "message|comment|question|enquiry|inquiry|query|details|description|feedback|complaint|issue|problem|concern|\
             remark|your request|tell us|how can we help|body|nachricht|mitteilung|anliegen|anfrage|bemerkung|frage|\
             beschwerde|mensaje|comentario|consulta|pregunta|reclam|messaggio|richiesta|commenti|testo|domanda|\
             votre demande|demande|réclamation|commentaire|bericht|opmerking|vraag|klacht|toelichting|omschrijving|text",
        ),
        person: build(
            "mail|name|phone|telefon|téléphone|telefoon|nom|prénom|nombre|apellido|correo|nome|cognome|naam|vorname|tel|\
             account|reference|customer|member",
        ),
        contact: build(
            "contact|kontakt|contatt|enquir|inquir|complain|complaint|beschwerde|reklamation|réclamation|reclamo|reclami|\
             reclamaci|queja|klacht|feedback|support|ticket|help|message us|send us|write to us|get in touch|wpcf7|webform|\
             request|formular|your-message|nous écrire|contacter|scrivici|escríbenos|schrijf ons|stel je vraag|\
             stel uw vraag|reach us|grievance|talk to us|tell us|ask us|email us|suggestion|nachricht an|schreiben sie uns",
        ),
        other: build(
            "search|suche|recherche|buscar|cerca|zoeken|newsletter|subscri|abonn|mailing list|mailinglist|sign up|signup|\
             register|registrier|inscription|inscri|registrati|login|log in|log-in|signin|sign-in|anmelden|connexion|\
             iniciar sesión|accedi|inloggen|password|checkout|cart|coupon|voucher|cookie|consent|store locator|\
             find a store|postcode finder|track|calculator|apply now|application form|job|career|bewerb|candidat|poll|vote|\
             quiz|survey|unsubscribe|donat|spenden",
        ),
        comment: build(
            "wp-comments-post|commentform|comment-form|comment_form|respond|leave a reply|leave a comment|post a comment|\
             add a comment|kommentar|commentaire sur|laisser un commentaire|deja un comentario|deja una respuesta|\
             lascia un commento|plaats een reactie|reactie|write a review|your review|rating|reviewform|bewertung abgeben|\
             laisser un avis|guestbook|gästebuch",
        ),
        link: build(
            "contact form|contact-form|complaint form|complaints form|complaint-form|feedback form|enquiry form|inquiry form|\
             online form|web form|webform|request form|customer service form|support form|e-form|eform|message form|\
             email form|e-mail form|grievance form|dispute form|appeal form|claim form for complaints|fill in the form|\
             fill in a form|fill in our form|fill out the form|fill out a form|fill out our form|fill out this form|\
             complete the form|complete our form|complete this form|use our form|use the form|submit a request|\
             submit a complaint|submit your complaint|submit complaint|file a complaint|lodge a complaint|raise a complaint|\
             log a complaint|register a complaint|make a complaint online|complain online|complaint online|\
             submit a ticket|raise a ticket|open a ticket|create a ticket|submit an enquiry|submit a query|\
             submit feedback|send us a message|send a message|leave us a message|leave feedback online|submit a question|\
             kontaktformular|beschwerdeformular|online-formular|onlineformular|reklamationsformular|anfrageformular|\
             feedbackformular|feedback-formular|kontakt-formular|ticket erstellen|anfrage einreichen|beschwerde einreichen|\
             formulaire de contact|formulaire de réclamation|formulaire de plainte|formulaire en ligne|formulaire réclamation|\
             formulaire contact|notre formulaire|le formulaire|via ce formulaire|envoyer un message|déposer une réclamation|\
             formulario de contacto|formulario de reclamac|formulario de quejas|formulario online|formulario en línea|\
             hoja de reclamaciones|nuestro formulario|el formulario|formulario web|enviar una solicitud|\
             modulo di contatto|modulo reclam|modulo di reclamo|modulo online|modulo contatti|form di contatto|\
             form contatti|compila il form|compila il modulo|modulo di segnalazione|invia una richiesta|\
             contactformulier|klachtenformulier|klachtformulier|online formulier|webformulier|reactieformulier|\
             formulier invullen|vul het formulier|ons formulier|klacht indienen|dien een klacht in|een verzoek indienen|\
             vragenformulier|meldformulier",
        ),
        form: build("form|formular|formulaire|formulario|modulo|formulier"),
        alien: build(
            "donation|donate|application form|job|order form|claim form|claims form|registration form|register form|\
             booking|reservation|quote|nomination|referral|transfer form|mandate|direct debit|withdrawal form|\
             cancellation form|return form|returns form|return label|opt-out|opt out|unsubscribe|newsletter|membership form|\
             enrolment|enrollment|admission|consent form|authorisation form|authorization form|tax form|change of address|\
             account opening|proxy|survey|volunteer|sponsor|widerrufsformular|muster-widerruf|retourenformular|\
             bestellformular|anmeldeformular|antragsformular|bewerbung|rétractation|rétraction|bon de commande|inscription|\
             candidature|don en ligne|desistimiento|inscripción|pedido|recesso|iscrizione|ordine|herroeping|\
             retourformulier|aanmeldformulier|inschrijf|bestelformulier|press|media enquir|advertis|wholesale|\
             franchise|supplier|schadeformulier|schadensformular|sinistre|claim online",
        ),
    }
});

/// Hosts that forms of other makers are embedded from.
const EMBEDDED: &[&str] = &[
    "docs.google.com/forms",
    "forms.gle",
    "forms.office.com",
    "typeform.com",
    "jotform",
    "wufoo.com",
    "formstack.com",
    "cognitoforms.com",
    "surveymonkey.com",
    "123formbuilder",
    "formsite.com",
    "hsforms.",
    "forms.zoho",
    "tally.so",
    "paperform.co",
    "formassembly.com",
    "tfaforms",
    "smartsheet.com/b/form",
    "airtable.com/embed",
    "form.jotform",
    "app.smartsheet",
    "webforms",
    "zendesk.com/embeddable",
    "forms.hubspot",
];

/// Finds the forms of a page and the links to forms.
///
/// Links of `taken` are left out: they were read as sites of outside bodies.
pub(super) fn find(outline: &Outline, own: &Own, taken: &[usize]) -> Vec<Hit> {
    let mut hits: Vec<Hit> = of_page(outline, own).into_iter().collect();
    for (index, link) in own::followed(outline).take(20_000) {
        if hits.len() >= 60 || taken.contains(&index) || !leads_to_form(outline, link) {
            continue;
        }
        let Some(url) = own.resolve(&link.href) else { continue };
        if !is_page(&url) || leads_here(&url, own) {
            continue;
        }
        let Some(reach) = own::value(&url).and_then(|value| Reach::link(Channel::Form, value).ok()) else {
            continue;
        };
        let mut hit = Hit::on_link(outline, reach, index);
        hit.label = Some(own::first(own::words(outline, link), 120).to_owned());
        hits.push(hit);
    }
    hits
}

/// Returns whether an address is that of the page itself, or of a part of it.
fn leads_here(url: &Url, own: &Own) -> bool {
    own.page().is_some_and(|page| {
        page.host_str() == url.host_str() && page.path() == url.path() && page.query() == url.query()
    })
}

/// Returns whether an address may be that of a page or document and not of a picture.
fn is_page(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    ![".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".mp4", ".ics", ".vcf"]
        .iter()
        .any(|end| path.ends_with(end))
}

/// Returns the page's own form, where it has one and its address is known.
fn of_page(outline: &Outline, own: &Own) -> Option<Hit> {
    let page = own.page()?;
    let best = outline
        .forms
        .iter()
        .take(60)
        .filter_map(|form| Some((rate(outline, form, page)?, form)))
        .max_by(|(a, _), (b, _)| a.cmp(b).then(std::cmp::Ordering::Greater));
    let reach = || Reach::link(Channel::Form, own::value(page)?).ok();
    if let Some((_, form)) = best {
        let reach = reach()?;
        let block = form.heading.or_else(|| (!form.blocks.is_empty()).then_some(form.blocks.start));
        let mut hit = match block.filter(|&id| id < outline.blocks.len()) {
            Some(id) => Hit::in_text(outline, reach, id, outline.blocks[id].range.clone()),
            None => Hit::in_data(reach),
        };
        hit.place = form.place;
        hit.label = form.heading.map(|id| own::first(outline.block_text(id), 120).to_owned());
        return Some(hit);
    }
    // A form of another maker, drawn in a frame, on a page that says that it is for contact.
    let about = |text: &str| WORDS.contact.is_match(text);
    let frame = outline.links.iter().position(|link| {
        link.kind == LinkKind::Frame && EMBEDDED.iter().any(|host| link.href.contains(host))
    })?;
    let link = &outline.links[frame];
    let heading = link.block.and_then(|id| outline.headings(id).next());
    let spoken = link.title.as_deref().is_some_and(about)
        || about(&outline.title)
        || about(page.path())
        || heading.is_some_and(|id| about(outline.block_text(id)));
    if !spoken {
        return None;
    }
    Some(Hit::on_link(outline, reach()?, frame))
}

/// Rates a form as one to the owner: more where more speaks for it; nothing where it is none.
fn rate(outline: &Outline, form: &Form, page: &Url) -> Option<u8> {
    let controls: Vec<&Control> = form.controls.iter().filter(|c| !is_captcha(c)).collect();
    if controls.iter().any(|c| c.kind == "password") {
        return None;
    }
    let words = &*WORDS;
    let says = |c: &Control, words: &Needles| words.is_match(&c.name) || words.is_match(&c.label);
    let areas: Vec<&&Control> = controls.iter().filter(|c| c.element == "textarea").collect();
    let area = areas.iter().any(|c| says(c, &words.message) || !is_terms(c));
    let line = controls.iter().any(|c| {
        c.element == "input" && matches!(c.kind.as_str(), "text" | "") && words.message.is_match(&c.label)
    });
    let person = controls.iter().any(|c| {
        matches!(c.kind.as_str(), "email" | "tel")
            || c.element == "input"
                && matches!(c.kind.as_str(), "text" | "number" | "")
                && says(c, &words.person)
    });
    let fields = controls
        .iter()
        .filter(|c| !matches!(c.kind.as_str(), "submit" | "button" | "image" | "reset"))
        .count();
    let heading = form.heading.map(|id| outline.block_text(id)).unwrap_or_default();
    let button = controls
        .iter()
        .filter(|c| matches!(c.kind.as_str(), "submit" | "button" | "image") || c.element == "button")
        .map(|c| c.label.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let action = form.action.as_deref().unwrap_or_default();
    let named = format!("{} {heading} {button}", form.names);
    let topic = WORDS.contact.is_match(&named) || WORDS.contact.is_match(action);
    let place = WORDS.contact.is_match(page.path())
        || WORDS.contact.is_match(&outline.title)
        || page.path().contains("requests/new");
    let comment = words.comment.is_match(&named)
        || words.comment.is_match(action)
        || areas.iter().any(|c| words.comment.is_match(&c.name) || words.comment.is_match(&c.label));
    if comment && !(topic && !words.comment.is_match(&form.names) && !words.comment.is_match(heading)) {
        return None;
    }
    let other =
        words.other.is_match(&form.names) || words.other.is_match(action) || words.other.is_match(heading);
    let quote =
        QUOTES.iter().any(|q| heading.to_lowercase().contains(q) || button.to_lowercase().contains(q));
    if area && person {
        // Words, and who says them.
        if other && !topic && !place || quote && !words.contact.is_match(&form.names) {
            return None;
        }
        return Some(2 + u8::from(topic) * 2 + u8::from(place) + u8::from(form.place == Place::Main));
    }
    let written = area && fields >= 2 && topic && !other;
    let asked = line && person && fields >= 3 && topic && !other;
    // Step by step: topics to choose from and a mail address, on a page for complaints or contact.
    let chosen = controls.iter().any(|c| c.element == "select")
        && person
        && fields >= 3
        && topic
        && place
        && !other
        && !quote;
    (written || asked || chosen).then_some(1 + u8::from(place))
}

/// Words of forms that only ask for a price.
const QUOTES: &[&str] = &[
    "free quote",
    "get a quote",
    "request a quote",
    "instant quote",
    "free estimate",
    "estimate",
    "devis",
    "preventivo",
    "presupuesto",
    "offerte",
    "angebot anfordern",
    "kostenvoranschlag",
    "book now",
    "book a",
    "reserve",
    "rückruf",
];

/// Returns whether a control only keeps robots out.
fn is_captcha(control: &Control) -> bool {
    let name = control.name.to_ascii_lowercase();
    name.contains("captcha") || name.contains("honeypot") || name.contains("h-card")
}

/// Returns whether a text area only shows terms.
fn is_terms(control: &Control) -> bool {
    let text = format!("{} {}", control.name, control.label).to_ascii_lowercase();
    ["privacy", "terms", "condi", "datenschutz", "agb"].iter().any(|w| text.contains(w))
}

/// Returns whether a link says that it leads to a form for contact or complaint.
fn leads_to_form(outline: &Outline, link: &Link) -> bool {
    let words = own::words(outline, link);
    let href = link.href.trim();
    if words.is_empty()
        || words.len() > 160
        || ["mailto:", "tel:", "#", "javascript:"].iter().any(|s| href.starts_with(s))
    {
        return false;
    }
    let vocabulary = &*WORDS;
    if words.contains("://") || words.starts_with("www.") {
        return led_to(outline, link);
    }
    if let Some(found) = vocabulary.link.find(words) {
        // `Complete this form` says nothing of its matter; `complaint form` does.
        let vague =
            words[found.range()].to_lowercase().contains("form") && !vocabulary.contact.is_match(words);
        let (before, after) = own::around(outline, link, 70);
        let near = vague && (vocabulary.alien.is_match(before) || vocabulary.alien.is_match(after));
        return !near && !vocabulary.alien.is_match(words);
    }
    // `form` alone: the words around it say for what.
    let short = words.split_whitespace().count() <= 6;
    let form = short && vocabulary.form.find_iter(words).any(|m| is_word(words, m.range()));
    if form && !vocabulary.alien.is_match(words) {
        let (before, after) = own::around(outline, link, 90);
        let near = format!("{before} {after}");
        let heading = link.block.and_then(|id| outline.headings(id).next());
        let heading = heading.map(|id| outline.block_text(id)).unwrap_or_default();
        let spoken = [near.as_str(), heading, words, &outline.title].iter().any(|text| {
            vocabulary.contact.is_match(text) || vocabulary.message.find(text).is_some_and(|m| m.len() > 4)
        });
        return spoken && !vocabulary.alien.is_match(&near);
    }
    let vague = words.trim_end_matches(['.', '!', '>', '»', ' ']);
    if vague.len() <= LONGEST_VAGUE && VAGUE.contains(&Lower::of(vague).as_str()) {
        let (before, _) = own::around(outline, link, 110);
        let clause = before.rsplit(['.', '\n', ';', '?']).next().unwrap_or_default();
        return vocabulary.link.is_match(clause) && !vocabulary.alien.is_match(clause);
    }
    // Nothing but the address says so, and the words are not those of a menu.
    let path = href.split(['?', '#']).next().unwrap_or_default();
    !matches!(link.place, Place::Nav | Place::Header)
        && OF_FORMS.is_match(path)
        && vocabulary.contact.find(words).is_none_or(|m| m.len() < words.len())
        && !vocabulary.alien.is_match(words)
        && !vocabulary.alien.is_match(path)
}

/// The longest of [`VAGUE`], in bytes.
const LONGEST_VAGUE: usize = 24;

static OF_FORMS: LazyLock<Needles> = LazyLock::new(|| Needles::of(FORM_PATHS));

/// Parts of a path that only forms have.
const FORM_PATHS: &[&str] = &[
    "/formulaire/",
    "/formulaire-",
    "kontaktformular",
    "beschwerdeformular",
    "contact-form",
    "contactform",
    "contact_form",
    "complaint-form",
    "complaints-form",
    "complaintform",
    "complaint_form",
    "enquiry-form",
    "feedback-form",
    "feedback_form",
    "formulario-",
    "contactformulier",
    "klachtenformulier",
    "modulo-reclam",
    "modulo-contatt",
    "requests/new",
];

/// Returns whether the words before a printed address lead in to a form or to complaining there.
fn led_to(outline: &Outline, link: &Link) -> bool {
    let (before, _) = own::around(outline, link, 90);
    let mut before = before.trim_end();
    if before.is_empty()
        && let Some(above) = link.block.and_then(|id| id.checked_sub(1))
    {
        before = own::last(outline.block_text(above), 90).trim_end();
    }
    let opens = before.ends_with([':', '-', '–', '>']) || before.ends_with(" at") || before.ends_with("via");
    let clause = before.trim_end_matches([':', '-', '–', '>', ' ']);
    let clause = clause.rsplit(['.', '\n', ';']).next().unwrap_or_default();
    let lower = clause.to_lowercase();
    let complain =
        ["complain", "reclam", "réclam", "beschwer", "klacht", "grievance"].iter().any(|w| lower.contains(w));
    let online = ["online", "website", "web site", "form", "via", "en ligne", "en línea", "web"]
        .iter()
        .any(|w| lower.contains(w));
    opens && !WORDS.alien.is_match(clause) && (WORDS.link.is_match(clause) || complain && online)
}

/// Link texts that say nothing themselves.
const VAGUE: &[&str] = &[
    "here",
    "click here",
    "this link",
    "this page",
    "hier",
    "hier klicken",
    "ici",
    "cliquez ici",
    "aquí",
    "pulse aquí",
    "qui",
    "clicca qui",
    "klik hier",
    "link",
    "our website",
    "website",
];

/// Returns whether a match is a word, a plural's `s` apart, or ends a compound (`Schadenformular`).
fn is_word(text: &str, range: std::ops::Range<usize>) -> bool {
    let rest = text[range.end..].strip_prefix('s').unwrap_or(&text[range.end..]);
    let before = text[..range.start].chars().next_back();
    let compound = range.len() > "formula".len();
    !rest.starts_with(char::is_alphabetic)
        && (compound || !before.is_some_and(|c| c.is_alphabetic() || c == '-'))
}
