//! Tables whose rows are pages, as a folder's own page names them.

use crate::decode::{At, Context, DateOrder, Decode, Field, Named, Node, decode_table, record};

record! {
    /// A table whose rows are pages.
    pub struct TableOptions {
        /// The file, beside the `_index.md` that names it: `.csv`, `.tsv` or `.toml`.
        file: required At<String>,
        /// Keys by the table's own headings, such as `{ Ort = "place", "Last change" = "updated" }`.
        columns: default Named<At<String>>,
        /// Headings of columns that are not for the site.
        ignore: list At<String>,
        /// How dates such as 3/4/2027 are meant: `day first` or `month first`. Default: such a date is a mistake.
        dates: default DateOrder,
    }
}

/// A table whose rows are pages: its file, or more about it.
#[derive(Debug, Clone, Default)]
pub struct TableSource(pub TableOptions);

impl Decode for TableSource {
    const EXPECTS: &'static str = "the name of a file, or a table";
    const FIELDS: Option<&'static [Field]> = TableOptions::FIELDS;
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        if let Some(name) = node.value.text() {
            let file = At { value: name.to_owned(), span: node.span };
            return Some(Self(TableOptions { file, ..TableOptions::default() }));
        }
        decode_table(node, Self::EXPECTS, cx).map(Self)
    }
}
