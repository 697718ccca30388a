//! The words by which stance is heard: of fraud, of what is real, dead or works, of the writer's own, of victims and shills.
//!
//! Six languages, romanised Hindi among the signs of fraud; each class is one pattern.

use std::sync::LazyLock;

use regex::Regex;

macro_rules! words {
    ($name:ident, $pattern:expr) => {
        pub(super) static $name: LazyLock<Regex> = LazyLock::new(|| crate::post::rx($pattern));
    };
}

words!(
    FAKE,
    r"(?xi)\b(?:
      scam(?:s|mers?|med|my)?|fakes?|fraud(?:sters?|ulent)?|phish(?:ing)?|spoof(?:ed|ing)?|impost[eo]rs?|impersonat\w+|con\ (?:artists?|man|men|job)|rip-?off\ (?:line|number)|crooks?
    | beware|watch\ out|careful\ (?:with|folks|all|everyone|guys|people)|report\ (?:&|and)\ block|stay\ away|steer\ clear|avoid\ (?:the|this|that|any)\ (?:number|line|site|mail|\w+\ number)
    | (?:don['’]?t|doesn['’]?t|nobody|no\ one|not)\ falls?\ for\ (?:it|this|that|these)|(?-i:WARNING)|drainer|doing\ the\ rounds|harvests?|pretend\w*\ to\ be|posing\ as|claim(?:s|ed|ing)?\ to\ be\ from|been\ conned
    | betrug|betrüger\w*|betrugs\w*|abzocke\w*|fake-?nummer|finger\ weg|nicht\ echt|gefälscht\w*|reingefallen|warnung
    | arnaque\w*|escroc\w*|escroquerie|faux\ (?:numéro|site|service|conseiller|support)|fausse|frauduleu\w+|attention\ au|méfiez|méfiance
    | estafa\w*|timo|timador\w*|fraude|fals[oa]s?|cuidado|ojo\ con|engaño|suplanta\w*|haciéndose\ pasar|se\ hacen?\ pasar
    | truff\w+|falso|fasull\w+|raggir\w+|spaccia\w*\ per|attenzione\ al|occhio\ al|imbrogli\w*
    | oplicht\w*|nep(?:nummer|site|mail|p)?|nepnummer|valse?|trap\ er\ niet\ in|pas\ op|let\ op|doet\ zich\ voor|zogenaamd\w*
    )\b"
);

// Words that call for attention: a warning, unless what follows is a gift.
words!(ALERT, r"(?i)\b(?:achtung|vorsicht|attention\s(?:à|aux?)\b|attenzione|atención\s(?:a|con)\b)");

// What is given away.
words!(
    GIFT,
    r"(?i)\b(?:bonus|energiebonus|prämie|geschenk\w*|gratis|kostenlos|gutschein\w*|rabatt|prime|cadeau|gratuit\w*|bon\sd['’]achat|regalo|abono|bono|descuento|premio|buono|sconto|cadeaubon|korting)\b"
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
    r"(?xi)\b(?:not|no|isn['’]?t|never|nicht|kein\w*|pas|no\ es|non\ è|geen|niet)\s+(?:a\ |an\ |une?\ |ein\ |una\ )?[\x22“”'‘]?(?:scam\w*|fake|fraud\w*|betrug|arnaque|estafa|truffa|oplicht\w*)\b
    |\b(?:went\ through|after|tried|met)\s+(?:\d+|two|three|four|five|several|many|so\ many|a\ few|all\ the|too\ many)\s+(?:fakes?|scam\w*|fraud\w*|impost\w+)\b|\bif\s+(?:you|u)\s+(?:was|were|are|got|get|have\ been|been)\s+(?:scam\w*|defraud\w*|conned)|\bfraud\s*:|\bfraud\s+(?:teams?|line|dept|department|desk|unit|squad|number|hotline|helpline|prevention|claims?|operations|office|services?|cent(?:er|re)|support)\b|\banti-?fraud\b|\b(?:potential|possible|suspected|about)\ fraud\b|\bfraud(?:ulent)?\ (?:alert|activity|transactions?|attempts?|charges?|payments?|on\ your|detected|case|purchase)\b|action\ fraud|screams?\ scam|\bscam\ (?:line|team|hotline|helpline|desk|refund|claim|form|reimbursement|loss|victim)s?\b|\bfraud\ (?:affidavit|report|form|refund)s?\b|\banti-?fraudes?\b|\bbetrugs(?:hotline|abteilung|dezernat|melde\w*|stelle|nummer|telefon|prävention)\w*|\b(?:ligne|service|équipe|cellule|numéro)\ (?:anti-?)?fraudes?\b|\b(?:departamento|equipo|servicio)\ (?:de\ |anti-?)fraudes?\b|report\ fraud|\bfraudes?\ (?:y|et|desk)\b"
);

