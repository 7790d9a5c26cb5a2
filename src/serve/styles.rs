//! Whether two states of a page differ in the addresses of their stylesheets alone: then the page need not be loaded
//! anew.

/// The addresses of the stylesheets of `new`, in their order, when that is all that changed.
pub fn changed(old: &str, new: &str) -> Option<Vec<String>> {
    let (old, new) = (split(old), split(new));
    let same = old.between == new.between && old.addresses.len() == new.addresses.len();
    (same && old.addresses != new.addresses).then(|| new.addresses.into_iter().map(str::to_owned).collect())
}

/// A page taken apart at the addresses of its stylesheets.
struct Split<'p> {
    between: Vec<&'p str>,
    addresses: Vec<&'p str>,
}

fn split(html: &str) -> Split<'_> {
    let mut parts = Split { between: Vec::new(), addresses: Vec::new() };
    let mut from = 0;
    let mut searched = 0;
    while let Some(at) = html[searched..].find("<link") {
        let begin = searched + at;
        let end = html[begin..].find('>').map_or(html.len(), |end| begin + end);
        searched = end;
        let tag = &html[begin..end];
        if !attribute(tag, "rel")
            .is_some_and(|(at, end)| tag[at..end].split_whitespace().any(|word| word == "stylesheet"))
        {
            continue;
        }
        if let Some((at, end)) = attribute(tag, "href") {
            parts.between.push(&html[from..begin + at]);
            parts.addresses.push(&tag[at..end]);
            from = begin + end;
        }
    }
    parts.between.push(&html[from..]);
    parts
}

/// Where the value of an attribute stands in a tag.
fn attribute(tag: &str, name: &str) -> Option<(usize, usize)> {
    let wanted = format!(" {name}=\"");
    let at = tag.find(&wanted)? + wanted.len();
    Some((at, at + tag[at..].find('"')?))
}

#[cfg(test)]
mod tests {
    use super::changed;

    #[test]
    fn only_the_addresses_of_stylesheets_may_differ() {
        let page = |css: &str, text: &str| {
            format!("<head><link rel=\"icon\" href=\"/i.svg\"><link rel=\"stylesheet\" href=\"{css}\"><body>{text}")
        };
        let one = page("/a.css?v=1", "text");
        assert_eq!(changed(&one, &page("/a.css?v=2", "text")), Some(vec!["/a.css?v=2".to_owned()]));
        assert_eq!(changed(&one, &one), None);
        assert_eq!(changed(&one, &page("/a.css?v=2", "other")), None);
        assert_eq!(changed(&one, &one.replace("/i.svg", "/j.svg")), None);
        assert_eq!(changed(&one, &one.replace("<body>", "<link rel=\"stylesheet\" href=\"/b.css\"><body>")), None);
        assert_eq!(changed("<link rel=\"stylesheet\" href=\"/a", "<link rel=\"stylesheet\" href=\"/b"), None);
    }
}
