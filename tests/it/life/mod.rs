//! Lives of accounts, made up by chance and lived twice: by the server, and by a model of it that is small enough to be
//! read. Each answer must be the model's, and at any time every secret must open what it opens in the model, and no more.
//!
//! `ACCORD_LIFE=17` lives others: those of the seeds 17 and 18.

mod chance;
mod model;
mod world;

use contract_tests::prelude::*;

use world::World;

pub fn tests() -> Vec<Case> {
    tests![every_answer_is_that_of_the_model, so_it_is_in_another_life,]
}

const STEPS: usize = 100;

/// SECURITY: 2.3.1, 7.4.1, T-1, T-8, T-9, T-13, P-3; one owner of an address and of a handle, no session without all
/// factors, no secret accepted twice.
async fn every_answer_is_that_of_the_model(server: TestServer) {
    live(server, 0).await;
}

/// SECURITY: 2.3.1, 7.4.1, T-1, T-8, T-9, T-13, P-3.
async fn so_it_is_in_another_life(server: TestServer) {
    live(server, 1).await;
}

async fn live(server: TestServer, number: u64) {
    let first = std::env::var("ACCORD_LIFE").map_or(1, |text| text.parse().expect("a number"));
    let mut world = World::new(server, first + number);
    for _ in 0..STEPS {
        world.step().await;
    }
    world.look_around().await;
}
