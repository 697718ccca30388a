//! Signs made of two ideas in one sentence: somebody asks, and what is asked for; money, and what it is paid for.
//!
//! Lists of whole phrases only know the frauds they were written after. Here each side is a small class of words in seven
//! languages (romanised Hindi among them), and any pair of them within a sentence is the sign. What is denied (`we will
//! never ask for a code`) does not count, and neither does what a sentence reports of others (`he wanted my PIN`), see
//! [`reported`].

use std::sync::LazyLock;

use regex::Regex;

use super::super::Scene;
use super::super::thread::Role;
use super::{Trace, live};

/// Anything inside of a sentence: stops inside of numbers do not end one.
const GAP: &str = r"(?:[^.!?\n]|\.\d|\.[A-Za-z])";

/// Being told to give something, or somebody taking it.
const GIVE: &str = r"\b(?:giv(?:e|es|ing|en)|gave|tell(?:s|ing)?|told|sen[dt]|sends|share[sd]?|provid(?:e|es|ed|ing)|repl(?:y|ies)|enter(?:s|ed)?|typ(?:e|es|ed|ing)|put|needs?|needed|read(?:s|ing)?|confirm(?:s|ed|ing)?|verif(?:y|ies|ied|ying)|validat(?:e|es|ed)|submit|fill(?:\ in)?|upload|attach|ready|handy|ask(?:s|ed|ing)?|requir(?:e|es|ed)|wants?|wanted|text|dm|include|have|with|by|bereit(?:halten|legen)?|halten|nennen|geben|angeben|eingeben|schick\w*|mitschick\w*|send(?:en|et)|bestätig\w*|durchgeben|brauch\w*|communiqu\w+|donn(?:ez|er)|envoy\w+|indiqu\w+|saisi\w+|transmett\w+|fourni\w+|munissez|préparez|facilit[ea]\w*|indique|envíe\w*|envi(?:ar|a|e)|introdu\w+|diga|dar|comuni\w+|tenga\w*|manda\w*|piden?|pid[ea]\w*|inbox|forni\w+|inseri\w+|dett\w+|stuur|sturen|geef|geven|vul|invullen|doorgeven|klaar|houd|bata(?:na|o|\ dena|\ do)?|bhej\w*|daal\w*|dena|dedo)\b";

/// What opens an account: nobody honest asks for it.
const SECRET: &str = r"\b(?:(?:one[-\ ]?time|otp|sms|texted|verification|confirmation|security|access|secret|(?:\d|four|five|six|eight|nine)[-\ ]?digit)\s+(?:pass|pin)?-?(?:code|pin|number|password)s?|passcodes?|(?-i:PINs?|TANs?|OTPs?)|(?:card|your|the|four-digit)\ pin|otp|cvv|cvc|codes?\s[^.!?\n]{0,24}\b(?:sms|texts?|texted|phone|arrives?|comes?|app)\b|(?:\d|four|five|six|eight|nine)\ digits?\b|passwords?|passwort|kennwort|mot\ de\ passe|contraseña|clave|wachtwoord|parola\ d['’]ordine|what\ (?:the|your|that|it)\s?(?:text|sms|message|screen|code)?\ says|codes?\ (?:reçu|par|qui)\b|code\ (?:per|via|op|auf|aufs)\ |codici?\ (?:ricevut\w|via|otp|di\ migrazione)|código\s[^.!?\n]{0,20}\b(?:sms|mensaje|móvil)|seed\ phrase|recovery\ phrase|private\ (?:key|phrase)|memorable\ (?:word|information|place|name)|characters\ from|codes?\ (?:off|from|on)\ (?:the|your|a|his|her)\ (?:card\ )?(?:reader|device|token|app)|token\ (?:wey|that|you)|(?:upi|atm)\ (?:card\ )?pin|two[- ]step\ code|(?:12|24|twelve)\ words|wörter|security\ number|log-?in)\b";

