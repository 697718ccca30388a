//! Topics: what the words around a value are about, and the rung that each speaks for.

use ladder::Rung;

/// What words are about.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Topic {
    /// Making a complaint.
    Complaints,
    /// A later stage of it.
    SecondStage,
    /// Someone above the front line.
    Supervisor,
    /// A titled manager or head of department.
    Manager,
    /// The chief executive, directors, owner or board.
    Executive,
    /// Words that look like a title or complaint and are none.
    Decoy,
    /// Registered or head office.
    LegalSeat,
    /// Entries of a company register beside an address.
    Register,
    /// Legal department, company secretary, certified mail.
    LegalTeam,
    /// Data protection.
    Privacy,
    /// Bills, payments, debts.
    Billing,
    /// Fraud and lost cards.
    Fraud,
    /// Accessibility and customers in need of more help.
    Access,
    /// One other matter: lost property, claims, recalls.
    Matter,
    /// Selling.
    Sales,
    /// Press and marketing.
    Press,
    /// Jobs.
    Careers,
    /// Investors and donors.
    Investors,
    /// The website itself.
    Website,
    /// Who made or hosts the website.
    Agency,
    /// The firm's own insurer.
    Insurer,
    /// Requests of police and courts.
    Authorities,
    /// Suppliers, partners, advertisers.
    Trade,
    /// Helplines of others for the topic of the page.
    Helpline,
    /// Customer service.
    Front,
    /// The number for everything: switchboard, operator, reception.
    Switchboard,
    /// Nothing but contact.
    Contact,
    /// Dispute resolution outside.
    Adr,
    /// Regulators outside.
    Regulator,
    /// That what comes is outside, by no name: other organisations, taking it further.
    Outside,
    /// A department, team or unit, whatever it is called: what it is for is not said.
    Desk,
}

impl Topic {
    /// Every topic with its name in the word list.
    pub(super) const ALL: [(Self, &'static str); 31] = [
        (Self::Complaints, "complaints"),
        (Self::SecondStage, "second-stage"),
        (Self::Supervisor, "supervisor"),
        (Self::Manager, "manager"),
        (Self::Executive, "executive"),
        (Self::Decoy, "decoy"),
        (Self::LegalSeat, "legal-seat"),
        (Self::Register, "register"),
        (Self::LegalTeam, "legal-team"),
        (Self::Privacy, "privacy"),
        (Self::Billing, "billing"),
        (Self::Fraud, "fraud"),
        (Self::Access, "access"),
        (Self::Matter, "matter"),
        (Self::Sales, "sales"),
        (Self::Press, "press"),
        (Self::Careers, "careers"),
        (Self::Investors, "investors"),
        (Self::Website, "website"),
        (Self::Agency, "agency"),
        (Self::Insurer, "insurer"),
        (Self::Authorities, "authorities"),
        (Self::Trade, "trade"),
        (Self::Helpline, "helpline"),
        (Self::Front, "front"),
        (Self::Switchboard, "switchboard"),
        (Self::Contact, "contact"),
        (Self::Adr, "adr"),
        (Self::Regulator, "regulator"),
        (Self::Outside, "outside"),
        (Self::Desk, "desk"),
    ];

    /// Returns whether a topic speaks for no side by itself: a false friend, a body outside, which makes another party, or a
    /// department by whatever name.
    pub(super) const fn is_mute(self) -> bool {
        matches!(self, Self::Decoy | Self::Adr | Self::Regulator | Self::Outside | Self::Desk)
    }

    /// Returns the rung that a topic speaks for; `None` speaks for being off the ladder.
    pub(super) const fn rung(self) -> Option<Rung> {
        match self {
            Self::Complaints => Some(Rung::Complaints),
            Self::SecondStage | Self::Manager => Some(Rung::Management),
            Self::Supervisor => Some(Rung::Supervisor),
            Self::Executive => Some(Rung::Executive),
            Self::LegalSeat | Self::Register | Self::LegalTeam => Some(Rung::Legal),
            Self::Privacy | Self::Billing | Self::Fraud | Self::Access | Self::Matter => {
                Some(Rung::Specialist)
            }
            Self::Front | Self::Switchboard | Self::Contact => Some(Rung::FrontLine),
            Self::Sales
            | Self::Press
            | Self::Careers
            | Self::Investors
            | Self::Website
            | Self::Agency
            | Self::Insurer
            | Self::Authorities
            | Self::Trade
            | Self::Helpline
            | Self::Decoy
            | Self::Adr
            | Self::Regulator
            | Self::Outside
            | Self::Desk => None,
        }
    }
}