words!(
    REAL,
    r"(?xi)\b(?:
      (?:only|just)\ (?:trust|use|call|ring|dial)|only\ (?:real|domain|number|line|site)|(?:the|my|their|its)\ (?:actual|real|genuine|true|proper|correct|right|official)|real\ (?:one|number|line|address|site)|actual\ (?:company|number|line|one|address)|genuine|(?:own|official)\ (?:web\ ?site|site|app|page|number|line|domain|help\ ?line|hotline|desk|team|office|form)|printed\ (?:on|in|inside)|what\ (?:did|fixed|solved|sorted)\ (?:it|that)|is\ (?:the\ )?(?:correct|right|official|proper)|correct\ (?:one|number)|proper\ (?:one|number|line|address)|legit(?:imate)?
    | (?:on|off|from|at)\ the\ back\ of|back\ of\ (?:my|your|the)|(?:from|on|in)\ (?:the|its|their)\ (?:letter\ ?head|loan\ papers)|on\ (?:my|your|the)\ (?:card|bill|statement|itinerary|contract|invoice|policy|box|receipt|ticket)|inside\ the\ lid|(?:on|from)\ (?:their|the)\ (?:own\ |official\ |actual\ |real\ )?(?:website|site|app|letter|web\ site)
    | what\ (?:actually\ )?worked|(?:branch|teller|cashier|staff)\s+(?:gave|wrote|told|said)|instead\ (?:call|ring|use|write|mail)|(?:call|ring|use|write|mail|email|go|contact|report\ it|dispute\ it|reach\ them)\b[^.!?\n]{0,40}\binstead
    | echte\w*|richtige\w*|offizielle\w*|tatsächliche\w*|die\ wahre|stattdessen
    | bon\ (?:numéro|mail|contact)|vrai\w*|véritable|officiel\w*|le\ bon\ (?:numéro|mail)|au\ dos\ de
    | (?:teléfono|número|correo)\ (?:bueno|correcto)|verdader[oa]s?|auténtic[oa]|oficial(?:es)?|el\ bueno|de\ verdad
    | ver[oa]\ (?:numero|è)|il\ vero|autentic[oa]|ufficiale|quello\ giusto|quello\ vero
    | juiste|officiële|het\ echte
    | (?:el|la)\ del?\ (?:billete|recibo|factura|tarjeta|contrato|ticket)|totoo(?:ng)?|tunay
    )\b"
);

