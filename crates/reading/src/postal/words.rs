//! The words of postal addresses: what streets, boxes, buildings, firms, labels and countries are called.
//!
//! Knowledge only, by kind and language; the rules that use it are beside it. All entries are lower case and compared
//! with lower-cased words of the page. To teach a new language, add its words to each table.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use crate::lower::Lower;

/// A set of words, built at first use.
pub(super) type Words = LazyLock<HashSet<&'static str, FixedState>>;

/// Splits a table of words separated by white space.
fn set(table: &'static str) -> HashSet<&'static str, FixedState> {
    table.split_whitespace().collect()
}

/// Splits a table of phrases separated by `|`.
fn phrases(table: &'static str) -> HashSet<&'static str, FixedState> {
    table.split('|').map(str::trim).filter(|phrase| !phrase.is_empty()).collect()
}

/// Small words that stand inside of names and streets.
pub(super) static CONNECTORS: Words = LazyLock::new(|| {
    set(
        "of the and & + for on upon under le la les du des de d l et au aux sur sous en del los las el y e da do dos \
         di dei della delle dello degli dell sul nel und für am der die das den dem von vom zu zur zum bei a. d. m. \
         i. b. ob an van het ten ter op aan al 't 's ul os c/o p/a t.a.v. tav z.hd. z. hd. bis quater nº no. n° no nr. nr \
         s/n bajo planta piso puerta local esq. c/ c. u. vor auf dem hinter im y.",
    )
});

/// Words of streets that are also written in lower case.
pub(super) static STREET_WORDS: Words = LazyLock::new(|| {
    set(
        "street st st. str str. road rd rd. avenue ave ave. av av. avda avda. lane ln ln. drive dr dr. way court ct \
         ct. place pl pl. boulevard blvd blvd. bd bd. boul boul. parkway pkwy pkwy. highway hwy hwy. square sq sq. \
         terrace close crescent cres cres. grove gardens row walk mews quay wharf circle cir cir. trail trl plaza \
         broadway turnpike pike loop parade pde esplanade embankment strand alley yard rise croft causeway bypass \
         expressway freeway motorway bowl dale approach view mall marg nagar salai \
         rue allée allées allee chemin ch. quai cours impasse route rte square passage faubourg fbg parvis \
         rond-point sentier voie villa \
         calle carrer avenida paseo plaza pza pza. camino carretera ctra ctra. travesía glorieta rambla ronda \
         passeig avinguda polígono poligono pol. urbanización urb. plaça \
         via viale piazza p.zza piazzale corso c.so largo vicolo strada contrada località loc. lungotevere \
         lungarno galleria traversa salita frazione \
         straße strasse weg platz allee gasse ring damm ufer chaussee \
         straat laan plein gracht kade dijk singel dreef steeg pad \
         rua praça travessa vej vägen gatan gata",
    )
});

/// Endings that make a street of one word, as German and Dutch do.
pub(super) const STREET_ENDINGS: &[&str] = &[
    "straße",
    "strasse",
    "str.",
    "str",
    "weg",
    "platz",
    "allee",
    "gasse",
    "ring",
    "damm",
    "ufer",
    "chaussee",
    "markt",
    "graben",
    "steig",
    "brücke",
    "wall",
    "zeile",
    "stieg",
    "promenade",
    "stiege",
    "berg",
    "kamp",
    "straat",
    "laan",
    "plein",
    "gracht",
    "kade",
    "dijk",
    "singel",
    "dreef",
    "steeg",
    "plantsoen",
    "baan",
    "gatan",
    "vägen",
    "gade",
    "vej",
    "gata",
    "veien",
    "katu",
    "tie",
];

/// Words before a street's name that make it one without a number (Romance languages).
pub(super) static STREET_LEADS: Words = LazyLock::new(|| {
    set(
        "rue avenue av av. boulevard bd bd. boul. place pl. allée allées chemin ch. quai cours impasse route rte \
         square passage faubourg parvis esplanade rond-point sentier voie villa zone za zi zac lieu-dit lieudit \
         calle c/ c. carrer avda avda. avenida paseo pº plaza pza pza. camino carretera ctra ctra. travesía glorieta \
         rambla ronda passeig avinguda polígono poligono pol. plaça gran \
         via viale piazza p.zza piazzale corso c.so largo vicolo strada contrada località loc. lungotevere lungarno \
         galleria traversa salita frazione rua praça",
    )
});

/// Words of buildings, floors, units and estates.
pub(super) static BUILDING_WORDS: Words = LazyLock::new(|| {
    set(
        "house building bldg bldg. floor fl. level suite ste ste. unit tower towers centre center park estate block \
         room rm. apt apt. apartment mailstop mailcode mc chambers court hall lodge mill works wing plot flat shop \
         door phase sector pocket complex arcade mansion bhavan bhawan campus exchange hangar airport terminal \
         warehouse depot pavilion annex annexe cottage farm villa barn studio studios office offices suites point \
         industrial business technology science retail enterprise trading docks dock gate layout colony enclave \
         étage bâtiment bat. bât. immeuble tour résidence escalier porte hall entrée cedex parc domaine centre \
         planta piso oficina edificio escalera puerta torre local nave bloque \
         scala palazzo interno piano edificio torre centro \
         haus gebäude etage og stock stiege top hof geb. geb campus turm aufgang hinterhof eingang \
         verdieping gebouw toren unit kamer bus",
    )
});

/// Number words that stand for a house number.
pub(super) static NUMBER_WORDS: Words =
    LazyLock::new(|| set("one two three four five six seven eight nine ten eleven twelve"));

/// Legal forms, dots removed.
pub(super) static LEGAL_FORMS: Words = LazyLock::new(|| {
    set(
        "ltd limited plc llp llc lp inc incorporated corp corporation gmbh ag kg kgaa ohg gbr ug mbh ev eg se sas sasu \
         sarl sa sàrl scop sci gie snc eurl sl slu sau spa srl srls sapa bv nv vof cv bvba sprl asbl vzw pty dac clg \
         uc na cic cio scio ab as oy aps a/s asa oyj kft zrt doo pvt private company co lda pte bhd sdn gesmbh",
    )
});

/// Words of firms, bodies and teams, without a legal form.
pub(super) static BODY_WORDS: Words = LazyLock::new(|| {
    set(
        "bank society school university college council hotel department dept dept. team unit services service trust \
         association institute institution library museum hospital clinic surgery pharmacy practice ombudsman \
         commission commissioner authority agency bureau board directorate division section relations complaints \
         grievance grievances redressal resolution resolutions customer customers member client clients care support \
         company group holding holdings insurance assurance partners partnership solicitors associates foundation \
         federation union club theatre theater church centre center office officer manager director secretary \
         registrar head executive chief president attn attention fao network store shop restaurant cafe escalated \
         services kundenservice kundendienst kundenbetreuung beschwerdemanagement beschwerdestelle abteilung referat \
         vorstand vorstandsbüro geschäftsführung zentrale verband verein stiftung bundesamt bundesanstalt \
         schlichtungsstelle ombudsstelle versicherung sparkasse krankenkasse stadtwerke landratsamt ministerium \
         société service services direction département médiateur médiation médiatrice réclamations relation relations consommation consommateur clients commercial commerciale juridique \
         clientèle consommateurs caisse banque assurances assurance mutuelle conseil mairie préfecture association \
         agence autorité commission défenseur \
         departamento servicio atención cliente clientes banco defensor dirección oficina sociedad asociación \
         ayuntamiento agencia dirección ufficio servizio clienti reclami banca società direzione gestione \
         associazione comune autorità \
         klantenservice klachten klachtencommissie klachtenfunctionaris klachtenafdeling klant afdeling directie stichting vereniging \
         geschillencommissie gemeente ombudsman commissie raad bestuur bank verzekeringen",
    )
});

/// Whole lines and labels that name what follows and are no part of it.
pub(super) static LABELS: Words = LazyLock::new(|| {
    phrases(
        "address|our address|addresses|postal address|mailing address|mail address|street address|office address|\
         business address|company address|physical address|correspondence address|correspondence|visiting address|\
         delivery address|registered office|registered office address|registered address|head office|\
         head office address|headquarters|hq|office|offices|our office|our offices|main office|corporate office|\
         corporate headquarters|corporate address|principal office|principal place of business|postal|post|by post|\
         by mail|via mail|via post|mail|us mail|letter|by letter|in writing|in person|write|write to us|write us|\
         write to|writing|written|visit|visit us|come visit us|find us|how to find us|where to find us|where we are|\
         location|locations|our location|map|contact|contacts|contact us|contact info|contact information|\
         contact details|our contact details|get in touch|general contacts|details|info|information|imprint|\
         service of process|legal notice|return address|returns|returns address|billing address|name and address|\
         company|company information|company details|company info|about|about us|complaints|complaints address|\
         online|phone|telephone|email|fax|hours|opening hours|directions|useful addresses|you can contact us|\
         anschrift|adresse|postanschrift|hausanschrift|postadresse|firmensitz|hauptsitz|sitz|sitz der gesellschaft|\
         kontakt|kontaktdaten|impressum|geschäftsadresse|geschäftsanschrift|postalisch|per post|auf dem postweg|\
         postweg|brief|per brief|schriftlich|anbieter|herausgeber|betreiber|verantwortlich|ihr vertragspartner|\
         siège|siège social|adresse postale|adresse du siège|adresse du siège social|par courrier|\
         par courrier postal|par voie postale|par la poste|courrier|courrier postal|nous écrire|écrivez-nous|\
         nous trouver|nous contacter|contactez-nous|mentions légales|éditeur|hébergeur|coordonnées|\
         dirección|dirección postal|domicilio|domicilio social|sede|sede social|sede central|oficina|oficinas|\
         contacto|por correo|por correo postal|correo postal|por escrito|por carta|dónde estamos|ubicación|\
         indirizzo|indirizzo postale|sede legale|sede operativa|sede amministrativa|sede principale|contatti|\
         dove siamo|per posta|posta|per iscritto|a mezzo posta|\
         adres|bezoekadres|postadres|post adres|correspondentieadres|vestigingsadres|per post|per brief|schriftelijk|\
         contactgegevens|hoofdkantoor|kantoor|vestiging|adresgegevens|neem contact op",
    )
});

/// Field names of an address that is printed field by field: dropped, the growth goes on.
pub(super) static FIELDS: Words = LazyLock::new(|| {
    phrases(
        "street|street name|city|town|county|state|province|postcode|post code|postal code|zip|zip code|pin|pincode|\
         pin code|eircode|country|building|floor|suite|unit|po box|p.o. box|name|company name|firma|\
         plz|ort|straße|land|code postal|ville|pays|rue|raison sociale|código postal|cp|ciudad|localidad|provincia|\
         país|calle|cap|città|via|nazione|postcode|plaats|straat|ragione sociale|region|locality",
    )
});

/// Labels that belong to the addressee and stay.
pub(super) static ATTENTION: Words = LazyLock::new(|| {
    phrases(
        "attn|attention|attn.|att|att.|fao|f.a.o|f.a.o.|for the attention of|c/o|care of|z.hd|z. hd|z.hd.|z. hd.|\
         zu händen|zu händen von|t.a.v|t.a.v.|ter attentie van|à l'attention de|à l’attention de|\
         a la atención de|a/a|a la att|alla c.a|alla cortese attenzione|all'attenzione di|mail code|mail stop|\
         dept|ref|apt",
    )
});

/// Words that open what is no address: telephone, e-mail, register and tax labels.
pub(super) static STOP_WORDS: Words = LazyLock::new(|| {
    set(
        "tel tél telefon telefono teléfono téléphone telephone telefoon fon fax telefax facsimile e-mail email courriel \
         correo website internet www homepage url hrb hra ust-idnr ust-id geschäftsführer geschäftsführerin \
         amtsgericht registergericht handelsregister siret siren rcs tva naf p.iva rea kvk btw cif nif skype whatsapp \
         copyright © toll-free tollfree freephone abn acn gstin cin steuernummer iban bic telephonenumber mobilfunk \
         vertreten vertretungsberechtigt inhaber inhaberin uid",
    )
});

/// Words that open what is no address only where a number, a colon or nothing follows: `Phone 020`, but `Phone House`.
pub(super) static STOP_LABELS: Words = LazyLock::new(|| {
    set(
        "phone ph mobile mobil mob cell handy portable t f e m w mail web site site: open opening monday mo-fr mon-fri \
         mon lundi lunes lunedì maandag montag all call click map maps directions get view kontakt contact bank reg \
         hours ust vat capital ape cf c.f gst company register more info see print share",
    )
});

/// Words after which an address begins in running text.
pub(super) static LEAD_INS: Words = LazyLock::new(|| {
    set(
        "at to is are by via address adress addresse adresse post mail writing letter located situated based office \
         offices headquartered being a: c/o an: unter: an unter bei lautet in per ansässig sitz anschrift \
         à a au chez est situé située situés sis sise établi établie établis domicilié domiciliée domiciliés siège \
         suivante adressé adressée écrire écrivant courrier \
         al en es sita sito ubicada ubicado domiciliada domiciliado domicilio dirección escribiendo escribir \
         presso indirizzo sede scrivere scrivendo sita situata ubicata con \
         aan naar te op gevestigd bij adres kantoorhoudende wohnhaft address: us with from under operates operated",
    )
});

/// Words after which a body is named before its street: `X at 1 High Street`.
pub(super) static PLACED: Words = LazyLock::new(|| {
    set(
        "at located situated based of situé située situés sis sise établi établie domicilié domiciliée sita sito \
         ubicada ubicado domiciliada con sede gevestigd te ansässig in mit sitz is headquartered en unter situata",
    )
});

/// Verbs that open a sentence right before an addressee: `Contact Jane Doe`.
pub(super) static OPENERS: Words = LazyLock::new(|| {
    set(
        "write contact visit mail address call please schreiben kontaktieren kontaktiere contactez écrivez écrire \
         envoyez adressez demande demandez alors ensuite sinon escriba escribir envíe contacte scrivere scrivete inviare schrijf stuur bezoek alternatively",
    )
});

/// Names of countries as addresses print them, with their codes.
pub(super) const COUNTRIES: &[(&str, &str)] = &[
    ("united kingdom", "GB"),
    ("uk", "GB"),
    ("u.k", "GB"),
    ("great britain", "GB"),
    ("england", "GB"),
    ("scotland", "GB"),
    ("wales", "GB"),
    ("northern ireland", "GB"),
    ("vereinigtes königreich", "GB"),
    ("großbritannien", "GB"),
    ("royaume-uni", "GB"),
    ("reino unido", "GB"),
    ("regno unito", "GB"),
    ("verenigd koninkrijk", "GB"),
    ("ireland", "IE"),
    ("republic of ireland", "IE"),
    ("irland", "IE"),
    ("irlande", "IE"),
    ("irlanda", "IE"),
    ("ierland", "IE"),
    ("united states", "US"),
    ("united states of america", "US"),
    ("usa", "US"),
    ("u.s.a", "US"),
    ("us", "US"),
    ("u.s", "US"),
    ("états-unis", "US"),
    ("etats-unis", "US"),
    ("estados unidos", "US"),
    ("stati uniti", "US"),
    ("verenigde staten", "US"),
    ("vereinigte staaten", "US"),
    ("canada", "CA"),
    ("kanada", "CA"),
    ("australia", "AU"),
    ("australien", "AU"),
    ("new zealand", "NZ"),
    ("india", "IN"),
    ("germany", "DE"),
    ("deutschland", "DE"),
    ("allemagne", "DE"),
    ("alemania", "DE"),
    ("germania", "DE"),
    ("duitsland", "DE"),
    ("austria", "AT"),
    ("österreich", "AT"),
    ("autriche", "AT"),
    ("oostenrijk", "AT"),
    ("switzerland", "CH"),
    ("schweiz", "CH"),
    ("suisse", "CH"),
    ("suiza", "CH"),
    ("svizzera", "CH"),
    ("zwitserland", "CH"),
    ("liechtenstein", "LI"),
    ("france", "FR"),
    ("frankreich", "FR"),
    ("francia", "FR"),
    ("frankrijk", "FR"),
    ("belgium", "BE"),
    ("belgien", "BE"),
    ("belgique", "BE"),
    ("bélgica", "BE"),
    ("belgio", "BE"),
    ("belgië", "BE"),
    ("luxembourg", "LU"),
    ("luxemburg", "LU"),
    ("luxemburgo", "LU"),
    ("lussemburgo", "LU"),
    ("netherlands", "NL"),
    ("the netherlands", "NL"),
    ("holland", "NL"),
    ("niederlande", "NL"),
    ("pays-bas", "NL"),
    ("países bajos", "NL"),
    ("paesi bassi", "NL"),
    ("nederland", "NL"),
    ("spain", "ES"),
    ("spanien", "ES"),
    ("espagne", "ES"),
    ("españa", "ES"),
    ("spagna", "ES"),
    ("spanje", "ES"),
    ("italy", "IT"),
    ("italien", "IT"),
    ("italie", "IT"),
    ("italia", "IT"),
    ("italië", "IT"),
    ("portugal", "PT"),
    ("denmark", "DK"),
    ("dänemark", "DK"),
    ("danmark", "DK"),
    ("sweden", "SE"),
    ("schweden", "SE"),
    ("sverige", "SE"),
    ("norway", "NO"),
    ("norwegen", "NO"),
    ("norge", "NO"),
    ("finland", "FI"),
    ("finnland", "FI"),
    ("iceland", "IS"),
    ("poland", "PL"),
    ("polen", "PL"),
    ("pologne", "PL"),
    ("polska", "PL"),
    ("czech republic", "CZ"),
    ("czechia", "CZ"),
    ("tschechien", "CZ"),
    ("slovakia", "SK"),
    ("slovenia", "SI"),
    ("hungary", "HU"),
    ("ungarn", "HU"),
    ("romania", "RO"),
    ("bulgaria", "BG"),
    ("bulgarien", "BG"),
    ("greece", "GR"),
    ("griechenland", "GR"),
    ("cyprus", "CY"),
    ("zypern", "CY"),
    ("malta", "MT"),
    ("estonia", "EE"),
    ("estland", "EE"),
    ("latvia", "LV"),
    ("lithuania", "LT"),
    ("croatia", "HR"),
    ("gibraltar", "GI"),
    ("isle of man", "IM"),
    ("jersey", "JE"),
    ("guernsey", "GG"),
    ("monaco", "MC"),
    ("turkey", "TR"),
    ("türkiye", "TR"),
    ("israel", "IL"),
    ("united arab emirates", "AE"),
    ("uae", "AE"),
    ("u.a.e", "AE"),
    ("saudi arabia", "SA"),
    ("qatar", "QA"),
    ("kuwait", "KW"),
    ("bahrain", "BH"),
    ("oman", "OM"),
    ("south africa", "ZA"),
    ("republic of south africa", "ZA"),
    ("nigeria", "NG"),
    ("ghana", "GH"),
    ("kenya", "KE"),
    ("uganda", "UG"),
    ("tanzania", "TZ"),
    ("rwanda", "RW"),
    ("zambia", "ZM"),
    ("zimbabwe", "ZW"),
    ("botswana", "BW"),
    ("namibia", "NA"),
    ("malawi", "MW"),
    ("mauritius", "MU"),
    ("egypt", "EG"),
    ("morocco", "MA"),
    ("maroc", "MA"),
    ("ethiopia", "ET"),
    ("sierra leone", "SL"),
    ("the gambia", "GM"),
    ("gambia", "GM"),
    ("singapore", "SG"),
    ("hong kong", "HK"),
    ("malaysia", "MY"),
    ("philippines", "PH"),
    ("indonesia", "ID"),
    ("thailand", "TH"),
    ("vietnam", "VN"),
    ("china", "CN"),
    ("p.r. china", "CN"),
    ("japan", "JP"),
    ("south korea", "KR"),
    ("taiwan", "TW"),
    ("pakistan", "PK"),
    ("bangladesh", "BD"),
    ("sri lanka", "LK"),
    ("nepal", "NP"),
    ("mexico", "MX"),
    ("méxico", "MX"),
    ("brazil", "BR"),
    ("brasil", "BR"),
    ("argentina", "AR"),
    ("chile", "CL"),
    ("colombia", "CO"),
    ("peru", "PE"),
    ("jamaica", "JM"),
    ("barbados", "BB"),
    ("bermuda", "BM"),
    ("cayman islands", "KY"),
    ("curaçao", "CW"),
    ("curacao", "CW"),
    ("trinidad and tobago", "TT"),
];

/// Names of places with the codes of their countries.
type Places = LazyLock<HashMap<&'static str, &'static str, FixedState>>;

/// No name of a place is longer, in bytes: a longer text is none, and not worth a look.
const LONGEST_PLACE: usize = 48;

/// Returns the code of a country whose name is the whole of `lower`.
pub(super) fn country(lower: &str) -> Option<&'static str> {
    static MAP: Places = LazyLock::new(|| COUNTRIES.iter().copied().collect());
    (lower.len() <= LONGEST_PLACE).then(|| MAP.get(lower).copied()).flatten()
}

/// Large cities of places where addresses carry no postcode, or a bare one after the city, with their country.
pub(super) const CITIES: &[(&str, &str)] = &[
    ("accra", "GH"),
    ("kumasi", "GH"),
    ("tema", "GH"),
    ("takoradi", "GH"),
    ("tamale", "GH"),
    ("nairobi", "KE"),
    ("mombasa", "KE"),
    ("kisumu", "KE"),
    ("nakuru", "KE"),
    ("lagos", "NG"),
    ("lagos state", "NG"),
    ("abuja", "NG"),
    ("ibadan", "NG"),
    ("port harcourt", "NG"),
    ("kano", "NG"),
    ("kampala", "UG"),
    ("dar es salaam", "TZ"),
    ("dodoma", "TZ"),
    ("arusha", "TZ"),
    ("kigali", "RW"),
    ("lusaka", "ZM"),
    ("harare", "ZW"),
    ("gaborone", "BW"),
    ("windhoek", "NA"),
    ("lilongwe", "MW"),
    ("blantyre", "MW"),
    ("freetown", "SL"),
    ("addis ababa", "ET"),
    ("johannesburg", "ZA"),
    ("sandton", "ZA"),
    ("cape town", "ZA"),
    ("durban", "ZA"),
    ("pretoria", "ZA"),
    ("centurion", "ZA"),
    ("midrand", "ZA"),
    ("randburg", "ZA"),
    ("bloemfontein", "ZA"),
    ("port elizabeth", "ZA"),
    ("gqeberha", "ZA"),
    ("stellenbosch", "ZA"),
    ("houghton", "ZA"),
    ("rosebank", "ZA"),
    ("menlyn", "ZA"),
    ("umhlanga", "ZA"),
    ("auckland", "NZ"),
    ("wellington", "NZ"),
    ("christchurch", "NZ"),
    ("hamilton", "NZ"),
    ("dunedin", "NZ"),
    ("tauranga", "NZ"),
    ("lower hutt", "NZ"),
    ("palmerston north", "NZ"),
    ("napier", "NZ"),
    ("nelson", "NZ"),
    ("rotorua", "NZ"),
    ("queenstown", "NZ"),
    ("invercargill", "NZ"),
    ("albany", "NZ"),
    ("dubai", "AE"),
    ("abu dhabi", "AE"),
    ("sharjah", "AE"),
    ("doha", "QA"),
    ("hong kong", "HK"),
    ("kowloon", "HK"),
    ("dublin", "IE"),
    ("cork", "IE"),
    ("galway", "IE"),
    ("limerick", "IE"),
    ("waterford", "IE"),
    ("kilkenny", "IE"),
    ("sligo", "IE"),
    ("athlone", "IE"),
    ("letterkenny", "IE"),
    ("dundalk", "IE"),
    ("drogheda", "IE"),
    ("wexford", "IE"),
    ("tralee", "IE"),
    ("ennis", "IE"),
    ("shannon", "IE"),
    ("kingston", "JM"),
    ("bridgetown", "BB"),
    ("hamilton, bermuda", "BM"),
];

/// Returns the country of a city of [`CITIES`] whose name is the whole of `lower`.
pub(super) fn city(lower: &str) -> Option<&'static str> {
    static MAP: Places = LazyLock::new(|| CITIES.iter().copied().collect());
    (lower.len() <= LONGEST_PLACE).then(|| MAP.get(lower).copied()).flatten()
}

