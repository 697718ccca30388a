//! Pieces of words by which something was learnt: what the small models of this wing share.
//!
//! A piece is known by its hash alone, and a file of weights is kept by these hashes: they are the same on every machine and in
//! every version.

/// How many pieces have weights.
pub const BUCKETS: usize = 1 << 15;

/// Hashes a piece (FNV-1a) to a number below [`BUCKETS`].
pub(crate) fn bucket(parts: &[&[u8]]) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().copied().flatten() {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    // The low bits alone are the weakest of this hash.
    u32::try_from((hash ^ (hash >> 29)) % BUCKETS as u64).unwrap_or_default()
}

/// Reads a number of four bytes out of a file of weights; naught where the file ends before.
pub(crate) fn number(weights: &[u8], at: usize) -> f32 {
    weights.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0.0, f32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_a_piece_never_changes() {
        assert_eq!(bucket(&[b"w", b"complaint"]), bucket(&[b"wcomplaint"]));
        assert_eq!([bucket(&[]), bucket(&[b"w", b"call"])], [17409, 4037]);
        let bits = |weights: &[u8]| number(weights, 0).to_bits();
        assert_eq!([bits(&1.5_f32.to_le_bytes()), bits(&[1, 2])], [1.5_f32.to_bits(), 0]);
    }
}
