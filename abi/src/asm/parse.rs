//! Reading the text.

use super::{AsmError, Id, Imm, InstructionDef, Lit, MethodDef, RecordDef, Units};
use crate::abc::{IdRole, id_role};
use crate::isa::{Flow, Op};

/// Reads all records.
pub(super) fn parse(text: &str) -> Result<Vec<RecordDef>, AsmError> {
    let mut records: Vec<RecordDef> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        let line = without_comment(line).trim();
        if line.is_empty() {
            continue;
        }
        let fail = |what: &str| AsmError::new(number, what);
        if let Some(rest) = line.strip_prefix("record ") {
            records.push(record_line(number, rest)?);
            continue;
        }
        let record = records.last_mut().ok_or_else(|| fail("text before the first record"))?;
        if let Some(rest) = line.strip_prefix("method ") {
            record.methods.push(method_line(number, rest)?);
        } else if let Some(method) = record.methods.last_mut() {
            in_method(number, line, method)?;
        } else {
            in_record(number, line, record)?;
        }
    }
    Ok(records)
}

/// Cuts a comment: `#` at the start or after two spaces, followed by a space, outside of quotes.
fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with("# ") {
        return "";
    }
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ' ' if !quoted && line[at..].starts_with("  # ") => return &line[..at],
            _ => {}
        }
    }
    line
}

fn record_line(line: usize, rest: &str) -> Result<RecordDef, AsmError> {
    let (name, traits) = match rest.rsplit_once(" (") {
        Some((name, traits)) => (name, traits.trim_end_matches(')')),
        None => (rest, ""),
    };
    let mut record = RecordDef { line, name: name.trim().to_owned(), ..RecordDef::default() };
    for part in traits.split(", ").filter(|part| !part.is_empty()) {
        match part {
            "commonjs" => record.commonjs = true,
            "script" => record.script = true,
            "top-level await" => record.top_level_await = true,
            "shared" => record.shared = true,
            "unmerged" => record.unmerged = true,
            "json" => {}
            _ => return Err(AsmError::new(line, format!("unknown trait {part}"))),
        }
    }
    Ok(record)
}

fn in_record(line: usize, text: &str, record: &mut RecordDef) -> Result<(), AsmError> {
    let fail = || AsmError::new(line, format!("cannot read `{text}`"));
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let request = |rest: &str| rest.trim().strip_prefix("from request ").and_then(|number| number.parse().ok());
    let renamed = |rest: &str| {
        let (names, rest) = rest.strip_prefix('{')?.split_once('}')?;
        let (first, second) = names.split_once(" as ")?;
        Some((first.to_owned(), second.to_owned(), rest.to_owned()))
    };
    let after_number = |rest: &str| rest.split_once(' ').map(|(_, rest)| rest.to_owned());
    match word {
        "package" => record.package = Some(rest.to_owned()),
        "json" => record.json = Some(quoted(line, &mut Scanner::new(line, rest))?),
        "request" => {
            let rest = after_number(rest).ok_or_else(fail)?;
            let (lazy, rest) = rest.strip_prefix("lazy ").map_or((false, rest.as_str()), |rest| (true, rest));
            record.requests.push((quoted(line, &mut Scanner::new(line, rest))?, lazy));
        }
        "import" if rest.starts_with("* as ") => {
            let rest = rest.trim_start_matches("* as ");
            let (local, rest) = rest.split_once(' ').ok_or_else(fail)?;
            record.namespace_imports.push((local.to_owned(), request(rest).ok_or_else(fail)?));
        }
        "import" => {
            let (imported, local, rest) = after_number(rest).as_deref().and_then(renamed).ok_or_else(fail)?;
            record.imports.push((local, imported, request(&rest).ok_or_else(fail)?));
        }
        "export" if rest.starts_with("slot ") => {
            let rest = rest.strip_prefix("slot ").and_then(after_number);
            let (local, exported, _) = rest.as_deref().and_then(renamed).ok_or_else(fail)?;
            record.local_exports.push((local, exported));
        }
        "export" if rest.starts_with('*') => {
            record.star_exports.push(request(rest.trim_start_matches('*')).ok_or_else(fail)?);
        }
        "export" => {
            let (imported, exported, rest) = renamed(rest).ok_or_else(fail)?;
            record.indirect_exports.push((exported, imported, request(&rest).ok_or_else(fail)?));
        }
        _ => return Err(fail()),
    }
    Ok(())
}

fn method_line(line: usize, rest: &str) -> Result<MethodDef, AsmError> {
    let (name, kind) =
        rest.rsplit_once(" (").ok_or_else(|| AsmError::new(line, "a method needs its kind in brackets"))?;
    let mut words = kind.trim_end_matches(')').split(' ');
    const KINDS: [&str; 8] =
        ["none", "function", "arrow", "generator", "async", "asyncgenerator", "asyncarrow", "concurrent"];
    let kind = words.next().and_then(|word| KINDS.iter().position(|kind| *kind == word));
    let Some(kind) = kind else { return Err(AsmError::new(line, "unknown kind of method")) };
    Ok(MethodDef {
        line,
        name: unquoted(line, name)?,
        kind: kind as u8,
        sendable: words.next() == Some("sendable"),
        call_type: 15,
        registers: 0,
        arguments: 0,
        tries: Vec::new(),
        labels: Vec::new(),
        instructions: Vec::new(),
    })
}

