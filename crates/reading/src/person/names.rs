//! What a person's name and a title look like.
//!
//! Both are judged by their words alone: a name has no word that only firms, places and labels have; a title ends in a post
//! and is not followed by a thing that bears the word.

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use crate::lower::Lower;

/// Forms of address.
static HONORIFICS: Table = LazyLock::new(|| {
    table(
        "mr mrs ms miss mx dr prof sir dame shri smt sri herr frau hr fr monsieur madame m mme mlle maître me \
    sr sra señor señora d dña don doña sig sig.ra dott dott.ssa avv ing dhr mevr mw drs mag dipl.-ing \
    rev hon",
    )
});

/// Words that stand in titles and names of teams, never in a person's name.
static NO_NAMES: Table = LazyLock::new(|| {
    table(
        "contact customer customers service services support care centre center department team unit office \
    head manager director officer executive chief president call phone telephone mobile fax email mail \
    address post postal write visit chat online web website hours open monday tuesday wednesday thursday \
    friday saturday sunday january february march april may june july august september october november \
    december general sales press media billing complaints complaint enquiries inquiries information help \
    desk line hotline helpline technical bank insurance company ltd limited plc inc gmbh ag group \
    society council house street road avenue lane park business school college university hospital the \
    our your and of for to or us we new all more united kingdom states north south east west city town \
    london dublin data protection privacy legal human resources public relations works administration \
    administrative community development recreation facilities finance marketing kontakt kundenservice \
    telefon telefax anschrift adresse impressum handelsregister amtsgericht geschäftsführer vertreten \
    steuernummer umsatzsteuer sitz tel tél fon mail web servicio atención cliente clients réclamations \
    siège courrier teléfono téléphone klantenservice afdeling telefoon ufficio reclami assistenza \
    clienti numero home login register terms conditions policy level stage step freephone toll free \
    number note please registered authority ombudsman commission agency board trust hotel",
    )
});

/// Words that end a title: the post itself.
static POSTS: Table = LazyLock::new(|| {
    table(
        "manager director officer executive president vice-president chair chairman chairwoman chairperson \
    ceo coo cfo cto cmo cco lead leader head supervisor principal secretary registrar partner founder \
    owner proprietor commissioner advocate ombudsman ombudsperson trustee solicitor administrator \
    coordinator superintendent controller treasurer headteacher headmaster dean provost dpo mlro advisor \
    adviser geschäftsführer geschäftsführerin geschäftsleiter vorstand vorstandsvorsitzender \
    vorstandsvorsitzende leiter leiterin abteilungsleiter abteilungsleiterin teamleiter teamleiterin \
    inhaber inhaberin direktor direktorin datenschutzbeauftragter datenschutzbeauftragte \
    datenschutzbeauftragten beschwerdebeauftragte beschwerdebeauftragter prokurist prokuristin \
    ombudsmann ombudsfrau ansprechpartner ansprechpartnerin verantwortlicher directeur directrice \
    président présidente gérant gérante responsable médiateur médiatrice délégué déléguée chef \
    secrétaire avocat avocate dpd presidente presidenta gerente jefe jefa consejero consejera defensor \
    defensora delegado delegada administrador administradora directora titular direttore direttrice \
    amministratore amministratrice responsabile titolare dirigente bestuurder voorzitter hoofd \
    klachtenfunctionaris klachtencoördinator functionaris eigenaar directie teammanager",
    )
});

/// Words after a title's word that make it something else: a course, a room, a sale.
static THINGS: Table = LazyLock::new(|| {
    table(
        "program programme programs programmes education suite suites summary search lounge class health \
    committee pay package order orders cut login portal tool software area zone club car cars homes \
    training mba coaching travel room rooms chef office team board agreement guide brief line start page \
    story quarter counsel jet desk floor count generation time over to shop",
    )
});

/// A table of words.
type Table = LazyLock<HashSet<&'static str, FixedState>>;

/// Makes a table of words parted by spaces.
fn table(words: &'static str) -> HashSet<&'static str, FixedState> {
    words.split_ascii_whitespace().collect()
}

/// Returns whether a word is one of a table's.
fn listed(table: &Table, word: &str) -> bool {
    table.contains(word)
}

/// Returns the form of address that opens a name.
pub(super) fn honorific(text: &str) -> Option<&str> {
    let (first, rest) = text.trim().split_once(' ')?;
    let key = first.trim_end_matches('.').to_lowercase();
    let dotted = first.ends_with('.')
        || key.len() > 2
        || matches!(key.as_str(), "mr" | "ms" | "dr" | "hr" | "mw" | "sr");
    (listed(&HONORIFICS, &key) && dotted && rest.starts_with(char::is_uppercase)).then_some(first)
}

/// Returns a name without its form of address.
pub(super) fn without_address(text: &str) -> &str {
    let text = text.trim();
    let text = text.split(" (").next().unwrap_or(text);
    honorific(text).map_or(text, |first| text[first.len()..].trim_start())
}

/// Returns whether a text has the shape of a person's name and no word that no name has.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let text = without_address(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=5).contains(&words.len()) || text.len() > 60 {
        return false;
    }
    let mut capitals = 0;
    for word in &words {
        let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if listed(&NO_NAMES, &lower) || listed(&POSTS, &lower) {
            return false;
        }
        let particle = matches!(
            lower.as_str(),
            "van"
                | "von"
                | "de"
                | "der"
                | "den"
                | "du"
                | "di"
                | "da"
                | "del"
                | "la"
                | "le"
                | "zu"
                | "ter"
                | "bin"
                | "al"
                | "y"
        );
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
        let upper = word.starts_with(char::is_uppercase);
        if !letters || !(upper || particle) {
            return false;
        }
        let shouted =
            word.chars().filter(|c| c.is_alphabetic()).count() > 3 && !word.chars().any(char::is_lowercase);
        capitals += usize::from(upper && !shouted) + usize::from(upper && shouted);
    }
    capitals >= 2
}

