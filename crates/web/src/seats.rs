//! Seats: how many things each of many may hold at once, so that nobody holds what others wait for.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// How many seats each has taken: an address, an account.
#[derive(Debug)]
pub(crate) struct Seats<K>(Arc<Mutex<HashMap<K, usize>>>);

/// A seat; whoever drops it gives it back.
#[derive(Debug)]
pub(crate) struct Seat<K: Eq + Hash>(Seats<K>, K);

impl<K> Clone for Seats<K> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K> Default for Seats<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K: Clone + Eq + Hash> Seats<K> {
    /// Takes a seat; `None` where as many are taken as one may have, or as all may have together.
    pub(crate) fn take(&self, whose: K, most: usize, in_all: usize) -> Option<Seat<K>> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.get(&whose).is_some_and(|taken| *taken >= most) || taken.values().sum::<usize>() >= in_all {
            return None;
        }
        *taken.entry(whose.clone()).or_insert(0) += 1;
        drop(taken);
        Some(Seat(self.clone(), whose))
    }
}

impl<K: Eq + Hash> Drop for Seat<K> {
    fn drop(&mut self) {
        let mut all = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = all.get_mut(&self.1) {
            *taken -= 1;
            if *taken == 0 {
                all.remove(&self.1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_as_many_seats_as_it_may_and_the_others_have_theirs() {
        let seats = Seats::default();
        let held: Vec<_> = (0..3).filter_map(|_| seats.take("one", 2, 9)).collect();
        assert_eq!(held.len(), 2);
        assert!(seats.take("two", 2, 9).is_some());
        assert!(seats.take("two", 2, 2).is_none(), "all together have as many as they may");
        drop(held);
        assert!(seats.take("one", 2, 9).is_some() && seats.0.lock().unwrap().is_empty());
    }
}
