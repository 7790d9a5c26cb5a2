//! Files that belong into the site as they are, and may not be read.

use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, World};
use std::io::ErrorKind;

/// What is wrong with a file that is there and cannot be read. A file that is gone is no such file: it is about to be
/// noticed that it is.
pub fn mistake(world: &dyn World, file: &FileRef) -> Option<Diagnostic> {
    let error = world.can_read(file).err().filter(|error| error.kind() != ErrorKind::NotFound)?;
    let mistake = Diagnostic::new(&codes::FILE_UNREADABLE, format!("{file} cannot be read: {error}"));
    Some(mistake.in_file(file).help("check that you may read it; it is looked at again when that changes"))
}

#[cfg(test)]
mod tests {
    use super::mistake;
    use crate::source::{Listing, MemoryWorld, World};
    use std::io;
    use std::path::PathBuf;

    /// A disk on which nothing may be read.
    struct Closed;

    impl World for Closed {
        fn read(&self, _: &str) -> io::Result<Vec<u8>> {
            Err(io::ErrorKind::PermissionDenied.into())
        }

        fn list(&self, _: &str) -> io::Result<Listing> {
            Ok(Listing::default())
        }

        fn disk_path(&self, _: &str) -> Option<PathBuf> {
            None
        }

        fn exists(&self, _: &str) -> bool {
            true
        }
    }

    #[test]
    fn only_a_file_that_is_there_is_unreadable() {
        let file = "static/a.pdf".into();
        let mut world = MemoryWorld::new();
        assert!(mistake(&world, &file).is_none(), "it is gone");
        world.insert("static/a.pdf", "text");
        assert!(mistake(&world, &file).is_none());
        let told = mistake(&Closed, &file).unwrap();
        assert!(told.message.contains("static/a.pdf") && told.file.as_deref() == Some("static/a.pdf"), "{told:?}");
    }
}
