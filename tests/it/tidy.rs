//! The rules that hold the repository together. Each failure says what to do.
#![allow(clippy::disallowed_methods)]

use handbill::diagnostic::codes;
use std::path::{Path, PathBuf};

/// The most lines a file of code may have.
const LONGEST_FILE: usize = 600;

/// Lines of the README that a visitor sees without scrolling.
const FIRST_SCREEN: usize = 30;

/// Where code may touch the disk or the clock: paths below `src/`, folders with a `/` at their end.
const OUTER_ROOMS: &[&str] = &[
    "build/stopwatch.rs",
    "cli/",
    "network/",
    "output/",
    "serve/",
    "source/disk.rs",
    "source/git.rs",
    "source/watched.rs",
];

/// What a `static` may not hold: state that changes, seen by everything.
const CHANGING: &[&str] =
    &["Atomic", "Cell<", "Mutex", "OnceCell", "OnceLock", "RefCell", "RwLock", "UnsafeCell", "static mut"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every Rust file below a folder, as a path relative to the folder with `/` between its parts, and its text.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    let top = root().join(folder);
    let files = walkdir::WalkDir::new(&top).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    let rust = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let relative = |path: &PathBuf| {
        let parts = path.strip_prefix(&top).unwrap().components();
        parts.map(|part| part.as_os_str().to_str().unwrap()).collect::<Vec<_>>().join("/")
    };
    rust.map(|path| (relative(&path), read(&path))).collect()
}

/// The code of each line, without what stands in comments, and the line's number.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, without_comment(line)))
}

fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with("//") {
        return "";
    }
    line.split_once(" // ").map_or(line, |(code, _)| code)
}

fn fail_on(faults: &[String], what_to_do: &str) {
    assert!(faults.is_empty(), "\n{}\n\n{what_to_do}\n", faults.join("\n"));
}

/// The modules of `src/lib.rs`, lowest layer first.
fn layers(lib: &str) -> Vec<&str> {
    lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect()
}

