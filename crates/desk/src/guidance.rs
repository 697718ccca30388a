//! Guidance: what each rung can do for a customer, and when to use it, in a line.

use ladder::Rung;

/// What a rung is good for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Guidance {
    /// Its name on a screen.
    pub name: &'static str,
    /// What it can do.
    pub does: &'static str,
    /// When to use it.
    pub use_when: &'static str,
}

/// Returns the guidance for a rung.
#[must_use]
pub const fn of(rung: Rung) -> Guidance {
    match rung {
        Rung::FrontLine => Guidance {
            name: "Front line",
            does: "answers everyday requests and records your complaint",
            use_when: "first, in a way that leaves a record; note the date, the name and the reference",
        },
        Rung::Supervisor => Guidance {
            name: "Supervisor",
            does: "can overrule the front line and make exceptions",
            use_when: "the representative cannot or will not resolve it: ask for a supervisor in the same call or chat",
        },
        Rung::Complaints => Guidance {
            name: "Complaints team",
            does: "must log, investigate and answer a formal complaint",
            use_when: "the front line did not resolve it: state the facts, the reference and what you want",
        },
        Rung::Specialist => Guidance {
            name: "Specialised team",
            does: "decides one kind of problem that the front line only passes on",
            use_when: "your problem is of that kind, and the front line has not solved it",
        },
        Rung::Management => Guidance {
            name: "Management",
            does: "reviews what the complaints team decided",
            use_when: "the first answer to your complaint is wrong, incomplete or overdue",
        },
        Rung::Executive => Guidance {
            name: "Executive office",
            does: "can make exceptions to policy, and has staff for complaints that reach it",
            use_when: "complaints team and management have failed; keep it to one page",
        },
        Rung::Legal => Guidance {
            name: "Head office and legal",
            does: "receives formal letters: notices of breach, letters before action, service of documents",
            use_when: "a contract or a published policy was broken and the ordinary steps did not help",
        },
        Rung::Adr => Guidance {
            name: "Ombudsman or dispute resolution",
            does: "decides independently, usually free for you",
            use_when: "you have a final answer, or the company's time has run out; watch the last day",
        },
        Rung::Regulator => Guidance {
            name: "Regulator or consumer agency",
            does: "oversees the trade; some pass your complaint on and demand an answer",
            use_when: "rules were broken; it rarely decides individual cases",
        },
    }
}