/// Cards and papers that make a payment or an identity.
const PAPERS: &str = r"\b(?:full\ card|atm\ card|bvn|valid\ id|card,?\ (?:front\ (?:and|&)\ back|expiry)|(?:card|cards?['’]?s?)\ (?:number|details?|used|data|pin|info|photo|again|no)|(?:credit|debit|bank)\ (?:or\ debit\ )?cards?|digits\ of\ (?:the|your)\ card|expiry\ date|(?:card['’]?s?\ |its\ |the\ )expir(?:y|ation)|\bthe\ card\ (?:the|that|you|it)\b|long\ number|digits\ (?:of|on)|16[-\ ]?(?:digit|chiffres|cifre|cijfers|stellig)\w*|(?:photo|picture|pic|scan|copy|image|selfie)s?\ (?:of|with)\s[^.!?\n]{0,30}(?:card|id\b|licen[cs]e|passport)|licen[cs]e\ photo|passport|sort\ code|iban|bank\ (?:details|log-?in|account\ number)|account\ (?:and|\+|&)\ (?:sort|routing)|routing\ number|ssn|social\ security\ (?:no|number)|kartennummer\w*|(?:foto|bild)\ (?:der|ihrer)\ karte|kartendaten|personalausweis\w*|ausweis(?:kopie|foto)?\s+(?:vorder|beid|und|mit)|reisepass|bankdaten|kontodaten|numéro\ (?:de\ (?:votre\ )?|à\ 16\ )c\w+|carte\ (?:bancaire|d['’]identité)|coordonnées\ bancaires|rib\b|números?\ de\ (?:la\ |su\ )?tarjeta|datos\ (?:de\ (?:la\ |su\ )?tarjeta|bancarios)|foto\ del?\ (?:dni|documento|tarjeta)|numero\ (?:della\ |di\ )?carta|dati\ (?:della\ carta|bancari)|documento\ d['’]identità|pasnummer|bankgegevens|(?:kopie|foto)\ (?:van\ )?(?:uw\ |je\ )?(?:id|paspoort|pas|bankpas)|(?:my|your)\ licen[cs]e|medicare|maiden\ name|date\ of\ birth|\bdob\b|cards?\ in\ (?:hand|front)|documento\ fronte|dni\ por|aadhaar|aadhar|debit\ card)\b";

/// Putting something on a machine, or looking into it.
const INSTALL: &str = r"\b(?:install\w*|download\w*|put|load|run|open|get|launch|herunterlad\w*|installier\w*|télécharg\w+|descarg\w+|scaric\w+|downloaden|bhej\w*|daal\w*)\b";
const PROGRAM: &str = r"\b(?:apps?|apk|programme?s?|softwares?|tools?|file|utility|programm|logiciel|application|aplicación|programa|applicazione|programma|programmaatje)\b";
const REMOTE: &str = r"\b(?:(?:any|ultra|air)\s?(?:desk|viewer|droid)|team\s?viewer|quick\s?support|rust\s?desk|supremo|log\s?me\s?in|screen\s?connect|screen-?shar\w+|(?:shar(?:e|ing)|see|mirror)\s+(?:your|my|the)\ screen|(?:do(?:es)?|did|fix(?:es)?|reset(?:s)?|repair(?:s)?|clean(?:s)?|work(?:s)?)\s(?:it|that|this|them)\s(?:all\s)?remotely|remote(?:ly)?\ (?:access|control|session|desktop|support|connect\w*|fix\w*|into)|(?:take|takes|took|taking|gain|get)s?\ (?:over\ |control\b|remote\b)[^.!?\n]{0,20}\b(?:pc|computer|laptop|phone|machine|device|mac)|(?:log|connect|get|dial)(?:s|ed|t)?\ (?:in\s?to|to|onto)\ (?:your|my|the)\ (?:pc|computer|laptop|phone|machine|device|mac|tablet)|control\ of\ (?:your\ |the\ |my\ )?(?:pc|computer|laptop|phone|device)|fernwartung\w*|fernzugriff|prise\ en\ main|contrôle\ (?:de\ votre|à\ distance)|meekijkt|kijkt\ mee|logt?\ samen|control\ remoto|controllo\ remoto|meekijken|overnemen)\b";
const MACHINE: &str = r"\b(?:laptops?|computers?|pc|phone|mobile|tablet|device|handy|rechner|ordinateur|téléphone|móvil|ordenador|telefono|cellulare|computer|telefoon|mobiel|code|digit|connect\w*|refund|himself|screen|log)\b";

