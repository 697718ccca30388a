//! Prints the page of codes: `cargo run -p letters --example codes > docs/check.md`.
#![expect(clippy::print_stdout, reason = "it prints")]

fn main() {
    print!("{}", letters::check::page());
}