words!(
    DEAD,
    r"(?xi)\b(?:
      (?:is|was|are|now|it['’]s|it\ is|confirmed|long|been|stone|also)\ dead|dead\ (?:now|number|line|as|end|since|mailbox)|went\ dead|(?:isn|aren)['’]t\ (?:monitored|read|in\ use|answered)|no\ longer\ (?:in\ service|works?|working|exists?|valid|active|in\ use|read|monitored|answers?|there)|not\ (?:in\ service|working|monitored|read|in\ use|valid|recogni[sz]ed)\b|^\W*(?:is\ |all\ )?dead\W*$|out\ of\ service|disconnected|decommissioned|discontinued
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
      (?:still\ )?works?\b|worked|still\ (?:live|good|active|answers?|valid|current|answering)|answered|got\ through|picked\ up|(?:,|got|reached)\ an?\ (?:real\ |actual\ )?human|is\ (?:right|correct|current|live)|can\ confirm|confirmed?(?:\ working)?|(?:they|she|he)\ (?:called|rang|replied|wrote|mailed|answered|came|sent|fixed)|called\ (?:me\ )?back|mailed\ back|wrote\ back|replied|sorted|right\.$
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
    r"(?xi)\b(?:(?:they|he|she)\ (?:got|robbed|cleaned|scammed|conned|emptied|took)\ (?:me|my|us|out|£|\$|€)|i\ (?:got|was|was\ nearly)\ (?:scammed|conned|robbed|had)|i\ (?:just\ )?hung\ up|hung\ up\ on\ (?:him|her|them|it)\b|(?-i:Hung\ up)|j['’]ai\ raccroché|aufgelegt|he\ colgado|ho\ riattaccato|opgehangen|(?:told|talked|persuaded|convinced|tricked)\ (?:her|him|me|us|them|mum|mom|dad|my\ \w+)\ (?:to|into)\ (?:mov|transf|pay|giv|install|buy|read|send)\w*|crime\ (?:number|reference)|never\ do(?:es)?\ that|lost\ (?:£|\$|€)\s?\d|(?:told|reported\ (?:it\ )?to)\ (?:the\ )?(?:bank|police|ftc|action\ fraud)|police\ report|my\ bank\ (?:stopped|blocked|caught)|(?:room-?mate|flat-?mate|friend|son|daughter|wife|husband|cashier|teller|neighbou?r)\ stopped\ (?:me|him|her|us)\b|nearly\ fell|almost\ (?:got|fell)|fell\ for|like\ an\ idiot|we\ would\ never|nearly\ had|(?:they|he|she|caller|guy|bloke|man)\ (?:then\ |just\ )?(?:wanted|tried\ to\ get)\ (?:me|us|her|him|mum|mom|dad|my)\b|wanted\ my\ (?:\w+\ )?(?:code|pin|password|card)|cleaned\ me\ out|gave\ it\ all\ back|je\ me\ suis\ fait\ avoir|porté\ plainte|plainte\ (?:déposée|à\ la)|ma\ banque\ a\ bloqué|anzeige\ (?:erstattet|bei)|bin\ (?:ich\ )?(?:darauf\ )?reingefallen|he\ denunciado|me\ (?:han\ )?(?:robaron|robado|timaron|timado|estafaron|estafado)|denuncia\ (?:alla|ai|fatta)|mi\ hanno\ (?:rubato|truffato)|aangifte)\b"
);

words!(
    ASKS_IF_REAL,
    r"(?xi)\b(?:is|are|was)\ (?:this|that|it|these|they)\b[^.!\n]{0,60}\b(?:legit|genuine|real|scam|fake|safe)\b[^.!\n]{0,20}\?|\blegit(?:imate)?\ ?\?|genuine\ ?\?+|\bis\ (?:this|that|it)\ (?:really\ |actually\ |from\ )*(?-i:\p{Lu})[\w\ ]{2,30}\?|\bis\b[^.!?\n]{0,80}\b(?:real|really|legit|genuine|theirs|scam|fake)\b[^.!?\n]{0,24}\?|\breal\ or\ fake\b|(?:ist|sind)\ (?:das|die)\b[^.!\n]{0,40}\b(?:echt|betrug|fake)\b[^.!\n]{0,10}\?|fake-?shop\?|(?:est-ce|c['’]est)\b[^.!\n]{0,40}\b(?:arnaque|vrai|fiable)\b[^.!\n]{0,10}\?|\b(?:es|será)\b[^.!\n]{0,40}\b(?:estafa|timo|fiable)\b[^.!\n]{0,10}\?|\bè\b[^.!\n]{0,40}\b(?:truffa|vero|affidabile)\b[^.!\n]{0,10}\?|\bis\ dit\b[^.!\n]{0,40}\b(?:echt|nep|oplichting)\b[^.!\n]{0,10}\?"
);

words!(
    SAYS_REAL,
    r"(?xi)^\W*(?:\S{2,30}\s?:\s*|\S{2,30}\s\([^)\n]{1,40}\):?\s*)?yes\b|\byes,?\ (?:it|that|this)(?:['’]s|\ is)\ (?:real|genuine|legit|them|theirs|ok|fine)|\bit['’]?s\ (?:real|genuine|legit|fine)\b|that(?:['’]s|\ is)\ (?:really\ )?(?:them|theirs|genuine|real)|(?:nein|kein)[^.\n]{0,20}\bfake|\bist\ echt|c['’]est\ bien\ eux|es\ (?:de\ verdad|auténtico)|it['’]s\ fine"
);

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
    r"(?xi)\b(?:that|this|it|he|she|they)(?:['’]s|['’]re|\ is|\ are|\ was)\ (?:definitely\ |just\ |all\ )?an?\ (?:\w+\ ){0,2}(?:scam\w*|fraud\w*|con|fake|trick)|\bscam\W*$|report\ (?:it|this|that)\ as\ (?:phishing|spam|a\ scam)|^\W*(?:\S{2,30}(?:\s\([^)\n]{1,40}\))?\s?:\s*)?(?:classic|fake|phishing|scam|ist\ falsch|betrug|arnaque|estafa|timo)\b\W|das\ ist\ (?:ein\ )?betrug|c['’]est\ une\ arnaque|es\ una\ estafa|è\ una\ truffa|dat\ is\ oplichting|sab\ fraud|fraud\ hai"
);

