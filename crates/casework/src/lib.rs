//! A customer's case: what happened as events, where it stands as computed from them, and what to do next.
//!
//! Pure: nothing here reads the clock, the disk or the network; the time is an argument.