fn in_method(line: usize, text: &str, method: &mut MethodDef) -> Result<(), AsmError> {
    let fail = || AsmError::new(line, format!("cannot read `{text}`"));
    if text.starts_with('@') || text.starts_with("source ") || text.starts_with("local ") {
        return Ok(());
    }
    if let Some(rest) = text.strip_prefix("call type 0b") {
        method.call_type = u8::from_str_radix(rest, 2).map_err(|_| fail())?;
        return Ok(());
    }
    if let Some(rest) = text.strip_prefix("registers ") {
        let mut words = rest.split(' ');
        let mut number = || words.next().and_then(|word| word.parse().ok());
        method.registers = number().ok_or_else(fail)?;
        words = rest.split("arguments ").nth(1).ok_or_else(fail)?.split(' ');
        method.arguments = words.next().and_then(|word| word.parse().ok()).ok_or_else(fail)?;
        return Ok(());
    }
    if let Some(rest) = text.strip_prefix("try ") {
        let (range, handler) = rest.split_once(" catch ").ok_or_else(fail)?;
        let (start, end) = range.split_once("..").ok_or_else(fail)?;
        method.tries.push([start.to_owned(), end.to_owned(), handler.to_owned()]);
        return Ok(());
    }
    if let Some(label) = text.strip_suffix(':').filter(|label| !label.contains(['"', ' '])) {
        method.labels.push((label.to_owned(), method.instructions.len()));
        return Ok(());
    }
    // Listings have a position before the instruction, two spaces away.
    let text = match text.split_once("  ") {
        Some((pc, rest)) if !pc.is_empty() && pc.bytes().all(|byte| byte.is_ascii_hexdigit()) => rest,
        _ => text,
    };
    method.instructions.push(instruction(line, text)?);
    Ok(())
}

fn instruction(line: usize, text: &str) -> Result<InstructionDef, AsmError> {
    let (mnemonic, rest) = text.split_once(' ').unwrap_or((text, ""));
    let narrow = mnemonic.strip_prefix("wide.").map(str::to_owned);
    let narrow = narrow.or_else(|| mnemonic.strip_prefix("callruntime.wide").map(|rest| format!("callruntime.{rest}")));
    let wide = narrow.is_some();
    let narrow = narrow.unwrap_or_else(|| mnemonic.to_owned());
    let op = Op::ALL.iter().copied().find(|op| op.mnemonic() == narrow);
    let op = op.ok_or_else(|| AsmError::new(line, format!("unknown instruction {mnemonic}")))?;
    let mut out = InstructionDef { line, op, wide, imms: Vec::new(), ids: Vec::new(), regs: Vec::new() };
    let mut scanner = Scanner::new(line, rest);
    while !scanner.at_end() {
        match scanner.peek() {
            Some('[') => out.ids.push(Id::Literal(literals(&mut scanner)?)),
            Some('"') => {
                let units = quoted(line, &mut scanner)?;
                out.ids.push(match id_role(op, out.ids.len()) {
                    IdRole::Method => Id::Method(String::from_utf16_lossy(&units)),
                    _ => Id::String(units),
                });
            }
            _ => {
                let word = scanner.word();
                operand(line, word, &mut out)?;
            }
        }
        scanner.separator()?;
    }
    Ok(out)
}

fn operand(line: usize, word: &str, out: &mut InstructionDef) -> Result<(), AsmError> {
    let register = word.strip_prefix('v').and_then(|number| number.parse().ok());
    if out.op == Op::Fldai {
        let value: f64 = word.parse().map_err(|_| AsmError::new(line, "not a number"))?;
        out.imms.push(Imm::Value(value.to_bits().cast_signed()));
    } else if let Ok(value) = word.parse() {
        out.imms.push(Imm::Value(value));
    } else if let Some(register) = register {
        out.regs.push(register);
    } else if matches!(out.op.flow(), Flow::Jump | Flow::Branch) {
        out.imms.push(Imm::Label(word.to_owned()));
    } else if word.is_empty() {
        return Err(AsmError::new(line, "an operand is missing"));
    } else {
        out.ids.push(Id::Method(word.to_owned()));
    }
    Ok(())
}

