//! The words of the house as types, and weighing: how witnesses become a ranked ladder.
//!
//! This wing knows no other and does no I/O. What it promises: nothing is ranked without a witness, strangers promote
//! nothing, and the order of discovery never shows.

pub mod channel;
pub mod clock;
pub mod confidence;
pub mod conflict;
pub mod contact;
pub mod country;
pub mod finding;
pub mod guard;
pub mod host;
pub mod independence;
pub mod ladder;
pub mod name;
pub mod policy;
pub mod rung;
pub mod topic;
pub mod weigh;
pub mod witness;

pub use channel::{Channel, E164, Email, Link, PostalLine, Reach, ValueError};
pub use clock::{Clock, Unit};
pub use confidence::{Confidence, Reason};
pub use contact::ContactPoint;
pub use country::{Country, UnknownCountry};
pub use finding::{Access, CompanyFacts, Cost, Finding, Party, Place, Sighting, Signal};
pub use ladder::{Ladder, Step};
pub use policy::{BodyKind, OutsideBody, Policy, Stage, StatedClock};
pub use rung::{OFF_LADDER, Rung};
pub use topic::Topic;
pub use weigh::{Sighted, merge};
pub use witness::{Source, SourceKind, Witness};
