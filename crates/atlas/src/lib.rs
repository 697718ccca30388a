//! Who stands outside a company: bodies, clocks and rights, and the questions asked of them.
//!
//! The facts are data files, one a country, checked when the program is built; [`Atlas::builtin`] is the whole of them and
//! [`Atlas::with_files`] adds a user's own. Nothing is decoded before it is asked for. This wing does no I/O and reads no
//! clock: the day is an argument.
//!
//! General information, not legal advice: each fact carries its sources, its age and how sure it is.

pub mod ask;
pub mod atlas;
pub mod calendar;
pub mod check;
pub mod company_name;
pub mod compare;
pub mod lookup;
mod names;
pub mod pages;
pub mod place;
pub mod record;
pub mod schema;
pub mod sector;
pub mod words;

pub use ask::{Days, Question, Route, Standing};
pub use atlas::{Atlas, FINGERPRINT};
pub use check::Problem;
pub use lookup::{Head, Mention};
pub use record::{Body, Right};
pub use words::{Confidence, Kind, Sector, Status};
