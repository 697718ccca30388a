//! German, as written in Germany, Austria and Switzerland.

use ladder::{BodyKind, Unit};

use super::Language;
use crate::policy::cue::{Cue, Role};
use crate::policy::table::Column;

pub(super) static DE: Language = Language {
    code: "de",
    name: "German",
    numbers: &[
        ("ein", 1), ("zwei", 2), ("drei", 3), ("vier", 4), ("fünf", 5), ("sechs", 6), ("sieben", 7), ("acht", 8), ("neun", 9), ("zehn", 10),
        ("elf", 11), ("zwölf", 12), ("vierzehn", 14), ("fünfzehn", 15), ("zwanzig", 20), ("dreißig", 30), ("vierzig", 40), ("sechzig", 60),
        ("neunzig", 90),
    ],
    ordinals: &[
        ("erste", 1), ("ersten", 1), ("erster", 1), ("zweite", 2), ("zweiten", 2), ("zweiter", 2), ("dritte", 3), ("dritten", 3), ("dritter", 3),
        ("vierte", 4), ("vierten", 4), ("fünften", 5),
    ],
    one: &["einer", "eines", "einem", "einen", "eine"],
    next: &["nächsten", "nächste", "folgenden", "nächster"],
    within: &["innerhalb", "binnen", "in", "nach", "innert", "spätestens", "von", "bis", "zu", "längstens", "maximal"],
    units: &[
        ("minute", Unit::Minutes), ("minuten", Unit::Minutes), ("stunde", Unit::Hours), ("stunden", Unit::Hours), ("tag", Unit::Days), ("tage", Unit::Days),
        ("tagen", Unit::Days), ("tages", Unit::Days), ("kalendertage", Unit::Days), ("kalendertagen", Unit::Days), ("werktag", Unit::WorkingDays),
        ("werktage", Unit::WorkingDays), ("werktagen", Unit::WorkingDays), ("werktages", Unit::WorkingDays), ("arbeitstag", Unit::WorkingDays),
        ("arbeitstage", Unit::WorkingDays), ("arbeitstagen", Unit::WorkingDays), ("arbeitstages", Unit::WorkingDays), ("geschäftstage", Unit::WorkingDays),
        ("geschäftstagen", Unit::WorkingDays), ("bankarbeitstage", Unit::WorkingDays), ("bankarbeitstagen", Unit::WorkingDays), ("woche", Unit::Weeks),
        ("wochen", Unit::Weeks), ("monat", Unit::Months), ("monate", Unit::Months), ("monaten", Unit::Months), ("monats", Unit::Months), ("jahr", Unit::Years),
        ("jahre", Unit::Years), ("jahren", Unit::Years), ("jahres", Unit::Years),
    ],
    working: &["werktägliche", "werktäglichen"],
    filler: &["volle", "vollen", "weitere", "weiteren", "weiterer", "ganze", "ganzen", "kalendarische"],
    to: &["bis", "oder", "und"],
    stage: &["stufe", "ebene", "instanz", "level", "eskalationsstufe", "phase"],
    step: &["schritt", "teil"],
    clause: &["artikel", "art", "ziffer", "abschnitt", "paragraph"],
    columns: &[
        (Column::Level, &["stufe", "ebene", "level", "eskalationsstufe", "nr", "priorität"]),
        (Column::Role, &["rolle", "funktion", "zuständig", "stelle", "abteilung", "position", "ansprechpartner", "verantwortlich"]),
        (Column::Name, &["name", "person", "kontakt"]),
        (Column::Phone, &["telefon", "tel", "rufnummer", "mobil", "handy", "telefonnummer"]),
        (Column::Email, &["e-mail", "email", "mail"]),
        (Column::Reply, &["reaktionszeit", "antwort", "antwortzeit", "frist", "bearbeitungszeit", "entscheidung", "reaktion", "rückmeldung", "lösungszeit"]),
        (Column::Ack, &["bestätigung", "eingangsbestätigung"]),
        (Column::Wait, &["eskalation nach", "wann", "nach", "ab"]),
        (Column::Window, &["antrag", "antragsfrist", "ihre frist"]),
        (Column::Address, &["anschrift", "adresse"]),
        (Column::Hours, &["erreichbarkeit", "öffnungszeiten", "zeiten", "servicezeit", "servicezeiten"]),
        (Column::Other, &["bemerkung", "region", "gebiet", "land", "schweregrad"]),
    ],
    cues: CUES,
    small: &["für", "der", "des", "die", "und", "von", "zur", "&", "e", "v", "im", "in", "a", "g"],
    common: &[
        "der", "die", "das", "und", "sie", "wir", "ist", "nicht", "mit", "von", "zu", "den", "für", "auf", "ein", "eine", "ihre", "ihr", "uns", "bei", "wenn",
        "oder", "an", "dem", "werden", "unser", "unsere", "nach",
    ],
};

