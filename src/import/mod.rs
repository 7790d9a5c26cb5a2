pub mod draft;
pub mod rule;
pub mod text;
pub mod write;
pub mod zones;
