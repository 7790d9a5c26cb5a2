pub mod draft;
pub mod write;
pub mod zones;
