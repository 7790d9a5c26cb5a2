use crate::config::Url;
use crate::decode::{At, Moment, OneOrMany, choice, record};

choice! {
    /// What an action asks of the reader.
    pub enum Ask {
        Join "join",
        Donate "donate",
        Sign "sign",
        Share "share",
        Write "write",
        Volunteer "volunteer",
    }
}

record! {
    /// Something the campaign asks readers to do.
    pub struct Action {
        /// What is asked: `donate`, `join`, `sign`, `share`, `write` or `volunteer`.
        ask: required At<Ask>,
        /// Where it is done. Default: the action's own page.
        url: optional Url,
        /// Until when.
        deadline: optional Moment,
        /// What would be enough, in words: `"500 members"`.
        goal: optional String,
        /// What readers may pass on.
        share_text: optional String,
        /// A letter ready to send.
        mail: optional Mail,
        /// The aims it serves, such as `["evening-buses"]`.
        aims: default OneOrMany<At<String>>,
    }
}

record! {
    /// A letter ready to send.
    pub struct Mail {
        /// The address it goes to.
        to: required String,
        /// Its subject.
        subject: optional String,
        /// Its text.
        body: optional String,
    }
}
