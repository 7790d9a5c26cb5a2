//! The two files with which sites tell hosts what to do: `_headers` and `_redirects`. They are read as the hosts that
//! know them read them, so that a policy that breaks a page breaks it here, too.

mod headers;
mod pattern;
mod policy;
mod redirects;

pub use headers::Headers;
pub use policy::adapted;
pub use redirects::Redirects;