words!(
    NOT_OURS,
    r"(?i)\b(?:is|are|was)(?:n['’]t|\s+not)\s+(?:one\s+of\s+)?(?:our|ours)\b|\bnot\s+(?:our|a)\s+(?:number|line|address|site|company)\s+(?:of\s+ours)?|\bgehört nicht zu uns|\bne nous appartient pas|\bno es nuestro|\bnon è (?:nostr[oa]|un nostro)|\bis niet van ons"
);

words!(
    HANG_UP,
    r"(?xi)\b(?:hang\ up|put\ (?:the\ phone|it)\ down|no\.\s|auflegen|leg(?:en\ sie)?\ auf|raccroch\w+|cuelg\w+|riattacc\w+|ophangen|hang\ op)"
);

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
    r"(?xi)^\W{0,3}(?:has\ |have\ |just\ |keeps?\ |that\ |which\ |one\ )*(?:comes?\ up|came\ up|shows?\ up|pops?\ up|messaged|texted|called|calls|rang|phoned|contacted|e?mailed|calling|texting|ringing|wrote\ to|hat\ (?:mich|mir)\ (?:\w+\ ){0,2}(?:angerufen|geschrieben|angeschrieben|kontaktiert)|m['’]a\ (?:appel|contact|écrit|envoy|téléphon|joint|harcel)\w*|me\ (?:ha\ )?(?:llamó|escribió|llamado|escrito|contactado)|mi\ ha\ (?:chiam|telefon|scritt|contatt|mandat)\w*|belde)\b"
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
    r"(?xi)\b(?:reach|use|call|ring|write\ to|mail|email|e-mail|forward\ (?:it\ )?to|report\ (?:it\ |them\ )?(?:to|at|on|via)|contact|go\ to|dispute|reach|rufen|melden|schreib\w*|appelez|écrivez|signalez|llam\w+|escrib\w+|chiam\w+|scriv\w+|segnal\w+|bel|mail|nachfrag\w*|fragen|wenden|bloque\w*|avis[ae]\w*|avvis\w+)\b"
);

words!(
    RECOVERED,
    r"(?xi)(?:froze|unfroze|traced|tracked|clawed|pulled|reversed)\ (?:\w+\ ){0,2}(?:wallets?|coins|funds|money|[£$€]\s?\d)|\bex-?(?:fbi|police|cops?|interpol|hackers?)\b|certified\ (?:dispute|recovery|chargeback)|(?:recover(?:ed|y|s)?|retriev\w+|got\ (?:it\ all|everything|my\ (?:money|coins|funds|crypto|account))\ back|helped\ me|wieder(?:beschafft|geholt)|récupér\w+|recuper\w+|teruggehaald|terughalen)[^.!?\n]{0,120}(?:telegram|whatsapp|hacker|expert|agent|specialist|wizard|instagram|contact|reach|text|mail|hit\ up)|traced\ (?:it|them|my|the)\b|every\ coin\ back|back\ in(?:to)?\ my\ (?:\w+\ )?wallet|to\ my\ wallet|recovered\ after|(?:attorney|barrister|agent|firm|expert|hacker|agency|specialist|lawyer|investigator|restitution|recovery)[^\n]{0,200}(?:%|coins?|funds?|crypto|money|bitcoins?|savings|assets)[^.!?\n]{0,24}\b(?:returned|recovered|restored|retrieved)|(?:tracer|recovery|hacker|investigator|licensed|certified)\b[^.!?\n]{0,60}\b(?:retriev|recover|got)\w*|(?:ethical\ hacker|hacker\ (?:on|who|named|called|i\ found)|recovery\ (?:expert|agent|team|specialist|service|firm|company))"
);

words!(
    PAST,
    r"(?xi)\b(?:called|rang|searched|googled|first\ result|top\ result|came\ up|comes\ up|showed\ as|shows\ as|caller\ id|left\ (?:a|his|her|their)\ card|shows\ up|popped|said\ (?:to|I)|calls?\ (?:me|you|from)|rings?\ (?:me|you)|me\ (?:llam|ha\ llam)\w+|mi\ (?:ha\ )?(?:chiam|telefon)\w+|m['’](?:appelle|a\ appelé)|ruft\ mich|rief\ mich|belt?\ mij|belde\ mij|told\ me|asked\ (?:me|for)|says|claim\w*|ad\b|advert\w*|texts?\ (?:that|saying)|letter|sticker|if\ you\ (?:google|search)|pretend\w*|sort\ en\ premier|erscheint|steht\ ganz\ oben|sale\ (?:el\ )?primero|aparece|compare|esce\ per\ primo|staat\ bovenaan)\b"
);

