//! What stands in a frame after a click, and who gets to know of it.

use super::{Caller, FunctionSpec};
use crate::output::encode_component;
use crate::theme::view::map;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "embed",
    args: &[("url", "the address of a video, a map or another page on the web")],
    meaning: "How a page of another site can be shown in a frame: `frame`, the address to load after a click (of YouTube, \
              Vimeo, PeerTube and OpenStreetMap the player or map that gathers least), `link`, the page itself, `name` of \
              the site, its `host`, and `provider`: youtube, vimeo, peertube, openstreetmap or other.",
    example: "{% set found = embed(url=\"https://youtu.be/aqz-KE-bpKQ\") %}<a href=\"{{ found.link }}\">{{ found.name }}</a>",
    open: false,
    call,
};

fn call(_: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let written = kwargs.must_get::<&str>("url")?;
    let address = Address::read(written).ok_or_else(|| {
        Error::message(format!("\"{written}\" is not the address of another site's page; it begins with https://"))
    })?;
    let found = of(&address);
    if !found.frame.starts_with("https://") && !found.frame.starts_with("HTTPS://") {
        return Err(Error::message(format!(
            "\"{written}\" cannot be shown in a page, because its connection is not private\nwrite an address that \
             begins with https://, or a plain link"
        )));
    }
    Ok(Value::from(map! {
        "provider": found.provider,
        "name": found.name,
        "host": address.host.as_str(),
        "frame": found.frame,
        "link": found.link,
    }))
}

/// The parts of a web address.
#[derive(Debug)]
struct Address<'a> {
    written: &'a str,
    /// In small letters, without `www.` and `m.`.
    host: String,
    /// Host and port as they are written.
    authority: &'a str,
    path: Vec<&'a str>,
    query: Vec<(&'a str, &'a str)>,
    fragment: &'a str,
}

impl<'a> Address<'a> {
    fn read(written: &'a str) -> Option<Self> {
        let (scheme, rest) = written.split_once("://")?;
        if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
            return None;
        }
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = authority.split(':').next().unwrap_or(authority).to_lowercase();
        let named = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '[' | ']');
        if host.is_empty() || !host.chars().all(named) || written.contains(['"', '<', '>', '\\', '`', '{', '}']) {
            return None;
        }
        let plain = host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(&host);
        Some(Self {
            written,
            host: plain.to_owned(),
            authority,
            path: path.split('/').filter(|part| !part.is_empty()).collect(),
            query: query.split('&').filter_map(|pair| pair.split_once('=')).collect(),
            fragment,
        })
    }

    fn asked(&self, name: &str) -> Option<&'a str> {
        self.query.iter().find(|(known, value)| *known == name && !value.is_empty()).map(|(_, value)| *value)
    }
}

struct Found {
    provider: &'static str,
    name: String,
    frame: String,
    link: String,
}

fn of(address: &Address<'_>) -> Found {
    let known = match address.host.as_str() {
        "youtube.com" | "youtu.be" | "youtube-nocookie.com" | "music.youtube.com" => youtube(address),
        "vimeo.com" | "player.vimeo.com" => vimeo(address),
        "openstreetmap.org" | "osm.org" => openstreetmap(address),
        _ => peertube(address),
    };
    known.unwrap_or_else(|| Found {
        provider: "other",
        name: address.host.clone(),
        frame: address.written.to_owned(),
        link: address.written.to_owned(),
    })
}