/// An amount of money.
const MONEY: &str = r"(?:(?:[£$€₹₦₱]|\b(?:rs\.?|inr|gbp|usd|eur|ngn|php)\s?)\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:€|£|\$|euros?\b|eur\b|usd\b|naira\b|pesos?\b|dollars?\b|pounds?\b|quid\b|rupees?\b|rs\b|usdt\b))";
/// What money is paid for before help comes.
const FEE: &str = r"\b(?:fees?|(?:release|import|customs|clearing)\ duty|notary|bond|lodge?ment|docket|enrol\w+|file\ opening|opening|reversal|release\ (?:fee|charge)|activation|processing|registration|handling|admin(?:istration)?|clearance|gas|retainer|unlock(?:ing)?|verification|security\ deposit|refundable|bearbeitungs\w*|bearbeitung|aktenanlage|gebühr\w*|freischaltung|kaution|frais|dossier|ouverture|cargo|gestión|gastos|tasa|comisión|apertura|spese|pratica|commissione|sblocco|eenmalig|dossierkosten|administratie\w*|behandel\w*)\b";
/// What is promised for it.
const GAIN: &str = r"\b(?:refund\w*|money|funds?|coins?|cash|payout|releas\w+|receiv\w+|unlock\w*|reimburs\w+|compensat\w+|claim\w*|rebate|loan|back|erstatt\w*|geld|rembours\w+|argent|reembols\w*|dinero|rimbors\w*|soldi|uitkering|terug\w*|paisa|cancel\w*|booking|rebook\w*)\b";

const WHEN: &str = r"(?:\b(?:by|before|until|till|within|in|bis|avant|antes\ del?|entro|vóór|voor|binnen|innerhalb|sous|dans|en)\s+(?:the\ next\s+|les\s+|las\s+|le\s+|von\s+|end\ of\s+)?(?:today|tonight|tomorrow|midnight|noon|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d+\s?(?:h\b|hrs?|hours?|stunden|heures|horas|ore|uur|minutes?|mins?|minuten)|heute|morgen|freitag|montag|vendredi|lundi|viernes|lunes|venerdì|lunedì|vrijdag|maandag|mezzanotte|medianoche|minuit|middernacht)|\bat\ midnight\b|\btoday\b|\bimmediately\b|\bsofort\b|\bimmédiatement\b|\binmediatamente\b|\bsubito\b|\bdirect\b|\bonmiddellijk\b|\b(?:valable|valid|gültig|válid[oa]|valid[oa]|geldig)\s+\d+\s?h\w*|\bwhile\ you\ are\ on\b|\bafter\ \d+\s?h\w*)";
const OR_ELSE: &str = r"\b(?:bann(?:ed|ing)|disconnect\w*|clos(?:e|ed|ing|ure)|laps\w+|expir\w+|cancell?ed|deactivat\w+|suspend\w*|terminat\w+|return(?:ed)?\ to\ sender|rises?|increase[sd]?|doubl\w+|forfeit\w*|los[et]|register|restor\w+|block(?:ed)?|lock(?:ed)?|guarantee\w*|offer|offre|oferta|offerta|aanbod|angebot|deaktivier\w*|gesperrt|sperr\w*|verfäll\w*|erlisch\w*|löscht|gelöscht|bloqu\w+|suspend\w+|expir\w+|caduc\w+|cerr\w+|blocc\w+|scad\w+|bloccare|aumento|chius\w+|geblokkeerd|verval\w*|verlo\w+|beëindig\w*|final\ notice|file)\b";

const PEOPLE: &str = r"\b(?:friend|neighbou?r|cousin|mate|uncle|aunt|colleague|co-?worker|brother|sister|someone|somebody|lady|bro|classmate|pastor|church|kumpel|freund\w*|nachbar\w*|kollege|ami|voisin\w*|amigo|amiga|vecin[oa]|cuñad[oa]|amico|amica|vicin[oa]|vriend\w*|buur\w*|bhai|dost)\b";
const PASSED_ON: &str = r"\b(?:told|gave|given|shared?|shares|introduced|recommend\w*|referred|sent|put\ me\ on|pointed|gab|empfahl|empfohlen|donné|conseillé|recomend\w+|dio|pasó|consigliat\w+|dato|gaf|tipte|diya)\b";
const DESK_OR_LINE: &str = r"\b(?:numbers?|desk|department|dept|bureau|line|team|agent|barrister|attorney|lawyer|expert|firm|company|whats\s?app|contact|hacker|nummer|stelle|numéro|service|número|equipo|numero|ufficio|afdeling)\b";

