//! Chance that can be repeated: SplitMix64.

#[derive(Debug)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of them, most likely one that is good for something.
    pub fn pick(&mut self, of: usize, is_good: impl Fn(usize) -> bool) -> Option<usize> {
        let good: Vec<_> = (0..of).filter(|&i| is_good(i)).collect();
        match (good.is_empty(), of) {
            (_, 0) => None,
            (false, _) if self.percent(80) => Some(good[self.below(good.len())]),
            _ => Some(self.below(of)),
        }
    }
}
