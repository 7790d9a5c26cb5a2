use super::scalars::wrong_type;
use super::{Context, Decode, Key, Node, Table, Value};
use crate::diagnostic::{codes, did_you_mean};
use crate::source::Span;

/// One key of a table, for reading it and for the manual.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    pub shape: Shape,
    /// What the value must be, in words.
    pub expects: &'static str,
    /// What it means.
    pub doc: &'static [&'static str],
    /// The keys of the table that the value is, if it is one.
    pub fields: Option<&'static [Field]>,
}

/// How often a key is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Required,
    Optional,
    List,
    /// Absent means a default.
    Default,
}

impl Field {
    /// The documentation as one line.
    pub fn meaning(&self) -> String {
        self.doc.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
    }
}

/// A table with known keys. Made by the `record!` macro.
pub trait Record: Sized {
    const KEYS: &'static [Field];
    /// Reads this record's keys; the reader remembers which were read.
    fn read(reader: &mut TableReader<'_, '_>, cx: &mut Context<'_>) -> Self;
}

/// Reads a table key by key and knows what was not asked for.
#[derive(Debug)]
pub struct TableReader<'t, 'i> {
    table: &'t Table<'i>,
    /// Where a missing key is reported.
    span: Span,
    read: Vec<bool>,
}

impl<'t, 'i> TableReader<'t, 'i> {
    pub fn new(table: &'t Table<'i>, span: Span) -> Self {
        Self { table, span, read: vec![false; table.entries.len()] }
    }

    /// The node of a key, marked as read.
    pub fn take(&mut self, name: &str) -> Option<&'t Node<'i>> {
        let at = self.table.entries.iter().position(|(key, _)| key.name == name)?;
        self.read[at] = true;
        Some(&self.table.entries[at].1)
    }

    pub fn optional<T: Decode>(&mut self, name: &str, cx: &mut Context<'_>) -> Option<T> {
        let node = self.take(name)?;
        name.clone_into(&mut cx.key);
        T::decode(node, cx)
    }

    pub fn required<T: Decode + Default>(&mut self, name: &str, cx: &mut Context<'_>) -> T {
        match self.take(name) {
            Some(node) => {
                name.clone_into(&mut cx.key);
                T::decode(node, cx).unwrap_or_default()
            }
            None => {
                cx.report_missing(name, self.span, format!("add a line `{name} = …`: it takes {}", T::EXPECTS));
                T::default()
            }
        }
    }

    /// The entries that nobody read, each marked as read.
    pub fn rest(&mut self) -> Vec<(&'t Key<'i>, &'t Node<'i>)> {
        let unread = self.table.entries.iter().zip(&mut self.read).filter(|(_, read)| !**read);
        unread
            .map(|((key, node), read)| {
                *read = true;
                (key, node)
            })
            .collect()
    }

