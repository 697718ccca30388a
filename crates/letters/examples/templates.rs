//! Prints the page of templates: `cargo run --example templates > docs/templates.md`.
#![expect(clippy::print_stdout, reason = "it prints")]

fn main() {
    print!("{}", letters::draft::templates_page());
}
