/// Counts words: what stands between spaces and holds a letter or a digit. Each Chinese or Japanese character counts as
/// one word, since those scripts have no spaces.
#[derive(Debug, Default)]
pub(super) struct WordCount {
    pub words: u32,
    inside: bool,
}

impl WordCount {
    /// The next text; a word may go on from one call to the next.
    pub fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' => self.inside = false,
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => self.begin(),
                0x80.. => {
                    let c = text.get(at - 1..).and_then(|rest| rest.chars().next()).unwrap_or('\u{fffd}');
                    at += c.len_utf8() - 1;
                    self.add_char(c);
                }
                _ => {}
            }
        }
    }

    /// The end of a block, or a line break: no word goes past it.
    pub fn stop(&mut self) {
        self.inside = false;
    }

    fn begin(&mut self) {
        self.words = self.words.saturating_add(u32::from(!self.inside));
        self.inside = true;
    }

    fn add_char(&mut self, c: char) {
        match c {
            '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => {
                self.inside = false;
                self.begin();
                self.inside = false;
            }
            '\u{2014}' => self.inside = false,
            _ if c.is_alphanumeric() => self.begin(),
            _ if c.is_whitespace() => self.inside = false,
            _ => {}
        }
    }
}