/// Cities, states and districts of India, before or after a PIN code.
pub(super) static INDIA: Words = LazyLock::new(|| {
    phrases(
        "mumbai|navi mumbai|thane|pune|nagpur|nashik|delhi|new delhi|gurgaon|gurugram|noida|greater noida|faridabad|\
         ghaziabad|bengaluru|bangalore|mysuru|mysore|mangalore|hubli|chennai|coimbatore|madurai|salem|tiruchirappalli|\
         hyderabad|secunderabad|warangal|vijayawada|visakhapatnam|guntur|kolkata|howrah|siliguri|durgapur|ahmedabad|\
         surat|vadodara|rajkot|gandhinagar|jaipur|jodhpur|udaipur|kota|ajmer|lucknow|kanpur|agra|varanasi|allahabad|\
         prayagraj|meerut|indore|bhopal|gwalior|jabalpur|raipur|ranchi|jamshedpur|dhanbad|patna|gaya|bhubaneswar|\
         cuttack|guwahati|shillong|chandigarh|mohali|ludhiana|amritsar|jalandhar|panchkula|dehradun|haridwar|shimla|\
         srinagar|jammu|kochi|ernakulam|thiruvananthapuram|kozhikode|thrissur|goa|panaji|puducherry|maharashtra|\
         karnataka|tamil nadu|kerala|telangana|andhra pradesh|gujarat|rajasthan|uttar pradesh|madhya pradesh|bihar|\
         west bengal|odisha|punjab|haryana|assam|jharkhand|chhattisgarh|uttarakhand|himachal pradesh|india|dwarka|fort",
    )
});

