//! Small sites with one mistake each. The manual shows what Handbill says about them.

use crate::build::{self, SharedWorld, Stopwatch};
use crate::config::Overrides;
use crate::diagnostic::terminal::{self, Look};
use crate::diagnostic::{self, Code, Diagnostic, codes};
use crate::site::Clock;
use crate::source::MemoryWorld;
use jiff::Timestamp;
use std::sync::Arc;

/// The configuration of every example that has none of its own.
pub const CONFIGURATION: &str = "title = \"Save the Station Lido\"\nbase_url = \"https://lido.example/\"\n\
                                 timezone = \"Europe/London\"\n";

/// Columns that fit the manual's own column of text.
const WIDTH: usize = 76;

/// The examples' time: 1 January 2027.
const NOW: i64 = 1_798_761_600;

/// A site with a mistake.
pub struct Example {
    pub code: &'static Code,
    pub files: &'static [(&'static str, &'static str)],
}

impl Example {
    /// Everything that is wrong with the site.
    pub fn diagnostics(&self) -> (Vec<Diagnostic>, SharedWorld) {
        let mut world = MemoryWorld::new();
        world.insert("handbill.toml", CONFIGURATION);
        for (path, text) in self.files {
            world.insert(*path, *text);
        }
        let world: SharedWorld = Arc::new(world);
        let clock =
            Clock { now: Timestamp::from_second(NOW).unwrap_or(Timestamp::UNIX_EPOCH), drafts: false, future: false };
        let options = build::Options { config: "handbill.toml".to_owned(), overrides: Overrides::default(), clock };
        let mut found = Vec::new();
        if let Ok(mut loaded) = build::load(&world, &options, &mut Stopwatch::new()) {
            found.append(&mut loaded.diagnostics);
            if let Some(engine) = &loaded.engine
                && let Err(mistakes) = build::render_all(engine, &*world)
            {
                found.extend(mistakes);
            }
        }
        diagnostic::sort(&mut found);
        (found, world)
    }

    /// What is printed about the mistake.
    pub fn message(&self) -> String {
        let (mut found, world) = self.diagnostics();
        found.retain(|problem| problem.code == self.code);
        found.truncate(1);
        let look = Look { colour: false, width: WIDTH };
        terminal::render(&found, &diagnostic::from_world(&*world), look).trim_end().to_owned()
    }
}

/// One example for a code: its files, each with its text.
macro_rules! examples {
    ($($code:ident { $($path:literal $text:literal)* })*) => {
        /// In the order of the codes.
        pub static ALL: &[Example] = &[
            $(Example { code: &codes::$code, files: &[$(($path, $text)),*] }),*
        ];
    };
}