fn literals(scanner: &mut Scanner<'_>) -> Result<Vec<Lit>, AsmError> {
    let mut out = Vec::new();
    scanner.take();
    loop {
        match scanner.peek() {
            Some(']') => {
                scanner.take();
                return Ok(out);
            }
            Some('[') => out.push(Lit::Array(literals(scanner)?)),
            Some('"') => out.push(Lit::String(0x05, quoted(scanner.line, scanner)?)),
            None => return Err(AsmError::new(scanner.line, "the literal array is not closed")),
            _ => out.push(literal(scanner)?),
        }
        if scanner.peek() != Some(']') {
            scanner.separator()?;
        }
    }
}

fn literal(scanner: &mut Scanner<'_>) -> Result<Lit, AsmError> {
    let line = scanner.line;
    let fail = |what: &str| AsmError::new(line, what);
    let word = scanner.word().to_owned();
    let number = |word: &str| word.parse::<u32>().map_err(|_| fail("a number is missing"));
    let name = |scanner: &mut Scanner<'_>| {
        scanner.spaces();
        match scanner.peek() {
            Some('"') => Ok(String::from_utf16_lossy(&quoted(line, scanner)?)),
            _ => Ok(scanner.word().to_owned()),
        }
    };
    Ok(match word.as_str() {
        "true" => Lit::Byte(0x01, 1),
        "false" => Lit::Byte(0x01, 0),
        "null" => Lit::Byte(0xff, 0),
        "accessor" => Lit::Byte(0x08, 0),
        "method" => Lit::Method(0x06, name(scanner)?),
        "generator" => Lit::Method(0x07, name(scanner)?),
        "getter" => Lit::Method(0x1a, name(scanner)?),
        "setter" => Lit::Method(0x1b, name(scanner)?),
        "async" => {
            name(scanner)?;
            Lit::Method(0x16, name(scanner)?)
        }
        "length" => Lit::Half(0x09, u16::try_from(number(&name(scanner)?)?).map_err(|_| fail("length is too large"))?),
        "buffer" => Lit::Word(0x17, number(&name(scanner)?)?),
        "type" => Lit::Byte(0x19, u8::try_from(number(&name(scanner)?)?).map_err(|_| fail("type is too large"))?),
        "implements" => {
            scanner.spaces();
            Lit::String(0x1c, quoted(line, scanner)?)
        }
        word => {
            if let Ok(value) = word.parse::<i32>() {
                Lit::Word(0x02, value.cast_unsigned())
            } else if let Some(value) = word.strip_suffix("f32").and_then(|word| word.parse::<f32>().ok()) {
                Lit::Word(0x03, value.to_bits())
            } else if let Ok(value) = word.parse::<f64>() {
                Lit::Double(value.to_bits())
            } else {
                return Err(fail("unknown literal"));
            }
        }
    })
}

/// A name that is quoted where it has characters with a meaning here.
fn unquoted(line: usize, name: &str) -> Result<String, AsmError> {
    match name.starts_with('"') {
        true => Ok(String::from_utf16_lossy(&quoted(line, &mut Scanner::new(line, name))?)),
        false => Ok(name.to_owned()),
    }
}

fn quoted(line: usize, scanner: &mut Scanner<'_>) -> Result<Units, AsmError> {
    let fail = |what: &str| AsmError::new(line, what);
    let mut out = Units::new();
    if scanner.take() != Some('"') {
        return Err(fail("a quoted string is missing"));
    }
    loop {
        let c = scanner.take().ok_or_else(|| fail("the string is not closed"))?;
        let c = match c {
            '"' => return Ok(out),
            '\\' => match scanner.take() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('0') => '\0',
                Some('u') => {
                    let digits: String = std::iter::from_fn(|| scanner.take().filter(|&c| c != '}')).collect();
                    let value = u32::from_str_radix(digits.trim_start_matches('{'), 16);
                    let value = value.map_err(|_| fail("bad \\u{…}"))?;
                    if let Ok(unit @ 0xd800..0xe000) = u16::try_from(value) {
                        out.push(unit);
                        continue;
                    }
                    char::from_u32(value).ok_or_else(|| fail("bad \\u{…}"))?
                }
                Some(c) => c,
                None => return Err(fail("the string is not closed")),
            },
            c => c,
        };
        out.extend(c.encode_utf16(&mut [0; 2]).iter());
    }
}

/// Characters of a line.
struct Scanner<'t> {
    line: usize,
    rest: &'t str,
}

impl<'t> Scanner<'t> {
    fn new(line: usize, text: &'t str) -> Scanner<'t> {
        Scanner { line, rest: text.trim() }
    }
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }
    fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }
    fn at_end(&self) -> bool {
        self.rest.is_empty()
    }
    fn spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }
    /// Up to a comma, bracket or space.
    fn word(&mut self) -> &'t str {
        let end = self.rest.find([',', ']', ' ']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }
    /// A comma, or the end.
    fn separator(&mut self) -> Result<(), AsmError> {
        self.spaces();
        match self.take() {
            None => {}
            Some(',') => self.spaces(),
            Some(c) => return Err(AsmError::new(self.line, format!("unexpected `{c}`"))),
        }
        Ok(())
    }
}