/// States and provinces of the United States, Canada and Australia, nations and counties after which a postcode stands.
pub(super) const US_STATES: &str = "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|\
Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|\
Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|\
North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|\
Virginia|Washington|West Virginia|Wisconsin|Wyoming|District of Columbia|Puerto Rico";

/// Their abbreviations.
pub(super) const US_CODES: &str = "A[KLRZ]|C[AOT]|D[CE]|FL|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|\
P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]|N\\.Y\\.|D\\.C\\.|N\\.J\\.|N\\.C\\.|S\\.C\\.|N\\.M\\.|R\\.I\\.|Calif\\.|Mass\\.|Conn\\.|\
Fla\\.|Ill\\.|Pa\\.|Tex\\.|Ariz\\.|Colo\\.|Mich\\.|Minn\\.|Tenn\\.|Va\\.|Wash\\.|Wis\\.|Ga\\.|Md\\.|Mo\\.|Ore\\.";

/// Postcode areas of the United Kingdom and the Crown Dependencies.
pub(super) static GB_AREAS: Words = LazyLock::new(|| {
    set(
        "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX \
         FB FK FY G GL GU GX GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE \
         NG NN NP NR NW OK OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ \
         TR TS TW UB W WA WB WC WD WF WN WR WS WV YO ZE",
    )
});

/// Returns the lower-case form of a word with the punctuation around it removed.
pub(super) fn bare(word: &str) -> Lower<'_> {
    // Most words have none around them.
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Lower::of(word);
    }
    Lower::of(word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '&' | '\'' | '’')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_short_enough_to_be_looked_for() {
        for (name, code) in COUNTRIES.iter().chain(CITIES) {
            assert!(
                name.len() <= LONGEST_PLACE && country(name).or_else(|| city(name)) == Some(*code),
                "{name}"
            );
        }
    }
}
