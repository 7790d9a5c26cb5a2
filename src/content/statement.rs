use crate::config::{SignatoryOrder, Url};
use crate::decode::{At, Context, Decode, Moment, Node, OneOrMany, Value, record};

record! {
    /// A statement that people sign.
    pub struct Statement {
        /// Who issued it.
        issued_by: optional String,
        /// Whom it addresses.
        to: optional String,
        /// Who signed: a list, or the name of a CSV file beside the page with the same columns.
        signatories: default Signatories,
        /// Where it can be signed, and until when.
        sign: optional Sign,
        /// Whom the press may ask.
        press: optional Press,
        /// In which order the names stand after the founders': by `name` or by `place`. Default: as the configuration says.
        signatories_by: optional SignatoryOrder,
        /// How many names stand on one page; 0 for all. Default: as the configuration says.
        signatories_page: optional u32,
        /// Whether only those are named whose consent is recorded. Default: as the configuration says.
        require_consent: optional bool,
        /// The aims it serves, such as `["evening-buses"]`.
        aims: default OneOrMany<At<String>>,
    }
}

record! {
    /// Someone who signed. Published only with their consent.
    pub struct Signatory {
        /// The name.
        name: required At<String>,
        /// What they are.
        role: optional String,
        /// Where they live or work. Never a full address.
        place: optional String,
        /// Their own page.
        link: optional Url,
        /// The name as it is to be sorted, such as "Berg, Jan van der". Default: by the last word of the name.
        sort: optional String,
        /// That they agreed to be named.
        consent: default bool,
        /// They were there at the start; founders come first.
        founder: default bool,
        /// They took their name back: it appears nowhere.
        withdrawn: default bool,
    }
}

/// Who signed: in the front matter, or in a file.
#[derive(Debug, Clone)]
pub enum Signatories {
    Inline(Vec<Signatory>),
    /// A CSV file beside the page.
    File(At<String>),
}

impl Default for Signatories {
    fn default() -> Self {
        Self::Inline(Vec::new())
    }
}

impl Decode for Signatories {
    const EXPECTS: &'static str = "a list of people, or the name of a CSV file";
    const FIELDS: Option<&'static [crate::decode::Field]> = Signatory::FIELDS;
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        match &node.value {
            Value::String(file) | Value::Cell(file) => {
                Some(Self::File(At { value: file.as_ref().to_owned(), span: node.span }))
            }
            _ => Vec::decode(node, cx).map(Self::Inline),
        }
    }
}

record! {
    /// Where a statement can be signed.
    pub struct Sign {
        /// The address of the form.
        url: required Url,
        /// The last day.
        until: optional Moment,
    }
}

record! {
    /// Whom the press may ask.
    pub struct Press {
        /// A name.
        name: optional String,
        /// An e-mail address.
        email: optional crate::content::group::Email,
        /// A telephone number.
        phone: optional String,
    }
}