const WINDFALL: &str = r"\b(?:you\ have\ an?\ (?:\w+\ )?(?:refund|rebate|payment|credit|parcel|prize|unclaimed)|(?:refund|rebate|claim|compensation|payment|payout|loan|grant|dossier|demande|réclamation|antrag|erstattung|solicitud|reembolso|devolución|pratica|rimborso|aanvraag|terugbetaling)\s[^.!?\n]{0,40}\b(?:is|has\ been|are|est|a\ été|ist|wurde|está|ha\ sido|è\ stat[oa]|è|is)\ (?:\w+\ )?(?:approved|validated|ready|due|waiting|issued|pending|accepted|genehmigt|bewilligt|freigegeben|validée?|acceptée?|prête?|aprobad[oa]|validad[oa]|list[oa]|approvat[oa]|accettat[oa]|pront[oa]|goedgekeurd|klaar)|pre-?\ ?approved|(?:\d+\ (?:in|of)\ \d+|thousands\ of|many|most)\ (?:homes|households|customers|people|drivers|tenants|pensioners)\s[^.!?\n]{0,30}\b(?:overcharged|owed|due|entitled|eligible)|no\ credit\ check|no\ interview|guaranteed\ (?:loan|approval|job|refund))\b";

const OUR: &str = r"\b(?:our|unser\w*|notre|nos|nuestr\w+|nostr\w+|onze?)\s+(?:[\p{L}-]+\s+){0,2}?(?:desk|dept|department|teams?|experts?|agents?|officers?|technicians?|specialists?|helpline|hotline|helpdesk|help\ ?line|concierge|manager|supplier|advis[oe]rs?|consultants?|lawyers?|representatives?|berater\w*|experten|anwält\w*|techniker|conseillers?|conseillère|techniciens?|asesor\w*|abogad\w+|técnic\w+|consulent\w+|operator\w*|tecnic\w+|medewerkers?|adviseurs?|experts)\b|\b(?:we|wir|nous|wij|we)\s+(?:\w+\s+)?(?:recover|reclaim|retriev\w+|put\ you\ through|deal\ with|repair|unlock|fix|get\ (?:your|you)|holen|beschaffen|entsperren|récupér\w+|débloqu\w+|recuper\w+|hebben\ een|halen|regelen)\b|\b(?:cancellation|refund|claims?|travel|rebate)\ concierge\b|\bso\ (?:that\ )?you\ don['’]t\ have\ to\b|\b(?:brand|company)\ names?\s[^.!?\n]{0,40}\breference\b|\b(?:third|3rd)[-\ ]party\ (?:\w+\ )?(?:company|firm|provider|desk)|\b(?:somos|siamo|nous\ sommes|wir\ sind|wij\ zijn)\s+(?:una?|un[e’']?|eine?|een)\s+(?:agencia|empresa|agenzia|agence|agentur|bureau)";

const PERSONA: &str = r"\b(?:(?i:barrister|officer|agent|engr\.?|underwriter|investigator|inspector|mister|mr|mrs|ms|miss|madam|sir|señor|señora|herr|frau|monsieur|madame))\.?\s+(?:Mr\.?\s|Mrs\.?\s|Ms\.?\s)?\p{Lu}\p{Ll}+|\b[Aa]sk\ for\ (?:Mr\.?\ |Mrs\.?\ |Ms\.?\ )?\p{Lu}\p{Ll}+\b";