words!(
    NEGATED,
    r"(?xi)(?:\bis|['’]s|\bare|\bwas)\s+(?:really\ |actually\ |definitely\ )?not\s+(?-i:[\p{Lu}])|\b(?-i:IS\ NOT)\b|\bisn['’]t\s+(?:really\ )?(?-i:\p{Lu})|\bn['’]est\ pas\s+(?-i:\p{Lu})|\bist\ nicht\s+(?:die\ |der\ |das\ )?(?-i:\p{Lu})|\bno\ es\s+(?:el\ de\ |de\ )?(?-i:\p{Lu})|\bnon\ è\s+(?:di\ |quello\ di\ )?(?-i:\p{Lu})|\bis\ niet\s+(?:van\ )?(?-i:\p{Lu})|\bnot\s+(?:the|that|this)\s+(?:number|line|one|address|site|page|mailbox)\b|\bnothing\ to\ do\ with\b"
);

words!(
    OF_ITSELF,
    r"(?i)\b(?:this|our)\s+(?:service|site|website|page|directory|company|desk|helpline)\b[^.!?\n]{0,60}$|\bwe\b[^.!?\n]{0,30}$"
);

words!(
    THAT_IS_FALSE,
    r"(?xi)^\W*(?:\w+[,!.]?\ ){0,3}?(?:it|that|this|those|they)(?:['’]s|\ is|\ are|\ was|['’]re|\ isn['’]t|isn['’]t)\s+(?:(?:definitely|really|just|absolutely)\ )?(?:not\ (?-i:\p{Lu})|not\ (?:them|theirs|real|genuine|the\ (?:real|company|bank))|an?\ (?:\w+[\ -]){0,2}(?:scam|fake|fraud|outfit|con|rip-?off|premium|call\ shop|boiler\ room|agency|reseller|third\ party)|fake|premium|a\ scam)|^\W*(?:\w+[,!.]?\ ){0,3}?(?:it|that|this|those|they)\s?(?:isn['’]t|is\ not|['’]s\ not|aren['’]t|are\ not)\s+(?:really\ |actually\ )?(?:ours|theirs|us|them|real|genuine|legit|one\ of\ (?:ours|theirs))\b|^\W*(?:never|don['’]?t|do\ not)\ (?:use|call|ring|dial|trust)\ (?:it|that|this)\b|^\W*(?:das|die|der)\ (?:ist|sind)\ (?:nicht\ (?:von|die|der)|betrug|fake|eine?\ (?:falsche|betrugs)\w*)|^\W*(?:c['’]est|ce\ n['’]est)\ (?:une\ arnaque|un\ faux|pas\ (?:eux|le\ bon))|^\W*(?:es|eso\ es)\ (?:una\ estafa|falso)|^\W*(?:è|quello\ è)\ (?:una\ truffa|falso)|^\W*(?:dat\ is|is)\ (?:nep|oplichting)"
);

words!(
    CUT,
    r"(?i);|\ [–—-]\ |\bbut\b|\bwhereas\b|\baber\b|\bsondern\b|\bmais\b|\bpero\b|\bsino\b|\bma\b|\bmaar\b|\band\s+then\b|,\s+then\b|,\s+(?:the|that|so|and|our|their|its|you|we|they|please|unser\w*|notre|nuestr\w+|les|der|die|das|el|il|het|de|ruf|stattdessen)\b|\bthe other (?:one|number)"
);

words!(
    GIVEN,
    r"(?xi)\b(?:showed\ (?:up\ )?as|shows\ (?:up\ )?as|came\ up\ as|caller\ id|left\ (?:me\ )?(?:a|his|her|their)\ (?:card|number)|(?:he|she|they|the\ caller)\ (?:gave|left|rang|called|phoned|texted)|number\ (?:was|showed|they\ gave)|rang\ (?:me\ )?from|called\ (?:me\ )?from|(?:mich|mir)\s[^.\n]{0,30}angerufen|m['’]a\ appelé|me\ llam[óo]|mi\ ha\ chiamato|belde\ mij)\b"
);

words!(OTHER_NUMBER, r"(?i)\b\d{3,5}\s+(?:one|number|line|nummer|numbers?|numéro|número|numero)\b");
words!(DIGITS, r"\b\d[\d ]{1,6}\d\b");
words!(LOCAL, r"(?i)\b([\w.+-]{2,40})@(?:\s|$|[,;!?)])");
