fn main() {
    // `sqlx::migrate!` embeds these folders but does not notice a new file in them.
    println!("cargo::rerun-if-changed=migrations");
}