const SOON: &str = r"\b(?:in|within|took|only|just|under|binnen|en|dans|sous|entro|innerhalb|nach)?\s*(?:\d+|one|two|three|five|ten|fifteen|a\ few|fünf|zehn|zwei|cinq|dix|cinco|diez|cinque|dieci|vijf|tien)\s?(?:min\w*|mins?|hrs?|hours?|stunden|heures?|horas?|ore|uur|days?)\b|\b(?:same\ day|at\ once|instantly|immediately|straight\ away|right\ away|turant|sofort|subito|al\ instante|tout\ de\ suite|meteen|while\ you\ wait)\b";
const SOLVED: &str = r"\b(?:refund\w*|restor\w+|unlock\w*|unban\w*|fixed|sorted?|solved|done|money|paid|received?|back|returned|rebooked|releas\w+|repair\w*|settle\w*|zurück|entsperrt|gelöst|erledigt|rembours\w+|débloqu\w+|résolu|reembols\w*|desbloque\w+|solucion\w+|rimbors\w+|sbloccat\w+|risolt\w+|terug\w*|opgelost|rekening|wapas|aa\ gaya|ho\ gaya)\b";

macro_rules! pairs {
    ($($(#[$doc:meta])* $name:ident = $first:expr, $second:expr, $gap:literal;)*) => {$(
        $(#[$doc])*
        pub(super) fn $name(scene: &Scene<'_>) -> Vec<Trace> {
            static WORDS: LazyLock<Regex> = LazyLock::new(|| both($first, $second, $gap));
            look(scene, &WORDS)
        }
    )*};
}

/// Makes the pattern of two classes within one sentence, in either order.
fn both(first: &str, second: &str, gap: usize) -> Regex {
    crate::post::rx(&format!(
        "(?i)(?:{first}){GAP}{{0,{gap}}}?(?:{second})|(?:{second}){GAP}{{0,{gap}}}?(?:{first})"
    ))
}

/// Makes a pattern of one class.
fn alone(class: &str) -> Regex {
    crate::post::rx(&format!("(?i){class}"))
}

pairs! {
    secret = GIVE, SECRET, 60;
    papers_named = GIVE, PAPERS, 60;
    fee = MONEY, FEE, 28;
    deadline = WHEN, OR_ELSE, 70;
    hearsay = PEOPLE, PASSED_ON, 40;
    speed = SOON, SOLVED, 60;
}

/// Being told to give papers; money that goes back to the card it came from asks for nothing.
pub(super) fn papers(scene: &Scene<'_>) -> Vec<Trace> {
    static BACK: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)\bto\s(?:the|your|my|his|her)\s(?:\w+\s)?card\s(?:that\s)?(?:you|i|we|she|he)\s(?:paid|used|bought)",
        )
    });
    let text = &scene.plain.text;
    let back = |trace: &Trace| {
        let start = text.floor_char_boundary(trace.range.start.saturating_sub(12));
        BACK.is_match(&text[start..text.ceil_char_boundary((trace.range.end + 12).min(text.len()))])
    };
    papers_named(scene).into_iter().filter(|trace| !back(trace)).collect()
}

/// A program of the other side on the victim's machine, or a look into it.
pub(super) fn control(scene: &Scene<'_>) -> Vec<Trace> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| alone(REMOTE));
    static PUT: LazyLock<Regex> = LazyLock::new(|| both(INSTALL, PROGRAM, 40));
    static THERE: LazyLock<Regex> = LazyLock::new(|| alone(MACHINE));
    let mut found = look(scene, &NAMED);
    found.extend(look(scene, &PUT).into_iter().filter(|t| {
        let sentence = super::super::sentence::around(&scene.plain.text, t.range.start);
        let words = &scene.plain.text[sentence.start.min(t.range.start)..sentence.end.max(t.range.end)];
        THERE.find_iter(words).any(|m| !PUT_ITSELF.is_match(m.as_str()))
    }));
    found
}

static PUT_ITSELF: LazyLock<Regex> = LazyLock::new(|| crate::post::rx(r"(?i)^(?:app|programme?|software)$"));

/// A share of what comes back, or a payment that is said to come together with the help.
pub(super) fn share(scene: &Scene<'_>) -> Vec<Trace> {
    static SHARE: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)\b(?:takes?|took|keeps?|charges?|behalten|nehmen|prend|prennent|cobra\w*|quedan|trattengo\w*|houden|rekenen)\s(?:only\s|just\s|nur\s|solo\s|seulement\s|slechts\s)?(?:el\s|un\s|le\s|il\s|die\s)?\d+\s?%|\b(?:nothing|no\ fee|zero)\s(?:up\s?front|in advance)\s?(?:except|but|only|just)|\bpay\w*\s[^.!?\n]{0,24}\band\s(?:it|they|the\s\w+)\s(?:come|release|send|give)|\bforward\s(?:the\s)?(?:balance|rest|difference)|\bbank\sit\band\b",
        )
    });
    look(scene, &SHARE)
}

