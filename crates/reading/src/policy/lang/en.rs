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
    within: &["within", "in", "inside", "than", "by", "under"],
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
    (Cue::Matter, &["complain*", "grievance*", "dissatisf*", "dispute|disputes", "concern|concerns", "escalat*", "feedback", "appeal|appeals"]),
    (
        Cue::Unhappy,
        &[
            "unhappy", "dissatisfied", "not|aren't|isn't|*n't .. happy|satisfied|content|pleased", "unsatisfied", "disappointed",
            "cause|reason for|to complaint|complain", "have|has|had|with .. complaint|grievance|concern|problem|issue", "something|things .. wrong",
            "wish|want|like|need to complain|make", "disagree", "fallen|falls short", "let you down",
        ],
    ),
    (
        Cue::Unsettled,
        &[
            "not|isn't|aren't|*n't|never .. satisfied|happy|content|agree|pleased with|by .. response|reply|answer|outcome|decision|resolution|result|finding*|determination|explanation|conclusion|way|handling|letter|view|position|solution|treatment|handled|information|report|proposal|redressal|redress|remedy|action",
            "not|isn't|aren't|*n't .. satisfied|happy .. by|with|from .. stage|level|tier|step|manager|branch|team|officer|director|department|them|it|this|us",
            "dissatisfied|unhappy|unsatisfied|disagree|disappointed .. response|reply|answer|outcome|decision|resolution|result|finding*|determination|explanation|conclusion|handling|handled|letter|view|position|solution|treatment|report|investigation|proposal|redressal|advice",
            "remain|remains|still|feel|continue|continues .. unhappy|dissatisfied|unsatisfied|disagree|unresolved|stuck|aggrieved|concerned|unsettled|open|unhappy|exists|persists|outstanding",
            "still|remain|remains not|isn't|aren't|un* .. happy|satisfied|resolved|settled|content|agree|solved",
            "not|isn't|aren't|*n't|hasn't|haven't|cannot|can't|couldn't|unable .. resolved|resolve|settled|settle|solved|solve|fixed|fix|agreed|agree|addressed|sorted|redressed|concluded|reached|help .. satisfaction|complaint|issue|concern|matter|problem|dispute|it|this|grievance|case|you|agreement|resolution|them|yet|directly|together|by|within|at|in",
            "not|isn't|aren't|hasn't|haven't|cannot|can't|couldn't|wasn't|won't .. resolved|settled|solved|fixed|addressed|redressed|resolve|settle|satisfactorily",
            "cannot|can't|unable|couldn't|fail|fails|failed|unwilling to|be .. resolve|settle|solve|reach|agree|resolved|settled|help",
            "representative|agent|adviser|advisor|consultant|they|he|she|branch|we can't|cannot|couldn't|hasn't|haven't|doesn't|don't|isn't",
            "unresolved", "does|do not .. resolve|satisfy|settle|address|accept|agree|answer|solve|meet|help", "doesn't|don't|didn't .. resolve|satisfy|settle|address|accept|agree|answer|solve|meet|help|like",
            "if that|this|it|they|these fails|fail|failed|proves|aren't|isn't|doesn't|don't|does|not|can't|cannot", "not .. to your satisfaction", "to your satisfaction",
            "where|if .. branch|team|they|we .. failed|fails", "if .. disagree|disagrees", "would|want|wish|like|prefer .. further|higher|escalate|appeal|review|reviewed|reconsidered|reconsider",
            "members|customer|customers|owner|student|tenant|resident|client who|that disagree*|does|is|are|remain*",
            "leaves|leave .. open|questions", "not what you", "falls|fall short", "got it wrong", "remains|remain unresolved|open|dissatisfied|unhappy|outstanding",
            "not .. received|receive|heard|hear|get|had .. reply|response|answer|us|resolution|decision|acknowledgement", "no reply|response|answer|resolution|satisfactory|redressal",
            "anything not settled", "not settled|resolved|satisfied|content|agreed|satisfactory", "you .. like|want|wish|choose to escalate|appeal|go|take", "other than .. satisfaction",
            "in the event .. not|unresolved|dissatisfied", "dissatisfied|unhappy with|by|after .. stage|level|tier|our|the|this|that|initial|first",
        ],
    ),
    (
        Cue::Then,
        &[
            "^ and .. after that", "^ what now|next", "^ what if .. still|not|unhappy|disagree|dissatisfied|happy", "^ then what", "^ after that", "^ next ?", "next ?", "go|take .. further",
            "somebody|someone else .. look|review", "^ who else", "what happens then", "^ taking .. further|higher", "^ escalating", "^ escalation", "^ still not|un*", "^ not|un* happy|satisfied|resolved",
            "further|higher review", "^ daarna", "what .. if .. not|unhappy|disagree",
        ],
    ),
    (
        Cue::Review,
        &[
            "review", "reviews|reviewed .. by|complaint|outcome|decision|case", "appeal|appeals", "reconsider*", "second look|opinion|review", "re-examine*", "reexamine*", "look again", "look .. again", "relook", "revisit*", "reassess*", "reread",
            "independent|internal|senior|final|higher review|appeal", "another look",
        ],
    ),
    (
        Cue::Moved,
        &[
            "escalat*", "refer|referred|passed|pass|moved|moves|forwarded|forward|transferred|elevated|taken|handed|progress|progressed|raised|raise|sent|bumped|goes|go .. to .. team|manager|department|director|head|board|committee|officer|unit|office|level|stage|supervisor|partner|management|ceo|panel|desk|network|group|chief|executive|relations|resolution*|secretary|chair*|president|leader|specialist|specialists|handler*",
            "take|takes over|up", "taken over|up", "case|complaint|matter .. will|is .. referred|passed|escalated|transferred|moved .. to", "next|higher level|tier|stage", "moves|move|goes to",
        ],
    ),
    (
        Cue::Formal,
        &[
            "formal complaint|complaints|grievance|stage|process|procedure|investigation|dispute", "formally", "written complaint", "complaint .. in writing", "complain .. in writing", "put .. in writing", "lodge|file|register|submit|raise|make|making|lodging|filing|registering|send|sending .. complaint|grievance|appeal",
            "complaint|complaints form|portal|team|department|officer|manager|unit|desk", "writing|write to", "how to complain", "how do i complain|make", "making a complaint",
        ],
    ),
    (
        Cue::Informal,
        &[
            "informal*", "first|initial contact|point", "early resolution", "front line|desk", "frontline", "front-line", "word with us", "talk|speak to|with .. first", "in the first instance", "on the spot", "there and then", "straight away", "local resolution", "try .. first", "over the counter", "talk to us", "first step", "local level",
        ],
    ),
    (
        Cue::Invite,
        &[
            "contact", "contacting", "call", "calling", "phone", "phoning", "ring", "telephone", "write", "writing|written to", "email", "mail", "e-mail", "emailing", "message", "send", "sending", "speak|speaking|talk|talking .. to|with", "ask|asking .. for", "get in touch", "reach", "reach out", "tell", "visit",
            "complete|fill|filling|completing .. form", "using|use .. form", "submit", "submitted", "lodge", "lodged", "raise", "raised", "let .. know", "report|reported .. to", "address|addressed .. to", "bring|brought to", "dial", "approach", "put .. to", "request", "apply", "appeal", "made .. to|orally|by|in", "directed|direct .. to", "notify", "discuss|discussed",
            "file", "put forward", "go to", "say the word", "complain to|by|in|via|online|at", "take .. to", "chat",
        ],
    ),
    (
        Cue::Handling,
        &[
            "acknowledg*", "investigat*", "resolution", "resolve", "resolving", "response", "respond*", "outcome", "decision", "review", "assess*", "assign*", "log|logged|logging", "record*", "receipt", "triage", "follow up", "follow-up", "closure", "close|closing", "feedback", "registration", "final response", "communication", "listen", "learn*", "analysis", "action", "confirmation", "processing", "evaluation", "initial assessment", "reply", "findings",
        ],
    ),
    (
        Cue::Ack,
        &[
            "acknowledg*", "confirm|confirms|confirming|confirmed|confirmation .. receipt|received|have|got", "receipt .. confirmed|acknowledged", "let .. know .. received|got|here|arrived|have|receipt", "reference", "complaint|docket|ticket|case|tracking number|id|ref|reference",
            "receive|get|have .. acknowledg*", "lets you know", "confirm we", "log .. complaint|and", "registered and confirmed", "name of", "told|tell .. who|name", "assign*", "letter .. here", "thank you letter",
        ],
    ),
    (
        Cue::Reply,
        &[
            "respond*", "response|responses", "reply|replies|replied", "answer|answers|answered|answering", "resolve|resolves|resolved|resolving", "resolution|resolutions", "decision|decisions", "decide|decides|decided", "outcome|outcomes", "investigate|investigated|investigating", "investigation|investigations", "complete|completed|completes", "conclude|concluded|concludes", "determin*", "finding|findings", "settle|settled|settles", "report|reports", "tat", "turnaround", "turn around",
            "close|closed|closes", "look|looks|looking into|at|over", "finish*", "review|reviews|reviewed .. done|completed|finished|conclude*|within|in|is", "come|comes|back .. with|to|you", "sort|sorted|sorts", "redress|redressed|redressal", "dispose|disposed", "verdict", "ruling", "final letter", "wrap up", "deal|dealt with", "recovery plan", "addressed", "fix|fixed|fixes", "write|writes to you|confirm", "rectif*", "handle|handled", "heard and", "feedback within", "put .. right", "rule|rules on", "conclusion|conclusions", "consider|considers|considered", "target|targets", "goal",
            "inform|informs|informed .. outcome|decision|result", "solution|solutions", "explanation", "try|tries .. to|put", "processed|process", "take place", "full reply", "view", "reading", "reads", "takes a decision", "let .. have|know .. view|outcome|decision|result|position",
        ],
    ),
    (
        Cue::Touch,
        &[
            "hear|hears .. from", "contact|contacts|contacted you", "call|calls|phone|phones|ring|rings .. you .. back", "calls|call|phone back", "return|returns .. call", "get|gets back", "get|gets in touch", "makes|make contact", "be in touch", "reach|reaches out", "contact the|you|customer", "write|writes to you", "call|calls|called you", "be contacted|called",
        ],
    ),
    (
        Cue::Acts,
        &[
            "ask|asks|asking|asked", "request|requests|requesting|requested", "appeal|appeals|appealed|appealing", "apply|applies|applied|application", "submit|submits|submitted|submitting", "you|customer|customers|owner|student|member|complainant .. must|should|may|can|have|need|wish|want|could", "must do so", "do so", "put forward|the|it", "lodge|lodged|lodges|lodging", "escalate|escalated|escalating|escalation",
            "refer|referred|refers|referral", "write|writing to", "send|sent|sends|sending", "please", "you have", "you .. have", "take|taken .. to", "contact us|the|our", "tell|let us", "reply to", "go to", "received|reach|reaches|hear", "at your request", "complete|completes .. form", "notify|inform us", "raise|raised",
        ],
    ),
    (
        Cue::SinceAnswer,
        &[
            "of|from|after|following .. response|reply|answer|decision|letter|outcome|determination|report|result|resolution|finding*|conclusion|deadlock|review|judgment|adjudication|ruling|explanation|email", "deadlock", "stage|level|tier|step # outcome|letter|response|decision|reply|report", "of|from|after|following receiving|receipt|hearing|getting|being", "of its|our|their|the date", "final response|letter|decision|determination|answer|reply|viewpoint|position", "of|from the|that notification|notice", "completion of procedures", "after .. close|closed|finished|exhausted|completed", "of us|our telling|writing", "end of",
            "final .. response|letter|decision|determination|answer|one|reply", "from|of .. date on|of", "after we|the",
        ],
    ),
    (
        Cue::SinceEvent,
        &[
            "of|from|after|following|since .. event|events|incident|occurrence|transaction|statement|invoice|bill|purchase|delivery|loss|travel|flight|act|omission|conduct|problem|treatment|visit|appointment|issue|matter|happened|occurred|occurring|happening|date of the problem|journey|stay|return|signing|opening|delivery|service|accident|rejection|claim", "becoming|became|become aware", "made aware", "have|been aware", "of knowing|discovering|finding", "should .. have|reasonably .. aware|known", "you knew", "happened", "took place", "finding out", "last # months|years|days", "cause for concern", "arising", "arose",
            "aware of|that",
        ],
    ),
    (
        Cue::SinceComplaint,
        &[
            "of|from|after|since|following|the .. making|made|lodging|lodged|submitting|submitted|raising|raised|complaint|complaining|complained|filing|filed|registering|registered|initial", "after you complained|complain", "of .. complaint", "first heard", "first complain*", "you complained", "we received your",
        ],
    ),
    (
        Cue::Passed,
        &[
            "passed", "have|has|had not pass", "elapsed", "expired", "lapsed", "gone by", "are|is up", "run|ran|runs out", "is|are over", "go|goes by", "without .. reply|response|answer|resolution|hearing",
            "not|*n't|cannot|unable|fail|fails|failed|no .. within|in|inside|by", "not|*n't|cannot|unable|fail|fails|failed|no .. after|for|over", "open|unresolved|outstanding|unanswered|waiting|waited|wait .. after|for|at|within|longer than", "older|longer|more than", "exceeds|exceed|exceeded|beyond", "not|*n't .. resolved|settled|replied|responded|answered|redressed .. within|in|inside|after|by",
            "haven't|hasn't|have|has .. resolved|agreed|settled|responded|replied|answered|heard|received|reached|solution|decision|response|reply .. within|in|inside|after|by", "if|where|when .. not|*n't .. complaint|response|answer|reply|decision|it .. within|in|after|by",
        ],
    ),
    (Cue::After, &["after", "for", "once", "over"]),
    (Cue::Kept, &["kept|keep|keeps|keeping", "retain*", "retention", "stored|store|storage", "destroyed|destroy", "deleted|delete|erased", "archiv*", "backup*", "held for", "filed for", "record|records", "recordings", "preserve*"]),
    (
        Cue::Paid,
        &[
            "refund|refunds|refunded|refunding", "paid|pay|pays|payment|payments|payable", "credit|credited|credits|crediting", "reimburse*", "compensat*", "deposit|deposits|deposited", "interest", "transfer|transfers|transferred", "cheque", "bank posts", "lodged to your account", "settlement amount", "fee|fees", "invoice|invoices|invoiced", "bill|bills|billed", "sla credits", "penalt*", "charge|charges|charged", "claims", "reward*", "delivered|delivery", "shipping|shipped|ship", "statement|statements", "repaired", "deducted", "proceeds", "per cent", "arrears", "premium*",
        ],
    ),
    (Cue::Cancelled, &["cancel*", "cooling", "withdraw*", "change|changed .. mind", "return|returned|returns .. goods|items|it|them|product", "terminate*", "termination", "opening", "signing", "notice of", "disconnect*", "warranty", "guarantee", "trial", "contract", "subscription", "renewal", "switch|switching", "shut|shut-off", "exchange*", "moving", "start"]),
    (Cue::Often, &["every", "monthly", "weekly", "quarterly", "annual*", "each", "daily", "regular*", "update|updates|updated|updating", "twice", "once", "per", "progress", "kept informed|updated", "keep you", "seven days", "7 days a", "hours a day", "a day", "days a week", "times"]),
    (Cue::Average, &["average|averages|averaged", "median", "% of", "per cent of", "percent", "statistic*", "last year", "were|was closed|answered|resolved|dealt"]),
    (
        Cue::Extra,
        &[
            "further|additional|another|extra|more # working|business|calendar|days|weeks|hours", "a further|additional", "further|additional|another", "extend*", "extension*", "longer", "additional time", "on top", "up to another", "need|needs|take|takes .. longer|more", "exceptional*", "delay*",
        ],
    ),
    (Cue::Whole, &["in|as .. total", "altogether", "taken together", "overall", "whole thing|procedure|process", "entire", "general aim", "both stages", "all stages", "all formal", "any formal", "final response", "from start to", "end to end", "by law", "in all"]),
    (
        Cue::OneKind,
        &[
            "complaints|disputes|complaint|claims|requests|issues|queries|matters about|on|concerning|relating|involving|regarding|of", "for payment|payments|billing|fraud|default|hardship|urgent|complex|disconnection|privacy|data|electronic|card|emergency|financial", "payment|hardship|billing|privacy|fraud|urgent|expedited|default complaints|complaint|disputes|notice|notices|matters|issues|request", "where .. several|outside|another|third", "if .. fraud|several|complex|third|involves", "sev|severity|p1|p2|p3|priority", "standard complaints", "certain disputes|complaints|types",
            "credit reporting", "superannuation", "trustee", "involving|involves", "psd", "electronic money",
        ],
    ),
    (Cue::OtherTime, &["notice|notified|ahead|advance|beforehand", "open|opening|lines", "hours are", "meets|meet|meeting .. monthly|quarterly|notice", "published|publish", "review the|this policy", "reviewed once|annually|every", "valid|validity", "old|older", "age|aged", "experience", "years' experience", "training", "established", "last", "previous", "past", "ago", "maintenance", "unanswered .. closed", "assume", "consider .. closed", "deemed", "treated as", "automatically|will .. closed", "will be closed", "notices are", "take up to", "shipping", "for delivery", "appointment", "give|giving .. notice", "if you don't|do not", "live|stay", "not be used", "lapse", "stays open", "bookings"]),
    (
        Cue::Refer,
        &[
            "refer|referred|referring|referral|refers", "contact|contacting", "complain|complaining to", "take|taking|taken .. to", "go|going .. to|outside", "lodge|lodged|lodging|file|filing|filed .. with|notice|complaint|at", "appeal .. to", "escalate|escalated|escalating .. to|with", "approach|approaching", "apply|applying .. to|for", "write to", "bring|brought .. to|before", "submit|submitted .. to", "ask|asking", "turn to", "recourse to", "request .. from|by", "seek|seeking", "use|using", "raise|raised|raising .. with|to|directly", "available|open to", "right to", "entitled to", "directed|direct .. to", "report|reported .. to", "call", "email", "visit", "free to", "independent", "investigate|investigates", "review|reviewed .. by", "external", "alternative", "can help|assist", "help", "accepts|takes complaints|up", "look at", "put .. to", "escalation", "reach", "resolved through|by|at", "make|made|making .. to", "address|addressed .. to", "submitted at|through|via", "proceed to", "pass|passed|sent|send .. to", "consider|decide|adjudicate|mediate|arbitrate*", "heard by|before", "access", "move to",
            "member of|subscribe*|signed", "participat*",
        ],
    ),
    (
        Cue::Authorised,
        &[
            "authorised|authorized|regulated|licensed|registered|supervised|overseen|approved|accredited|governed|administered|certified|recognised|recognized|mandated|required|prescribed|published|appointed by|with|under|and|as|member", "regulator", "regulation|regulations|act|code|rules|handbook|standards|guidance|guidelines|directive|charter|law|circular|notification|requirements|framework|conduct", "in keeping|line|accordance|compliance with", "under|pursuant|per|by|to the", "under", "licence|license|registration", "member number", "registered", "set by|out", "as required", "based on", "notified|notification", "run by", "our regulator", "report|reported|returns", "expects", "accredited", "provided|published by",
        ],
    ),
    (
        Cue::Shut,
        &[
            "not|*n't|cannot|can't|no|never|neither .. deal|investigate|handle|take|consider|individual|look|resolve|act|intervene|adjudicate|jurisdiction|regulated|apply|cover|covered|fall|falls|member|available|subject|authorised", "not .. regulated|authorised|covered|eligible|member|subject|apply|approached|approach|fall|registered|licensed|required|approved", "does|do not apply", "outside .. scope|remit|jurisdiction", "fall|falls outside", "no role", "pending", "unregulated", "excluded", "no jurisdiction", "not a", "not participate*", "not agree* to", "instead of", "rather than", "cannot approach", "separate from",
            "don't|doesn't|do|does .. participate|take", "not obliged|willing", "closed", "no longer",
        ],
    ),
    (
        Cue::Advice,
        &[
            "citizens advice", "advocacy", "advocate|advocates .. service|support|help", "advice centre|center|line|service|bureau", "students' union", "union advice", "interpret*", "translat*", "relay|signvideo|sign|national relay", "support|help with .. complain*|complaint", "solicitor", "money advice", "moneyhelper", "helpline .. free|confidential|advice", "advocacy network|service", "legal aid", "healthwatch", "pohwer", "samaritans", "independent advice", "advice only", "counselling", "debt charity|advice", "stepchange", "free advice|legal", "lawyer", "trade union", "turn2us",
            "advice direct", "consumer advice", "which", "ask a friend", "age uk", "compensation scheme", "compensation fund", "guarantee scheme|fund", "law centre", "advice", "advisory",
        ],
    ),
    (
        Cue::Outside(BodyKind::Adr),
        &[
            "ombud*", "*ombudsman", "*ombudsperson", "*ombudservice", "adjudicator|adjudicators", "arbitrator|arbitrators", "arbitration", "mediator|mediation", "redress scheme|service", "dispute|disputes resolution|settlement|adjudication|tribunal service|centre|center|scheme|body|bodies|provider|entity|organisation|board|services|limited|ltd", "alternative dispute", "external dispute", "adjudication scheme|service", "adr", "edr", "odr", "conciliat*", "independent adjudicator", "complaints service", "complaint|complaints authority|scheme|service|body", "resolution scheme|service", "redress", "complaints commissioner", "finra", "dispute body", "external complaints body",
        ],
    ),
    (
        Cue::Outside(BodyKind::Regulator),
        &[
            "commission", "commissioner|commissioners", "authority", "regulator|regulators", "regulatory", "council", "trading standards", "attorney general", "department of", "department", "ministry", "bureau", "agency", "directorate", "board", "consumer protection|affairs|council|helpline|forum", "inspectorate", "reserve bank", "central bank", "comptroller", "cell", "portal", "trust|pct|icb", "care board", "society", "association", "institute", "tribunal|tribunals .. service", "office of", "administration", "division", "registrar", "secretary of state", "better business bureau", "bbb", "fair trading", "health|healthcare service|board", "ofsted", "scores", "nhs england", "chamber", "college", "inspector", "consumer centre|center",
        ],
    ),
    (Cue::Outside(BodyKind::Court), &["court|courts", "small claims", "tribunal|tribunals", "consumer disputes redressal", "consumer forum|court", "consumer dispute|disputes redressal"]),
    (
        Cue::NotOutside,
        &[
            "board of directors|trustees|governors|management|members|education|commissioners|supervisors|advisors|the", "the board", "internal ombud*", "our|bank's ombud*", "internal dispute|disputes|complaints|arbitrator|review|appeal*", "appellate authority", "appeals board|committee|panel|officer", "customer .. committee|council|board|department", "head|registered|corporate|main|branch|regional|zonal|principal office", "office hours|manager|address|of the president|president|chairman|ceo|chief|customer|for student|the chief|the chairman", "complaints department|unit|team|board|panel|committee|centre|section|cell|desk|office|division|resolution", "local authority", "on board", "board meeting|member", "competent|relevant|appropriate|data authority", "tribunal fee", "council tax|member*|house|officer|website", "human resources", "legal department", "finance department", "department head|manager", "customer .. department", "service department", "grievance cell|department", "our .. department|board|society|association|trust|council|department|agency|bureau", "this|your .. council|trust|authority|department|board|association|society", "management board", "executive board", "advisory board|council", "supervisory board", "the .. department|trust|council", "relations department|office|unit", "academic board", "trust headquarters", "dispute|disputes team|department|unit|officer|desk|manager|form",
            "idr", "claims department", "billing department", "compliance department|officer", "customer advocate|advocacy", "office for|of student|customer|the",
        ],
    ),
    (
        Cue::Inside(Role::Front),
        &[
            "customer service|services|care|support|help", "customer contact", "contact|call|consumer centre|center", "service|help|support|information|it desk", "helpdesk", "servicedesk", "help line", "helpline", "adviser|advisers|advisor|advisors", "agent|agents", "representative|representatives", "consultant|consultants", "branch", "front line|desk|office", "frontline", "member services", "staff", "member .. staff|team", "colleague|colleagues", "local banker", "banker", "relationship|account|care manager|partner|executive", "receptionist|reception", "technical|tech|product support|engineer", "support centre|center|team|engineer|engineers", "client|guest|passenger|member|policyholder|tenant|resident care|services|service|support", "claims handler|team|department", "case|claims handler|worker|owner", "tutor|lecturer|leader .. concerned", "module leader", "nurse", "ward|site|property|housing|community|store|practice|centre|center|shop|stylist|on-site manager|officer", "person|team|staff dealing|responsible|working|who|handling", "usual contact", "contact person", "dealing with you", "pals", "advice and liaison", "patient advice", "engineer", "l1", "noc", "crew", "driver|conductor", "person you",
            "desk", "your adviser|advisor|broker|manager|agent|engineer|consultant", "landlord", "concierge", "teacher|class", "keyworker", "salesperson|sales",
        ],
    ),
    (
        Cue::Inside(Role::Supervisor),
        &[
            "supervisor|supervisors", "supervisory review", "team leader|leaders|lead|manager|managers", "shift|duty incharge|in-charge|manager|lead|leader|supervisor|support", "floor manager", "manager .. call*|phone|back|can", "say the word manager", "a manager", "speak|talk|ask .. manager", "shift", "duty .. manager", "line lead", "support lead", "senior agent|adviser|advisor|representative|technician|tech|engineer", "l2", "manager of the contact", "second line",
        ],
    ),
    (
        Cue::Inside(Role::Complaints),
        &[
            "complaint|complaints .. team|teams|department|unit|desk|centre|center|office|section|cell|handler|handlers|specialist|specialists|resolution", "complaint|complaints officer|coordinator|manager|lead|handling|administrator|co-ordinator|secretary|representative|executive|contact", "complaints department", "customer|client|member|guest|passenger|patient|public|consumer|community relations", "customer|client|member|consumer|public .. resolution|resolutions|advocacy|experience|affairs|feedback", "grievance|grievances officer|redressal|redress|cell|team|desk|department", "office of .. advocacy|resolution*", "dispute|disputes .. team|department|unit|officer|desk|manager", "internal dispute", "idr", "appeals|appeal|grievances|grievance department|unit|office|coordinator", "patient|customer experience team", "consumer affairs", "resolution|resolutions team|department|unit|centre|center|specialist|specialists|officer|officers", "complaints manager", "complaints lead", "office for student", "feedback team", "escalations team|desk", "managing agent", "customer|client satisfaction",
        ],
    ),
    (
        Cue::Inside(Role::Manager),
        &[
            "manager|managers", "head of", "heads of", "head", "nodal officer|officers", "nodal", "appellate authority", "appellate", "principal nodal", "compliance officer|manager|team|department", "partner|partners", "adjudicator", "internal arbitrator", "customer advocate", "client advocate", "committee", "panel", "senior management|manager|officer|member|staff|partner|team|person|colleague|leadership|leader|official|representative|executive", "management", "internal ombud*", "bank's ombud*", "appeal|appeals officer|committee|panel|board|manager", "reviewer", "review|reviewing officer|manager|team|panel|committee|stage", "assistant|associate|deputy director|head|chief|manager|vice", "service director", "different member|person|officer|manager|team", "another|different .. partner|member|manager|person|officer|dentist|doctor|solicitor|director", "someone .. senior|else|not|independent", "chief complaints|customer officer", "designated|senior officer|employee", "regional|zonal|area|divisional|district manager|director|office|officer|head", "higher level|authority|authorities|review", "next level", "local resolution meeting", "meet with you", "head office", "superintendent|matron", "investigating officer", "service manager", "l3", "l4", "operations", "avp", "complaints reviewer|review", "quality manager|team", "monitoring officer", "chief complaints", "senior .. review*", "escalation manager|point|contact|team", "independent .. team|manager|reviewer|officer",
        ],
    ),
    (
        Cue::Inside(Role::Director),
        &[
            "director of|for|- ", "general manager", "vp", "svp", "evp", "vice president|presidents", "director", "directors", "chief operating|technology|information|financial|risk|medical|nursing|customer|compliance|finance|commercial|people|technical officer", "coo", "cto", "cfo", "cio", "cco", "dean", "owner|proprietor", "principal", "registrar",
        ],
    ),
    (
        Cue::Inside(Role::Executive),
        &[
            "chief executive|exec", "ceo", "managing director", "board", "board of", "president", "chairman|chairperson|chair|chairwoman", "vice-chancellor", "pro-vice-chancellor", "vice chancellor", "pro vice chancellor", "vice principal", "chancellor", "executive office|team|director|complaints|relations|resolution|response|customer|management|committee|officer|escalation*", "trustees|governors", "founder|founders|co-founder", "office of the president|chief|ceo|chairman", "group director", "executive director", "provost", "md", "directors", "members' meeting", "general assembly", "headteacher|headmaster|headmistress", "executive vice", "chief officer", "governing body", "cabinet", "mayor",
        ],
    ),
    (Cue::Inside(Role::Legal), &["company|society's|group|corporate|board secretary", "secretary", "legal department|team|counsel|services", "general counsel", "registered office"]),
    (Cue::Inside(Role::Data), &["data protection officer", "data protection", "dpo", "privacy officer|team|department", "data practices", "personal data|information", "grievance officer .. data|privacy", "data privacy"]),
    (
        Cue::Aside,
        &[
            "refund|refunds|returns", "cancel*", "cooling*", "privacy", "data protection", "records|record-keeping|recordkeeping|retention|keeping records|record keeping", "what .. tell|include|provide|need|know|should", "what to include", "information .. include|need|require|provide|we", "confidential*", "costs|cost|fees|fee|charges", "extra|additional support|help|needs", "accessib*", "support|help|advice|assistance|advocacy", "how we decide|investigate|look|review|use", "principles", "scope|purpose|definition|definitions", "what is not|*n't covered|included|complaint", "what is|counts .. complaint", "remed*", "redress|compensation|putting", "learning", "unreasonable|vexatious|abusive|persistent", "anonymous", "who can complain|make", "time limits", "claims|claim that|rejected|reporting", "automatic compensation", "disconnection*", "lost|found|property", "disputed|unauthorised|unauthorized transactions|electronic|transfers|charges", "figures", "performance|statistics|reporting|monitoring", "our commitment|aim|promise|values|policy|approach", "general terms|conditions|information", "fraud|fraudulent", "sales", "compliments", "will complaining|it", "what if .. mistake|your", "mortgage arrears", "can i|someone .. cancel|represent|behalf", "on|your behalf", "representat*", "legal", "social media|tweet", "glossary", "equality", "vehicle fault", "billing|disputes go", "deposits", "interest", "late", "warranty|guarantee", "baggage|luggage", "claim|claims", "safety|emergency", "review of|this", "version|document control|history", "training", "press|media", "my phone|account|contract", "about us", "opening hours", "your rights", "and privacy", "gift cards", "maintenance", "service level|levels|credits", "credit*", "card|cards", "exclusions", "staff", "how long do|will .. keep|store", "faq", "related", "useful links",
        ],
    ),
    (
        Cue::Process,
        &[
            "what happens|happen|next", "what .. expect|happens", "how we|will|your .. handle|deal|handled|respond|resolve|process|dealt|investigate", "our .. process|procedure|response|timescales|timeline|standards|promise", "complaint|complaints|grievance .. process|procedure|handling|policy", "timescale|timescales|timeframe|timeframes|timeline|timelines|time frame|frames", "how long", "investigation|resolution|acknowledgement|acknowledgment|response|outcome|decision|final response", "response times|time|targets", "when will|do .. hear|reply|response", "next steps", "the process|procedure", "how|ways to complain|contact|make|raise|lodge|submit", "how do i", "making|raising|lodging|submitting .. complaint", "contact us|details|information", "by phone|email|post|telephone|letter|mail|writing", "online form", "in writing|person|branch", "phone|email|post|write|telephone|call|letter|online", "procedure|process|steps", "after you|we", "how to reach us", "where to", "where do|can i", "who do|can i", "what we|you will|do", "final response", "service standards", "our target*",
        ],
    ),
    (Cue::AboveTimes, &["timeframe|timeframes|timescale|timescales|time|deadline|deadlines|period|periods|limit|limits above|stated|mentioned|named|given|specified|set|within|has|have|expired", "above|stated|said|specified|prescribed|stipulated timeframe|timeframes|time|period|timescale|timescales|deadline|limits|tat", "within the tat|time|timeframe|stipulated|prescribed|specified|stated", "those|these|that eight|six|# weeks|days|months", "passed|past|gone|exceeded .. time limit|limits", "its time limit"]),
    (Cue::Staff, &["employee|employees", "worker|workers", "line manager", "whistle*", "speak-up", "speak up", "human resources", "hr", "disciplinary", "colleague|colleagues who", "employment", "trade union", "staff grievance", "contractors", "suppliers' workers", "protected disclosure"]),
    (
        Cue::About,
        &[
            "annual|quarterly|monthly report|review|complaints", "report to", "this report", "committee .. note", "training course|module|session|programme|material", "learning objectives|outcomes", "learners", "delegates", "press release", "media contact", "template|templates", "your organisation|organization|business|firm|company|service should|must|needs|can|website|staff", "guidance for|on", "this guidance", "how to write|publish|design|create|set", "page must|should", "runbook", "incident response|commander", "code of conduct|ethics", "recommendation*", "internal", "post-mortem", "write a .. complaint", "consultation", "research", "best practice", "this article", "blog", "in this guide", "sample letter", "case study", "upheld", "volumes|volume of", "figures for",
        ],
    ),
    (Cue::If, &["if", "when", "where", "should", "unless", "once", "whenever", "in case", "in the event", "in the unlikely", "suppose", "after", "anything", "who|whose"]),
    (Cue::We, &["we|we'll|we've|we're|us|our", "company|bank|team|firm|manager|officer|office|department|unit|board|committee|he|she|they|it|supplier|society|council|trust|university"]),
    (Cue::You, &["you|you'll|you've|you're|your", "customer|customers|client|clients|complainant|complainants|member|members|student|students|tenant|tenants|owner|owners|resident|residents|patient|patients|policyholder|policyholders|passenger|passengers|consumer|consumers|user|users|subscriber|subscribers"]),
    (Cue::Not, &["not|*n't|no|never|cannot|can't|don't|doesn't|isn't|aren't|won't|without"]),
];