const CUES: &[(Cue, &[&str])] = &[
    (Cue::FormalWord, &["formelle|förmliche|offizielle beschwerde"]),
    (Cue::Matter, &["*beschwerde*", "beanstandung*", "reklamation*", "kritik", "unzufrieden*", "anliegen", "beschweren", "streitigkeit*", "einspruch", "widerspruch"]),
    (
        Cue::Unsettled,
        &[
            "nicht .. einverstanden|zufrieden|überzeugt|zufriedenstellend|geholfen|weitergeholfen|geklärt|gelöst|einig|einigen|abgeholfen|zufriedenstellt", "nicht zufriedenstellt|überzeugt|einig", "weiterhin|immer noch unzufrieden|nicht", "unzufrieden mit .. antwort|entscheidung|lösung|ergebnis|auskunft|reaktion|stellungnahme|bescheid",
            "bleibt .. antwort|hinter|erfolglos|unbeantwortet", "überzeugt .. nicht|wenig", "keine .. einigung|lösung|antwort|abhilfe|zufriedenstellende", "wenn|falls|sollte .. nicht|keine", "kann|können|konnte|konnten .. nicht .. gelöst|geklärt|beigelegt|lösen|klären|helfen", "gar nicht einig", "nicht .. weiter|erledigt|beigelegt|beilegen|abhelfen|abgeschlossen",
            "möchten|wollen|wünschen sie .. überprüfung|weiter", "sie können verlangen", "noch immer", "nicht so", "unzureichend", "ungelöst", "genügt|reicht .. nicht",
        ],
    ),
    (Cue::Then, &["^ und dann|danach|jetzt", "^ wohin", "^ was|wie .. wenn .. nicht", "^ wie geht", "nächste|nächster schritt|stufe|instanz", "^ danach"]),
    (Cue::Review, &["überprüfung", "überprüf*", "erneut|neu prüf*|geprüft", "widerspruch", "zweitprüfung", "nochmals|erneut .. prüf*", "neu prüfen"]),
    (Cue::Moved, &["weitergeleitet", "weiterleiten", "leiten|leitet .. weiter", "übernimmt|übernehmen", "eskal*", "geht .. an", "vorgelegt", "legen|legt .. vor", "abgegeben", "wenden an", "zuständig"]),
    (Cue::Formal, &["formelle|förmliche|schriftliche|offizielle .. beschwerde", "beschwerde .. einreichen|einlegen|erheben", "beschwerdeformular", "schriftlich", "formular", "beschwerdemanagement", "beschwerdestelle", "beschwerde"]),
    (Cue::Informal, &["zunächst", "zuerst", "als erstes", "erste|erster anlaufstelle|kontakt|ansprechpartner", "gespräch", "direkt|persönlich .. ansprechen|sprechen", "am besten", "erstkontakt"]),
    (
        Cue::Invite,
        &[
            "wenden|wendet|richten|richtet", "kontaktieren", "schreiben|schreibt", "schicken|senden", "rufen|anrufen", "sprechen", "mailen", "erreichen|erreichbar", "melden", "füllen", "nutzen|verwenden .. formular|kontaktformular", "einreichen|einlegen", "teilen .. mit", "wählen .. nummer|servicenummer", "telefonisch|schriftlich", "antworten sie|bitte", "verlangen", "beantragen",
            "anschreiben", "ansprechen", "zuständig",
        ],
    ),
    (Cue::Handling, &["eingang*", "bestätigung", "prüfung", "bearbeitung", "untersuchung", "lösung", "antwort", "entscheidung", "abschluss", "rückmeldung", "erfassung", "analyse", "ergebnis", "stellungnahme"]),
    (Cue::Ack, &["bestätig*", "eingangsbestätigung", "empfangsbestätigung", "vorgangsnummer", "aktenzeichen", "bearbeitungsnummer", "ticketnummer", "*bestätigung"]),
    (
        Cue::Reply,
        &[
            "antwort*", "*antwort", "beantwort*", "entscheid*", "rückmeldung", "ergebnis", "bescheid*", "lösung*", "lösen", "stellungnahme", "stellung", "erledig*", "klären|klärung|geklärt", "abschließend*", "abgeschlossen", "bearbeit*", "prüf*", "reagiert|reagieren", "bekommen|erhalten|erhältst|erhaltet .. schreiben|antwort|nachricht|rückmeldung|bescheid", "urteil", "bearbeitungszeit|bearbeitungsdauer",
        ],
    ),
    (Cue::Touch, &["meldet|melden .. sich|uns|bei", "hören|hörst .. von", "rufen|ruft .. zurück|an", "kontaktiert|kontaktieren .. sie|dich", "rückruf", "hören sie", "in verbindung"]),
    (Cue::Acts, &["wenden|wende .. sich|sie", "antrag*", "beantragen|beantragt", "einreichen|eingereicht", "antworten sie|bitte", "widerspruch", "verlangen", "einlegen", "können sie", "sie .. können|müssen|haben|möchten", "anrufen", "stellen", "zu stellen", "schreiben sie", "bitten", "melden sie"]),
    (Cue::SinceAnswer, &["nach|ab|seit unserer|der|dem|erhalt|unserem|zugang|eingang|dieser .. antwort|entscheidung|ablehnung|stellungnahme|bescheid|schreiben|mitteilung|ergebnis|rückmeldung|schreibens|antwort", "nach .. ablehnung|antwort|entscheidung|bescheid", "unserer|letzten .. antwort|entscheidung|ablehnung", "abschließende*", "auf die|unsere .. antwort|mail|entscheidung"]),
    (Cue::SinceEvent, &["nach|ab|seit|vor .. ereignis|vorfall|erhalt|lieferung|kauf|reise|schaden|abschluss|vertragsschluss|rückkehr|flug|rechnung|zugang .. rechnung|kenntnis", "nach erhalt", "ab kenntnis", "nach dem vorfall"]),
    (Cue::SinceComplaint, &["nach|ab|seit .. beschwerde|einreichung|eingang|anfrage", "nach ihrer .. beschwerde", "seit .. beschwerde", "nachdem sie"]),
    (
        Cue::Passed,
        &[
            "vergangen", "verstrichen", "abgelaufen", "gewartet", "nicht|keine innerhalb|binnen|in|innert|nach|seit|von", "nicht|keine innerhalb von|der", "lang nicht|keine", "nicht .. innerhalb|binnen|innert", "keine .. innerhalb|binnen|innert|in|nach|seit", "nicht reagiert|beantwortet|geantwortet", "länger als", "ohne antwort|reaktion|ergebnis|lösung", "überschritten|überschreitet", "warten|abwarten", "nicht .. nach",
        ],
    ),
    (Cue::AtMost, &["spätestens", "längstens", "höchstens", "maximal", "nicht länger als"]),
    (Cue::After, &["nach", "seit"]),
    (Cue::Kept, &["aufbewahr*", "gespeichert|speichern", "gelöscht|löschen", "vernichtet", "archiviert", "register", "dokumentiert"]),
    (Cue::Paid, &["erstatt*", "*erstattung", "überweis*", "zahl*", "gutgeschrieben|gutschrift", "auszahl*", "entschädigung", "leisten", "gebühr*", "kosten*", "zinsen", "rechnung*", "lieferung", "geliefert", "versand"]),
    (Cue::Cancelled, &["widerruf*", "kündig*", "rücktritt", "umtausch", "zurückgeben|rückgabe", "verjähr*", "gewährleistung", "garantie", "stornier*", "probezeit", "lieferzeit"]),
    (Cue::Often, &["alle", "jede*", "monatlich", "jährlich", "einmal", "wöchentlich", "täglich", "zwischenbescheid", "zwischenstand", "quartal*", "pro"]),
    (Cue::Average, &["im schnitt", "durchschnitt*", "prozent", "statistik*", "bearbeiteten|beantworteten wir"]),
    (Cue::Extra, &["weitere|weiteren|weiterer", "zusätzlich*", "verlänger*", "ausnahmsweise", "länger dauer*", "zuzüglich"]),
    (Cue::Whole, &["insgesamt", "gesamt*", "abschließende antwort"]),
    (Cue::OneKind, &["bei .. beschwerden|fällen|anfragen|zahlungs*|rechnungs*|datenschutz*|zahlungsdiensten|widersprüchen", "zahlungsdienst*", "zahlungsverkehr*", "komplexe*", "in besonderen|komplexen|schwierigen fällen", "handelt es sich"]),
    (Cue::OtherTime, &["geöffnet", "öffnungszeiten", "sprechzeiten", "uhr", "gültig*", "laufzeit", "mindestlaufzeit", "seit", "stellungnahmen .. fachbereiche", "fachbereiche", "alter", "frist .. ankündigung", "termin", "melden .. koffer", "verspätet*", "vorankündigung", "zeit haben", "dafür"]),
    (
        Cue::Refer,
        &[
            "wenden|wendet|richten", "anrufen|angerufen", "einreichen|einschalten", "beschweren", "schlichtung*", "teilnehmen|teil|nehmen .. teil", "verfahren", "zuständig*", "kontaktieren", "beantragen", "außergerichtlich*", "extern*", "unabhängig*", "beschwerde .. bei|an", "möglichkeit", "offen|steht .. offen", "anschrift|adresse", "recht", "unterbreiten", "verpflichtet|bereit .. teil*", "prüft", "tätig", "klagen|klage", "außerhalb", "beschwerdestellen", "wohin",
        ],
    ),
    (Cue::Authorised, &["zugelassen", "reguliert|beaufsichtigt|überwacht .. durch|von", "aufsichtsbehörde", "aufsicht durch", "lizenziert", "registriert", "gemäß", "nach maßgabe", "verordnung", "gesetz*", "zuständige kammer", "mitglied der|im", "auswertung", "berichtet", "an die aufsicht", "erlaubnis"]),
    (Cue::Shut, &["nicht|weder .. bereit|verpflichtet|zuständig|teil|teilnehmen|unterliegt", "keine .. einzelfälle|beschwerden|einzelnen|teilnahme", "nehmen .. nicht .. teil", "nicht .. teil", "eingestellt", "gilt nicht", "ausgeschlossen", "weder"]),
    (Cue::Advice, &["verbraucherzentrale*", "beratung*", "beratungsstelle*", "rechtsanwalt*", "anwalt", "dolmetsch*", "selbsthilfe*", "mieterverein", "schuldnerberatung"]),
    (Cue::Outside(BodyKind::Adr), &["*ombudsmann", "*ombudsmanns", "*ombudsfrau", "ombudsstelle*", "*ombudsstelle", "*schlichtungsstelle", "*schlichter", "*schiedsstelle", "*schlichtung", "*schiedsgericht", "*schiedsmann", "ombudschaft", "ombudsmann*", "os-plattform", "streitbeilegung*", "*schlichtungsstelle*", "schlichtungskommission", "*mediator"]),
    (
        Cue::Outside(BodyKind::Regulator),
        &["*aufsicht", "*bundesamt", "bundesamt", "bundesanstalt", "bundesnetzagentur", "*behörde", "*kommission", "finma", "bafin", "fma", "*beauftragte|*beauftragten|*beauftragter", "landesamt", "ministerium", "*ministerium", "*kammer", "regulierungsbehörde", "eichamt", "bezirksregierung", "rtr", "*anstalt", "preisüberwacher", "*datenschutzaufsicht", "aufsichtsamt", "luftfahrt-bundesamt", "landesbeauftragte*", "agentur", "*verband"],
    ),
    (Cue::Outside(BodyKind::Court), &["*gericht|*gerichte", "amtsgericht", "landgericht", "gericht"]),
    (Cue::NotOutside, &["vorstand", "aufsichtsrat", "beschwerdekommission", "unsere .. schlichtungsstelle|beauftragte|beauftragter", "geschäftsführung", "datenschutzbeauftragter|datenschutzbeauftragte|datenschutzbeauftragten", "*beschwerdebeauftragte*", "beschwerdebeauftragter", "beschwerdebeauftragte", "beschwerdestelle|beschwerdestellen", "rechtsweg", "verbraucherschutz", "schlichtungsverfahren", "schlichtungsvorschlag", "qualitätsbeauftragte*", "auf die|an die|der aufsicht", "vertriebsanstalt", "kundenbeauftragte*", "patientenbeauftragte*", "beschwerdekommission"]),
    (
        Cue::Inside(Role::Front),
        &[
            "servicenummer", "kundenbetreuer*", "sachbearbeiter*", "ansprechpartner*", "berater*", "filiale", "geschäftsstelle", "servicedesk", "service desk", "helpdesk", "support", "*abteilung", "leistungsteam", "mitarbeiter*", "vertreter", "betreuer*", "kundenberatung", "serviceteam", "pflegepersonal", "stationsleitung", "hausverwalter", "hausmeister", "kontaktperson",
        ],
    ),
    (Cue::Inside(Role::Service), &["kundenservice", "kundendienst", "kundenbetreuung", "kundencenter", "servicecenter", "service-center", "hotline", "servicehotline", "serviceteam", "kundenberatung"]),
    (Cue::Inside(Role::Supervisor), &["teamleiter*", "teamleitung", "schichtleiter*", "schichtleitung", "vorgesetzte*", "gruppenleiter*", "gruppenleitung"]),
    (Cue::Inside(Role::Complaints), &["*beschwerdemanagement", "beschwerdebeauftragte*", "*beschwerdestelle", "beschwerdeteam", "beschwerdeabteilung", "reklamationsabteilung", "reklamationsstelle", "kundenbeziehungen", "team .. kundenanliegen|beschwerden|reklamationen|qualität", "kundenanliegen", "qualitätsmanagement", "beschwerdemanager*", "kundendialog", "kundenanwalt", "reklamationsmanagement", "ombudsstelle der", "patientenfürsprecher*"]),
    (Cue::Inside(Role::Manager), &["leiter*", "*leitung", "*leiter", "*leiterin", "bereichsleit*", "abteilungsleit*", "niederlassungsleit*", "regionalleit*", "filialleit*", "hauptabteilung", "kommission", "ausschuss", "revision", "compliance*", "management"]),
    (Cue::Inside(Role::Director), &["direktor*", "prokurist*"]),
    (Cue::Inside(Role::Executive), &["*vorstand*", "geschäftsführ*", "geschäftsleitung", "vorsitzende*", "direktion", "verwaltungsrat", "intendant*", "präsident*", "inhaber*", "ceo", "generaldirekt*", "rektor*"]),
    (Cue::Inside(Role::Legal), &["rechtsabteilung", "syndikus"]),
    (Cue::Inside(Role::Data), &["datenschutzbeauftragte*", "datenschutz"]),
    (
        Cue::Aside,
        &[
            "was wir .. brauchen|benötigen", "welche angaben|unterlagen", "angaben", "wie wir prüfen", "kosten", "datenschutz", "widerruf*", "kündigung", "erstattung*", "vermittler*", "barrierefrei*", "vertraulich*", "grundsätze", "geltungsbereich", "definition*", "was ist .. beschwerde", "gepäck|koffer", "presse*", "anonym*", "hinweisgeber*", "impressum", "garantie", "rückgabe", "aufbewahrung", "bis wann", "lieferketten*", "mediathek", "vertretung",
        ],
    ),
    (Cue::Process, &["ablauf", "wie .. vor|ablauf|läuft|bearbeiten", "so .. gehen|läuft|erreichen", "bearbeitung*", "fristen", "dauer", "wie lange", "wann .. antwort|kommt", "an wen", "verfahren", "kontakt", "per post|telefon|mail|e-mail", "beschwerdeverfahren", "wie .. beschweren", "was passiert", "ihre beschwerde", "beschwerdeweg", "schritte"]),
    (Cue::AboveTimes, &["genannte|genannten|obigen|vorgenannten frist|fristen|zeit|zeiten|zeiträume", "frist|fristen abgelaufen|verstrichen|überschritten", "diese frist"]),
    (Cue::Staff, &["beschäftigte*", "mitarbeitende*", "arbeitnehmer*", "hinweisgeber*", "whistleblow*", "betriebsrat", "personalabteilung"]),
    (Cue::About, &["pressemitteilung", "pressestelle", "pressekontakt", "jahresbericht", "schulung*", "leitfaden", "muster*", "ratgeber", "studie", "bericht an", "vorstellung", "redaktion*"]),
    (Cue::If, &["wenn", "falls", "sollte|sollten", "sofern", "ist|sind", "bleibt", "kann|können", "sobald"]),
    (Cue::We, &["wir", "uns", "unser*", "er", "es", "team"]),
    (Cue::You, &["sie", "ihr*", "kunde*", "kunden", "versicherte*", "du", "euch", "verbraucher"]),
    (Cue::Not, &["nicht", "kein*", "weder"]),
];
