use std::process::ExitCode;

fn main() -> ExitCode {
    handbill::cli::main()
}
