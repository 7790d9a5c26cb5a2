//! The pictures of a text that has been put together, for components that hold nothing else.

use super::raw_html::tokens::{Tag, Token, decode, next};

/// A picture as its element has it, with character references read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    pub src: String,
    /// Empty where the author gave none.
    pub alt: String,
    pub title: String,
}

/// What a text of pictures holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pictures {
    pub pictures: Vec<Picture>,
    /// The first text that is no picture's.
    pub text: Option<String>,
}

/// Every `<img>` of `html`, in order, and the text beside them.
pub fn pictures(html: &str) -> Pictures {
    let mut found = Pictures::default();
    let mut at = 0;
    while at < html.len() {
        let token = next(html, at);
        at = token.range().end.max(at + 1);
        match token {
            Token::Open(tag) if html[tag.name.clone()].eq_ignore_ascii_case("img") => {
                found.pictures.push(picture(html, &tag));
            }
            Token::Text(range) if found.text.is_none() => {
                let text = decode(html[range].trim()).into_owned();
                found.text = Some(text).filter(|text| !text.is_empty());
            }
            _ => {}
        }
    }
    found
}

fn picture(html: &str, tag: &Tag) -> Picture {
    let mut picture = Picture::default();
    for attribute in &tag.attributes {
        let place = match html[attribute.name.clone()].to_ascii_lowercase().as_str() {
            "src" => &mut picture.src,
            "alt" => &mut picture.alt,
            "title" => &mut picture.title,
            _ => continue,
        };
        *place = attribute.value.clone().map_or(String::new(), |range| decode(&html[range]).into_owned());
    }
    picture
}
