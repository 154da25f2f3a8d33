//! Lives of accounts, made up by chance and lived twice: by the server, and by a model of it that is small enough to be
//! read. Each answer must be the model's, and at any time every secret must open what it opens in the model, and no more.
//!
//! `ACCORD_LIVES=200` lives so many, each from a seed of its own; `ACCORD_LIFE=17` lives that one again.

mod chance;
mod model;
mod world;

use contract_tests::prelude::*;

use world::World;

pub fn tests() -> Vec<Case> {
    tests![every_answer_is_that_of_the_model]
}

const LIVES: u64 = 2;
const STEPS: usize = 150;

/// SECURITY: 2.3.1, 7.4.1, T-1, T-8, T-9, T-13, P-3; one owner of an address and of a handle, no session without all
/// factors, no secret accepted twice.
async fn every_answer_is_that_of_the_model(stage: Stage) {
    let number = |name| std::env::var(name).map(|text| text.parse::<u64>().expect(name));
    let seeds = match (number("ACCORD_LIFE"), number("ACCORD_LIVES")) {
        (Ok(seed), _) => seed..=seed,
        (_, Ok(lives)) => 1..=lives,
        _ => 1..=LIVES,
    };
    for seed in seeds {
        let mut world = World::new(stage.server().await, seed);
        for _ in 0..STEPS {
            world.step().await;
        }
        world.look_around().await;
    }
}