/// Money that nobody asked for.
pub(super) fn windfall(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| alone(WINDFALL));
    look(scene, &WORDS)
}

/// Being told to accept what the telephone asks: the same as a code.
pub(super) fn approve(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        both(
            r"\b(?:accept\w*|approv\w+|valid\w+|confirm\w*|tap|press|bestätig\w*|annehmen|acept\w+|conferm\w+|accett\w+|goedkeur\w*)\b",
            r"\b(?:notifications?|prompts?|push\w*|requests?\ (?:on|in)|mitteilung\w*|notificacion\w*|notific\w+|meldingen)\b",
            60,
        )
    });
    static CARD: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)\b(?:gave|give|giving|needs?|needed|wants?|wanted|read|have|has)\s+(?:(?:him|her|them|it)\s+)?(?:the|your|my|our)\s+(?:bank\s+|debit\s+|credit\s+)?cards?\s+(?:again|so|for|and|ready|handy|out|in|to|with)\b",
        )
    });
    let mut found = look(scene, &WORDS);
    found.extend(look(scene, &CARD));
    found
}

/// Money that lies ready for whoever answers.
pub(super) fn money_waits(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        both(
            r"\b(?:compensation|refund|rebate|top-?up|cash\s?back|payment|grant|bonus|sum|amount|balance|debt|overpayment|[£$€]\s?\d[\d.,]*|entschädigung|erstattung|guthaben|indemnité|remboursement|trop-perçu|compensación|reembolso|rimborso|bonus|vergoeding|teruggave)",
            r"\b(?:set\ aside|cleared\ for|been\ cleared|approved|allocated|written\ off|entitled\ to|eligible|(?:you\ are|are|is)\ owed|owed\ to\ you|waiting\ for\ you|liegt\ bereit|steht\ ihnen|bewilligt|vous\ attend|a\ su\ disposición|le\ spetta|staat\ klaar)\b",
            50,
        )
    });
    static JOY: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)\bcongratulations?\b|herzlichen glückwunsch|félicitations|enhorabuena|felicidades|congratulazioni|gefeliciteerd",
        )
    });
    let mut found = look(scene, &WORDS);
    found.extend(look(scene, &JOY));
    found
}

/// A fee called by a name, without its amount.
pub(super) fn named_fee(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)\b(?:node|gas|docket|bond|release|activation|unlock(?:ing)?|clearance|network|miner|verification|enrol\w+|file|filing|small|consultation)\s+(?:fee|deposit|bond|charge|payment)s?\b|\b(?:holding|booking|reservation|commitment|good[-\ ]faith)\s+(?:fee|deposit|payment)s?\b|\bput\s[£$€]?\d[\d.,]*\s?(?:down|deposit)|\brefundable\s+(?:[£$€]?\d\S*\s+)?(?:\w+\s+)?(?:deposit|bond|fee)|\b(?:bond|deposit)\s+of\s+\d|\bcargos?\s+por\s+gestión|\bkleine\s+gebühr|\bpetits?\s+frais|\bpiccol[oa]\s+(?:spesa|contributo)|\bkleine\s+vergoeding",
        )
    });
    look(scene, &WORDS)
}

/// Somebody for hire, and what was lost coming back.
pub(super) fn got_back(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)\b(?:attorney|barrister|lawyer|solicitor|agent|expert|hacker|tracer|investigator|specialist|consultant|restitution|forensics?|recovery|compliance|chain\s?analyst)\b[^\n]{0,180}?\b(?:coins?|funds?|crypto|bitcoins?|money|savings|assets|wallets?)\b[^.!?\n]{0,24}\b(?:returned|recovered|restored|retrieved|back)\b|\b(?:attorney|barrister|lawyer|agent|forensics?|compliance\s\w+|analyst)\b[^\n]{0,60}?\b(?:recover(?:ed|s|y)?|retriev\w+|traced)\b|\b(?:attorney|barrister|barr\b|lawyer|solicitor|agent|expert|hacker|consultant|chambers|firm|cabinet|kanzlei)\b[^\n]{0,140}?\bgot\s(?:it|them|everything|all|mine|my\s\w+)\s[^.!?\n]{0,24}\b(?:released|back|returned|unlocked|unfrozen|restored)\b|\b(?:blockchain|crypto|cyber)\s+forensics?\b",
        )
    });
    look(scene, &WORDS)
}

