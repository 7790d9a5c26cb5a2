//! How those who signed statements are shown.

use crate::decode::{choice, record};

choice! {
    /// In which order the names of signatories stand.
    pub enum SignatoryOrder {
        Name "name",
        Place "place",
    }
}

record! {
    /// Statements and those who signed them. A statement may say otherwise.
    pub struct StatementOptions {
        /// How many names stand on one page, after the founders'; 0 for all. Default: 200.
        signatories_page: optional u32,
        /// In which order they stand: by `name` or by `place`. Default: `name`.
        signatories_by: default SignatoryOrder,
        /// Whether only those are named whose consent is recorded. Default: true.
        require_consent: optional bool,
    }
}
