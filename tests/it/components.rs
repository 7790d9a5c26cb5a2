//! Components in a text: what they show, what they refuse, and that nothing is asked of another host before a click.

use crate::support::{SiteText, attributes, site};

/// A campaign for components to show.
const CAMPAIGN: &str = "\
=== content/groups/lidford.md
+++
title = \"Lidford\"
region = \"Vale\"
location = { lat = 52.1, lon = -1.4 }
contact = { email = \"lidford@lido.example\", phone = \"+44 1632 960001\", form = \"https://form.example/\" }
+++
=== content/groups/harbour.md
+++
title = \"Harbour\"
region = \"Coast\"
location = { lat = 52.5, lon = -1.0 }
+++
=== content/events/swim.md
+++
title = \"Swim\"
start = 2027-01-30T07:00:00
groups = [\"lidford\"]
venue = { name = \"Pool\", lat = 52.11, lon = -1.41 }
+++
=== content/events/supper.md
+++
title = \"Supper\"
start = 2027-02-28T18:00:00
groups = [\"harbour\"]
aims = [\"pool\"]
venue = { name = \"Hush house\", area = \"Old town\", private = true, lat = 51.123456, lon = -2.654321 }
online = { url = \"https://meet.example/\" }
+++
=== content/aims/pool.md
+++
title = \"Keep the pool\"
+++
=== content/actions/join.md
+++
title = \"Join us\"
ask = \"join\"
+++
=== content/statements/founding/index.md
+++
title = \"To the council\"
signatories = [
  { name = \"Ingrid Solheim\", founder = true, consent = true },
  { name = \"Bo Ek\", consent = true },
]
+++
=== content/news/key/key.jpg
x
=== content/news/key/film.mp4
x
=== content/news/key/film.vtt
WEBVTT
=== content/news/key/index.md
+++
title = \"The key & “more”\"
+++
";

/// The campaign, with a text on one of its pages.
fn with(text: &str) -> SiteText {
    site(&format!("{CAMPAIGN}{text}\n"))
}

/// The same in another language.
fn in_language(language: &str, text: &str) -> SiteText {
    let configuration = format!(
        "title = \"Test\"\nbase_url = \"https://example.org/\"\nlanguage = \"{language}\"\ntimezone = \"Europe/London\"\n"
    );
    with(text).file("handbill.toml", configuration)
}

/// What the page shows, in this order.
#[track_caller]
fn shows(text: &str, wanted: &[&str]) {
    with(text).check().clean().in_order("news/key/", wanted);
}

#[track_caller]
fn shows_not(text: &str, unwanted: &[&str]) {
    let built = with(text).check();
    let main = built.clean().main("news/key/");
    for piece in unwanted {
        assert!(!main.contains(piece), "{text} shows {piece}:\n{main}");
    }
}

/// The text has one mistake: `code ‹place› … words of the message | help`.
#[track_caller]
fn refuses(text: &str, expected: &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    with(&format!("{first} #~ {expected}\n{rest}")).check();
}

#[test]
fn a_gallery_links_each_picture_to_itself() {
    shows(
        ":::gallery\n![A “key”](key.jpg \"After <a> bath\")\n![Another](key.jpg)\n:::",
        &[
            "<ul class=\"gallery\">",
            "<a href=\"/news/key/key.jpg\"><img src=\"/news/key/key.jpg\" alt=\"A “key”\"",
            "<figcaption>After &lt;a&gt; bath</figcaption>",
            "alt=\"Another\"",
        ],
    );
}

#[test]
fn pictures_need_words_for_those_who_do_not_see_them() {
    with(":::gallery\n![](key.jpg) #~ HB0609 … nothing says what the picture … shows … ![what it shows](key.jpg)\n:::")
        .check();
    refuses("::figure{src=\"key.jpg\" alt=\" \"}", "HB0609 ‹\" \"› … `alt` is empty");
    refuses("::figure{src=\"key.jpg\"}", "HB0609 ‹figure› … needs `alt`");
    refuses(":::gallery\nText.\n:::", "HB0609 … only pictures can stand here … \"Text.\"");
    refuses(":::gallery\n- x\n:::", "HB0609 … only pictures");
}

#[test]
fn a_video_elsewhere_is_a_button_and_a_link() {
    shows(
        "::video{url=\"https://youtu.be/aqz-KE-bpKQ\" title=\"How we found it\" poster=\"key.jpg\"}",
        &[
            "<img class=\"embed-poster\" src=\"/news/key/key.jpg\" alt=\"\"",
            "How we found it</p>",
            "<button type=\"button\"",
            "data-frame=\"https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?autoplay=1&amp;rel=0\"",
            " hidden>Play the video here",
            "<a class=\"embed-open\" href=\"https://www.youtube.com/watch?v=aqz-KE-bpKQ\" rel=\"external noreferrer\">Watch on YouTube",
            "Nothing is loaded from YouTube until you choose it.",
        ],
    );
}

#[test]
fn a_video_of_the_site_has_controls_captions_and_a_download() {
    shows(
        "::video{src=\"film.mp4\" title=\"Swimmers\" captions=\"film.vtt\" transcript=\"@/groups/lidford.md\"}",
        &[
            "<video controls playsinline preload=\"metadata\" src=\"/news/key/film.mp4\" aria-label=\"Swimmers\">",
            "<track kind=\"captions\" src=\"/news/key/film.vtt\" srclang=\"en-GB\" label=\"Captions\" default>",
            "<a href=\"/news/key/film.mp4\" download>Download (MP4, 2 bytes)</a>",
            "<a href=\"/groups/lidford/\">Read it as text</a>",
        ],
    );
}

#[test]
fn videos_and_posters_that_cannot_be_are_refused() {
    refuses("::video{title=\"x\"}", "HB0609 ‹::video{title=\"x\"}› … needs `src`");
    refuses("::video{title=\"x\" url=\"https://a.example/b\"}", "HB0609 ‹\"https://a.example/b\"› … write `::embed`");
    refuses(
        "::video{title=\"x\" src=\"https://a.example/b.mp4\"}",
        "HB0609 ‹\"https://a.example/b.mp4\"› … write `url`",
    );
    refuses("::video{title=\"x\" src=\"gone.mp4\"}", "HB0112 ‹\"gone.mp4\"›");
    refuses("::video{title=\"x\" src=\"film.mp4\" captions=\"//a.example/x.vtt\"}", "HB0609 ‹\"//a.example/x.vtt\"›");
    refuses(
        "::video{title=\"x\" url=\"https://youtu.be/abcdefgh\" poster=\"https://a.example/p.jpg\"}",
        "HB0609 ‹\"https://a.example/p.jpg\"› … picture of this site",
    );
    refuses("::embed{title=\"x\" url=\"http://a.example/\"}", "HB0609 ‹\"http://a.example/\"› … not private");
    refuses(
        "::embed{title=\"x\" url=\"@/groups/lidford.md\"}",
        "HB0609 ‹\"@/groups/lidford.md\"› … another site's page",
    );
}

#[test]
fn addresses_that_run_scripts_are_refused_everywhere() {
    for call in [
        "::embed{url=\"WHAT\" title=\"x\"}",
        "::video{url=\"WHAT\" title=\"x\"}",
        "::button{href=\"WHAT\" label=\"x\"}",
        "::donate{href=\"WHAT\"}",
        "::sign_up{href=\"WHAT\"}",
        "::share{url=\"WHAT\"}",
        "::qr{url=\"WHAT\"}",
        "::contact{url=\"WHAT\"}",
        "::figure{src=\"key.jpg\" alt=\"x\" link=\"WHAT\"}",
        "::figure{src=\"WHAT\" alt=\"x\"}",
        "::download{file=\"WHAT\"}",
    ] {
        for address in ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x"] {
            refuses(&call.replace("WHAT", address), &format!("HB0103 ‹\"{address}\"›"));
        }
    }
}

#[test]
fn contact_is_the_groups_the_arguments_or_the_organisations() {
    let organisation =
        |text: &str| with(text).config("[organisation]\nname = \"Us\"\nemail = \"us@lido.example\"\n").check();
    let of_group = [
        "<p class=\"contact-name\">Lidford</p>",
        "mailto:lidford@lido.example",
        "tel:+441632960001",
        "https://form.example/",
    ];
    shows("::contact{group=\"lidford\"}", &of_group);
    shows("::contact{name=\"Press\" email=\"press@lido.example\"}", &["Press</p>", "mailto:press@lido.example"]);
    organisation("::contact").clean().in_order("news/key/", &["Us</p>", "mailto:us@lido.example"]);
    let group = format!(
        "{CAMPAIGN}=== content/groups/moor.md\n+++\ntitle = \"Moor\"\ncontact = {{ email = \"moor@lido.example\" }}\n+++\n::contact\n"
    );
    site(&group).check().clean().in_order("groups/moor/", &["contact-box", "Moor</p>", "mailto:moor@lido.example"]);
    refuses("::contact{group=\"harbour\"}", "HB0609 ‹\"harbour\"› … has no `contact`");
    refuses("::contact{group=\"lidfrod\"}", "HB0609 ‹\"lidfrod\"› … did you mean \"lidford\"?");
    refuses("::contact{email=\"a@b.example?bcc=c\"}", "HB0609 ‹\"a@b.example?bcc=c\"›");
    refuses("::contact", "HB0609 ‹::contact› … nothing to show");
}

#[test]
fn asking_says_where_it_leads() {
    shows("::sign_up", &["href=\"/actions/join/\">Join now</a></p>"]);
    shows(
        "::donate{href=\"https://www.give.example/a?b=1&c=2\" label=\"Give\"}",
        &["href=\"https://www.give.example/a?b=1&amp;c=2\" rel=\"external\">Give</a>", "This leads to give.example."],
    );
    refuses("::donate", "HB0609 ‹::donate› … no open action asks to donate … write `href`");
}

#[test]
fn sharing_is_plain_links_with_everything_encoded() {
    let title = "The%20key%20%26%20%E2%80%9Cmore%E2%80%9D";
    let page = "https%3A%2F%2Fexample.org%2Fnews%2Fkey%2F";
    shows(
        "::share{networks=\"email, telegram x facebook mastodon email\" mastodon=\"https://social.example/\"}",
        &[
            &format!("href=\"mailto:?subject={title}&amp;body={title}%0D%0A{page}\">Email</a>"),
            &format!("href=\"https://t.me/share/url?url={page}&amp;text={title}\""),
            &format!("href=\"https://x.com/intent/post?text={title}&amp;url={page}\""),
            &format!("href=\"https://www.facebook.com/sharer/sharer.php?u={page}\""),
            &format!("href=\"https://social.example/share?text={title}%0D%0A{page}\""),
            "<li hidden><button type=\"button\" class=\"button\" data-copy=\"https://example.org/news/key/\"",
        ],
    );
    shows_not("::share{networks=\"email email\"}", &["whatsapp", "</li>\n<li><a"]);
    let settings = with("::share").config("[settings]\nshare = \"reddit\"\n").check();
    let main = settings.clean().main("news/key/");
    assert!(main.contains("reddit.com/submit") && !main.contains("wa.me"), "{main}");
    shows(
        "::share{url=\"@/groups/lidford.md\" title=\"\\\"><script>\"}",
        &["%22%3E%3Cscript%3E", "data-copy=\"https://example.org/groups/lidford/\""],
    );
    refuses("::share{networks=\"email facbook\"}", "HB0609 ‹\"email facbook\"› … did you mean \"facebook\"?");
    refuses("::share{mastodon=\"a b\"}", "HB0609 ‹\"a b\"›");
}

#[test]
fn a_qr_code_leads_to_the_page_and_says_so() {
    shows(
        "::qr",
        &[
            "<svg class=\"qr\"",
            "width=\"200\" height=\"200\" role=\"img\" aria-label=\"QR code that leads to example.org/news/key/\"",
            "<a dir=\"ltr\" href=\"/news/key/\">example.org/news/key/</a>",
        ],
    );
    refuses("::qr{size=20}", "HB0609 ‹20› … from 80 to 1000");
    refuses(&format!("::qr{{url=\"https://a.example/{}\"}}", "x".repeat(4000)), "HB0609 … too long for a QR code");
}

#[test]
fn a_download_says_what_it_is() {
    let text = with("::download{file=\"survey.pdf\" label=\"The survey\"}")
        .file("content/news/key/survey.pdf", vec![0; 1_240_000]);
    text.check()
        .clean()
        .in_order("news/key/", &["<a href=\"/news/key/survey.pdf\" download>The survey</a>", "PDF, 1.2 MB"]);
    let german = in_language("de", "::download{file=\"/survey.pdf\"}").file("static/survey.pdf", vec![0; 1_240_000]);
    german.check().clean().in_order("news/key/", &["download>survey.pdf</a>", "PDF, 1,2 MB"]);
    refuses("::download{file=\"gone.pdf\"}", "HB0112 ‹\"gone.pdf\"›");
    refuses(
        "::download{file=\"https://a.example/x.pdf\"}",
        "HB0609 ‹\"https://a.example/x.pdf\"› … a file of this site",
    );
}

#[test]
fn events_are_chosen_by_group_aim_region_place_and_way_to_join() {
    for (call, shown, not_shown) in [
        ("::events{group=\"lidford\"}", "Swim", "Supper"),
        ("::events{aim=\"pool\"}", "Supper", "Swim"),
        ("::events{region=\"Coast\"}", "Supper", "Swim"),
        ("::events{online=true}", "Supper", "Swim"),
        ("::events{limit=1}", "Swim", "Supper"),
        ("::events{near=\"52.1, -1.4\" within=5}", "Swim", "Supper"),
        ("::events{near=\"lidford\" within=5}", "Swim", "Supper"),
        ("::events{near=\"harbour\" within=5}", "Supper", "Swim"),
    ] {
        shows(call, &[shown]);
        shows_not(call, &[&format!(">{not_shown}<")]);
    }
    // The place of a private venue cannot be found by asking.
    shows_not("::events{near=\"51.123456, -2.654321\" within=30}", &["Supper"]);
    refuses("::events{group=\"lidfrod\"}", "HB0609 ‹\"lidfrod\"› … did you mean \"lidford\"?");
    refuses("::events{aim=\"pol\"}", "HB0609 ‹\"pol\"› … did you mean \"pool\"?");
    refuses("::events{region=\"Val\"}", "HB0609 ‹\"Val\"› … no group is in a region");
    refuses("::events{near=\"91, 0\"}", "HB0609 ‹\"91, 0\"›");
    refuses("::events{near=\"lidford\" within=0}", "HB0609 ‹0›");
    refuses("::events{limit=0}", "HB0609 ‹0› … from 1");
    refuses("::events{access=\"stairs\"}", "HB0609 ‹\"stairs\"› … step_free");
    refuses("::events{when=\"soon\"}", "HB0609 ‹\"soon\"›");
    refuses("::events{limit=\"3\"}", "HB0609 ‹\"3\"› … a whole number");
}

#[test]
fn groups_aims_and_names_are_listed() {
    shows("::groups{near=\"52.1, -1.41\" within=5}", &["Lidford"]);
    shows_not("::groups{near=\"52.1, -1.41\" within=5}", &["Harbour"]);
    shows_not("::groups{region=\"Coast\"}", &["Lidford"]);
    refuses("::groups{status=\"dead\"}", "HB0609 ‹\"dead\"›");
    shows("::aims", &["<ol class=\"aims\">", "Keep the pool"]);
    shows(
        "::signatories{of=\"@/statements/founding.md\"}",
        &["Ingrid Solheim", "Bo Ek", "href=\"/statements/founding/\">To the council: 2 signatures"],
    );
    shows_not("::signatories{of=\"@/statements/founding/index.md\" founders=true}", &["Bo Ek"]);
    shows_not("::signatories{of=\"@/statements/founding/\" limit=1}", &["Bo Ek"]);
    shows("::signatures{of=\"@/statements/founding/index.md\"}", &["<span class=\"count\">2</span>"]);
    refuses("::signatures{of=\"@/groups/lidford.md\"}", "HB0609 ‹\"@/groups/lidford.md\"› … there is no statement");
}

#[test]
fn a_map_numbers_its_places_as_the_list_beside_it_does() {
    shows(
        "::map",
        &[
            "<svg class=\"map\"",
            "role=\"img\"",
            ">Harbour</text>",
            ">1</text>",
            ">2</text>",
            "</svg>",
            "<ol class=\"map-list\">",
            "Harbour</a>",
            "Lidford</a>",
        ],
    );
    let events = with("::map{of=\"events\"}").check();
    events
        .clean()
        .in_order("news/key/", &["Swim</text>", "map-list", "Swim</a>", "map-others", "Supper</a>", "Old town"]);
    events.nowhere(&["51.123", "2.6543", "Hush house"]);
    shows(
        "::map{points=\"52.1, -1.4 The lido; 52.2,-1.5: Gate\"}",
        &["2</text>", "<span>The lido</span>", "<span>Gate</span>"],
    );
    refuses("::map{of=\"towns\"}", "HB0609 ‹\"towns\"›");
    refuses("::map{points=\"52.1 The lido\"}", "HB0609 ‹\"52.1 The lido\"› … between places");
    refuses("::map{points=\"95, 0 Nowhere\"}", "HB0609 ‹\"95, 0 Nowhere\"›");
    refuses("::map{group=\"lidford\"}", "HB0609 ‹\"lidford\"› … among events");
}

#[test]
fn a_notice_ends_with_its_day() {
    shows(
        ":::notice{until=\"2099-01-14\"}\nNew place.\n:::",
        &["data-before=\"2099-01-15T00:00:00Z\"", "Important</p>", "New place."],
    );
    shows_not(":::notice{until=\"2001-01-14\"}\nOld place.\n:::", &["Old place", "role=\"note\""]);
    refuses(":::notice{until=\"14/01/2027\"}\nx\n:::", "HB0609 ‹\"14/01/2027\"› … the year first");
    refuses(":::notice{kind=\"loud\"}\nx\n:::", "HB0609 ‹\"loud\"›");
}

#[test]
fn a_text_that_would_be_lost_or_is_missing_is_told() {
    refuses(":::figure{src=\"key.jpg\" alt=\"x\"}\nLost.\n:::", "HB0609 … takes no text … `::figure`");
    refuses(":::events\nLost.\n:::", "HB0609 … takes no text");
    refuses("::quote{by=\"x\"}", "HB0609 … needs a text");
    refuses("::notice", "HB0609 … needs a text");
}

#[test]
fn what_an_author_writes_in_arguments_stays_text() {
    let hostile = "\\\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}</svg>";
    let calls = [
        ":::notice{title=\"X\"}\ny\n:::",
        ":::quote{by=\"X\" role=\"X\"}\ny\n:::",
        ":::details{summary=\"X\"}\ny\n:::",
        "::figure{src=\"key.jpg\" alt=\"X\" caption=\"X\" credit=\"X\"}",
        "::video{url=\"https://youtu.be/aqz-KE-bpKQ\" title=\"X\"}",
        "::video{src=\"film.mp4\" title=\"X\"}",
        "::embed{url=\"https://a.example/?q='&x=1\" title=\"X\"}",
        "::contact{name=\"X\" email=\"a@b.example\" phone=\"X\"}",
        "::donate{href=\"https://a.example/\" label=\"X\"}",
        "::share{title=\"X\"}",
        "::qr{label=\"X\"}",
        "::download{file=\"key.jpg\" label=\"X\"}",
        "::map{points=\"52.1, -1.4 X\"}",
    ];
    for call in calls {
        let built = with(&call.replace('X', hostile)).check();
        let main = built.clean().main("news/key/");
        for planted in ["<script>alert", "<img src=x", " onerror=alert(1)>", ">49<"] {
            let free = main.replace("&lt;img src=x onerror=alert(1)&gt;", "");
            assert!(!free.contains(planted), "{call} shows {planted}:\n{main}");
        }
    }
}

#[test]
fn nothing_is_asked_of_another_host_before_a_click() {
    let text = "::video{url=\"https://youtu.be/aqz-KE-bpKQ\" title=\"a\"}\n\n::video{url=\"https://vimeo.com/76979871\" title=\"b\"}\n\n\
                ::video{url=\"https://tube.example/w/abc\" title=\"c\"}\n\n::embed{url=\"https://form.example/\" title=\"d\"}\n\n\
                ::embed{url=\"https://www.openstreetmap.org/#map=10/1/1\" title=\"e\"}\n\n::share\n\n::qr\n\n::map\n\n\
                ::donate{href=\"https://give.example/\"}\n\n::contact{group=\"lidford\"}";
    let built = with(text).check();
    let html = built.clean().text("news/key/");
    for loaded in attributes(html, &["src", "srcset", "poster", "data", "action", "background"]) {
        assert!(!loaded.contains("//"), "{loaded}");
    }
    for element in
        ["<iframe", "<object", "<embed", "preconnect", "dns-prefetch", "prefetch", " style=\"background", " onclick"]
    {
        assert!(!html.contains(element), "{element}");
    }
}

#[test]
fn components_speak_the_language_of_the_page_and_find_their_way_below_a_path() {
    let text =
        "::video{url=\"https://youtu.be/aqz-KE-bpKQ\" title=\"a\"}\n\n::download{file=\"key.jpg\"}\n\n::qr\n\n::share";
    let built = in_language("cy", text).base_url("https://example.org/below/").check();
    built.clean().in_order(
        "news/key/",
        &[
            "Chwarae’r fideo yma",
            "Gwylio ar YouTube",
            "/below/news/key/key.jpg",
            "Cod QR",
            "example.org/below/news/key/",
            "Copïo’r ddolen",
        ],
    );
}