/// Money for what nobody may see before: a flat without a viewing, a job without an interview.
pub(super) fn unseen(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)\b(?:no|without)\s(?:a\s)?(?:viewings?|visits?|interviews?|test drives?)\b|\b(?:landlord|owner|seller)\b[^.!?\n]{0,24}\b(?:abroad|overseas|out of (?:the )?country|im ausland|à l['’]étranger|en el extranjero|all['’]estero|in het buitenland)\b|\bcontract\s(?:comes\s)?(?:after|later)\b|\bohne besichtigung\b|\bsans visite\b|\bsin visita\b|\bzonder bezichtiging\b",
        )
    });
    look(scene, &WORDS)
}

/// The voice of a business that is not the company.
pub(super) fn own_desk(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| alone(OUR));
    if scene.is_companys_own_page() {
        return Vec::new();
    }
    look(scene, &WORDS)
        .into_iter()
        .filter(|t| {
            t.message.is_none_or(|m| {
                let message = &scene.messages[m];
                !message.role.is_official()
                    && (0..scene.mentions.len()).any(|i| scene.mentions[i].message == m)
            })
        })
        .collect()
}

/// A person with a title and half a name, as the one to ask for.
pub(super) fn persona(scene: &Scene<'_>) -> Vec<Trace> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| crate::post::rx(PERSONA));
    look(scene, &WORDS)
        .into_iter()
        .filter(|t| t.message.is_some_and(|m| scene.messages[m].role != Role::Employee))
        .collect()
}

/// Payment in gift cards; a company's own cards, which its customers pay with, are none.
pub(super) fn gift_card(scene: &Scene<'_>) -> Vec<Trace> {
    super::words::gift_card(scene)
        .into_iter()
        .filter(|t| !scene.company.is_named_in(&scene.plain.text[t.range.clone()]))
        .collect()
}

/// Who names a desk or a line as heard from somebody.
pub(super) fn passed_on(scene: &Scene<'_>) -> Vec<Trace> {
    static LINE: LazyLock<Regex> = LazyLock::new(|| alone(DESK_OR_LINE));
    hearsay(scene)
        .into_iter()
        .filter(|t| {
            let sentence = super::super::sentence::around(&scene.plain.text, t.range.start);
            LINE.is_match(&scene.plain.text[sentence])
        })
        .collect()
}

/// A fee beside something that is promised for it.
pub(super) fn fee_for_help(scene: &Scene<'_>) -> Vec<Trace> {
    static GAINED: LazyLock<Regex> = LazyLock::new(|| alone(GAIN));
    let mut found: Vec<Trace> = fee(scene)
        .into_iter()
        .filter(|t| t.message.is_some_and(|m| GAINED.is_match(scene.words(m))))
        .collect();
    found.extend(share(scene));
    found
}

/// Returns whether a text asks its reader for what opens an account: no company does in writing, whoever signs for it.
pub(in super::super) fn demands_a_key(text: &str) -> bool {
    static KEY: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)\b(?:giv(?:e|ing)|send|share|tell|provide|read(?:\s+out)?|reply\s+with|confirm|enter|forward|text|type|submit|dm|inbox|with|nenn\w*|send(?:en|et)|schick\w*|communiqu\w+|envoy\w+|donn(?:ez|er)|envíe\w*|diga|facilit[ea]\w*|invi\w+|comunic\w+|stuur|geef)\b[^.!?\n]{0,70}\b(?:otp|one[- ]?time\s+(?:code|pass\w*|pin)|cvv|cvc|(?-i:PIN|TAN|SMS-Code|BVN)|(?:6|six)[- ]?digit\s+code|card\s+(?:number|details)|(?:picture|photo|pic|foto)\s+of\s+(?:your|the|ur)\s+(?:\w+\s+)?card|(?:12|24|twelve)\s+words|(?:recovery|seed|private)\s+phrase|private\s+key|passwor[dt]|sms-?code|code\s+(?:reçu|por\s+sms|ricevuto)|token\s+(?:wey|that|you|we))\b",
        )
    });
    // `We will text you a code`: the company sends it, and asks for none.
    static SENDS: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)\b(?:we|they|i|wir|nous|wij)(?:['’]ll|['’]ve|\s+(?:will|can|have|then|werden|vous))?\s*$",
        )
    });
    KEY.find_iter(text).any(|found| {
        let before = crate::window::clip_end(&text[..found.start()], 24);
        !SENDS.is_match(before) && !super::denial::denied(text, &found.range(), true)
    })
}