/// The top modules that a text names: `crate::x`, `crate::{x, y::{z}}`, with the line of each.
fn named_modules(text: &str) -> Vec<(usize, String)> {
    let code: String = text.lines().flat_map(|line| [without_comment(line), "\n"]).collect();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let line = code[..at].matches('\n').count() + 1;
        let preceded = code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$');
        if preceded {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(top_names(group).into_iter().map(|name| (line, name))),
            None => found.push((line, identifier(rest))),
        }
    }
    found
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The names at the outermost level of a `use` group whose opening brace has been read.
fn top_names(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut begins) = (0, Vec::new(), true);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            _ if begins && !character.is_whitespace() => {
                names.push(identifier(&group[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

/// The references of one file to modules that stand on its own module's layer's far side.
fn upward_references(layers: &[&str], file: &str, text: &str) -> Vec<String> {
    let own = file.split('/').next().unwrap_or(file).trim_end_matches(".rs");
    let Some(level) = layers.iter().position(|layer| *layer == own) else {
        return vec![format!("src/{file}: `{own}` is not declared in src/lib.rs")];
    };
    let upward = |name: &str| layers.iter().position(|layer| *layer == name).is_some_and(|other| other > level);
    let mut named = named_modules(text);
    if file.ends_with("/mod.rs") || !file.contains('/') {
        // Here `super` is the crate itself; an indented line stands in an inline module and means this file.
        let outward = code_lines(text).filter_map(|(line, code)| Some((line, code.strip_prefix("use super::")?)));
        named.extend(outward.map(|(line, rest)| (line, identifier(rest))));
    }
    let faults = named.into_iter().filter(|(_, name)| upward(name));
    faults.map(|(line, name)| format!("src/{file}:{line}: `{own}` uses `{name}`, which is declared below it")).collect()
}

#[test]
fn modules_use_only_modules_declared_above_them() {
    let lib = read("src/lib.rs");
    let layers = layers(&lib);
    let files = rust_files("src").into_iter().filter(|(file, _)| file != "lib.rs" && file != "main.rs");
    let faults: Vec<String> = files.flat_map(|(file, text)| upward_references(&layers, &file, &text)).collect();
    fail_on(
        &faults,
        "src/lib.rs lists the modules in layer order, lowest first. Move the shared code down into the lower module, or \
         pass what is needed as an argument. Don't sort the list: it is an order (rustfmt.toml has `reorder_modules = \
         false` for that).",
    );
}

#[test]
fn the_layer_test_sees_every_way_of_naming_a_module() {
    let layers = ["low", "middle", "high"];
    let check = |text: &str, expected: usize| {
        assert_eq!(upward_references(&layers, "middle/part.rs", text).len(), expected, "{text}");
    };
    check("use crate::high::Thing;", 1);
    check("use crate::{low::{self, high}, middle::x};", 0);
    check("use crate::{\n    low::A,\n    high::{B, C},\n};", 1);
    check("fn f() -> crate::high::Thing {}", 1);
    check("use crate::low::Thing; // not crate::high", 0);
    check("//! See [`crate::high`].", 0);
    check("use crate::middle::other;\nuse super::high;", 0);
    assert_eq!(upward_references(&layers, "middle/mod.rs", "use super::high::Thing;\n").len(), 1);
}

#[test]
fn module_names_say_what_the_module_is_about() {
    const VAGUE: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc"];
    let vague = |file: &String| file.split('/').any(|part| VAGUE.contains(&part.trim_end_matches(".rs")));
    let faults: Vec<String> = ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| rust_files(folder).into_iter().map(move |(file, _)| format!("{folder}/{file}")))
        .filter(vague)
        .collect();
    fail_on(&faults, "Name the module after its subject; code without a subject belongs to the one that uses it.");
}

#[test]
fn files_are_short_enough_to_read() {
    let files = ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| rust_files(folder).into_iter().map(move |(file, text)| (format!("{folder}/{file}"), text)));
    let faults: Vec<String> = files
        .map(|(file, text)| (text.lines().count(), file))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .map(|(lines, file)| format!("{file}: {lines} lines"))
        .collect();
    fail_on(
        &faults,
        "Split the file by subject into a folder of smaller ones; unit tests go to a `tests.rs` beside it.",
    );
}

/// The `static` items and thread-locals of a text that hold changing state.
fn changing_statics(file: &str, text: &str) -> Vec<String> {
    let code: Vec<(usize, &str)> = code_lines(text).collect();
    let is_static = |line: &str| {
        let item = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
        item.starts_with("static ") || item.starts_with("thread_local!")
    };
    let mut faults = Vec::new();
    for (at, (number, _)) in code.iter().enumerate().filter(|(_, (_, line))| is_static(line)) {
        // The type may stand on the lines that follow; it ends with the value's `=` or the item's `;`.
        let mut declaration = String::new();
        for (_, line) in &code[at..] {
            declaration.push_str(line);
            declaration.push(' ');
            if line.contains(" = ") || line.trim_end().ends_with(['=', ';']) {
                break;
            }
        }
        let local = declaration.trim_start().starts_with("thread_local!");
        if local || CHANGING.iter().any(|kind| declaration.contains(kind)) {
            faults.push(format!("src/{file}:{number}: {}", declaration.trim()));
        }
    }
    faults
}

#[test]
fn nothing_global_changes() {
    let faults: Vec<String> = rust_files("src").iter().flat_map(|(file, text)| changing_statics(file, text)).collect();
    fail_on(&faults, "Make it a value that the caller owns and passes on: two builds in one process must not meet.");
    assert_eq!(changing_statics("x.rs", "pub static ALL: &[u8] = &[1];").len(), 0);
    assert_eq!(changing_statics("x.rs", "static MEMO:\n    Mutex<u8> = Mutex::new(1);").len(), 1);
}

#[test]
fn only_the_outer_rooms_touch_the_disk_and_the_clock() {
    let allowed =
        |file: &str| OUTER_ROOMS.iter().any(|room| file == *room || (room.ends_with('/') && file.starts_with(room)));
    let faults: Vec<String> = rust_files("src")
        .into_iter()
        .filter(|(file, text)| !allowed(file) && text.contains("clippy::disallowed_methods"))
        .map(|(file, _)| format!("src/{file}"))
        .collect();
    fail_on(
        &faults,
        "Take the bytes from the `World`, the time from the arguments, and hand results to `output`: then the code can be \
         tested without a disk and gives the same bytes for the same input.",
    );
}

#[test]
fn every_test_runs() {
    let files = ["src", "tests"]
        .iter()
        .flat_map(|folder| rust_files(folder).into_iter().map(move |(file, text)| (format!("{folder}/{file}"), text)));
    let ignored = concat!("#[ig", "nore");
    let faults: Vec<String> =
        files.filter(|(_, text)| text.contains(ignored)).map(|(file, _)| file.to_owned()).collect();
    fail_on(&faults, "Mend the test or delete it; one that does not run protects nothing.");
}

#[test]
fn diagnostic_codes_are_in_order_and_explained() {
    let mut faults = Vec::new();
    for pair in codes::ALL.windows(2) {
        if pair[0].id >= pair[1].id {
            faults.push(format!("{} comes before {}", pair[0].id, pair[1].id));
        }
    }
    for (at, code) in codes::ALL.iter().enumerate() {
        let digits = code.id.strip_prefix("HB").unwrap_or_default();
        if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            faults.push(format!("{}: a code is HB and four digits", code.id));
        }
        if codes::ALL[..at].iter().any(|earlier| earlier.name == code.name) {
            faults.push(format!("{}: the name `{}` is taken", code.id, code.name));
        }
        if !code.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            faults.push(format!("{}: `{}` has other signs than a-z, 0-9 and -", code.id, code.name));
        }
        if !code.meaning.ends_with('.') {
            faults.push(format!("{}: its meaning is not a sentence for the manual", code.id));
        }
    }
    fail_on(&faults, "Sort src/diagnostic/codes.rs by number, and give a new code the next free number of its range.");
}

#[test]
fn the_readme_begins_with_the_two_commands() {
    let readme = read("README.md");
    let screen: Vec<&str> = readme.lines().take(FIRST_SCREEN).collect();
    let missing: Vec<String> = ["cargo run --release -- build", "cargo test"]
        .iter()
        .filter(|command| !screen.iter().any(|line| line.trim_start().starts_with(**command)))
        .map(|command| format!("README.md: `{command}` is not in the first {FIRST_SCREEN} lines"))
        .collect();
    fail_on(&missing, "A visitor should see how to build the sample site and run the tests without scrolling.");
}

#[test]
fn the_changelog_tells_of_this_version() {
    let version = env!("CARGO_PKG_VERSION");
    let heading = format!("## {version}");
    let told = read("CHANGELOG.md").lines().any(|line| {
        let rest = line.strip_prefix(&heading);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    assert!(told, "CHANGELOG.md has no heading `{heading}`: write what is new in it, as users see it.");
}