    /// Reports every key that nobody read. `known` are the keys that would have been understood.
    pub fn finish(mut self, known: &[&[Field]], cx: &mut Context<'_>) {
        let names: Vec<&'static str> = known.iter().flat_map(|fields| fields.iter()).map(|field| field.name).collect();
        for (key, _) in self.rest() {
            unknown_key(key, &names, cx);
        }
    }
}

/// Reports a key that nobody knows, with the likeliest that was meant.
pub fn unknown_key(key: &Key<'_>, names: &[&str], cx: &mut Context<'_>) {
    let help = match did_you_mean(&key.name, names.iter().copied()) {
        Some(meant) => {
            cx.take_back_missing(meant);
            format!("did you mean `{meant}`?")
        }
        None if names.contains(&"extra") => "a key of your own goes under `[extra]`".to_owned(),
        None => format!("known keys here: {}", names.join(", ")),
    };
    let problem = cx.report(&codes::UNKNOWN_KEY, key.span, format!("there is no key `{}` here", key.name));
    problem.label = "not known".to_owned();
    problem.help = Some(help);
}

/// Decodes a record that is a table of its own.
pub fn decode_table<T: Record>(node: &Node<'_>, expects: &str, cx: &mut Context<'_>) -> Option<T> {
    let Value::Table(table) = &node.value else {
        wrong_type(node, expects, Some(T::KEYS), cx);
        return None;
    };
    let key = std::mem::take(&mut cx.key);
    cx.tables.push(key);
    let mut reader = TableReader::new(table, node.span);
    let value = T::read(&mut reader, cx);
    report_misplaced(&mut reader, cx);
    reader.finish(&[T::KEYS], cx);
    cx.leave_table();
    Some(value)
}

/// Reports the keys of the file itself that stand in a table.
fn report_misplaced(reader: &mut TableReader<'_, '_>, cx: &mut Context<'_>) {
    for ((key, _), read) in reader.table.entries.iter().zip(&mut reader.read) {
        if *read || !(cx.is_outermost_key)(&key.name) {
            continue;
        }
        *read = true;
        let table = cx.tables.first().cloned().unwrap_or_default();
        let name = table.trim_matches(['[', ']']);
        let below_header = key.span.start >= reader.span.end;
        let help = if below_header {
            format!("`{}` is a key of the page itself: move it above `[{table}]`", key.name)
        } else {
            format!("`{}` is a key of the page itself: move it out of the braces of `{name}`", key.name)
        };
        let problem = cx.report(&codes::UNKNOWN_KEY, key.span, format!("there is no key `{}` in `{name}`", key.name));
        problem.label = "not known here".to_owned();
        problem.help = Some(help);
    }
}

/// Declares a struct together with how it is read from a TOML table. Each field says how often its key is there:
/// `required T`, `optional T` (an `Option`), `list T` (a `Vec`), or `default T` (the type's default when absent).
macro_rules! record {
    (@type required $ty:ty) => { $ty };
    (@type optional $ty:ty) => { Option<$ty> };
    (@type list $ty:ty) => { Vec<$ty> };
    (@type default $ty:ty) => { $ty };
    (@shape required) => { $crate::decode::Shape::Required };
    (@shape optional) => { $crate::decode::Shape::Optional };
    (@shape list) => { $crate::decode::Shape::List };
    (@shape default) => { $crate::decode::Shape::Default };
    (@read required $ty:ty, $reader:ident, $name:expr, $cx:ident) => { $reader.required::<$ty>($name, $cx) };
    (@read optional $ty:ty, $reader:ident, $name:expr, $cx:ident) => { $reader.optional::<$ty>($name, $cx) };
    (@read list $ty:ty, $reader:ident, $name:expr, $cx:ident) => {
        $reader.optional::<Vec<$ty>>($name, $cx).unwrap_or_default()
    };
    (@read default $ty:ty, $reader:ident, $name:expr, $cx:ident) => {
        $reader.optional::<$ty>($name, $cx).unwrap_or_default()
    };
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])* $field:ident: $shape:ident $ty:ty, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Default)]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $crate::decode::record!(@type $shape $ty), )*
        }

        impl $crate::decode::Record for $name {
            const KEYS: &'static [$crate::decode::Field] = &[
                $( $crate::decode::Field {
                    name: stringify!($field),
                    shape: $crate::decode::record!(@shape $shape),
                    expects: <$ty as $crate::decode::Decode>::EXPECTS,
                    doc: &[$($field_doc),*],
                    fields: <$ty as $crate::decode::Decode>::FIELDS,
                }, )*
            ];

            #[allow(unused_variables)]
            fn read(
                reader: &mut $crate::decode::TableReader<'_, '_>,
                cx: &mut $crate::decode::Context<'_>,
            ) -> Self {
                Self {
                    $( $field: $crate::decode::record!(@read $shape $ty, reader, stringify!($field), cx), )*
                }
            }
        }

        impl $crate::decode::Decode for $name {
            const EXPECTS: &'static str = "a table";
            const FIELDS: Option<&'static [$crate::decode::Field]> =
                Some(<Self as $crate::decode::Record>::KEYS);
            fn decode(
                node: &$crate::decode::Node<'_>,
                cx: &mut $crate::decode::Context<'_>,
            ) -> Option<Self> {
                $crate::decode::decode_table(node, Self::EXPECTS, cx)
            }
        }
    };
}
pub(crate) use record;

/// Declares an enum whose variants are words an author writes. The first is the default.
macro_rules! choice {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $first:ident $first_word:literal,
            $( $variant:ident $word:literal, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub enum $name {
            #[default]
            $first,
            $( $variant, )*
        }

        impl $name {
            /// The words an author may write.
            pub const WORDS: &'static [&'static str] = &[$first_word $(, $word)*];

            /// The word an author writes for it.
            pub fn word(self) -> &'static str {
                match self {
                    Self::$first => $first_word,
                    $( Self::$variant => $word, )*
                }
            }

            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $first_word => Some(Self::$first),
                    $( $word => Some(Self::$variant), )*
                    _ => None,
                }
            }
        }

        impl $crate::decode::Decode for $name {
            const EXPECTS: &'static str = concat!("one of: ", $first_word $(, ", ", $word)*);
            fn decode(
                node: &$crate::decode::Node<'_>,
                cx: &mut $crate::decode::Context<'_>,
            ) -> Option<Self> {
                let word = String::decode(node, cx)?;
                // Spreadsheets begin cells with capitals.
                let lowered = || matches!(node.value, $crate::decode::Value::Cell(_)).then(|| word.to_lowercase());
                let choice = Self::from_word(&word).or_else(|| Self::from_word(&lowered()?));
                if choice.is_none() {
                    $crate::decode::unknown_word(&word, Self::WORDS, node.span, cx);
                }
                choice
            }
        }
    };
}
pub(crate) use choice;

/// Reports a word that is none of the words allowed.
pub fn unknown_word(word: &str, words: &[&str], span: Span, cx: &mut Context<'_>) {
    let help = match did_you_mean(word, words.iter().copied()) {
        Some(meant) => format!("did you mean \"{meant}\"? The choices are: {}", words.join(", ")),
        None => format!("the choices are: {}", words.join(", ")),
    };
    let problem = cx.report(&codes::BAD_VALUE, span, format!("\"{word}\" is not one of the choices"));
    problem.help = Some(help);
}
