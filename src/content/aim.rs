use crate::decode::record;

record! {
    /// Something the campaign wants to bring about.
    pub struct Aim {
        /// Its place among the aims.
        order: optional i64,
        /// One line for lists and cards.
        short: optional String,
    }
}
