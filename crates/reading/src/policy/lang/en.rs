//! English, as written in Britain, Ireland, America, Canada, Australia, New Zealand, India, South Africa and elsewhere.

use ladder::{BodyKind, Unit};

use super::Language;
use crate::policy::cue::{Cue, Role};
use crate::policy::table::Column;

pub(super) static EN: Language = Language {
    code: "en",
    name: "English",
    numbers: &[
        ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9),
        ("ten", 10), ("eleven", 11), ("twelve", 12), ("thirteen", 13), ("fourteen", 14), ("fifteen", 15), ("sixteen", 16),
        ("seventeen", 17), ("eighteen", 18), ("nineteen", 19), ("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50),
        ("sixty", 60), ("seventy", 70), ("eighty", 80), ("ninety", 90), ("hundred", 100),
    ],
    ordinals: &[
        ("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5), ("sixth", 6), ("seventh", 7), ("eighth", 8),
        ("ninth", 9), ("tenth", 10), ("final", 99), ("last", 99), ("initial", 1),
    ],
    one: &["a", "an"],
    next: &["next", "following"],
    within: &["within", "in", "inside", "than", "by", "under", "before"],
    units: &[
        ("minute", Unit::Minutes), ("minutes", Unit::Minutes), ("min", Unit::Minutes), ("mins", Unit::Minutes),
        ("hour", Unit::Hours), ("hours", Unit::Hours), ("hr", Unit::Hours), ("hrs", Unit::Hours),
        ("day", Unit::Days), ("days", Unit::Days), ("weekday", Unit::WorkingDays), ("weekdays", Unit::WorkingDays),
        ("workday", Unit::WorkingDays), ("workdays", Unit::WorkingDays), ("bd", Unit::WorkingDays), ("wd", Unit::WorkingDays),
        ("week", Unit::Weeks), ("weeks", Unit::Weeks), ("wks", Unit::Weeks), ("fortnight", Unit::Weeks), ("month", Unit::Months),
        ("months", Unit::Months), ("year", Unit::Years), ("years", Unit::Years), ("yrs", Unit::Years),
    ],
    working: &["working", "business", "banking", "work", "week", "office", "school", "trading"],
    filler: &[
        "calendar", "clear", "full", "consecutive", "normal", "whole", "bank", "university", "further", "additional", "more",
        "other", "extra", "straight", "successive", "actual", "complete", "college", "term", "time", "further",
    ],
    to: &["to", "or", "and"],
    stage: &["stage", "level", "tier", "phase", "escalation", "lvl", "instance", "line"],
    step: &["step", "part"],
    clause: &["article", "clause", "section", "rule", "paragraph", "para"],
    columns: &[
        (Column::Level, &["level", "escalation", "stage", "tier", "step", "sl", "s", "sr", "no", "l", "escalation level", "#", "priority", "order"]),
        (Column::Role, &["role", "designation", "title", "position", "department", "team", "who", "handled", "owner", "desk", "escalate to", "authority", "officer", "responsible", "function", "handled by"]),
        (Column::Name, &["name", "person", "contact person", "contact name", "contact"]),
        (Column::Phone, &["phone", "mobile", "telephone", "tel", "number", "contact number", "contact no", "phone no", "mobile no", "call", "landline"]),
        (Column::Email, &["email", "mail", "mail id", "email id", "email address", "e-mail"]),
        (Column::Reply, &["response", "tat", "turnaround", "turn around", "resolution", "timeline", "timelines", "time", "timeframe", "time frame", "sla", "target", "reply", "answer", "decision", "respond", "resolve", "time limit", "response time", "resolution time", "our answer"]),
        (Column::Ack, &["acknowledge", "acknowledgement", "acknowledgment", "ack", "acknowledged"]),
        (Column::Wait, &["escalate after", "when to call", "when", "after", "trigger", "escalate if", "elapsed", "wait", "unresolved after", "escalation time", "use when"]),
        (Column::Window, &["your deadline", "you have", "request within", "appeal within", "deadline to escalate", "ask within", "time to escalate"]),
        (Column::Address, &["address", "postal address", "write to", "location", "office"]),
        (Column::Hours, &["hours", "availability", "working hours", "open", "timings", "timing"]),
        (Column::Other, &["remarks", "notes", "severity", "examples", "issue", "type", "circle", "region", "zone", "state", "city", "branch"]),
    ],
    cues: CUES,
    small: &["of", "for", "and", "the", "in", "to", "on", "&", "with", "de"],
    common: &[
        "the", "and", "of", "to", "you", "your", "we", "will", "is", "with", "if", "our", "for", "are", "not", "within", "be", "by", "or",
        "this", "that", "please", "from", "at", "after", "days",
    ],
};

const CUES: &[(Cue, &[&str])] = &[
    (Cue::FormalWord, &["formal complaint|complaints|grievance|stage|written|investigation"]),
    (
        Cue::Matter,
        &[
            "complain*", "grievance*", "dissatisf*", "dispute resolution|settlement", "escalation matrix|path|contacts|procedure|process|policy|levels|chart|table", "escalat* .. complaint|grievance|issue|matter|case", "support escalation", "dispute .. bill|charge|charges",
            "bill|billing|charge dispute|disputes",
        ],
    ),
    (Cue::Maybe, &["concern|concerns", "feedback", "appeal|appeals", "unhappy", "dispute|disputes", "escalat*"]),
    (
        Cue::Unsettled,
        &[
            // Not content with what was answered.
            "not|*n't|never .. satisfied|happy|content|agree|pleased .. response|reply|answer|outcome|decision|resolution|result|finding*|determination|explanation|conclusion|handling|letter|view|position|solution|handled|proposal|redressal|remedy|report",
            "not|*n't .. satisfied|happy .. stage|level|tier|branch|team|officer|department|them|it|this|after|yet",
            "dissatisfied|unhappy|unsatisfied|disagree|disagrees|disappointed .. response|reply|answer|outcome|decision|resolution|result|finding*|determination|explanation|conclusion|handling|handled|letter|view|position|solution|report|investigation|proposal|redressal|stage|level",
            "remain|remains|still|feel|continue|continues .. unhappy|dissatisfied|unsatisfied|disagree|unresolved|stuck|aggrieved|unsettled|disappointed|outstanding",
            "still|remain|remains .. not|*n't .. happy|satisfied|resolved|settled|content|solved",
            "is|are|was|were not|*n't resolved|settled|solved|fixed|addressed|redressed|sorted|concluded|answered",
            "not|*n't been|be|yet .. resolved|settled|solved|fixed|addressed|redressed|sorted|concluded",
            "cannot|can't|couldn't|unable|could|does|did|do|fail|fails|failed|unwilling .. resolve|settle|solve|reach|agree .. complaint|issue|concern|matter|problem|dispute|it|this|grievance|case|you|agreement|satisfaction|resolution|them|between",
            "isn't|aren't|wasn't|hasn't|haven't|couldn't|can't|cannot|won't|doesn't|don't resolved|settled|solved|fixed|solve|fix|resolve|settle|satisfy|satisfied|accept|agree|help",
            "unresolved", "does|do|did not resolve|satisfy|settle|address|accept|agree|solve|meet",
            "to your|his|her|their|customer's|the complainant's satisfaction",
            "^ if|where|should that|this|it|they|these fail*|prove*|*n't|does|is|are|do|cannot|not",
            "branch|team|agent|representative has|have failed", "who|which disagree*|disagrees", "^ if .. disagree|disagrees", "would|may|want|wants|wish|wishes|like|prefer .. further|higher|escalate|escalated|appeal|reviewed|reconsidered",
            "who .. not satisfied|content|happy", "leaves|leave .. open|unanswered", "not what you", "got it wrong", "not|*n't .. received|receive|heard|hear|get|had .. reply|response|answer|resolution|decision", "no reply|response|answer|resolution within|from|to|is|has",
            "still|remains|remain open|outstanding|unresolved", "not|*n't|fail* .. resolved|settled|answered|redressed .. within|in|inside|after", "anything not|*n't settled|resolved", "if they|it|this|that aren't|isn't", "not .. content|satisfied", "would rather|prefer", "like|want|wish your|the complaint to", "to take|taking .. further|higher|forward",
            "exhausted .. procedure|process|stages|complaints", "wish|want|like|choose to escalate|appeal", "you|customer|client|complainant disagree|disagrees|disagreeing", "not|*n't agree|accept", "lack of", "not resolved", "unhappy|dissatisfied with this|that|it|the|our .. outcome|answer|reply|first|initial",
        ],
    ),
    (
        Cue::Then,
        &[
            "^ and after that", "^ what now", "^ what next", "^ what if .. still|not|unhappy|disagree|dissatisfied|*n't", "^ then what", "^ and then", "what happens then", "^ next", "go|take .. further", "somebody|someone else .. look|review", "^ who else", "^ escalating",
            "^ escalation", "^ escalate", "^ still *n't|not|stuck|unhappy|unresolved|dissatisfied", "^ not|*n't happy|satisfied|resolved", "what|where .. if .. not|unhappy|disagree|dissatisfied|*n't|remain|still", "^ unhappy|dissatisfied", "^ if .. still|remain", "^ if .. not|*n't .. satisfied|happy|resolved", "^ i spoke", "^ further review|steps|action|escalation", "^ appeal*",
            "second look|opinion",
        ],
    ),
    (
        Cue::Review,
        &[
            "ask|asks|request|requests|apply|applies|require|for|by|of|an|a|the|internal|senior|independent|final|higher-level|supervisory|level|further|fresh|executive|director|director's .. review", "reviewed .. by", "review .. by", "reviews the|your|it|how", "appeal|appeals", "reconsider*", "second look|opinion|review", "re-examine*", "reexamine*", "look again", "look .. again",
            "relook", "revisit*", "reassess*", "reread", "another look", "fresh look|eyes|pair", "check that we|our", "looked at again|by .. senior|another", "review everything|request|stage",
        ],
    ),
    (
        Cue::Moved,
        &[
            "escalated|escalate|escalating|escalates .. to|your|it|the", "refer|referred|refers|passed|pass|passes|moved|moves|forwarded|forward|transferred|elevated|handed|raised|raise|sent|goes|go|progress|progressed|taken .. to .. team|manager|managers|department|director|directors|head|board|committee|officer|unit|supervisor|partner|management|ceo|panel|network|executive|relations|resolutions|resolution|secretary|chair|chairman|president|leader|specialist|adjudicator|advocate|handlers|handler",
            "take|takes|taken it|over|up", "will|is|be then|then .. referred|passed|escalated|transferred to", "moves|move to", "next|higher level|tier|stage|authority", "will|shall then|be considered|consider|decide", "shall consider",
        ],
    ),
    (
        Cue::Formal,
        &[
            "formal complaint|complaints|grievance|stage|investigation|dispute|written|review", "formally", "written complaint|complaints", "complaint|complain|complaints .. in writing", "put .. in writing", "lodge|lodged|file|filed|register|registered|raise|make|making|lodging|filing|registering|raising|submit|submitting|send|sending .. complaint|grievance|complaints", "complaint|complaints form|portal|team|department|officer|manager|unit|desk",
            "how|where .. complain", "grievance officer|redressal", "to complain", "complaint|complaints .. made|sent|addressed|raised|lodged", "a complaint .. orally|writing",
        ],
    ),
    (
        Cue::Informal,
        &[
            "informal*", "first|initial contact|point|instance|step", "early|frontline|front-line|local|on-the-spot resolution", "front line|desk", "frontline", "word with us", "talk|speak|speaking|talking to|with .. first", "on the spot", "there and then", "straight away", "try|contact|tell|ask .. first", "over the counter", "talk to us", "on the phone|line", "local level", "say something",
        ],
    ),
    (
        Cue::Invite,
        &[
            "contact", "contacting", "call", "phone|ring|telephone|dial", "write|writing to|at|in|via", "write|writing", "email|emailing", "message us", "send|sending", "speak|speaking|talk|talking .. to|with", "ask|asking|asks|asked", "get in touch", "reach out|us", "tell", "complete|completes|fill|filling|completing .. form", "using|use .. form|app|mail", "submit|submits", "lodge|lodged", "raise|raised|raising", "let us know", "report it|them|your|to|any|this",
            "addressed|address .. to", "bring|brought to", "approach", "put .. to", "put forward", "request|requests", "apply|applies", "appeal", "made|make .. to|orally|by|in", "directed|direct .. to", "notify", "discuss|discussed", "file", "go to|through", "say the word", "complain|complaining to|by|in|via|online|at", "take .. to", "by phone|email|post|letter|telephone|e-mail|mail", "with the branch|person", "escalate", "mail|e-mail", "visit us|any|a|your|our", "chat with",
        ],
    ),
    (
        Cue::Handling,
        &[
            "acknowledg*", "investigat*", "resolution", "resolve", "resolving", "response", "respond*", "outcome", "decision", "assess*", "assign*", "log|logged|logging", "record|recording|recorded", "receipt|receive|received", "triage", "follow-up", "follow up", "closure", "close|closing", "registration", "communication", "listen", "learn*", "analysis", "action|actions", "confirmation", "processing", "evaluation", "reply", "findings", "review", "submission", "submit", "feedback", "update*", "implementation",
        ],
    ),
    (
        Cue::Ack,
        &[
            "acknowledg*", "confirm|confirms|confirming|confirmed|confirmation .. receipt|received|have|got|it", "let|lets .. know .. received|got|here|arrived|have|receipt", "text|give|given|get|gets|receive|send|sent .. reference|docket|ticket", "reference|docket|ticket|case|complaint number", "registered and confirmed", "log and", "name of the|your|person", "automatic|automated reply|response|email", "letter .. is here", "confirm|confirms that",
        ],
    ),
    (
        Cue::Reply,
        &[
            "respond*", "response|responses", "reply|replies|replied", "answer|answers|answered|answering", "resolve|resolves|resolved|resolving", "resolution|resolutions", "decision|decisions", "decide|decides|decided", "outcome|outcomes", "investigate|investigated|investigating", "investigation|investigations", "complete|completed|completes", "conclude|concluded|concludes", "determin*", "finding|findings", "settle|settled|settles|settling", "report|reports", "tat", "turnaround", "turn around",
            "close|closed|closes", "look|looks|looking into|at|over", "finish*", "reviewed|review|reviews", "come|comes back", "sort|sorted|sorts", "redress|redressed|redressal", "dispose|disposed", "verdict", "ruling", "wrap up", "deal|dealt with", "recovery plan", "address|addressed|addresses it|your|the|all", "fix|fixed|fixes", "rectif*", "handle|handled|handles", "put|puts .. right", "rule|rules on", "conclusion|conclusions", "consider|considers|considered", "target|targets|timeline",
            "solution|solutions", "explanation", "try|tries|trying to|and|our", "process|processed", "take|takes place", "view", "reads", "let .. have|know .. view|outcome|decision|result|position", "write|writes to you with|confirming", "please allow", "result|results", "feedback", "consultants|team|they|we|it|officer|manager|relations have|has", "work|works to|towards",
        ],
    ),
    (
        Cue::Touch,
        &[
            "hear|hears from", "contact|contacts|contacted you", "call|calls|phone|phones|ring|rings .. you", "call|calls|phone|phones .. back", "return|returns .. call", "hear|hears back", "get|gets back", "get|gets|be in touch|contact", "makes|make contact", "reach|reaches out", "write|writes to you", "be contacted|called", "case handler|manager writes",
        ],
    ),
    (
        Cue::Acts,
        &[
            "ask|asks|asking|asked", "request|requests|requesting|requested", "appeal|appeals|appealed|appealing", "apply|applies|applied|application|applications", "submit|submits|submitted|submitting", "must|should do so", "do so", "put forward|the", "lodge|lodged|lodges|lodging", "escalate|escalated|escalating|escalation", "refer|referred|refers|referral|referring", "write|writing to us|the", "you|customer|member|student|owner have|has|must|should|need", "you .. have",
            "take|taken|taking it|your|the|this .. to", "contact us|the|our|them|it", "tell|let us", "reply to", "go to|there", "made by any", "at your request", "complete|completes .. form", "notify|inform us", "raise|raised", "may|can|must|should|could|will then|also|within", "bring|brought .. to", "reach|hear from", "accepts|accept complaints", "file|filed|filing", "must|should reach|be|hear", "further review", "exercise", "invoke", "seek", "challenge", "send|sends it|this|your|the .. to",
        ],
    ),
    (
        Cue::SinceAnswer,
        &[
            "of|from|after|following .. response|reply|answer|decision|letter|outcome|determination|result|resolution|finding*|conclusion|deadlock|judgment|adjudication|ruling|viewpoint|report", "deadlock", "of|from|after|following receiving|receipt|hearing|getting .. response|reply|answer|decision|letter|outcome|it|our|final", "of its|their|the date", "final response|letter|decision|determination|answer|reply|viewpoint|position|one", "completion of procedures", "end of those|these|the|stage", "of us|our telling|writing|closing", "of|after .. close|closed|closure",
            "from|of|after .. stage|level|step|tier #", "of|from being|the notified|notification|notice", "of|from .. completion|conclusion|end .. stage|process|procedure|investigation",
        ],
    ),
    (
        Cue::SinceEvent,
        &[
            "of|from|after|following|since .. event|events|incident|occurrence|transaction|statement|invoice|bill|purchase|delivery|loss|travel|flight|act|omission|conduct|problem|treatment|visit|appointment|happened|occurred|occurring|happening|journey|stay|return|signing|opening|accident|rejection|service", "becoming|became|become aware", "made aware", "been aware", "of|from|after .. knowing|discovering|finding", "reasonably .. aware|known", "you knew", "happened", "took place", "finding out", "last #", "cause for concern", "arising", "arose", "aware of|that", "of you finding",
        ],
    ),
    (
        Cue::SinceComplaint,
        &[
            "of|from|after|since|following .. making|made|lodging|submitting|raising|filing|registering|receiving|receipt|received .. complaint|it|form|grievance|request", "after|since|when you complained|complain|submitted|lodged|raised|made", "of|from|after|since your|the|a|this|initial|original complaint|grievance", "first heard", "first complain*", "you complained", "received your complaint", "of lodging|raising|making|receipt|receiving|complaining|submission",
            "from|of the date .. complaint|receipt|complained",
        ],
    ),
    (
        Cue::Passed,
        &[
            "passed", "elapsed", "expired", "lapsed", "gone by", "are|is up", "run|ran|runs out", "is|are over", "go|goes by", "without .. reply|response|answer|resolution|hearing .. for|after|within|in", "not|*n't|cannot|unable|fail|fails|failed|no .. within|in|inside|by", "not|*n't|cannot|unable|fail|fails|failed|no .. after|for|over", "open|unresolved|outstanding|unanswered|waiting|waited|wait .. after|for|at|within|longer than", "older|longer|more than", "exceeds|exceed|exceeded|beyond",
            "haven't|hasn't .. resolved|agreed|settled|responded|replied|answered|heard|received|reached|solution|decision|response|reply .. within|in|inside|after|by", "if|where|when .. not|*n't .. complaint|response|answer|reply|decision|it|matter|resolved .. within|in|after|by",
        ],
    ),
    (Cue::AtMost, &["no|not|never .. more|later|longer|exceed|exceeding than", "not|never exceed*", "at the latest|most|longest", "up to", "maximum", "no later than", "latest"]),
    (Cue::After, &["after", "for", "once", "over", "waited", "since"]),
    (Cue::Kept, &["kept|keep|keeps|keeping .. for|records|record|copies|copy|recordings", "are|is kept", "retain*", "retention", "stored|storage", "destroyed|destroy", "deleted|delete|erased", "archiv*", "backup*", "backups", "held for", "recordings", "records", "preserved"]),
    (
        Cue::Paid,
        &[
            "refund|refunds|refunded|refunding", "paid|pay|pays|payment|payments|payable", "credit|credited|credits", "reimburse*", "compensat*", "deposit|deposits", "interest", "transfer|transfers|transferred", "cheque", "your bank", "lodged to your account", "fee|fees", "invoice|invoices|invoiced", "bill|bills|billed", "penalt*", "claimed", "delivered|delivery", "shipping|shipped|ship", "statement|statements", "repaired", "deducted", "arrears", "premium|premiums", "assessments", "gift", "rejection letter", "summons", "representations",
        ],
    ),
    (
        Cue::Cancelled,
        &["cancel*", "cooling", "change|changed .. mind", "return|returned|returns .. goods|items|it|them|product|parcel", "terminat*", "opening", "disconnect*", "warranty", "guarantee", "trial", "renew*", "switch|switching", "shut|shut-off", "exchange*", "collection", "isa", "deactivation", "start afresh", "baggage|luggage"],
    ),
    (Cue::Often, &["every", "monthly", "weekly", "quarterly", "annually|annual", "daily", "update|updates|updated|updating", "kept informed|updated", "keep you", "days a week", "hours a day", "a day", "once a", "twice a", "informed of progress", "progress report|update"]),
    (Cue::Average, &["average|averages|averaged", "median", "percent", "statistic*", "last year", "were|was answered|resolved|dealt|closed", "complaints resolved at"]),
    (Cue::Extra, &["a|an|another further|additional #", "further|additional|extra|another #", "# more", "an additional|extra", "up to another|a further", "a further", "further # working|business|calendar"]),
    (Cue::Whole, &["in total|all", "altogether", "taken together", "overall", "whole thing|procedure|process", "entire", "general aim", "both|all stages", "any|all formal complaint|complaints", "by law", "end to end", "start to finish", "the .. procedure .. completed|concluded"]),
    (
        Cue::OneKind,
        &[
            "complaints|disputes|complaint|claims|requests|queries about|on|concerning|relating|involving|regarding", "for payment|payments|billing|fraud|default|hardship|urgent|complex|disconnection|privacy|data|electronic|card|emergency|financial", "payment|hardship|billing|privacy|fraud|urgent|expedited|default|credit|electronic .. complaints|complaint|disputes|notice|notices|requests", "where several|another|third|outside", "if .. fraud|several|complex", "sev|severity|p1|p2|p3", "standard complaints", "certain disputes|complaints", "credit reporting", "superannuation", "involving|involves", "in|for complex|exceptional|difficult cases|complaints|circumstances",
            "complex complaints|cases|matters", "faults", "electronic money", "psd2", "settlement services",
        ],
    ),
    (
        Cue::OtherTime,
        &["notice|notified|ahead|advance|beforehand", "open|lines|hours are", "meets|meet monthly|quarterly", "published|publish", "reviewed once|annually|every", "valid|validity", "older|aged", "experience", "training", "established", "previous", "past", "ago", "maintenance", "automatically closed", "considered|deemed|treated|assume closed|as|settled|resolved|accepted|withdrawn", "shipping", "deactivat*", "by appointment", "interim", "within which", "notice of", "have .. time to", "old", "apologise|apology", "weekdays", "lodging with court", "cooling-off", "undisputed", "customer day", "reported|report at once"],
    ),
    (
        Cue::Refer,
        &[
            "refer|referred|referring|referral|refers", "contact|contacting|contacted", "complain|complaining .. to", "take|taking|taken .. to", "go|going .. to|there|outside", "lodge|lodged|lodging|file|filing|filed", "appeal .. to", "escalate|escalated|escalating", "approach|approaching", "apply|applying", "write to", "bring .. to|before", "submit|submitted|submitting", "ask|asking", "turn to", "recourse", "request .. from|by", "use|using", "raise|raised|raising .. with|to", "available|open to", "right to", "entitled to", "directed|direct|directly .. to",
            "report .. to", "call", "email", "visit", "independent", "independently", "investigate|investigates|investigated", "external", "alternative", "can help|assist", "help|helps .. with|resolve", "accepts|takes complaints", "look at", "put .. to", "can|could be reached", "resolved through|by", "addressed|address .. to", "through|via .. portal|website", "proceed to", "pass|passed|sent|send .. to", "adjudicate|mediate|arbitrat*", "heard by|before", "complaints|complaint .. can|may|to|about", "free", "seek", "remain free", "dispute .. to", "referrals",
        ],
    ),
    (
        Cue::Authorised,
        &[
            "authorised|authorized|regulated|licensed|supervised|overseen|approved|accredited|governed|administered|certified|recognised|recognized|mandated|prescribed", "regulator", "regulations|act|rules|handbook|standards|guidance|guidelines|directive|circular", "in keeping|line|accordance|compliance with", "under|pursuant", "licence|license|registration", "registered with|by|as", "set|laid by|down|out", "as required", "run by", "with the rules|code", "notified", "reports to", "expects", "required by", "on behalf", "published under", "incorporated",
        ],
    ),
    (
        Cue::Shut,
        &[
            "not|*n't|cannot|no|never|neither .. deal|investigate|handle|consider|individual|intervene|adjudicate|jurisdiction|regulated|apply|cover|covered|fall|member|authorised|single", "not .. regulated|authorised|covered|eligible|member|subject|registered|licensed|participate|members", "fall|falls outside", "outside .. remit|scope|jurisdiction", "pending", "unregulated", "no jurisdiction", "not|*n't participate*", "cannot approach|be", "not|*n't .. fall|falls|come within|under", "no longer", "not obliged", "closed", "not a member|part",
        ],
    ),
    (Cue::Closed, &["cannot|can't|not .. approach|contact|reach|write|appeal .. themselves|directly|yourself", "customers|you cannot approach|contact", "not open to|for customers|complainants"]),
    (
        Cue::Advice,
        &[
            "citizens advice", "advocacy", "advice centre|center|line|service|bureau", "students' union", "union advice", "interpret*", "translat*", "signvideo", "relay uk", "help with complaining", "money advice", "moneyhelper", "legal aid|advice", "healthwatch", "pohwer", "samaritans", "free|independent|confidential advice", "debt charity|advice", "stepchange", "advice direct", "age uk", "compensation scheme|fund", "guarantee scheme|fund", "law centre", "advice agency|agencies", "advocate|advocates can|will|service", "consumer helpline .. advice",
        ],
    ),
    (
        Cue::Outside(BodyKind::Adr),
        &[
            "ombud*", "*ombudsman", "adjudicator|adjudicators", "arbitrator|arbitrators", "arbitration", "mediator|mediation", "redress scheme|service", "dispute|disputes resolution|settlement|adjudication .. service|centre|center|scheme|body|bodies|provider|entity|organisation|organization|limited|ltd", "alternative|external|independent|online dispute|disputes resolution", "adjudication scheme|service", "conciliat*", "independent adjudicator", "complaints service|scheme", "resolution scheme|service", "complaints commissioner", "external complaints body", "adr scheme|provider|body|entity|service", "complaints authority", "property redress",
        ],
    ),
    (
        Cue::Outside(BodyKind::Regulator),
        &[
            "commission|commissions", "commissioner", "authority", "council", "trading standards", "attorney general", "department of|for", "ministry", "bureau", "agency", "directorate", "consumer protection|affairs|council|helpline|forum", "inspectorate", "reserve bank", "central bank", "comptroller", "investor service cell", "pct|icb", "integrated care board", "care board", "society|association", "institute", "administration", "division of", "secretary of state", "fair trading", "health board", "nhs england", "regulator", "regulation|regulatory authority|commission|board", "board", "department", "corporation", "standards board|authority", "consumer|protection office|unit|branch",
        ],
    ),
    (Cue::Outside(BodyKind::Court), &["court|courts", "small claims", "tribunal|tribunals", "consumer disputes redressal", "consumer forum|forums", "consumer dispute redressal"]),
    (
        Cue::NotOutside,
        &[
            "board of directors|trustees|governors|management|education|commissioners|supervisors|the|appeal", "the board", "full board", "internal ombud*", "our|bank's ombud*", "internal dispute|disputes|complaints|arbitrator|review|appeal*", "appellate authority", "appeals board|committee|panel|officer", "complaints department|unit|team|board|panel|committee|section|cell|desk|office|division", "local|competent|relevant|appropriate|higher authority", "authority to", "the authority", "council tax|members|house|officers|website", "human resources", "legal|finance|claims|billing|compliance|customer|service|relations|resolution|complaint|legal|member|members .. department", "grievance cell|department", "our .. department|board|society|association|trust|council|agency|bureau", "management|executive|supervisory|advisory|academic board",
            "the|each|any|another|your|this department|society|association|council|agency|corporation|bank|trust", "the .. department", "building society", "homeowners association", "owners association|corporation", "dispute|disputes team|department|unit|officer|desk|manager|form", "department head|manager", "master association", "association complaint", "company's|society's|bank's", "department concerned|responsible", "of the board", "board|council member|meeting", "corporation shall|will", "court|courts of law", "claims court fee", "mediation|arbitration fails", "informal|formal mediation", "court order|proceedings", "before|in|to a|the court",
        ],
    ),
    (
        Cue::Inside(Role::Service),
        &["customer|client|member|guest|passenger|policyholder|tenant|resident|patient|subscriber|consumer service|services|care|support|help", "customer contact|assistance|happiness|success", "contact|call centre|center", "helpline", "help line", "service centre|center"],
    ),
    (
        Cue::Inside(Role::Front),
        &[ "service|help|support|information|it desk", "helpdesk", "servicedesk", "adviser|advisers|advisor|advisors", "agent|agents", "representative|representatives", "consultant|consultants", "branch", "frontline", "member|members of staff", "staff|staff member", "colleague|colleagues", "local banker", "banker", "relationship|account|care|community|property|housing|ward|site|store|shop|practice|branch|department|centre|center|programme manager|partner|supervisor|director|leader|sister", "reception|receptionist", "technical|tech|product support", "support centre|center|team|engineer|engineers|specialist", "claims handler|team|department", "case handler|worker|owner", "tutor|lecturer", "module leader", "nurse",
            "person|team dealing|working|handling|you", "usual contact", "pals", "advice and liaison", "noc", "service station", "on-site .. manager", "customer representative", "department concerned|involved", "head of the service concerned", "engineer|engineers", "your adviser|advisor|broker|lawyer|solicitor", "care partner", "sales .. consultant|person", "local office|team|service", "cabin crew", "concierge", "teacher", "key worker", "teller",
        ],
    ),
    (
        Cue::Inside(Role::Supervisor),
        &[
            "supervisor|supervisors", "supervisory review", "team leader|leaders|lead|manager|managers", "shift|duty incharge|in-charge|manager|lead|leader|supervisor", "floor manager", "shift .. supervisor", "duty .. manager", "support lead", "senior agent|adviser|advisor|representative|technician|tech|engineer|consultant", "contact centre|center manager", "call centre|center manager", "line supervisor|manager .. agent",
        ],
    ),
    (Cue::Inside(Role::AManager), &["a|the|our manager", "say the word manager", "for|with a manager", "manager on duty"]),
    (Cue::Inside(Role::Team), &["office", "team", "unit", "department", "secretariat", "clerk"]),
    (
        Cue::Inside(Role::Complaints),
        &[
            "complaint|complaints .. team|teams|department|unit|desk|office|section|cell|handler|handlers|specialist|specialists", "complaint|complaints .. officer|officers|coordinator|co-ordinator|manager|lead|administrator|executive|director|representative|contact|reviewer", "complaints review team", "customer|client|member|guest|passenger|patient|public|consumer|community relations", "customer|client|member|consumer|public|office .. resolution|resolutions|advocacy|affairs", "customer|patient|client experience team|manager|department", "grievance|grievances redressal|redress officer|cell|team|desk|department", "grievance|grievances officer|cell|team|desk|department|unit", "dispute|disputes resolution team|department|unit|officer|desk|manager", "disputes team|department|unit|officer", "idr team|officer", "appeals and grievances", "grievances and appeals", "grievance|appeals coordinator|unit|department", "resolution|resolutions team|department|unit|specialist|specialists|officer|officers", "office for|of student", "feedback team", "escalations team|desk|department", "managing agent", "public liaison officer", "case review team", "complaint centre|center",
        ],
    ),
    (
        Cue::Inside(Role::Manager),
        &[
            "manager|managers", "head of|heads", "heads of", "head", "nodal officer|officers", "principal|regional|zonal nodal", "appellate authority", "compliance officer|manager|team|department", "partner|partners", "adjudicator", "internal arbitrator", "customer|client|consumer advocate", "committee", "panel", "senior management|manager|officer|member|staff|partner|team|person|colleague|leader|official|representative", "a|senior|our|your|local|different management", "management team", "member of .. management", "internal ombud*", "appeal|appeals officer|committee|panel|board|manager", "reviewer", "review officer|manager|team|panel|committee|stage", "reviewing officer", "assistant|associate|deputy|clinical|divisional|service director|head|manager", "different member|person|officer|manager|team|partner", "another|different .. partner|member|manager|officer|dentist|doctor|solicitor|gp|person", "someone senior|more|who", "chief complaints|customer officer", "designated|senior officer|employee|person", "regional|zonal|area|divisional|district manager|director|office|officer|head", "higher authority|authorities", "next level", "level of management",
            "resolution meeting", "meet with you", "matron|superintendent", "investigating officer", "avp", "independent .. reviewer|officer|manager|person", "service delivery|operations manager", "escalation manager|point", "team not involved", "internal appeal|review", "customer .. committee", "the ombudsman's|bank's office",
        ],
    ),
    (
        Cue::Inside(Role::Director),
        &["director of|for", "general manager", "vp", "svp", "evp", "vice president|presidents", "director", "chief operating|technology|information|financial|risk|medical|nursing|customer|compliance|finance|commercial|people|technical officer", "coo", "cto", "cfo", "cio", "cco", "dean", "owner|proprietor"],
    ),
    (
        Cue::Inside(Role::Executive),
        &[
            "chief executive|executive's", "ceo", "managing director", "executive director", "the board", "board of directors|trustees|governors|management", "president", "president's office", "office of the president|chief|ceo|chairman", "chairman|chairperson|chair|chairwoman", "vice-chancellor", "pro-vice-chancellor", "pro vice chancellor", "vice chancellor", "executive|presidential .. office|team|complaints|relations|resolution|response|committee|escalation*|services", "executive management|customer", "trustees|governors", "founder|founders|co-founder", "group director", "provost", "md", "directors", "headteacher|headmaster|headmistress", "chief officer", "governing body", "members' meeting", "general assembly", "higher authority .. president", "full board", "mayor",
        ],
    ),
    (Cue::Inside(Role::Legal), &["company|society's|group|corporate secretary", "company's|society's|bank's secretary", "legal department|team|counsel", "general counsel"]),
    (Cue::Inside(Role::Data), &["data protection officer|team|lead|manager", "dpo", "privacy officer|team|department", "data practices"]),
    (
        Cue::Aside,
        &[
            "refund|refunds|returns", "cancel*", "cooling*", "privacy", "data protection", "record-keeping|recordkeeping|retention", "keeping records", "record keeping", "what .. tell|include|provide|need|know|want to", "information .. include|need|require|provide|we", "confidential*", "costs|cost|fees|charges", "extra|additional|more support|help|needs", "accessib*", "support for", "help with complaining", "independent support", "advocacy", "how we decide|use", "principles", "scope|purpose|definition|definitions|introduction", "not covered|included", "what is .. complaint", "remed*", "compensation", "putting things", "learning", "unreasonable|vexatious|abusive|persistent", "anonymous", "who can|may complain|make|use", "time limits", "claims|claim that|rejected|were", "automatic compensation", "disconnection", "lost property", "disputed|unauthorised|unauthorized .. transactions|transfers|electronic|banking", "^ figures", "performance|statistics|monitoring", "our commitment|aim|promise|values|approach", "general terms", "fraud|fraudulent", "sales",
            "compliments", "will complaining", "mistake is yours", "mortgage arrears", "can i .. cancel|complain|just", "someone else's|another's|your behalf", "acting|complaining|complain on .. behalf", "representatives", "social media", "glossary", "equality|equal", "vehicle fault", "deposits", "warranty|guarantee", "emergency", "review of this", "version|document control|history", "training", "press|media", "opening hours", "your rights", "gift cards", "exclusions", "how long do we keep", "related", "useful links", "investigation look", "covered", "vulnerable", "service credits", "regulatory information", "level of wear", "backups",
        ],
    ),
    (
        Cue::Process,
        &[
            "what happens|happen", "happens next", "what .. expect|happens", "how we|will .. handle|deal|respond|resolve|process|investigate|complaints", "our .. process|procedure|response|timescales|timeline|standards|promise", "complaint|complaints|grievance .. process|procedure|handling|policy", "timescale|timescales|timeframe|timeframes|timeline|timelines", "how long", "investigation|resolution|acknowledgement|acknowledgment|response|outcome|decision", "response times|time|targets", "when will|do|can", "next steps", "the process|procedure", "how|ways to complain|contact|make|raise|lodge|submit|file", "how do i|you", "making|raising|lodging|submitting .. complaint", "contact us|details|information", "by|in phone|email|post|telephone|letter|mail|writing|person|branch", "online form", "phone|email|post|write|telephone|call|letter|online", "procedure|process|steps", "after you", "how to reach us", "where to", "where do|can i", "who do|can i", "what we|you will|do", "final response", "service standards",
        ],
    ),
    (Cue::AboveTimes, &["timeframe|timeframes|timescale|timescales|deadline|deadlines|period|periods|limits|times above|stated|mentioned|named|given|specified|have|has", "above|stated|said|specified|prescribed|stipulated .. timeframe|timeframes|period|timescale|timescales|deadline|limits", "within the tat|timeframe|stipulated|prescribed|specified|stated", "its time limit", "time limit|limits .. passed|expired|above"]),
    (Cue::Staff, &["employee|employees", "worker|workers|workers'", "line manager", "whistle*", "speak-up", "speak up", "human resources", "hr", "disciplinary", "employment", "trade union", "staff grievance", "protected disclosure", "wrongdoing"]),
    (
        Cue::About,
        &[
            "annual|quarterly|monthly .. report", "report to", "this report", "members note", "training course|module|session|programme", "course|module|workshop", "learning objectives|outcomes", "learners|delegates", "press release", "media contact|contacts|enquiries", "template|templates", "your organisation|organization|business|firm|company|policy|procedure|staff should|must|needs|can", "every|each business|firm|organisation|company|provider .. should|must",
            "you|businesses|firms must publish", "guide|guidance explains|for|on", "this guide|guidance|article|blog", "how to write|publish|design|create|set", "page must|should", "runbook", "incident response|commander", "code of conduct|ethics", "internal only", "post-mortem", "sample letter", "case study|studies", "upheld", "volumes", "figures for", "best practice|practices", "your business|customers", "sell|selling",
            "minutes of", "agenda", "press contact|office",
        ],
    ),
    (Cue::If, &["if", "when", "where", "should", "unless", "once", "whenever", "in case", "in the event", "in the unlikely", "after", "anything"]),
    (Cue::We, &["we|we'll|we've|we're|us|our", "company|bank|team|firm|they|it"]),
    (Cue::You, &["you|you'll|you've|you're|your", "customer|customers|client|clients|complainant|complainants|member|members|student|students|tenant|tenants|owner|owners|resident|residents|patient|patients|policyholder|passenger|passengers|consumer|consumers|user|users|subscriber"]),
    (Cue::Not, &["not|*n't|no|never|cannot|without"]),
];
