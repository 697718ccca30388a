//! The words by which mail programs announce what they quote, a record for each language.
//!
//! All in lower case. To teach a language: a record here.

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    /// Verbs that end the line before a quotation, as in `wrote`.
    pub(super) wrote: &'static [&'static str],
    /// What stands between dashes above a message that is passed on or answered.
    pub(super) original: &'static [&'static str],
    /// The names of the header fields for sender, day, receiver and subject.
    pub(super) from: &'static [&'static str],
    /// The day.
    pub(super) sent: &'static [&'static str],
    /// The receiver.
    pub(super) to: &'static [&'static str],
    /// The subject.
    pub(super) subject: &'static [&'static str],
    /// How a telephone signs.
    pub(super) phone: &'static [&'static str],
}

/// The languages.
pub(super) const LANGUAGES: &[Words] = &[
    // English
    Words {
        wrote: &["wrote", "writes", "has written"],
        original: &[
            "original message",
            "original email",
            "original e-mail",
            "reply message",
            "previous message",
        ],
        from: &["from"],
        sent: &["sent", "date", "sent on"],
        to: &["to"],
        subject: &["subject"],
        phone: &[
            "sent from my ",
            "sent from mail for",
            "sent from yahoo mail",
            "sent from outlook",
            "get outlook for",
            "sent via ",
        ],
    },
    // German
    Words {
        wrote: &["schrieb", "schrieb am", "geschrieben", "hat geschrieben"],
        original: &[
            "ursprüngliche nachricht",
            "originalnachricht",
            "original-nachricht",
            "ursprüngliche e-mail",
        ],
        from: &["von"],
        sent: &["gesendet", "datum", "gesendet am"],
        to: &["an"],
        subject: &["betreff"],
        phone: &[
            "von meinem ",
            "gesendet von ",
            "diese nachricht wurde von meinem",
            "gesendet mit ",
            "outlook für ",
        ],
    },
    // French
    Words {
        wrote: &["a écrit", "écrivait", "écrit"],
        original: &["message d'origine", "message d’origine", "message original", "message initial"],
        from: &["de", "expéditeur"],
        sent: &["envoyé", "date", "envoyé le"],
        to: &["à", "a", "destinataire"],
        subject: &["objet", "sujet"],
        phone: &["envoyé de mon ", "envoyé depuis ", "envoyé à partir de ", "obtenir outlook"],
    },
    // Spanish
    Words {
        wrote: &["escribió", "ha escrito", "escribio"],
        original: &["mensaje original", "mensaje anterior"],
        from: &["de"],
        sent: &["enviado", "fecha", "enviado el"],
        to: &["para", "a"],
        subject: &["asunto"],
        phone: &["enviado desde mi ", "enviado desde ", "obtener outlook"],
    },
    // Italian
    Words {
        wrote: &["ha scritto", "scrive"],
        original: &["messaggio originale", "messaggio inoltrato"],
        from: &["da"],
        sent: &["inviato", "data"],
        to: &["a"],
        subject: &["oggetto"],
        phone: &["inviato da ", "inviato dal mio "],
    },
    // Dutch
    Words {
        wrote: &["schreef", "heeft geschreven"],
        original: &["oorspronkelijk bericht", "origineel bericht"],
        from: &["van"],
        sent: &["verzonden", "datum"],
        to: &["aan"],
        subject: &["onderwerp"],
        phone: &["verstuurd vanaf mijn ", "verzonden vanaf ", "verstuurd vanaf "],
    },
    // Portuguese
    Words {
        wrote: &["escreveu"],
        original: &["mensagem original"],
        from: &["de"],
        sent: &["enviado", "data", "enviada em", "enviado em"],
        to: &["para"],
        subject: &["assunto"],
        phone: &["enviado do meu ", "enviado a partir "],
    },
    // Swedish, Danish, Norwegian
    Words {
        wrote: &["skrev"],
        original: &[
            "ursprungligt meddelande",
            "oprindelig meddelelse",
            "opprinnelig melding",
            "original meddelelse",
        ],
        from: &["från", "fra"],
        sent: &["skickat", "sendt", "dato", "datum"],
        to: &["till", "til"],
        subject: &["ämne", "emne"],
        phone: &["skickat från min ", "sendt fra min ", "sendt fra "],
    },
    // Polish
    Words {
        wrote: &["napisał", "napisała", "napisał(a)", "pisze"],
        original: &["wiadomość oryginalna", "oryginalna wiadomość"],
        from: &["od"],
        sent: &["wysłano", "data"],
        to: &["do"],
        subject: &["temat"],
        phone: &["wysłane z "],
    },
    // Czech, Slovak
    Words {
        wrote: &["napsal", "napsal(a)", "napsala", "napísal", "napísal(a)"],
        original: &["původní zpráva", "pôvodná správa"],
        from: &["od"],
        sent: &["odesláno", "datum", "odoslané"],
        to: &["komu"],
        subject: &["předmět", "predmet"],
        phone: &["odesláno z ", "odoslané z "],
    },
    // Finnish
    Words {
        wrote: &["kirjoitti"],
        original: &["alkuperäinen viesti"],
        from: &["lähettäjä"],
        sent: &["lähetetty", "päivämäärä"],
        to: &["vastaanottaja"],
        subject: &["aihe"],
        phone: &["lähetetty "],
    },
];
