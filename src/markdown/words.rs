/// Counts words: what stands between spaces and holds a letter or a digit. Each Chinese or Japanese character counts as
/// one word, since those scripts have no spaces.
#[derive(Debug, Default)]
pub(super) struct WordCount {
    pub words: u32,
    /// Whether a letter or digit has been seen since the last space.
    inside: bool,
}

const OTHER: u8 = 0;
const LETTER: u8 = 1;
const SPACE: u8 = 2;
const BEYOND_ASCII: u8 = 3;

static CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => LETTER,
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' => SPACE,
            0x80.. => BEYOND_ASCII,
            _ => OTHER,
        };
        byte += 1;
    }
    classes
};

impl WordCount {
    /// The next text; a word may go on from one call to the next.
    pub fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let (mut words, mut inside) = (self.words, self.inside);
        let mut at = 0;
        while at < bytes.len() {
            let class = CLASSES[bytes[at] as usize];
            if class == BEYOND_ASCII {
                let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\u{fffd}');
                (self.words, self.inside) = (words, inside);
                self.add_char(c);
                (words, inside) = (self.words, self.inside);
                at += c.len_utf8();
                continue;
            }
            // Without branches: this runs over every letter of the site.
            let is_letter = class == LETTER;
            words = words.wrapping_add(u32::from(is_letter & !inside));
            inside = is_letter | (inside & (class != SPACE));
            at += 1;
        }
        (self.words, self.inside) = (words, inside);
    }

    /// The end of a block, or a line break: no word goes past it.
    pub fn stop(&mut self) {
        self.inside = false;
    }

    fn add_char(&mut self, c: char) {
        match c {
            '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => {
                self.words = self.words.wrapping_add(1);
                self.inside = false;
            }
            // The em dash joins two words without spaces.
            '\u{2014}' | '\u{2000}'..='\u{200a}' | '\u{a0}' | '\u{202f}' | '\u{3000}' => self.inside = false,
            // Other marks, quotation marks among them, belong to the word they stand at.
            '\u{200b}'..='\u{206f}' => {}
            _ if c.is_alphanumeric() => {
                self.words = self.words.wrapping_add(u32::from(!self.inside));
                self.inside = true;
            }
            _ if c.is_whitespace() => self.inside = false,
            _ => {}
        }
    }
}
