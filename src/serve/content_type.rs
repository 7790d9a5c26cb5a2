//! What a file is, told to browsers by the ending of its name.

/// Endings, sorted, with their types (IANA's registry). Text is UTF-8: a build writes nothing else.
const TYPES: &[(&str, &str)] = &[
    ("aac", "audio/aac"),
    ("apng", "image/apng"),
    ("atom", "application/atom+xml; charset=utf-8"),
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("bz2", "application/x-bzip2"),
    ("cjs", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("eot", "application/vnd.ms-fontobject"),
    ("epub", "application/epub+zip"),
    ("flac", "audio/flac"),
    ("geojson", "application/geo+json"),
    ("gif", "image/gif"),
    ("gpx", "application/gpx+xml"),
    ("gz", "application/gzip"),
    ("htm", "text/html; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("ics", "text/calendar; charset=utf-8"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("jsonld", "application/ld+json"),
    ("jxl", "image/jxl"),
    ("kml", "application/vnd.google-earth.kml+xml"),
    ("m4a", "audio/mp4"),
    ("m4v", "video/mp4"),
    ("map", "application/json"),
    ("md", "text/markdown; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("oga", "audio/ogg"),
    ("ogg", "audio/ogg"),
    ("ogv", "video/ogg"),
    ("opus", "audio/ogg"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("rss", "application/rss+xml; charset=utf-8"),
    ("rtf", "application/rtf"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("tar", "application/x-tar"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("toml", "application/toml"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain; charset=utf-8"),
    ("vcf", "text/vcard; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("wav", "audio/wav"),
    ("weba", "audio/webm"),
    ("webm", "video/webm"),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("xhtml", "application/xhtml+xml; charset=utf-8"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml; charset=utf-8"),
    ("yaml", "application/yaml"),
    ("yml", "application/yaml"),
    ("zip", "application/zip"),
];

/// The type of a web page.
pub const HTML: &str = "text/html; charset=utf-8";

const TEXT: &str = "text/plain; charset=utf-8";

/// Files without an ending that are text by their names.
const TEXTS: &[&str] = &["CNAME", "LICENCE", "LICENSE", "README", "_headers", "_redirects"];

/// The type of a file, by its path in the output.
pub fn of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    if name == "apple-app-site-association" {
        return "application/json";
    }
    let Some((_, ending)) = name.rsplit_once('.') else {
        return if TEXTS.contains(&name) { TEXT } else { "application/octet-stream" };
    };
    let ending = ending.to_ascii_lowercase();
    match TYPES.iter().find(|(known, _)| *known == ending) {
        Some((_, found)) => found,
        None => "application/octet-stream",
    }
}

/// The type that is sent for one that a site or the program declares; none for one that nothing here is known of.
pub fn declared(media_type: &str) -> Option<&'static str> {
    let known = TYPES.iter().map(|(_, known)| *known).chain(["application/feed+json", "text/plain; charset=utf-8"]);
    let plain = |known: &&'static str| known.split(';').next() == Some(media_type);
    known.into_iter().find(plain)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_file_has_the_type_of_its_ending() {
        let cases = [
            ("index.html", "text/html; charset=utf-8"),
            ("a/b.c/PICTURE.JPG", "image/jpeg"),
            ("feed.xml", "application/xml; charset=utf-8"),
            ("events/calendar.ics", "text/calendar; charset=utf-8"),
            ("site.webmanifest", "application/manifest+json"),
            ("fonts/a.woff2", "font/woff2"),
            ("archive.tar.gz", "application/gzip"),
            ("_headers", "text/plain; charset=utf-8"),
            (".well-known/security.txt", "text/plain; charset=utf-8"),
            (".well-known/apple-app-site-association", "application/json"),
            ("folder.css/file", "application/octet-stream"),
            ("x.unheard-of", "application/octet-stream"),
            ("", "application/octet-stream"),
        ];
        for (path, expected) in cases {
            assert_eq!(of(path), expected, "{path}");
        }
    }
}