/// Looks for words in the messages that count, sentence by sentence; what is denied is left out.
pub(super) fn look(scene: &Scene<'_>, words: &Regex) -> Vec<Trace> {
    let text = &scene.plain.text;
    let mut found = Vec::new();
    for message in live(scene) {
        let whole = scene.messages[message].whole.clone();
        for hit in words.find_iter(&text[whole.clone()]) {
            let range = whole.start + hit.start()..whole.start + hit.end();
            if super::denial::denied(text, &range, true) {
                continue;
            }
            found.push(Trace { message: Some(message), range });
        }
    }
    found
}

/// Returns whether a text reports that others asked the writer for something: `he wanted me to install …`.
///
/// A writer who reports it and is glad of it is a shill and no witness; the caller looks at that.
#[must_use]
pub(in super::super) fn reported(text: &str) -> bool {
    static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)\b(?:was|were|been|being|got)\s+(?:told|asked|instructed|persuaded|pressured)\s+(?:by|to)\b|\b(?:he|she|they|caller|agent|man|woman|guy|bloke|lady|rep|person|voice|someone|somebody|it|text|e?mail|number)\b[^.!?\n]{0,30}?\b(?:want(?:s|ed)|ask(?:s|ed|ing)|told|tells|tried|trying|demand(?:s|ed)|quoted|insist(?:s|ed)|says|said|needed|kept)\b[^.!?\n]{0,12}?\b(?:me|my|mum|mom|dad|her|him|us|i|to|for|that|he|they)\b|\b(?:er|sie|der\ (?:mann|anrufer))\s(?:wollte|verlangte|fragte)|\b(?:il|elle|on)\s(?:m['’]a\ demandé|voulait)|\bme\s(?:pidi[óo]|pidieron|pide)\b|\bmi\s(?:ha|hanno)\schiest\w+|\b(?:hij|zij|ze)\s(?:wilde|vroeg)",
        )
    });
    static DEMAND: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        vec![
            both(GIVE, SECRET, 60),
            both(GIVE, PAPERS, 60),
            alone(REMOTE),
            both(INSTALL, PROGRAM, 40),
            crate::post::rx(
                r"(?i)\b(?:gift|itunes|steam|target|prepaid)\ cards?\b|\b(?:safe|holding|secure)\ account|\bmove\ (?:my|all|the|her|his)\b",
            ),
            alone(MONEY),
        ]
    });
    SUBJECT.find_iter(text).any(|m| {
        let rest = &text[m.start()..];
        let end = rest.find(['\n']).unwrap_or(rest.len()).min(260);
        let near = crate::window::clip(rest, end);
        DEMAND.iter().any(|d| d.is_match(near))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_denied_is_not_asked_for() {
        let words = both(GIVE, SECRET, 60);
        for (text, asked) in [
            ("have the six-digit code from your text ready", true),
            ("reply with the one-time PIN", true),
            ("we will never ask you to give a passcode", false),
            ("do not share the verification code", false),
            ("nobody at the bank will ask for your PIN", false),
            ("bitte halten Sie Ihre PIN bereit", true),
            ("communiquez le code reçu par SMS", true),
        ] {
            let found = words.find_iter(text).any(|m| !super::super::denial::denied(text, &m.range(), true));
            assert_eq!(found, asked, "{text}");
        }
    }

    #[test]
    fn a_demand_is_told_from_a_report_of_one() {
        assert!(reported(
            "He says he's from the fraud team and he wants me to move my savings into a holding account."
        ));
        assert!(reported("The agent asked me for my card number and I rang off."));
        assert!(!reported("Call the desk and have your card number ready."));
    }
}
