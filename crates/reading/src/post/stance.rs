//! Stance: what the writers say of a contact.
//!
//! A value may be pushed, warned of, said to be dead, confirmed, the writer's own, or only guessed. The words are looked
//! for where the value stands and in what later writers answer; who comes later and knows better outweighs who came
//! before. Six languages.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::mention::Mention;
use super::sentence;
use super::thread::{Message, Role};

/// What is said of a value at one place.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// It is named as a way to reach the company.
    Named,
    /// A writer says that it works.
    Confirmed,
    /// A writer says that it is dead, wrong or not read.
    Dead,
    /// A writer warns of it.
    Warned,
    /// A writer answers the one who pushed it: do not.
    Refuted,
    /// It is the writer's own.
    Own,
    /// A pattern or a guess.
    Guessed,
}

macro_rules! words {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| crate::post::rx($pattern));
    };
}

words!(
    FAKE,
    r"(?xi)\b(?:
      scam(?:s|mers?|med|my)?|fakes?|fraud(?:sters?|ulent)?|phish(?:ing)?|spoof(?:ed|ing)?|impost[eo]rs?|impersonat\w+|con\ (?:artists?|man|men|job)|rip-?off\ (?:line|number)|crooks?
    | beware|watch\ out|careful\ (?:with|folks|all|everyone|guys|people)|report\ (?:&|and)\ block|stay\ away|steer\ clear|avoid\ (?:the|this|that|any)\ (?:number|line|site|mail|\w+\ number)
    | (?-i:WARNING|PSA)|drainer|doing\ the\ rounds|harvests?|pretend\w*\ to\ be|posing\ as|claims?\ to\ be\ from
    | betrug|betrüger\w*|betrugs\w*|abzocke\w*|fake-?nummer|vorsicht|finger\ weg|achtung|nicht\ echt|gefälscht\w*|reingefallen|warnung
    | arnaque\w*|escroc\w*|escroquerie|faux\ (?:numéro|site|service|conseiller|support)|fausse|frauduleu\w+|attention\ au|méfiez|méfiance
    | estafa\w*|timo|timador\w*|fraude|fals[oa]s?|cuidado|ojo\ con|engaño|suplanta\w*|haciéndose\ pasar|se\ hacen?\ pasar
    | truff\w+|falso|fasull\w+|raggir\w+|spaccia\w*\ per|attenzione\ al|occhio\ al|imbrogli\w*
    | oplicht\w*|nep(?:nummer|site|mail|p)?|nepnummer|valse?|trap\ er\ niet\ in|pas\ op|let\ op|doet\ zich\ voor|zogenaamd\w*
    )\b"
);
words!(
    SHUN,
    r"(?xi)\b(?:
      (?:do\ not|don['’]?t|dont|never)\ (?:ever\ )?(?:call|ring|dial|phone|text|mail|email|e-mail|write\ to|trust|use|click|answer|reply(?:\ to)?|contact|pay|message|believe|sign|send|give|open|fall\ for|respond(?:\ to)?)(?:\ (?:it|this|that|those|these|them|him|any|anything|numbers?|back|on|links?|the\ (?:number|one|first|link|line)|[+(]?\d+)|[.!,]|$)
    | premium\ rate|bin\ it|jog\ on|nicht\ (?:anrufen|zurückrufen|anklicken)|n['’]appelez\ (?:pas|surtout\ pas)|ne\ (?:pas\ )?(?:rappelez|appelez|rappeler|appeler)(?:\ surtout)?\ (?:pas|jamais)|no\ llam\w+|non\ (?:ri)?chiam\w+|niet\ (?:terug)?bellen|bel\ dit\ nummer\ niet
    )"
);
words!(
    NOT_FAKE,
    r"(?xi)\b(?:not|no|isn['’]?t|never|nicht|kein\w*|pas|no\ es|non\ è|geen|niet)\s+(?:a\ |an\ |une?\ |ein\ |una\ )?(?:scam\w*|fake|fraud\w*|betrug|arnaque|estafa|truffa|oplicht\w*)\b
    |\bfraud\s+(?:teams?|line|dept|department|desk|unit|squad|number|hotline|helpline|prevention|claims?|operations|office|services?|cent(?:er|re)|support)\b|\banti-?fraud\b|\b(?:potential|possible|suspected|about)\ fraud\b|\bfraud(?:ulent)?\ (?:alert|activity|transactions?|attempts?|charges?|payments?|on\ your|detected|case|purchase)\b|action\ fraud|screams?\ scam|report\ fraud|\bfraudes?\ (?:y|et|desk)\b"
);
words!(
    REAL,
    r"(?xi)\b(?:
      (?:only|just)\ (?:trust|use|call|ring|dial)|only\ (?:real|domain|number|line|site)|(?:the|my|their|its)\ (?:actual|real|genuine|true|proper|correct|right|official)|real\ (?:one|number|line|address|site)|actual\ (?:company|number|line|one|address)|genuine|(?:own|official)\ (?:web\ ?site|site|app|page|number|line|domain)|is\ (?:the\ )?(?:correct|right|official|proper)|correct\ (?:one|number)|proper\ (?:one|number|line|address)|legit(?:imate)?
    | (?:on|off|from|at)\ the\ back\ of|back\ of\ (?:my|your|the)|on\ (?:my|your|the)\ (?:card|bill|statement|itinerary|contract|invoice|policy|box|receipt|ticket)|inside\ the\ lid|(?:on|from)\ (?:their|the)\ (?:own\ |official\ |actual\ |real\ )?(?:website|site|app|letter|web\ site)
    | what\ (?:actually\ )?worked|(?:branch|teller|cashier|staff)\s+(?:gave|wrote|told|said)|instead\ (?:call|ring|use|write|mail)|(?:call|ring|use|write|mail|email|go|contact|report\ it|dispute\ it|reach\ them)\b[^.!?\n]{0,40}\binstead
    | echte\w*|richtige\w*|offizielle\w*|tatsächliche\w*|die\ wahre|stattdessen
    | vrai\w*|véritable|officiel\w*|le\ bon\ (?:numéro|mail)|au\ dos\ de
    | verdader[oa]s?|auténtic[oa]|oficial(?:es)?|el\ bueno|de\ verdad
    | ver[oa]\ (?:numero|è)|il\ vero|autentic[oa]|ufficiale|quello\ giusto|quello\ vero
    | juiste|officiële|het\ echte
    )\b"
);
words!(
    DEAD,
    r"(?xi)\b(?:
      (?:is|was|are|now|it['’]s|it\ is|confirmed|long|been|stone|also)\ dead|dead\ (?:now|number|line|as|end|since|mailbox)|went\ dead|no\ longer\ (?:in\ service|works?|working|exists?|valid|active|in\ use|read|monitored|answers?|there)|not\ (?:in\ service|working|monitored|read|in\ use|valid|recogni[sz]ed)\b|^\W*(?:is\ |all\ )?dead\W*$|out\ of\ service|disconnected|decommissioned|discontinued
    | (?:it|mine|that|this|which|address|mail|email|e-mail|mailbox|one|both)\ (?:just\ |now\ |also\ |all\ |has\ |have\ )?bounce[sd]?|bounc(?:es|ed|ing)(?:\ back)?|undeliver\w*|mailer-daemon|returned\ to\ sender|mailbox\ (?:is\ )?full
    | (?:doesn|didn|don)['’]?t\ (?:work|exist|go\ anywhere)|does\ not\ (?:work|exist)|stopped\ working|not\ working|defunct|shut\ down|closed\ (?:since|down|in)|has\ been\ closed|closes\ on|rings?\ out|just\ rings|switched\ off|turned\ off|retired\ (?:that|the|this|it)|retired\ in\ \d{4}|gone\ (?:now|since|to\ a)|(?:number|line|mailbox|address|desk|it)\ (?:is|['’]s)\ gone
    | (?:is|that['’]s|it['’]s|now|goes\ to|belongs\ to|reaches|gets\ you|got|you\ get|answered\ by)\ (?:now\ |indeed\ |actually\ )?an?\ (?:[\p{L}-]+\ ){0,2}(?:dentist|pizza|private|nail|florist|hair\w*|plumber|family|stranger|restaurant|takeaway|bakery|vet|school|church|garage|fax|modem|old\ lady|gentleman|pensioner|barber|kebab|dry\ cleaner\w*|taxi\w*)\w*|wrong\ number|now\ belongs|reassigned
    | (?:has|have)\ left\b|no\ longer\ with\ (?:the|them)|unmonitored|no-?reply|nobody\ (?:reads|monitors)|not\ monitored|goes\ (?:nowhere|unread)
    | (?:ist|war|inzwischen|leider)\ tot\b|abgeschaltet|nicht\ (?:mehr\ )?(?:erreichbar|vergeben|gültig|existent|aktiv|in\ betrieb)|gibt['’]?s?\ (?:es\ )?nicht\ mehr|existiert\ nicht|kein\ anschluss|kommt\ (?:\w+\ )?(?:als\ unzustellbar\ )?zurück|unzustellbar|abgestellt|stillgelegt|funktioniert\ nicht|geht\ nicht\ mehr
    | n['’](?:existe|est|fonctionne|marche|répond)\ plus|plus\ (?:attribué|en\ service|valable|valide|actif)|hors\ service|ne\ (?:fonctionne|marche)\ (?:plus|pas)|revient\ en\ erreur|non\ attribué|message\ (?:me\ )?revient
    | ya\ no\ (?:existe|funciona|sirve|está|vale|contesta)|no\ (?:existe|funciona)|dado\ de\ baja|fuera\ de\ servicio|rebota\w*|me\ lo\ devuelve|desactivad[oa]
    | non\ (?:è\ più|esiste|funziona|funziona\ più)|inesistente|disattivat[oa]|dismess[oa]|non\ più\ (?:attivo|attiva|valido)|torna\ indietro|rimbalza
    | bestaat\ niet(?:\ meer)?|werkt\ niet(?:\ meer)?|niet\ meer\ (?:in\ gebruik|bereikbaar|actief)|opgeheven|gaat\ (?:\w+\ )?dicht|wird\ (?:zum\ \w+\ )?(?:geschlossen|abgeschaltet)|buiten\ gebruik|komt\ (?:\w+\ )?terug|afgesloten
    )(?:\b|$)"
);
words!(
    WORKS,
    r"(?xi)\b(?:
      (?:still\ )?works?\b|worked|still\ (?:live|good|active|answers?|valid|current|answering)|answered|got\ through|picked\ up|is\ (?:right|correct|current|live)|can\ confirm|confirmed?(?:\ working)?|(?:they|she|he)\ (?:called|rang|replied|wrote|mailed|answered|came|sent|fixed)|called\ (?:me\ )?back|mailed\ back|wrote\ back|replied|sorted|right\.$
    | funktioniert|klappt|hat\ geklappt|stimmt|erreichbar\ ist|geht\ noch|geantwortet|bestätig\w*
    | fonctionne|marche|ça\ a\ marché|confirme|toujours\ (?:valable|actif)|m['’]ont\ répondu|remboursé
    | funciona|sirve|confirmo|sigue\ (?:activo|funcionando)|me\ contestaron|contestan
    | funziona|confermo|è\ attivo|mi\ hanno\ risposto
    | werkt|klopt|bevestig|doet\ het\ nog|kreeg\ antwoord
    )\b"
);
words!(
    OWN,
    r"(?xi)\b(?:
      my\ (?:own\ |mobile\ |cell\ |work\ |home\ |landline\ |direct\ |phone\ )*(?:numbers?|cell|mobile|phone|line|landline|e-?mail|address|log|number\ is)\b|phone\ log\ for|(?:reach|call|ring|text|phone|contact|email|mail|message)\ me\b|if\ you\ want\ to\ reach\ me|i['’]?m\ on\b|account\ (?:is\ )?under|registered\ (?:under|to|number)|asked\ for\ my|from\ my\ (?:number|phone|address|mobile)|dm\ me\ at
    | meine\ (?:\w+\ )?(?:nummer|handynummer|telefonnummer|mail|e-mail|adresse|mailadresse)|unter\ meiner|erreicht\ mich|mich\ (?:an|unter)|rufen?\ sie\ mich|rückruf\ (?:an|unter)
    | mon\ (?:numéro|portable|mail|adresse|fixe|06)|mes\ coordonnées|appelez-moi|joignez-moi|me\ joindre|me\ rappeler
    | mi\ (?:número|móvil|teléfono|correo|celular)|llámenme|me\ pueden\ llamar
    | il\ mio\ (?:numero|cellulare|telefono)|la\ mia\ (?:mail|email)|chiamatemi|mi\ potete\ chiamare
    | mijn\ (?:nummer|mobiele?|telefoonnummer|mail|e-mailadres|06)|bel\ mij|bel\ me
    )\b"
);
words!(
    GUESS,
    r"(?xi)\b(?:first(?:name)?[._]?last(?:name)?|f\.?last|firstinitial\w*|vorname[._]nachname|prenom[._]nom|prénom[._]nom|nombre[._]apellido|nome[._]cognome|voornaam[._]achternaam|same\ pattern|that\ pattern|the\ (?:usual\ )?pattern|naming\ (?:pattern|convention|scheme)|format\ is|i['’]?(?:d|m)\ guess\w*|just\ guess\w*|guess(?:ing|ed)?\ (?:the|it|that|at)|my\ guess|probably\ something\ like|should\ be\ something\ like|try\ something\ like|made\ up|something\ like|geraten|vermutlich|wahrscheinlich|au\ hasard|je\ suppose|supongo|a\ ojo|immagino|tirando\ a\ indovinare|gok)\b"
);
words!(
    REFUTES,
    r"(?xi)\b(?:
      no\ thanks|nice\ try|reported(?:\ you)?|blocked|go\ away|jog\ on|get\ lost|not\ the\ real|that['’]?s?\ not\ (?:us|the|real|them|their)|not\ (?:us|one\ of\ us|our)|where\ (?:an?\ )?\w+\ should\ be|this\ account\ is\ not|nobody\ fall|don['’]?t\ (?:fall|do\ it|give|share|send|reply)|do\ not\ (?:fall|do\ it|give|share|send|reply)|is\ not\ (?:ours|us|them|the\ company|our)|isn['’]?t\ (?:ours|us|them|real)|removing|removed|banned
    | das\ sind\ nicht|nicht\ von\ uns|gehört\ nicht\ zu|gemeldet|ce\ n['’]est\ pas\ (?:nous|eux|le)|pas\ de\ chez\ nous|signalé|no\ somos|no\ es\ (?:nuestro|de)|denunciad\w+|non\ siamo|non\ è\ (?:nostro|nostra)|segnalat\w+|niet\ van\ ons|gerapporteerd
    )\b"
);
words!(
    VICTIM,
    r"(?xi)\b(?:(?:they|he|she)\ (?:got|robbed|cleaned|scammed|conned|emptied|took)\ (?:me|my|us|out|£|\$|€)|i\ (?:got|was|was\ nearly)\ (?:scammed|conned|robbed|had)|i\ (?:just\ )?hung\ up|hung\ up\ on\ (?:him|her|them|it)\b|(?-i:Hung\ up)|j['’]ai\ raccroché|aufgelegt|he\ colgado|ho\ riattaccato|opgehangen|(?:told|talked|persuaded|convinced|tricked)\ (?:her|him|me|us|them|mum|mom|dad|my\ \w+)\ (?:to|into)\ (?:mov|transf|pay|giv|install|buy|read|send)\w*|crime\ (?:number|reference)|never\ do(?:es)?\ that|lost\ (?:£|\$|€)\s?\d|(?:told|reported\ (?:it\ )?to)\ (?:the\ )?(?:bank|police|ftc|action\ fraud)|police\ report|my\ bank\ (?:stopped|blocked|caught)|nearly\ fell|almost\ (?:got|fell)|fell\ for|like\ an\ idiot|we\ would\ never|nearly\ had|(?:they|he|she|caller|guy|bloke|man)\ (?:then\ |just\ )?(?:wanted|tried\ to\ get)\ (?:me|us|her|him|mum|mom|dad|my)\b|wanted\ my\ (?:\w+\ )?(?:code|pin|password|card)|cleaned\ me\ out|gave\ it\ all\ back|je\ me\ suis\ fait\ avoir|porté\ plainte|plainte\ (?:déposée|à\ la)|ma\ banque\ a\ bloqué|anzeige\ (?:erstattet|bei)|bin\ (?:ich\ )?(?:darauf\ )?reingefallen|he\ denunciado|me\ (?:han\ )?(?:robaron|robado|timaron|timado|estafaron|estafado)|denuncia\ (?:alla|ai|fatta)|mi\ hanno\ (?:rubato|truffato)|aangifte)\b"
);

/// Returns whether a text speaks of fraud in earnest.
#[must_use]
pub(super) fn is_warning(text: &str) -> bool {
    warnings(text).next().is_some()
}

/// Finds the words of a text that speak of fraud, those left out that deny it.
fn warnings(text: &str) -> impl Iterator<Item = Range<usize>> {
    let denied: Vec<Range<usize>> = NOT_FAKE.find_iter(text).map(|m| m.range()).collect();
    FAKE.find_iter(text)
        .map(|m| m.range())
        .filter(move |f| !denied.iter().any(|d| d.start < f.end && f.start < d.end))
}

words!(
    ASKS_IF_REAL,
    r"(?xi)\b(?:is|are|was)\ (?:this|that|it|these|they)\b[^.!\n]{0,60}\b(?:legit|genuine|real|scam|fake|safe|normal|ok)\b[^.!\n]{0,20}\?|\blegit(?:imate)?\ ?\?|genuine\ ?\?+|\bis\ (?:this|that|it)\ (?:really\ |actually\ |from\ )*(?-i:\p{Lu})[\w\ ]{2,30}\?|\bis\b[^.!?\n]{0,80}\b(?:real|really|legit|genuine|theirs|scam|fake)\b[^.!?\n]{0,24}\?|\breal\ or\ fake\b|(?:ist|sind)\ (?:das|die)\b[^.!\n]{0,40}\b(?:echt|betrug|fake)\b[^.!\n]{0,10}\?|fake-?shop\?|(?:est-ce|c['’]est)\b[^.!\n]{0,40}\b(?:arnaque|vrai|fiable)\b[^.!\n]{0,10}\?|\b(?:es|será)\b[^.!\n]{0,40}\b(?:estafa|timo|fiable)\b[^.!\n]{0,10}\?|\bè\b[^.!\n]{0,40}\b(?:truffa|vero|affidabile)\b[^.!\n]{0,10}\?|\bis\ dit\b[^.!\n]{0,40}\b(?:echt|nep|oplichting)\b[^.!\n]{0,10}\?"
);
words!(
    SAYS_REAL,
    r"(?xi)^\W*(?:\S{2,30}\s?:\s*|\S{2,30}\s\([^)\n]{1,40}\):?\s*)?yes\b|\byes,?\ (?:it|that|this)(?:['’]s|\ is)\ (?:real|genuine|legit|them|theirs|ok|fine)|\bit['’]?s\ (?:real|genuine|legit|fine)\b|that(?:['’]s|\ is)\ (?:really\ )?(?:them|theirs|genuine|real)|(?:nein|kein)[^.\n]{0,20}\bfake|\bist\ echt|c['’]est\ bien\ eux|es\ (?:de\ verdad|auténtico)|it['’]s\ fine"
);

/// What a message says as a whole.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each found by itself")]
pub struct Mood {
    /// It warns of a fraud.
    pub warns: bool,
    /// Its writer tells how a fraud was tried on them.
    pub victim: bool,
    /// Somebody later refutes it at once.
    pub refuted: bool,
    /// It sells the recovery of what a fraud took.
    pub sells: bool,
    /// It tells what somebody asked of the writer, and does not call it a fraud.
    pub told: bool,
}

words!(
    HAPPY,
    r"(?xi)\b(?:works?|worked|sorted|fixed|refunded|restored|rebooked|great|recommend\w*|lovely|helpful|got\ (?:my|it|the)\ |worth\ it|saved|legend|best|nice|polite|kind|thanks?\ to\ (?:him|her|them)|aa\ gay[ai]|hat\ geklappt|merci\ à|gracias\ a|grazie\ a|dankzij|sympas?|génial\w*|nickel|parfait|très\ pro|super|ça\ a\ marché|top|klasse|toll|nett|freundlich\w*|amables?|perfecto|funcionó|estupend[oa]|ottim[oa]|gentilissim\w+|bravissim\w+|vriendelijk|aardig|geweldig|gelukt)\b"
);
words!(
    RESISTS,
    r"(?xi)\b(?:refused|hung\ up|hang\ up|police|legged\ it|told\ (?:him|her|them)\ (?:to|no)|said\ no|blocked|declined|didn['’]?t|wouldn['’]?t|suspicious|nearly|almost|rang\ (?:the|my|our)\ (?:real\ )?(?:bank|branch)|aufgelegt|raccroché|colgu[ée]|riattaccato|opgehangen)\b"
);
words!(
    IS_A_FRAUD,
    r"(?xi)\b(?:that|this|it|he|she|they)(?:['’]s|['’]re|\ is|\ are|\ was)\ (?:definitely\ |just\ |all\ )?an?\ (?:\w+\ ){0,2}(?:scam\w*|fraud\w*|con|fake|trick)|\bscam\W*$|das\ ist\ (?:ein\ )?betrug|c['’]est\ une\ arnaque|es\ una\ estafa|è\ una\ truffa|dat\ is\ oplichting|sab\ fraud|fraud\ hai"
);
words!(OTHER_NUMBER, r"(?i)\b\d{3,5}\s+(?:one|number|line|nummer|numbers?|numéro|número|numero)\b");
words!(
    NOT_OURS,
    r"(?i)\b(?:is|are|was)(?:n['’]t|\s+not)\s+(?:one\s+of\s+)?(?:our|ours)\b|\bnot\s+(?:our|a)\s+(?:number|line|address|site|company)\s+(?:of\s+ours)?|\bgehört nicht zu uns|\bne nous appartient pas|\bno es nuestro|\bnon è (?:nostr[oa]|un nostro)|\bis niet van ons"
);
words!(
    HANG_UP,
    r"(?xi)\b(?:hang\ up|put\ (?:the\ phone|it)\ down|no\.\s|auflegen|leg(?:en\ sie)?\ auf|raccroch\w+|cuelg\w+|riattacc\w+|ophangen|hang\ op)"
);

/// Reads the mood of each message.
#[must_use]
pub(super) fn moods(text: &str, messages: &[Message], mentions: &[Mention]) -> Vec<Mood> {
    let title = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let title_warns = (is_warning(title) || VICTIM.is_match(title))
        && !title.contains("☎")
        && mentions.iter().all(|m| m.span.start > title.len() || is_warning(title));
    let mut moods: Vec<Mood> = messages
        .iter()
        .map(|m| {
            let whole = &text[m.whole.clone()];
            let named = VICTIM.is_match(whole);
            let asked =
                super::guard::asks::reported(whole) && (!HAPPY.is_match(whole) || RESISTS.is_match(whole));
            let victim = named || asked;
            let told = asked && !named && !is_warning(whole);
            let sells = RECOVERED.is_match(whole);
            // A warning from an account made today that names a number itself is no warning.
            let fresh = super::thread::is_new_account(&m.note)
                && mentions.iter().any(|x| m.whole.contains(&x.span.start));
            let warns = (is_warning(whole) || title_warns && !m.role.is_official() || victim) && !fresh;
            Mood { warns, victim, refuted: false, sells, told }
        })
        .collect();
    // Whoever asks whether it is genuine pushes nothing, unless the others say that it is.
    if ASKS_IF_REAL.is_match(title)
        || messages
            .iter()
            .zip(&moods)
            .any(|(m, _)| m.role == Role::Asker && ASKS_IF_REAL.is_match(&text[m.whole.clone()]))
    {
        let answers = messages.iter().enumerate().filter(|(_, m)| m.role != Role::Asker);
        let verdicts: Vec<bool> = answers
            .map(|(_, m)| &text[m.whole.clone()])
            .filter(|t| {
                is_warning(t)
                    || SHUN.is_match(t)
                    || REFUTES.is_match(t)
                    || HANG_UP.is_match(t)
                    || SAYS_REAL.is_match(t)
            })
            .map(|t| !SAYS_REAL.is_match(t))
            .collect();
        // Where nobody answers, what was asked of the asker stands in doubt.
        if verdicts.first().copied().unwrap_or_else(|| super::guard::asks::reported(text)) {
            for (m, mood) in messages.iter().zip(&mut moods) {
                mood.warns |= m.role == Role::Asker;
            }
        }
    }
    for at in 0..messages.len() {
        // The pusher does not refute himself; the next writers do, or the one who keeps order.
        let pushes =
            mentions.iter().any(|m| m.message == at) || matches!(messages[at].role, Role::SaysCompany);
        if !pushes || messages[at].role.is_official() || moods[at].warns {
            continue;
        }
        // An asker is answered with warnings of others; only who is told that this very thing is a fraud was refuted.
        let asker = messages[at].role == Role::Asker;
        let answers =
            messages.iter().enumerate().skip(at + 1).filter(|(_, m)| m.author != messages[at].author);
        let refuted = answers.take(4).enumerate().any(|(after, (i, m))| {
            let said = &text[m.whole.clone()];
            let disowned = m.role.is_official() && NOT_OURS.is_match(said);
            if asker && !IS_A_FRAUD.is_match(said) && !disowned {
                return false;
            }
            // Whoever answers with a warning of some other thing does not mean this one.
            let own = mentions
                .iter()
                .any(|x| x.message == i && mentions.iter().any(|y| y.message == at && y.reach == x.reach));
            let addressed = after < 2
                || own
                || m.role.is_official()
                || m.role == Role::Moderator
                || said.contains(messages[at].author.trim_start_matches('@'));
            addressed
                && (is_warning(said) || SHUN.is_match(said) || REFUTES.is_match(said))
                && (own
                    || !mentions.iter().any(|x| x.message == i)
                    || disowned
                    || matches!(messages[at].role, Role::SaysCompany))
        });
        moods[at].refuted = refuted;
    }
    moods
}

/// Says of each mention what its own sentence says of it.
pub(super) fn at_mention(
    text: &str,
    mention: &Mention,
    messages: &[Message],
    mood: Mood,
    all: &[Mention],
    company: &super::company::Company,
) -> Said {
    let message = &messages[mention.message];
    let own_sentence = &text[mention.sentence.clone()];
    let before = &text[mention.sentence.start..mention.span.start.max(mention.sentence.start)];
    let clause_start = clause_start(text, mention, all);
    // Without the value itself: a mailbox may be called `fake@`.
    let clause = format!(
        "{} {}",
        &text[clause_start.min(mention.span.start)..mention.span.start],
        &text[mention.span.end..clause_end(text, mention, all)]
    );
    let clause = clause.as_str();
    let own = mention.owner == Some(super::company::Owner::Own);
    let phone = mention.reach.as_number().is_some();
    let official = message.role.is_official();
    if GUESS.is_match(own_sentence) && mention.reach.as_email().is_some()
        || mention.reach.as_email().is_some_and(|e| GUESS.is_match(e.local()))
    {
        return Said::Guessed;
    }
    // Who advertises names the address to be written to, not his own as a customer.
    let advertises = text[message.whole.clone()].matches(" #").count() >= 2;
    if !official
        && !own
        && !advertises
        && OWN.is_match(
            &text[text
                .floor_char_boundary(clause_start.max(mention.span.start.saturating_sub(90)))
                .min(mention.span.start)..mention.span.start],
        )
    {
        return Said::Own;
    }
    if own {
        return if DEAD.is_match(clause) { Said::Dead } else { Said::Named };
    }
    let real = REAL.is_match(clause) || REAL.is_match(before) && !is_warning(clause);
    let negated_real = negated(clause);
    if official {
        return if is_warning(clause) && !real { Said::Warned } else { Said::Named };
    }
    if negated_real {
        return Said::Warned;
    }
    // What came to the writer unasked, or was met in an advertisement, is not named as a way to the company where the
    // writer doubts it.
    let after = crate::window::clip(&text[mention.span.end..], 30);
    // Who was called by a number does not name a way to reach anyone.
    if CALLED_FROM.is_match(before) && !real {
        return Said::Warned;
    }
    if (MET.is_match(before) || CAME.is_match(after))
        && !real
        && !mood.sells
        && DOUBTS.is_match(&text[message.whole.clone()])
    {
        return Said::Warned;
    }
    if mood.sells && !is_warning(clause) {
        return Said::Named;
    }
    if (is_warning(clause) || phone && SHUN.is_match(clause)) && !real {
        return Said::Warned;
    }
    let elsewhere = mood.told && !super::guard::asks::reported(own_sentence) && !is_warning(own_sentence);
    if mood.warns && !real && !elsewhere {
        // In a warning, a value that is not called the right one is the one warned of, unless its sentence tells to use it.
        let later_use = USE.is_match(own_sentence)
            && !is_warning(own_sentence)
            && !PAST.is_match(own_sentence)
            && !mood.victim;
        let outside = super::rungs::of_a_body(mention).is_some()
            || super::rungs::names_a_body(
                &text[text
                    .floor_char_boundary(mention.span.start.saturating_sub(60))
                    .max(mention.sentence.start.min(mention.span.start))
                    ..mention.span.start],
            );
        // Who asked the company itself names what it was asked by: `Rang Castora (0808 …): not theirs`.
        let asked = {
            let near = crate::window::clip_end(
                &text[mention.sentence.start.min(mention.span.start)..mention.span.start],
                90,
            );
            CHECKED.is_match(near) && company.is_named_in(near)
        };
        if !later_use && !outside && !asked {
            return Said::Warned;
        }
    }
    if DEAD.is_match(clause) {
        return Said::Dead;
    }
    Said::Named
}

words!(
    MET,
    r"(?xi)\b(?:(?:had|got|get|gets|getting|received|receive|sent\ me|came)\s+(?:\w+\s+){0,3}(?:texts?|e?mails?|letters?|calls?|messages?|sms|whats\ ?app|dms?|card|leaflet|flyer)|texts?\ (?:says?|said|saying)|(?:gave|left|handed|showed)\s+(?:me|us|my\s\w+|her|him|mum|dad)\s+(?:an?\ |the\ |his\ |her\ )?(?:card|number|leaflet|letter)|(?:nearly|almost)\ (?:\w+ed|fell)|stickers?|they\ open|sponsored|(?:first|top)\ result|search\ (?:ad|result)|habe?\ (?:eine\ )?(?:sms|mail|nachricht)|bekommen|erhalten|reçu\ un|recib[íi]\w*|ho\ ricevuto|kreeg|ontvangen)\b"
);
words!(
    CALLED_FROM,
    r"(?i)\b(?:called|rang|phoned|texted|messaged|e?mailed|ringing|came|calls?|rief|riefen|appelé|llamó|llamaron|chiamat[oi]|belden?)\s+(?:(?:me|us|him|her|them|my\s\w+)\s+)?(?:from|von|du|depuis|desde|da|dal|vanaf)\s+(?:the\s+number\s+)?$"
);
words!(
    CAME,
    r"(?xi)^\W{0,3}(?:has\ |have\ |just\ |keeps?\ |that\ |which\ |one\ )*(?:comes?\ up|came\ up|shows?\ up|pops?\ up|messaged|texted|called|calls|rang|phoned|contacted|e?mailed|calling|texting|ringing|wrote\ to|hat\ (?:mich|mir)|m['’]a|me\ (?:ha\ )?(?:llamó|escribió)|mi\ ha|belde)\b"
);
words!(
    DOUBTS,
    r"(?xi)\b(?:don['’]?t|doesn['’]?t|do\ not|does\ not|isn['’]?t|never|no\ such|nearly|almost|blocked|delete[d]?|careful|police|real\ or|legit|genuine|theirs|really|ignore|hung\ up|hang\ up|suspicious|strange|weird|odd|redirects?|premium|per\ min\w*|a\ minute|an?\ agency|third\ part\w+|nicht|vorsicht|gelöscht|jamais|cuidado|attenzione|niet)\b|\bno\b[,.:]|\?"
);
words!(
    CHECKED,
    r"(?xi)\b(?:rang|called|phoned|asked|checked\ with|spoke\ to|contacted|rung|nachgefragt|angerufen|gefragt|appelé|demandé\ à|llam[ée]|pregunt[ée]|chiamato|chiesto\ a|gebeld|gevraagd)\b"
);
words!(
    USE,
    r"(?xi)\b(?:reach|use|call|ring|write\ to|mail|email|e-mail|forward\ (?:it\ )?to|report\ (?:it\ |them\ )?(?:to|at|on|via)|contact|go\ to|dispute|reach|rufen|melden|schreib\w*|appelez|écrivez|signalez|llam\w+|escrib\w+|chiam\w+|scriv\w+|segnal\w+|bel|mail)\b"
);
words!(
    RECOVERED,
    r"(?xi)(?:recover(?:ed|y|s)?|retriev\w+|got\ (?:it\ all|everything|my\ (?:money|coins|funds|crypto|account))\ back|helped\ me|wieder(?:beschafft|geholt)|récupér\w+|recuper\w+|teruggehaald|terughalen)[^.!?\n]{0,120}(?:telegram|whatsapp|hacker|expert|agent|specialist|wizard|instagram|contact|reach|text|mail|hit\ up)|traced\ (?:it|them|my|the)\b|to\ my\ wallet|recovered\ after|(?:attorney|barrister|agent|firm|expert|hacker|agency|specialist|lawyer|investigator|restitution|recovery)[^\n]{0,200}(?:%|coins?|funds?|crypto|money|bitcoins?|savings|assets)[^.!?\n]{0,24}\b(?:returned|recovered|restored|retrieved)|(?:tracer|recovery|hacker|investigator|licensed|certified)\b[^.!?\n]{0,60}\b(?:retriev|recover|got)\w*|(?:ethical\ hacker|hacker\ (?:on|who|named|called|i\ found)|recovery\ (?:expert|agent|team|specialist|service|firm|company))"
);
words!(
    PAST,
    r"(?xi)\b(?:called|rang|searched|googled|first\ result|top\ result|came\ up|comes\ up|showed\ as|shows\ as|caller\ id|left\ (?:a|his|her|their)\ card|shows\ up|popped|said\ (?:to|I)|calls?\ (?:me|you|from)|rings?\ (?:me|you)|me\ (?:llam|ha\ llam)\w+|mi\ (?:ha\ )?(?:chiam|telefon)\w+|m['’](?:appelle|a\ appelé)|ruft\ mich|rief\ mich|belt?\ mij|belde\ mij|told\ me|asked\ (?:me|for)|says|claim\w*|ad\b|advert\w*|texts?\ (?:that|saying)|letter|sticker|if\ you\ (?:google|search)|pretend\w*|sort\ en\ premier|erscheint|steht\ ganz\ oben|sale\ (?:el\ )?primero|aparece|compare|esce\ per\ primo|staat\ bovenaan)\b"
);
words!(
    NEGATED,
    r"(?xi)(?:\bis|['’]s|\bare|\bwas)\s+(?:really\ |actually\ |definitely\ )?not\s+(?-i:[\p{Lu}])|\bIS\ NOT\b|\bisn['’]t\s+(?:really\ )?(?-i:\p{Lu})|\bn['’]est\ pas\s+(?-i:\p{Lu})|\bist\ nicht\s+(?:die\ |der\ |das\ )?(?-i:\p{Lu})|\bno\ es\s+(?:el\ de\ |de\ )?(?-i:\p{Lu})|\bnon\ è\s+(?:di\ |quello\ di\ )?(?-i:\p{Lu})|\bis\ niet\s+(?:van\ )?(?-i:\p{Lu})|\bnot\s+(?:the|that|this)\s+(?:number|line|one|address|site|page|mailbox)\b|\bnothing\ to\ do\ with\b"
);

/// Whether a clause says that a value is not the company's. A service that says so of itself warns of nothing.
fn negated(clause: &str) -> bool {
    NEGATED.find(clause).is_some_and(|found| !OF_ITSELF.is_match(&clause[..found.start()]))
}

words!(
    OF_ITSELF,
    r"(?i)\b(?:this|our)\s+(?:service|site|website|page|directory|company|desk|helpline)\b[^.!?\n]{0,60}$|\bwe\b[^.!?\n]{0,30}$"
);

/// Where the clause around a mention begins: after a stop, a semicolon, a dash, `but`, or another mention.
fn clause_start(text: &str, mention: &Mention, all: &[Mention]) -> usize {
    let floor = all
        .iter()
        .filter(|m| {
            m.span.end <= mention.span.start
                && m.span.end > mention.sentence.start
                && m.reach != mention.reach
        })
        .map(|m| m.span.end)
        .max()
        .unwrap_or(mention.sentence.start);
    let before = &text[floor..mention.span.start.max(floor)];
    let cut = CUT.find_iter(before).last().map_or(0, |m| m.end());
    floor + cut
}

/// Where the clause ends.
fn clause_end(text: &str, mention: &Mention, all: &[Mention]) -> usize {
    let ceiling = all
        .iter()
        .filter(|m| {
            m.span.start >= mention.span.end
                && m.span.start < mention.sentence.end
                && m.reach != mention.reach
        })
        .map(|m| m.span.start)
        .min()
        .unwrap_or(mention.sentence.end)
        .max(mention.span.end);
    let after = &text[mention.span.end..ceiling];
    CUT.find(after).filter(|m| m.start() > 0 || m.len() > 2).map_or(ceiling, |m| mention.span.end + m.start())
}

words!(
    THAT_IS_FALSE,
    r"(?xi)^\W*(?:\w+[,!.]?\ ){0,3}?(?:it|that|this|those|they)(?:['’]s|\ is|\ are|\ was|['’]re|\ isn['’]t|isn['’]t)\s+(?:(?:definitely|really|just|absolutely)\ )?(?:not\ (?-i:\p{Lu})|not\ (?:them|theirs|real|genuine|the\ (?:real|company|bank))|an?\ (?:\w+[\ -]){0,2}(?:scam|fake|fraud|outfit|con|rip-?off|premium)|fake|premium|a\ scam)|^\W*(?:\w+[,!.]?\ ){0,3}?(?:it|that|this|those|they)\s?(?:isn['’]t|is\ not|['’]s\ not|aren['’]t|are\ not)\s+(?:really\ |actually\ )?(?:ours|theirs|us|them|real|genuine|legit|one\ of\ (?:ours|theirs))\b|^\W*(?:never|don['’]?t|do\ not)\ (?:use|call|ring|dial|trust)\ (?:it|that|this)\b|^\W*(?:das|die|der)\ (?:ist|sind)\ (?:nicht\ (?:von|die|der)|betrug|fake|eine?\ (?:falsche|betrugs)\w*)|^\W*(?:c['’]est|ce\ n['’]est)\ (?:une\ arnaque|un\ faux|pas\ (?:eux|le\ bon))|^\W*(?:es|eso\ es)\ (?:una\ estafa|falso)|^\W*(?:è|quello\ è)\ (?:una\ truffa|falso)|^\W*(?:dat\ is|is)\ (?:nep|oplichting)"
);
words!(
    CUT,
    r"(?i);|\ [–—-]\ |\bbut\b|\bwhereas\b|\baber\b|\bsondern\b|\bmais\b|\bpero\b|\bsino\b|\bma\b|\bmaar\b|,\s+(?:the|that|so|and|les|der|die|das|el|il|het|de|ruf|stattdessen)\b|\bthe other (?:one|number)"
);

/// A statement of one message on a value that another named.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Which mention's value it is about.
    pub mention: usize,
    /// In which message it is made.
    pub message: usize,
    /// What it says.
    pub said: Said,
    /// Its sentence.
    pub sentence: Range<usize>,
    /// Whether the sentence names the value, whole or in part.
    pub explicit: bool,
}

/// Finds what later sentences say of values named before: `that one's dead`, `0117 is a dentist`, `2nd this`.
pub(super) fn statements(text: &str, messages: &[Message], mentions: &[Mention]) -> Vec<Statement> {
    let mut found = Vec::new();
    for (at, message) in messages.iter().enumerate() {
        for sentence in sentence::split(text, &message.body) {
            let words = &text[sentence.clone()];
            let (warned, dead, works) = (THAT_IS_FALSE.find(words), DEAD.find(words), WORKS.find(words));
            let part = referred(words, mentions);
            let false_part = part.is_some()
                && (is_warning(words) || SHUN.is_match(words) || negated(words))
                && !REAL.is_match(words);
            let said = match (&warned, &dead, &works) {
                (Some(_), _, _) => Said::Warned,
                _ if false_part => Said::Warned,
                (None, Some(_), _) => Said::Dead,
                (None, None, Some(_)) => Said::Confirmed,
                (None, None, None) => continue,
            };
            // A mailbox that is named and none (`no-reply@`) is no statement on another.
            if words.contains('@')
                && !mentions.iter().any(|m| m.span.start >= sentence.start && m.span.start < sentence.end)
                && LOCAL.captures(words).is_none()
            {
                continue;
            }
            // `The 0845 number is gone` speaks of a number that is named by its beginning, and of none that is printed.
            if part.is_none() && OTHER_NUMBER.is_match(words) {
                continue;
            }
            let place = sentence.start + warned.or(dead).or(works).map_or(0, |m| m.start());
            let here: Vec<usize> = (0..mentions.len())
                .filter(|&i| {
                    mentions[i].span.start >= sentence.start && mentions[i].span.start < sentence.end
                })
                .collect();
            let target = part
                .or_else(|| {
                    (said == Said::Warned)
                        .then(|| {
                            (0..mentions.len()).rev().find(|&i| {
                                mentions[i].span.start < sentence.start && mentions[i].message < at
                            })
                        })
                        .flatten()
                })
                .or_else(|| {
                    let wide = words[..place - sentence.start].to_lowercase();
                    wide.contains("whatsapp")
                        .then(|| {
                            (0..mentions.len()).rev().find(|&i| {
                                mentions[i].span.start < sentence.start
                                    && mentions[i].reach.channel() == ladder::Channel::Messaging
                            })
                        })
                        .flatten()
                })
                .or_else(|| {
                    let other = words[..place - sentence.start].to_lowercase().contains("the other");
                    if other {
                        return (0..mentions.len()).rev().find(|&i| {
                            mentions[i].span.start < sentence.start
                                && !here.iter().any(|&h| mentions[h].reach == mentions[i].reach)
                        });
                    }
                    // A mention of its own sentence was judged with its clause; a confirmation of it counts here.
                    if here.is_empty() {
                        (0..mentions.len()).rev().find(|&i| {
                            mentions[i].span.start < sentence.start
                                && (mentions[i].message == at && sentence.start - mentions[i].span.end < 220
                                    || mentions[i].message < at && !mentions.iter().any(|m| m.message == at))
                        })
                    } else if said == Said::Confirmed {
                        here.iter().copied().min_by_key(|&i| mentions[i].span.start.abs_diff(place))
                    } else {
                        None
                    }
                });
            if let Some(mention) = target {
                let explicit = part.is_some() || here.contains(&mention);
                found.push(Statement { mention, message: at, said, sentence, explicit });
            }
        }
    }
    found
}

words!(
    GIVEN,
    r"(?xi)\b(?:showed\ (?:up\ )?as|shows\ (?:up\ )?as|came\ up\ as|caller\ id|left\ (?:me\ )?(?:a|his|her|their)\ (?:card|number)|(?:he|she|they|the\ caller)\ (?:gave|left|rang|called|phoned|texted)|number\ (?:was|showed|they\ gave)|rang\ (?:me\ )?from|called\ (?:me\ )?from|(?:mich|mir)\s[^.\n]{0,30}angerufen|m['’]a\ appelé|me\ llam[óo]|mi\ ha\ chiamato|belde\ mij)\b"
);

/// Finds values of earlier writers that a later one sets a right value against: `the real one is …`; also what the asker
/// was given by somebody whom the others call a cheat.
pub(super) fn set_right(
    text: &str,
    messages: &[Message],
    mentions: &[Mention],
    moods: &[Mood],
) -> Vec<usize> {
    let mut found = Vec::new();
    for (i, m) in mentions.iter().enumerate() {
        let own = &text[m.sentence.clone()];
        let author = &messages[m.message].author;
        let given = GIVEN.is_match(own) && !REAL.is_match(own);
        if !given || m.owner == Some(super::company::Owner::Own) || messages[m.message].role.is_official() {
            continue;
        }
        let righted = mentions.iter().any(|r| {
            r.message > m.message
                && r.reach != m.reach
                && messages[r.message].author != *author
                && r.reach.channel() == m.reach.channel()
                && REAL.is_match(&text[r.sentence.clone()])
        });
        let cheat = (0..messages.len()).any(|k| {
            k != m.message
                && k <= m.message + 3
                && messages[k].author != *author
                && moods[k].warns
                && !mentions.iter().any(|x| x.message == k && x.span.start < m.span.start)
        });
        if righted || cheat {
            found.push(i);
        }
    }
    found
}

/// Returns the mention that a sentence refers to by the beginning or end of its number, or by its mailbox.
fn referred(words: &str, mentions: &[Mention]) -> Option<usize> {
    let digits =
        DIGITS.find_iter(words).map(|m| m.as_str().replace(' ', "")).filter(|d| (3..=7).contains(&d.len()));
    for part in digits {
        let hit = (0..mentions.len()).find(|&i| {
            let Some(number) = mentions[i].reach.as_number() else { return false };
            let all = number.as_str();
            let bare = part.trim_start_matches('0');
            bare.len() >= 3
                && (all.ends_with(&part)
                    || part.starts_with('0')
                        && (3..=4).contains(&bare.len())
                        && all
                            .get(3..)
                            .is_some_and(|r| r.starts_with(bare) || r[1.min(r.len())..].starts_with(bare)))
        });
        if hit.is_some() {
            return hit;
        }
    }
    LOCAL.captures_iter(words).find_map(|found| {
        let local = found[1].to_lowercase();
        (0..mentions.len()).find(|&i| mentions[i].reach.as_email().is_some_and(|e| e.local() == local))
    })
}

words!(DIGITS, r"\b\d[\d ]{1,6}\d\b");
words!(LOCAL, r"(?i)\b([\w.+-]{2,40})@(?:\s|$|[,;!?)])");
