//! JSON (RFC 8259) under the profile; whether the form is the canonical one is asked afterwards, by encoding again.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{Reason, Refused, enter};
use crate::value::{Integer, Value};

pub(super) fn parse(bytes: &[u8]) -> Result<Value, Refused> {
    if bytes.starts_with("\u{feff}".as_bytes()) {
        return Err(Refused { at: 0, reason: Reason::ByteOrderMark });
    }
    let text =
        std::str::from_utf8(bytes).map_err(|error| Refused { at: error.valid_up_to(), reason: Reason::NotUtf8 })?;
    let mut parser = Parser { text, at: 0 };
    let value = parser.value(0)?;
    parser.skip_space();
    if parser.at < text.len() { Err(parser.refuse(Reason::Trailing)) } else { Ok(value) }
}

/// `at` always lies on a character boundary of `text`.
struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn value(&mut self, depth: usize) -> Result<Value, Refused> {
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.object(enter(depth, self.at)?),
            Some(b'[') => self.array(enter(depth, self.at)?),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.integer().map(Value::Integer),
            Some(b't') => self.word("true").map(|()| Value::Bool(true)),
            Some(b'f') => self.word("false").map(|()| Value::Bool(false)),
            Some(b'n') => {
                let at = self.at;
                self.word("null")?;
                Err(Refused { at, reason: Reason::Null })
            }
            _ => Err(self.unexpected()),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Refused> {
        let mut members = BTreeMap::new();
        self.at += 1;
        self.skip_space();
        if self.eat(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            self.skip_space();
            let at = self.at;
            let key = self.string()?;
            if !key.is_ascii() {
                return Err(Refused { at, reason: Reason::KeyNotAscii });
            }
            self.skip_space();
            self.demand(b':')?;
            match members.entry(key) {
                Entry::Vacant(entry) => entry.insert(self.value(depth)?),
                Entry::Occupied(_) => return Err(Refused { at, reason: Reason::DuplicateKey }),
            };
            self.skip_space();
            if self.eat(b'}') {
                return Ok(Value::Object(members));
            }
            self.demand(b',')?;
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, Refused> {
        let mut items = Vec::new();
        self.at += 1;
        self.skip_space();
        if self.eat(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value(depth)?);
            self.skip_space();
            if self.eat(b']') {
                return Ok(Value::Array(items));
            }
            self.demand(b',')?;
        }
    }

    fn integer(&mut self) -> Result<Integer, Refused> {
        let start = self.at;
        let refused = |reason| Refused { at: start, reason };
        let negative = self.eat(b'-');
        let digits = self.digits()?;
        if digits.len() > 1 && digits.starts_with('0') {
            return Err(refused(Reason::Syntax));
        }
        if matches!(self.peek(), Some(b'.' | b'e' | b'E')) {
            return Err(refused(Reason::Float));
        }
        if negative && digits == "0" {
            return Err(refused(Reason::NegativeZero));
        }
        let magnitude: i64 = digits.parse().map_err(|_| refused(Reason::OutOfRange))?;
        Integer::new(if negative { -magnitude } else { magnitude }).map_err(|_| refused(Reason::OutOfRange))
    }

    fn digits(&mut self) -> Result<&'a str, Refused> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected()) } else { Ok(&self.text[start..self.at]) }
    }

    fn string(&mut self) -> Result<String, Refused> {
        self.demand(b'"')?;
        let mut string = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), None | Some(b'"' | b'\\' | 0x00..=0x1f)) {
                self.at += 1;
            }
            string.push_str(&self.text[start..self.at]);
            if self.eat(b'"') {
                return Ok(string);
            }
            if !self.eat(b'\\') {
                return Err(self.unexpected());
            }
            string.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, Refused> {
        let start = self.at - 1;
        let escape = self.peek().ok_or_else(|| self.unexpected())?;
        let plain = match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                return self.code_point(start);
            }
            _ => return Err(self.unexpected()),
        };
        self.at += 1;
        Ok(plain)
    }

    /// The rest of `\uXXXX`, or of the two of them that spell a character outside the basic plane.
    fn code_point(&mut self, start: usize) -> Result<char, Refused> {
        let lone = Refused { at: start, reason: Reason::LoneSurrogate };
        let first = self.code_unit()?;
        let mut units = vec![first];
        if (0xd800..0xdc00).contains(&first) {
            if !(self.eat(b'\\') && self.eat(b'u')) {
                return Err(lone);
            }
            units.push(self.code_unit()?);
        }
        match char::decode_utf16(units).next() {
            Some(Ok(character)) => Ok(character),
            _ => Err(lone),
        }
    }

    fn code_unit(&mut self) -> Result<u16, Refused> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16)).ok_or_else(|| self.unexpected())?;
            unit = unit << 4 | u16::try_from(digit).map_err(|_| self.unexpected())?;
            self.at += 1;
        }
        Ok(unit)
    }

    fn word(&mut self, word: &str) -> Result<(), Refused> {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.refuse(Reason::Syntax));
        }
        self.at += word.len();
        Ok(())
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn demand(&mut self, byte: u8) -> Result<(), Refused> {
        if self.eat(byte) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn unexpected(&self) -> Refused {
        self.refuse(if self.at < self.text.len() { Reason::Syntax } else { Reason::UnexpectedEnd })
    }

    fn refuse(&self, reason: Reason) -> Refused {
        Refused { at: self.at, reason }
    }
}
