use crate::decode::{OneOrMany, record};

record! {
    /// A piece of news.
    pub struct Post {
        /// Who wrote it: a name, or a list of names.
        byline: default OneOrMany<String>,
        /// It is published only from this moment on; the same as `publish_from`.
        embargo: optional crate::decode::Moment,
    }
}