examples! {
    UNKNOWN_KEY { "content/about.md" "+++\ntitle = \"Who we are\"\nsummry = \"Forty swimmers and a locksmith.\"\n+++\n" }
    WRONG_TYPE { "content/about.md" "+++\ntitle = \"Who we are\"\ndraft = \"true\"\n+++\n" }
    BAD_VALUE { "content/groups/lidford.md" "+++\ntitle = \"Lidford\"\nstatus = \"actve\"\n+++\n" }
    MISSING_KEY { "content/events/supper.md" "+++\ntitle = \"Swimmers' supper\"\n+++\n" }
    TOML_SYNTAX { "content/about.md" "+++\ntitle = \"Who we are\nsummary = \"Forty swimmers.\"\n+++\n" }
    NO_FRONT_MATTER { "content/about.md" "We began in the queue.\n" }
    UNCLOSED_FRONT_MATTER { "content/about.md" "+++\ntitle = \"Who we are\"\n\nWe began in the queue.\n" }
    EMPTY_FILE { "content/about.md" "" }
    UNKNOWN_LANGUAGE { "content/about.fr.md" "+++\ntitle = \"Qui nous sommes\"\n+++\n" }
    MISSING_FILE {
        "content/statements/founding/index.md" "+++\ntitle = \"The founders' statement\"\nsignatories = \"signatures.csv\"\n+++\n"
    }
    NO_CONSENT {
        "content/statements/founding.md" "+++\ntitle = \"The founders' statement\"\nsignatories = [{ name = \"Ada Finch\" }]\n+++\n"
    }
    IMPRINT_PART_MISSING {
        "handbill.toml" "title = \"Save the Station Lido\"\nbase_url = \"https://lido.example/\"\n\n[imprint]\njurisdiction = \"uk\"\nrequired = true\n"
    }
    REFUSED_LINK { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\nOpen the [register](file:///home/ada/register.ods).\n" }
    MISSING_DEFINITION { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\nSee [the minutes][minutes].\n" }
    MISSING_FOOTNOTE { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\nThe pumps date from 1936.[^pumps]\n" }
    UNUSED_FOOTNOTE { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\nThe pumps work.\n\n[^pumps]: One of them.\n" }
    REMOVED_ELEMENT { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\n<script src=\"counter.js\"></script>\n" }
    REMOVED_ATTRIBUTE { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\n<p style=\"color: red\">Read this.</p>\n" }
    FORBIDDEN_HTML {
        "handbill.toml" "title = \"Save the Station Lido\"\nbase_url = \"https://lido.example/\"\n\n[markdown]\nhtml = \"forbid\"\n"
        "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\nH<sub>2</sub>O, mostly.\n"
    }
    UNBALANCED_HTML { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\n<div>\n\nWe began in the queue.\n" }
    DUPLICATE_ID { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\n## Money {#money}\n\n## More money {#money}\n" }
    COMPONENT_SYNTAX { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\n::button{href=\"/join/\" label=\"Join us}\n" }
    UNCLOSED_COMPONENT { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\n:::callout{title=\"New place\"}\nThe Scout Hut.\n" }
    STRAY_COMPONENT_END { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\nThe Scout Hut.\n\n:::\n" }
    MISPLACED_SUMMARY_END { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\n> A quotation.\n>\n> <!-- more -->\n" }
    MISSING_PAGE {
        "content/groups/lidford.md" "+++\ntitle = \"Lidford\"\n+++\n"
        "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\nAsk [the Lidford group](@/groups/lidfrod.md).\n"
    }
    HIDDEN_TARGET {
        "content/survey.md" "+++\ntitle = \"The survey\"\ndraft = true\n+++\n"
        "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\nWe made [a survey](survey.md).\n"
    }
    MISSING_ANCHOR {
        "content/groups/lidford.md" "+++\ntitle = \"Lidford\"\n+++\n\n## Meetings\n"
        "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\n[When we meet](groups/lidford.md#meeting)\n"
    }
    UNKNOWN_ADDRESS { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\n[The accounts](/acounts.pdf)\n" }
    MISSING_REFERENCE {
        "content/groups/lidford.md" "+++\ntitle = \"Lidford\"\n+++\n"
        "content/events/supper.md" "+++\ntitle = \"Swimmers' supper\"\nstart = 2027-02-04T19:00:00\ngroups = [\"lidfrod\"]\n+++\n"
    }
    PATH_COLLISION {
        "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n"
        "content/who.md" "+++\ntitle = \"Who else\"\nslug = \"about\"\n+++\n"
    }
    BAD_PATH { "content/about.md" "+++\ntitle = \"Who we are\"\npath = \"/who/../we/\"\n+++\n" }
    DATE_IN_FUTURE { "content/news/key.md" "+++\ntitle = \"The key\"\ndate = 2027-03-01\n+++\n" }
    BAD_EVENT_TIME {
        "content/events/supper.md" "+++\ntitle = \"Swimmers' supper\"\nstart = 2027-02-04T19:00:00\nend = 2027-02-04T09:00:00\n+++\n"
    }
    CLOCK_CHANGE {
        "content/events/dawn.md" "+++\ntitle = \"Swim at dawn\"\nstart = 2027-03-28T01:30:00\n+++\n"
    }
    NO_SUCH_OCCURRENCE {
        "content/events/meeting.md" "+++\ntitle = \"Monthly meeting\"\nstart = 2027-01-07T19:00:00\nrepeat = { every = \"month\", on = \"first thursday\" }\n\n[[change]]\ndate = 2027-02-05\nstatus = \"cancelled\"\n+++\n"
    }
    MISSING_THEME {
        "handbill.toml" "title = \"Save the Station Lido\"\nbase_url = \"https://lido.example/\"\ntheme = \"harbor\"\n"
        "themes/harbour/theme.toml" "name = \"harbour\"\n"
    }
    THEME_LOOP {
        "handbill.toml" "title = \"Save the Station Lido\"\nbase_url = \"https://lido.example/\"\ntheme = \"harbour\"\n"
        "themes/harbour/theme.toml" "name = \"harbour\"\nextends = \"harbour\"\n"
    }
    THEME_VERSION {
        "handbill.toml" "title = \"Save the Station Lido\"\nbase_url = \"https://lido.example/\"\ntheme = \"harbour\"\n"
        "themes/harbour/theme.toml" "name = \"harbour\"\nhandbill = { min = \"99.0\" }\n"
    }
    UNKNOWN_SETTING {
        "handbill.toml" "title = \"Save the Station Lido\"\nbase_url = \"https://lido.example/\"\n\n[settings]\naccnt = \"#0b4f6c\"\n"
    }
    TEMPLATE_SYNTAX { "templates/page.html" "{% extends \"default/page.html\" %}\n{% block content %}\n{{ page.title }\n{% endblock content %}\n" }
    TEMPLATE_MISTAKE {
        "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n"
        "templates/page.html" "<h1>{{ page.titel }}</h1>\n"
    }
    MISSING_TEMPLATE { "content/about.md" "+++\ntitle = \"Who we are\"\ntemplate = \"leter.html\"\n+++\n" }
    UNKNOWN_COMPONENT { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\n::buton{href=\"/join/\" label=\"Join us\"}\n" }
    COMPONENT_ARGUMENT { "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n\n::button{href=\"/join/\"}\n" }
    TABLE_UNREADABLE {
        "content/groups/_index.md" "+++\ntitle = \"Groups\"\ntables = [\"groups.csv\"]\n+++\n"
        "content/groups/groups.csv" "PK\u{3}\u{4}xl/workbook.xml"
    }
    TABLE_QUOTES {
        "content/groups/_index.md" "+++\ntitle = \"Groups\"\ntables = [\"groups.csv\"]\n+++\n"
        "content/groups/groups.csv" "title,place\n\"Upper Lidford,Lidford\nMill Bank,Lidford\n"
    }
    TABLE_HEADING {
        "content/groups/_index.md" "+++\ntitle = \"Groups\"\ntables = [\"groups.csv\"]\n+++\n"
        "content/groups/groups.csv" "title,Town\nUpper Lidford,Lidford\n"
    }
    TABLE_ROW {
        "content/groups/_index.md" "+++\ntitle = \"Groups\"\ntables = [\"groups.csv\"]\n+++\n"
        "content/groups/groups.csv" "title,place\nUpper Lidford,Lidford,Vale\n"
    }
    TABLE_CELL {
        "content/groups/_index.md" "+++\ntitle = \"Groups\"\ntables = [\"groups.csv\"]\n+++\n"
        "content/groups/groups.csv" "title,updated\nUpper Lidford,03/04/2027\n"
    }
    TABLE_PAGE_NAME {
        "content/groups/_index.md" "+++\ntitle = \"Groups\"\ntables = [\"groups.csv\"]\n+++\n"
        "content/groups/groups.csv" "title,file\nUpper Lidford,../lidford\n"
    }
    SAME_PAGE {
        "content/groups/_index.md" "+++\ntitle = \"Groups\"\ntables = [\"groups.csv\"]\n+++\n"
        "content/groups/groups.csv" "title,region\nNewport,Wales\nNewport,Isle of Wight\n"
    }
    TABLE_NOT_NAMED {
        "content/groups/_index.md" "+++\ntitle = \"Groups\"\n+++\n"
        "content/groups/groups.csv" "title,region\nNewport,Wales\n"
    }
    DATA_MISTAKE {
        "data/fares.json" "{\n  \"adult\": 2.50,\n  \"child\": 1.20,\n}\n"
        "templates/page.html" "{% set fares = data(name=\"fares\") %}{{ fares.adult }}\n"
        "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n"
    }
    DATA_TWICE {
        "data/fares.json" "{}\n"
        "data/fares.toml" "adult = 2.50\n"
        "templates/page.html" "{% set fares = data(name=\"fares\") %}{{ fares.adult }}\n"
        "content/about.md" "+++\ntitle = \"Who we are\"\n+++\n"
    }
}