/// Returns whether a mailbox bears part of a name.
pub(super) fn vouches(mailbox: &str, name: &str) -> bool {
    if mailbox.len() < 3 {
        return false;
    }
    let mailbox = mailbox.to_lowercase();
    without_address(name).split_whitespace().any(|word| {
        let word: String = word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        word.chars().count() >= 3 && mailbox.contains(&fold(&word))
    })
}

/// Returns a word as mailboxes spell it.
fn fold(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            'á' | 'à' | 'â' | 'ã' | 'å' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'õ' => 'o',
            'ú' | 'ù' | 'û' => 'u',
            'ç' => 'c',
            'ñ' => 'n',
            other => other,
        })
        .collect()
}

/// Returns a name within running text, told by its form of address: `you may write to Mrs Jane Doe`.
pub(super) fn named_within(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    for (i, word) in words.iter().enumerate() {
        let key = word.trim_end_matches('.').to_lowercase();
        let sure = matches!(
            key.as_str(),
            "mr" | "mrs"
                | "ms"
                | "dr"
                | "shri"
                | "smt"
                | "herr"
                | "frau"
                | "herrn"
                | "monsieur"
                | "madame"
                | "mme"
                | "dhr"
                | "mevr"
        );
        if !sure || !word.starts_with(char::is_uppercase) {
            continue;
        }
        let name: Vec<&str> = words[i + 1..]
            .iter()
            .take(3)
            .take_while(|w| w.starts_with(char::is_uppercase))
            .copied()
            .collect();
        let name = name.join(" ");
        let single =
            name.split_whitespace().count() == 1 && name.chars().all(char::is_alphabetic) && name.len() > 2;
        if is_name(&name) || single {
            return Some(name);
        }
    }
    None
}

/// Returns the title that a short text is, or ends in or opens with.
#[must_use]
pub fn title_of(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['.', ':', '-', '–', '*']);
    let text = text
        .strip_prefix("the ")
        .or_else(|| text.strip_prefix("The "))
        .or_else(|| text.strip_prefix("our "))
        .unwrap_or(text);
    // `4.1 Escalation Level 1`, `2. Grievance Officer`
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() || words.len() > 9 || text.len() > 80 {
        return None;
    }
    let keys: Vec<Lower> = words
        .iter()
        .map(|word| Lower::of(word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-')))
        .collect();
    let at = keys.iter().position(|key| listed(&POSTS, key))?;
    let next = keys.get(at + 1).map_or("", Lower::as_str);
    if listed(&THINGS, next) && !listed(&POSTS, next) {
        return None;
    }
    // A sentence that speaks of a manager is no title.
    let verb = keys.iter().any(|key| {
        matches!(
            key.as_str(),
            "is" | "are"
                | "will"
                | "can"
                | "may"
                | "you"
                | "we"
                | "please"
                | "contact"
                | "ask"
                | "speak"
                | "write"
                | "call"
                | "has"
                | "have"
                | "if"
                | "or"
                | "your"
                | "not"
                | "been"
                | "should"
                | "who"
                | "when"
                | "einen"
                | "sich"
                | "vous"
                | "votre"
                | "su"
                | "usted"
                | "uw"
        )
    });
    let named = words.iter().all(|w| {
        w.starts_with(char::is_uppercase)
            || listed(&SMALL, &w.to_lowercase())
            || listed(&POSTS, &w.to_lowercase())
    });
    // One of these words alone is too common to be a title.
    let lone = words.len() == 1
        && matches!(
            keys[0].as_str(),
            "head"
                | "lead"
                | "chef"
                | "partner"
                | "owner"
                | "principal"
                | "chair"
                | "titular"
                | "executive"
                | "advocate"
                | "leader"
        );
    (!verb && named && !lone).then(|| text.to_owned())
}

/// Small words that stand in titles.
static SMALL: Table = LazyLock::new(|| {
    table(
        "of the and & for to in at de du des la le les et à d' des der die das für und im del di della al van \
    het en voor y e von",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_things_that_bear_the_word() {
        for (text, expected) in [
            ("Head of Customer Relations", Some("Head of Customer Relations")),
            ("Managing Director", Some("Managing Director")),
            ("2. Grievance Officer", Some("Grievance Officer")),
            ("Executive Director & CEO", Some("Executive Director & CEO")),
            ("Geschäftsführerin", Some("Geschäftsführerin")),
            ("Directrice de la relation client", None),
            ("Directrice de la Relation Client", Some("Directrice de la Relation Client")),
            ("Responsabile Reclami", Some("Responsabile Reclami")),
            ("Hoofd Klantenservice", Some("Hoofd Klantenservice")),
            ("Executive Health Program", None),
            ("Executive Education", None),
            ("ask to speak to a manager", None),
            ("Your account manager can help you", None),
            ("Director's Cut", None),
            ("High Street", None),
        ] {
            assert_eq!(title_of(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn names_have_the_shape_of_names() {
        for yes in ["Jane Doe", "Mr. John Q. Sample", "Anna van der Berg", "Dr Mary-Ann O’Hara", "R. Doe"] {
            assert!(is_name(yes), "{yes}");
        }
        for no in
            ["Customer Care", "Jane", "High Street", "Contact Us", "General Enquiries", "Tel 020", "acme ltd"]
        {
            assert!(!is_name(no), "{no}");
        }
    }
}
