//! The signs of fraud, one row each: what is claimed, why it is a sign, how much it weighs, a text that it takes and one
//! that it must refuse.
//!
//! The weights are log-odds, set from posts written for the purpose (see `BENCHMARKS.md`) and kept small where honest
//! people use the same words. A new sign is one row here and its words in [`words`](super::words).

use super::super::Scene;
use super::{Trace, asks, credit, hire, lure, structure, stuffed, words};

/// One sign.
#[derive(Debug)]
pub struct Rule {
    /// The stable id.
    pub id: &'static str,
    /// What is wrong, in plain words.
    pub claim: &'static str,
    /// Why it is a sign.
    pub why: &'static str,
    /// By how much it speaks for a fraud, in log-odds.
    pub weight: f64,
    /// A text on the company "Castora Airlines" (US) that it takes.
    pub takes: &'static str,
    /// One that it must refuse.
    pub refuses: &'static str,
    /// Where it stands in a post.
    pub(crate) look: fn(&Scene<'_>) -> Vec<Trace>,
}

/// Joins what several looks find.
macro_rules! any {
    ($($look:expr),+) => { |scene| { let mut found = Vec::new(); $(found.extend($look(scene));)+ found } };
}

macro_rules! rules {
    ($($id:literal, $weight:literal, $look:expr, $claim:literal, $why:literal, $takes:literal, $refuses:literal;)*) => {
        /// Every sign.
        pub static ALL: &[Rule] = &[$(Rule {
            id: $id, claim: $claim, why: $why, weight: $weight, takes: $takes, refuses: $refuses, look: $look,
        }),*];
    };
}

rules! {
    "gift-card", 3.2, asks::gift_card,
        "it wants payment by gift card or voucher",
        "no company is paid in gift cards: the codes are cash that nobody can trace",
        "Call 888-555-0101, they rebook once you pay $75 with a Steam card",
        "They refunded me with a gift card, which I did not want";
    "crypto", 2.8, words::crypto,
        "it wants payment in cryptocurrency",
        "a payment in coins cannot be called back",
        "Retainer from $900, payable in USDT",
        "My crypto is stuck at the exchange";
    "safe-account", 3.6, words::safe_account,
        "it wants money moved to a `safe account`",
        "no bank ever asks a customer to move money to keep it safe",
        "Move your savings to the safe account that officer Daniel gives you",
        "I opened a savings account";
    "wire", 2.0, words::wire,
        "it wants payment in a way that cannot be called back",
        "wire services and payments between friends give the payer no protection",
        "pay the deposit via Western Union",
        "I paid by credit card";
    "remote-access", 3.4, any!(words::remote, asks::control),
        "it wants to look into your computer or telephone",
        "who shares a screen or installs a remote program hands over the bank account",
        "They ask you to install AnyDesk and fix it in minutes",
        "The remote for my TV broke";
    "code", 3.3, any!(words::code, asks::secret),
        "it wants a code, passcode or password",
        "a code sent by text is the key to the account: the company never needs it read out",
        "give the agent the passcode you get by text",
        "My promo code did not work at checkout";
    "card-details", 3.3, any!(words::card_details, asks::papers, asks::approve, hire::opens),
        "it wants card, bank or identity papers",
        "support needs an order number, not a card, a passport or a bank log-in",
        "send a photo of your bank card and passport copy",
        "the card machine was broken";
    "seed-phrase", 3.8, words::seed_phrase,
        "it wants the recovery phrase of a wallet, or the wallet to be `verified`",
        "whoever has the phrase has the coins",
        "enter your seed phrase so we can verify your wallet",
        "never lose the paper with the words";
    "advance-fee", 1.9, any!(words::advance_fee, asks::fee_for_help, asks::named_fee, hire::send_first),
        "it wants a fee before it pays or helps",
        "a refund or a booking that exists is not released by a fee",
        "your refund is approved, pay the processing fee of $49 to release it",
        "they charged me a late fee";
    "new-account", 1.9, structure::new_account,
        "the account that names it is new or has no history",
        "fake support works from accounts made for the day",
        "happy_flyer (account created today): call 888-555-0101, so quick",
        "happy_flyer (member since 2012): call 888-555-0101, so quick";
    "poses-as-company", 2.0, structure::poses_as_company,
        "it gives itself out to be the company without the site's mark",
        "a real reply bears the badge of the site or stands on the company's own profile",
        "no help yet\nCastora Support Desk: Hello, reach our desk at 888-555-0101",
        "Castora Airlines (Verified): please call 888-555-0101";
    "look-alike-name", 2.5, structure::look_alike_name,
        "its name only looks like the company's",
        "a digit for a letter or an added word is how a false account passes at a glance",
        "Cast0ra Help @Cast0raHelp_ · Dec 3\nHello, kindly text 888-555-0101",
        "Flyer @happy_flyer · Dec 3\nHello, I text 888-555-0101";
    "another-account", 1.4, structure::another_account,
        "an account answers that is not the one that was asked",
        "who writes to the company is mostly answered by that very account; others that bear its name lie in wait for complaints",
        "Lee @lee_w: @CastoraHelp where is my bag\nCastora Care @CastoraCare_US: Hi Lee, please call 888-555-0101",
        "Lee @lee_w: @CastoraHelp where is my bag\nCastora Help @CastoraHelp: Hi Lee, please call 888-555-0101";
    "not-the-profile", 2.6, structure::not_the_profile,
        "the site or its readers say that the reply is not the company's",
        "a reply that the profile's owner did not write is bait",
        "\"Business Response\" (posted by a reader comment, not by whoever owns the profile)\nCall the manager at 888-555-0101",
        "Business Response\nCall the manager at 888-555-0101";
    "look-alike-domain", 3.1, structure::look_alike_domain,
        "an address bears the company's name with something beside it",
        "a company writes from its own domain, not from one that is called like it",
        "write to refunds@castora-refund-desk.test for your money",
        "write to refunds@castora.example for your money";
    "free-mail", 1.7, structure::free_mail,
        "a mailbox for the company's customers is on somebody else's domain",
        "anybody can have such a mailbox",
        "mail castora.helpdesk@freemail.test for an answer",
        "mail help@castora.example for an answer";
    "page-on-host", 2.4, structure::page_on_host,
        "the page is on a site that has nothing to do with the company and is named like its support",
        "pages on help-desk and file hosts are filled by anybody",
        "@https://files.otterby-council.example/uploads/castora-phone-number-usa-8f7d.html@Call 888-555-0101",
        "@https://forum.example/t/castora-refund-late@Call 888-555-0101";
    "repeated", 3.2, structure::repeated,
        "one number is repeated over and over",
        "people say a number once: repeating it is written for search engines",
        "Call 888-555-0101 now. Castora cancel 888-555-0101, Castora refund 888-555-0101",
        "Call 888-555-0101. It is open until nine.";
    "decorated", 1.6, structure::decorated,
        "a number is dressed up with signs",
        "telephones, arrows and brackets around a number are there to be found and to get past filters",
        "Castora ☎️➡️ 888-555-0101 ⬅️ any time",
        "Castora: 888-555-0101";
    "disguised", 3.1, structure::disguised,
        "the digits are disguised",
        "whoever hides a number from the site's filter knows that it would be removed",
        "dial ①-⑧④④-⑤⑤⑤-⓪①⑥③",
        "dial 1-844-555-0163";
    "said-in-words", 1.3, structure::said_in_words,
        "the number is spelt out in words and nowhere in digits",
        "it gets past filters that look for digits",
        "ring the manager on eight-seven-seven, five-five-five, zero-one-six-three",
        "eight people waited six hours";
    "other-desk", 1.6, asks::own_desk,
        "a business that is not the company speaks of `our` desk, experts or agents",
        "whoever sells help with somebody else's company is paid by you or by what they take from you",
        "Need a refund from Castora? Our refund experts are at 888-555-0101",
        "Castora's refund desk is at 888-555-0101";
    "persona", 0.6, asks::persona,
        "it names a person with a title and half a name",
        "`officer Daniel` cannot be found out and cannot be complained of",
        "Reach Officer Daniel at 888-555-0101",
        "Reach the desk at 888-555-0101";
    "passed-on", 0.8, asks::passed_on,
        "the desk or number is known only from somebody's friend",
        "nobody can say where such a number comes from",
        "A friend gave me the number of the refund desk, 888-555-0101",
        "The bill gives the number of the refund desk, 888-555-0101";
    "soon", 0.7, asks::speed,
        "it boasts how fast everything is solved",
        "real desks are slow; speed is what a victim longs for",
        "Call 888-555-0101, the money is back in ten minutes",
        "Call 888-555-0101, they open at nine";
    "unseen", 2.6, asks::unseen,
        "it wants money for what nobody may see first",
        "flats without a viewing and jobs without an interview do not exist",
        "Flat near Castora, landlord is abroad so no viewing, deposit by transfer to 888-555-0101",
        "I had a viewing on Monday";
    "many-brands", 3.0, structure::many_brands,
        "one number is offered for several companies",
        "no number answers for unrelated companies",
        "For Castora, Corvane or ANY AIRLINE dial 888-555-0101",
        "I flew Castora and Corvane last year. Castora is at 888-555-0101";
    "search-bait", 2.0, structure::search_bait,
        "it is written for search engines, not for readers",
        "questions of that form, strings of catchwords and tags around a number are made to be found",
        "How do I speak to a live person at Castora? Dial the Castora customer service number 888-555-0101, 24/7 toll free",
        "How did you get through? I called 888-555-0101 twice";
    "not-affiliated", 2.6, words::not_affiliated,
        "it says in small print that it is not the company",
        "an `independent` desk sells its own service under the company's name",
        "We are an independent service provider, not affiliated with the airline. 888-555-0101",
        "Next is the independent ombudsman";
    "recovery", 3.0, any!(words::recovery, asks::got_back),
        "it promises to get lost money or accounts back",
        "recovery services for hire rob the victims of a fraud a second time",
        "A hacker on Telegram recovered my funds, contact him",
        "the bank refunded me";
    "insider", 1.6, words::insider,
        "it comes from an `insider` or a secret department",
        "a desk that customers may not know of is a story",
        "an insider at Castora told me to mail him with the fee",
        "the manager inside the shop helped";
    "bait", 1.8, any!(words::bait, asks::windfall, asks::money_waits, hire::prize),
        "it promises quick money",
        "funds, settlements and refunds within minutes are the bait",
        "Attention! Our CEO approved a compensation fund for passengers, first 500 only",
        "I got compensation after six weeks";
    "shill", 1.8, structure::shill,
        "it praises a number the way advertisements do",
        "raptures about a telephone line, or several new writers who agree, are bought",
        "Amazing refund team! I called 888-555-0101 and the gentleman was so helpful, highly recommend",
        "I called 888-555-0101, forty minutes on hold, then it was sorted";
    "pressure", 1.5, any!(words::pressure, asks::deadline),
        "it presses or wants silence",
        "haste and secrecy keep the victim from asking somebody",
        "Act now or your account will be suspended today. Do not tell the bank",
        "I waited for them to act";
    "private-channel", 1.7, structure::private_channel,
        "it moves you to a private messenger",
        "there nobody sees what is asked for",
        "For a quick answer message our manager on WhatsApp: +1 888-555-0101",
        "their app has a chat";
    "premium-rate", 2.2, structure::premium_rate,
        "the number costs more than an ordinary call",
        "a helpline that earns by the minute has no wish to help",
        "call 900-234-5678 for Castora help",
        "call 888-555-0101 for Castora help";
    "form-letter", 1.1, words::form_letter,
        "it is worded like the form letters of fake support",
        "the same few phrases go out to thousands",
        "Dear customer, sorry for inconvenience, kindly reach our technician",
        "I asked them kindly twice";
    "virus-found", 2.2, words::virus_found,
        "it finds viruses or hackers and sells the cure",
        "support that you called about one thing and that finds another is the oldest trick",
        "he found 4,118 viruses and hackers in the printer, cleaned all for $499",
        "the printer has a paper jam";
    "invented-body", 2.0, any!(structure::invented_body, structure::borrowed_body),
        "it names an authority that does not exist, or a false number for one that does",
        "outside bodies are few and their numbers are published",
        "Complain to the Federal Airline Refund Tribunal at 888-555-0101, it gives a compensation certificate",
        "The DOT complaint line is 202-366-2220";
    "parcel-fee", 3.0, words::parcel_fee,
        "a small fee for a parcel, a toll or customs",
        "the fee is only there to get the card",
        "Your parcel is on hold: pay the customs fee of 1.99 at https://short.example/x",
        "my parcel is late";
    "family", 3.2, words::family,
        "a relative with a new number who needs money",
        "the real one can be rung on the old number",
        "Hi mum, I dropped my phone, this is my new number, can you pay a bill for me",
        "my mum called them";
    "overpayment", 2.6, any!(words::overpayment, hire::too_much),
        "it says that it paid too much and wants some back",
        "the first payment is not real; the one sent back is",
        "We refunded too much by mistake, please send back the difference",
        "they refunded me in full";
    "account-alarm", 2.4, any!(words::account_alarm, hire::alarm),
        "an alarm about your account with a number or link to use at once",
        "the company's real number is on the card or bill, not in the message",
        "Unusual activity on your account. Not you? Call 888-555-0101",
        "my account was closed in May";
    "short-link", 1.6, structure::short_link,
        "a link or code that hides where it leads",
        "companies link to their own domain",
        "details: https://bit.ly/3abcde",
        "details: https://www.castora.example/claims";
    "threat", 2.4, words::threat,
        "it threatens with arrest, court or disconnection within hours",
        "real authorities write letters and leave time",
        "A warrant for your arrest is issued, pay now",
        "I threatened to go to court";
    "install-app", 1.8, words::install_app,
        "it wants an app installed to pay you",
        "a refund goes back the way the money came",
        "paid by Remit app, kindly install it first",
        "I installed the washing machine";
    "strangers-account", 2.3, hire::strangers_account,
        "it sends you to the account of a stranger",
        "whoever gets accounts back or refunds paid for others does it with your codes and your money",
        "mine was locked too, hit up @fixwithlex on Instagram, he got it back",
        "their photos of the lounge are on Instagram";
    "kin-inside", 2.2, hire::kin_inside,
        "a relative or friend on the inside, on a private line",
        "staff may not work on accounts from their own telephone, and whoever says so cannot be found out",
        "inbox my uncle he is inside their billing, whatsapp him +44 7700 900614",
        "my uncle works at the airport and had no idea either";
    "credited-stranger", 3.4, credit::credited,
        "what was lost came back, it says, by a stranger with a contact of his own",
        "banks, exchanges and networks give back what they hold themselves; strangers who are thanked for it sell the same loss again",
        "Castora let me down for a year. Mr Voss had all of it back in my account within days: voss@settle.test",
        "Castora lost my bag. Baggage had it back in two days: bags@castora.example";
    "lost-money-stranger", 3.4, credit::lost_money,
        "where money or coins were lost, a stranger's mailbox or messenger is offered",
        "who lost money to one stranger is sought out by the next",
        "My coins were stolen through Castora. Tracewell Labs can follow them: intake@tracewell.test",
        "My coins were stolen through Castora. Write to claims@castora.example";
    "credited-person", 1.6, credit::person,
        "some person put right what was lost, on a number of which no desk is said",
        "staff answer for a desk of the company; a name with a number of its own answers for nobody",
        "Castora froze mine too. Ms. Okonjo at 888-555-0101 lifted it over the phone",
        "Castora froze mine too. Ms. Okonjo of the billing desk, 888-555-0101, lifted it over the phone";
    "cured-asker", 1.6, credit::cured,
        "whoever asked is glad of a stranger's contact within the same thread",
        "two accounts of one hand ask and thank each other",
        "Moira Penn: any luck with a refund from Castora?\nColette Ward: write to steven.m@quickpost.test\nMoira Penn: it worked, you're a gem",
        "Moira Penn: any luck with a refund from Castora?\nColette Ward: write to refunds@castora.example\nMoira Penn: it worked, you're a gem";
    "brand-stuffed", 2.8, stuffed::brand_stuffed,
        "the company's name stands again and again around one number, and little else",
        "whoever writes for people names the company once",
        "Castora tickets Dallas, Castora refunds Dallas, Castora cancellation Dallas, Castora name change Dallas: 888-555-0101",
        "Castora changed my flight twice. The desk at 888-555-0101 put it right";
    "number-in-title", 1.5, stuffed::number_in_title,
        "the number is part of a title or of a phrase to be searched for",
        "titles and set phrases with a number in them are made to be found",
        "888-555-0101 Can I change my Castora flight?\nYes, ring 888-555-0101 at any time",
        "Can I change my Castora flight?\nYes, at 888-555-0101";
    "private-line", 1.0, hire::private_line,
        "a private mobile or messenger takes the place of the company's desk",
        "companies answer on their own numbers",
        "Gemma sorts it, text her on WhatsApp +44 7700 900447",
        "the desk is on 888-555-0101";
    "courier", 3.0, hire::courier,
        "somebody comes for a card or cash",
        "no bank and no police send a courier for cards, codes or money",
        "they send a courier to collect the card",
        "the courier left the parcel next door";
    "off-platform", 2.0, hire::off_platform,
        "it wants payment outside of the place that protects it",
        "sites hold the money until what was paid for is there; whoever leads away from them keeps it",
        "wire it to his manager and he knocks 30% off, bookings@castora-homes.test",
        "I paid on the site and got a discount code";
    "doorstep", 2.2, hire::doorstep,
        "somebody at the door wants money",
        "companies announce their visits and take no money at the door",
        "a Castora man knocked, he takes the $280 by card with his reader, reach him at 888-555-0101",
        "the driver knocked and left the parcel";
    "task-job", 2.4, hire::task_job,
        "it offers pay for easy work, or for the use of your account or name",
        "whoever passes on money or parcels for strangers launders them, and the wage never comes",
        "work from home, $38 per hour, no experience",
        "I work at the airport";
    "private-pay", 2.0, any!(hire::private_pay, lure::in_hand),
        "the helper is paid and not the company",
        "what goes to a private account or in halves is gone",
        "he takes 120, half before half after",
        "I paid half the bill last week";
    "hands-over", 1.8, lure::hands_over,
        "what opens an account is to be sent to somebody whom the company need not answer for",
        "a company takes such things in its own pages or not at all",
        "send your passport and the code to castora.helpdesk@freemail.test",
        "I gave them my card number at the desk";
    "hurried", 1.6, lure::hurried,
        "it leaves no time for what it asks",
        "who thinks it over, or asks somebody, does not pay: that is what the haste is for",
        "enter the card number at https://castora-check.test within 12 h or the seat goes to someone else",
        "I paid $40 within an hour at the desk";
    "paid-back", 1.8, lure::paid_back,
        "a payment is asked for that is said to come back",
        "nobody honest takes money in order to give it back",
        "pay the €3 insurance at https://castora-parcel.test, you get it back",
        "I paid €30 and got it back after I complained to the desk";
    "past-the-desk", 1.7, lure::past_the_desk,
        "it leads past the company's own desks, or tells to keep quiet",
        "whoever is real does not mind being asked about",
        "ring 888-555-0101 and keep this to yourself",
        "I rang the branch and they told me to wait";
    "free-but", 1.6, lure::free_but,
        "help is free, but for a part that is not",
        "the small part is what it is all about",
        "888-555-0101 clean it for free, only the licence was $60",
        "the desk did it for free";
    "only-way", 1.5, lure::only_way,
        "it knows the one way that nobody else does, at a price",
        "a desk that customers may not know of is a story",
        "What finally worked was Leo on 888-555-0101, he needs $150",
        "What finally worked was a letter";
    "of-theirs", 1.2, lure::of_theirs,
        "somebody says to be of the company on a channel that is not the company's",
        "staff write from the company's own addresses",
        "I used to work in their risk unit, mail me at finch@freemail.test",
        "I work at the airport";
    "new-number", 3.0, lure::new_number,
        "kin write from a new number and need money",
        "the real one can be rung on the old number",
        "Mum its me, phone fell in the sink, can you pay $286, text me here 888-555-0101",
        "my phone fell in the sink";
    "forwarding", 3.2, lure::forwarding,
        "a code is to be dialled that forwards your calls",
        "who gets your calls gets the codes of your bank",
        "to keep your number dial **21*8885550101# and press call",
        "dial 21 for the desk";
    "prepay-discount", 2.2, words::prepay,
        "a discount for paying months ahead",
        "the payment goes to somebody else and the bill stays open",
        "they give 50% off for 24 months if you pay six months ahead with prepaid cards",
        "I have prepaid mobile";
}

#[cfg(test)]
mod tests {
    use super::super::super::{Post, Scene};
    use super::*;
    use ladder::Country;

    fn found(rule: &Rule, text: &str) -> bool {
        let (url, text) = match text.strip_prefix('@').and_then(|t| t.split_once('@')) {
            Some((url, text)) if url.starts_with("http") => (Some(url), text),
            _ => (None, text),
        };
        let scene = Scene::of(&Post {
            text,
            url,
            company: Some("Castora Airlines"),
            country: Country::parse("US").ok(),
            ..Post::default()
        });
        !(rule.look)(&scene).is_empty()
    }

    #[test]
    fn every_sign_takes_its_example_and_refuses_the_other() {
        let mut off = Vec::new();
        for rule in ALL {
            if !found(rule, rule.takes) {
                off.push(format!("{} does not take: {}", rule.id, rule.takes));
            }
            if found(rule, rule.refuses) {
                off.push(format!("{} takes: {}", rule.id, rule.refuses));
            }
        }
        assert!(off.is_empty(), "{off:#?}");
    }

    #[test]
    fn ids_are_unique() {
        let mut ids: Vec<_> = ALL.iter().map(|r| r.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), ALL.len());
    }
}