/// The name of a video as its site makes them.
fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Seconds, written `90`, `90s` or `1h2m3s`.
fn seconds(written: &str) -> Option<u32> {
    let mut total = 0_u32;
    let mut number = String::new();
    for c in written.chars() {
        let unit = match c {
            '0'..='9' => {
                number.push(c);
                continue;
            }
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        total = total.checked_add(number.parse::<u32>().ok()?.checked_mul(unit)?)?;
        number.clear();
    }
    if number.is_empty() { Some(total) } else { total.checked_add(number.parse().ok()?) }
}

fn youtube(address: &Address<'_>) -> Option<Found> {
    let id = match address.path.as_slice() {
        [id] if address.host == "youtu.be" => id,
        ["watch"] => address.asked("v")?,
        ["embed" | "shorts" | "live" | "v", id] => id,
        ["playlist"] => "videoseries",
        _ => return None,
    };
    let list = address.asked("list").filter(|list| is_id(list));
    if !is_id(id) || (id == "videoseries" && list.is_none()) {
        return None;
    }
    let start = address.asked("t").or_else(|| address.asked("start")).and_then(seconds).filter(|start| *start > 0);
    let mut frame = format!("https://www.youtube-nocookie.com/embed/{id}?autoplay=1&rel=0");
    let mut link = match (id, list) {
        ("videoseries", Some(list)) => format!("https://www.youtube.com/playlist?list={list}"),
        _ => format!("https://www.youtube.com/watch?v={id}"),
    };
    if let Some(list) = list {
        frame.push_str(&format!("&list={list}"));
    }
    if let Some(start) = start {
        frame.push_str(&format!("&start={start}"));
        link.push_str(&format!("&t={start}s"));
    }
    Some(Found { provider: "youtube", name: "YouTube".to_owned(), frame, link })
}

fn vimeo(address: &Address<'_>) -> Option<Found> {
    let (at, id) = address.path.iter().enumerate().find(|(_, part)| part.bytes().all(|byte| byte.is_ascii_digit()))?;
    // A video that is not listed has a second name.
    let hash = address.asked("h").or_else(|| address.path.get(at + 1).copied()).filter(|hash| is_id(hash));
    let mut frame = format!("https://player.vimeo.com/video/{id}?autoplay=1&dnt=1");
    let mut link = format!("https://vimeo.com/{id}");
    if let Some(hash) = hash {
        frame.push_str(&format!("&h={hash}"));
        link.push_str(&format!("/{hash}"));
    }
    Some(Found { provider: "vimeo", name: "Vimeo".to_owned(), frame, link })
}

/// PeerTube stands on many hosts; its videos are known by their paths.
fn peertube(address: &Address<'_>) -> Option<Found> {
    let (folder, link, id) = match address.path.as_slice() {
        ["w", "p", id] => ("video-playlists", "w/p", id),
        ["w", id] | ["videos", "watch" | "embed", id] => ("videos", "w", id),
        _ => return None,
    };
    if !is_id(id) {
        return None;
    }
    let host = address.authority;
    let start = address.asked("start").and_then(seconds).filter(|start| *start > 0);
    let mut frame = format!("https://{host}/{folder}/embed/{id}?autoplay=1&p2p=0&warningTitle=0");
    let mut link = format!("https://{host}/{link}/{id}");
    if let Some(start) = start {
        frame.push_str(&format!("&start={start}s"));
        link.push_str(&format!("?start={start}s"));
    }
    Some(Found { provider: "peertube", name: address.host.clone(), frame, link })
}

/// A map that shows what the address shows.
fn openstreetmap(address: &Address<'_>) -> Option<Found> {
    if address.path.as_slice() == ["export", "embed.html"] {
        let (frame, link) = (address.written.to_owned(), address.written.to_owned());
        return Some(Found { provider: "openstreetmap", name: "OpenStreetMap".to_owned(), frame, link });
    }
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    let marker = address.asked("mlat").and_then(number).zip(address.asked("mlon").and_then(number));
    let shown = address.fragment.split('&').find_map(|part| part.strip_prefix("map="));
    let mut shown = shown.unwrap_or_default().split('/').map(number);
    let (zoom, lat, lon) = match (shown.next().flatten(), shown.next().flatten(), shown.next().flatten(), marker) {
        (Some(zoom), Some(lat), Some(lon), _) => (zoom, lat, lon),
        (_, _, _, Some((lat, lon))) => (16.0, lat, lon),
        _ => return None,
    };
    if lat.abs() > 85.0 || lon.abs() > 180.0 || marker.is_some_and(|(lat, lon)| lat.abs() > 85.0 || lon.abs() > 180.0) {
        return None;
    }
    // A frame of about 640 by 360 pixels, of tiles of 256.
    let width = 360.0 / 2_f64.powf(zoom.clamp(1.0, 19.0)) * 2.5;
    let height = width * lat.to_radians().cos() * 9.0 / 16.0;
    let bbox = [lon - width / 2.0, lat - height / 2.0, lon + width / 2.0, lat + height / 2.0];
    let bbox = bbox.map(|degrees| format!("{degrees:.5}")).join(",");
    let mut frame =
        format!("https://www.openstreetmap.org/export/embed.html?bbox={}&layer=mapnik", encode_component(&bbox));
    if let Some((lat, lon)) = marker {
        frame.push_str(&format!("&marker={lat}%2C{lon}"));
    }
    let link = address.written.to_owned();
    Some(Found { provider: "openstreetmap", name: "OpenStreetMap".to_owned(), frame, link })
}

#[cfg(test)]
mod tests {
    use super::{Address, of};

    /// Provider, frame and link of an address.
    #[track_caller]
    fn check(written: &str, provider: &str, frame: &str, link: &str) {
        let address = Address::read(written).unwrap_or_else(|| panic!("{written} is not read"));
        let found = of(&address);
        assert_eq!((found.provider, found.frame.as_str(), found.link.as_str()), (provider, frame, link), "{written}");
    }

    #[test]
    fn videos_of_youtube_are_played_where_no_cookies_are_set() {
        let frame = "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?autoplay=1&rel=0";
        let link = "https://www.youtube.com/watch?v=aqz-KE-bpKQ";
        for written in [
            "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
            "http://youtube.com/watch?feature=share&v=aqz-KE-bpKQ",
            "https://m.youtube.com/watch?v=aqz-KE-bpKQ#x",
            "HTTPS://YouTu.be/aqz-KE-bpKQ?si=x",
            "https://www.youtube.com/embed/aqz-KE-bpKQ",
            "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?controls=0",
            "https://youtube.com/shorts/aqz-KE-bpKQ",
            "https://www.youtube.com/live/aqz-KE-bpKQ",
        ] {
            check(written, "youtube", frame, link);
        }
        for start in ["t=90", "t=90s", "t=1m30s", "start=90"] {
            let written = format!("https://youtu.be/aqz-KE-bpKQ?{start}");
            check(&written, "youtube", &format!("{frame}&start=90"), &format!("{link}&t=90s"));
        }
        check(
            "https://www.youtube.com/playlist?list=PL1",
            "youtube",
            "https://www.youtube-nocookie.com/embed/videoseries?autoplay=1&rel=0&list=PL1",
            "https://www.youtube.com/playlist?list=PL1",
        );
    }

    #[test]
    fn videos_of_vimeo_and_peertube_are_known_too() {
        let vimeo = "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1";
        check("https://vimeo.com/76979871", "vimeo", vimeo, "https://vimeo.com/76979871");
        check("https://vimeo.com/channels/staff/76979871", "vimeo", vimeo, "https://vimeo.com/76979871");
        for hidden in ["https://vimeo.com/76979871/ab12", "https://player.vimeo.com/video/76979871?h=ab12"] {
            check(hidden, "vimeo", &format!("{vimeo}&h=ab12"), "https://vimeo.com/76979871/ab12");
        }
        for written in [
            "https://tube.example:8443/w/9c9de5e8",
            "https://tube.example:8443/videos/watch/9c9de5e8",
            "https://tube.example:8443/videos/embed/9c9de5e8",
        ] {
            check(
                written,
                "peertube",
                "https://tube.example:8443/videos/embed/9c9de5e8?autoplay=1&p2p=0&warningTitle=0",
                "https://tube.example:8443/w/9c9de5e8",
            );
        }
    }

    #[test]
    fn maps_show_what_the_address_shows() {
        let map = "https://www.openstreetmap.org/?mlat=51.5&mlon=-0.1#map=10/51.5/-0.1";
        check(
            map,
            "openstreetmap",
            "https://www.openstreetmap.org/export/embed.html?bbox=-0.53945%2C51.34612%2C0.33945%2C51.65388&layer=mapnik\
             &marker=51.5%2C-0.1",
            map,
        );
    }

    #[test]
    fn other_pages_are_framed_as_they_are() {
        for written in [
            "https://form.example/a?b=c#d",
            "https://www.youtube.com/@channel",
            "https://youtu.be/",
            "https://youtube.com/watch?v=%22onload",
            "https://vimeo.com/about",
            "https://www.openstreetmap.org/",
            "https://www.openstreetmap.org/#map=x/y/z",
        ] {
            check(written, "other", written, written);
        }
    }

    #[test]
    fn what_is_no_web_address_is_none() {
        for written in [
            "",
            "x",
            "javascript:alert(1)",
            "data:text/html,x",
            "/a",
            "//a.example",
            "https://",
            "https:///a",
            "https://a@b.example/",
            "https://a.example/\"><script>",
            "file:///etc/passwd",
            "https://a b/",
        ] {
            assert!(Address::read(written).is_none(), "{written}");
        }
    }
}
