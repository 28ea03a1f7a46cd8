//! A readable listing: records with imports and exports, methods, instructions with what their operands name.

use super::{AbcError, AbcFile, Code, JsString, Literal, Method, ModuleRecord, Record};
use crate::isa::{Flow, Instruction, Op};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// Literal arrays that contain literal arrays are listed to this depth.
const MAX_NESTING: u32 = 4;

/// Most entries of the literals of one instruction that are listed: arrays that contain themselves have no end.
const MAX_LITERALS: u32 = 1 << 16;

/// A listing is a few times as long as its file; where items are shared so that it becomes much longer it is cut.
const MAX_LENGTH_PER_BYTE: u64 = 64;
const MIN_LENGTH_LIMIT: u64 = 1 << 20;

/// Writes the listing of a file, or of one record. What cannot be read is listed as a line that starts with `!` and
/// names the offset; the rest goes on. Returns the number of such lines.
pub fn disassemble(file: &AbcFile<'_>, only: Option<&str>, out: &mut dyn Write) -> Result<u32, fmt::Error> {
    let length_left = MIN_LENGTH_LIMIT + u64::from(file.size()) * MAX_LENGTH_PER_BYTE;
    let code_left = file.size().saturating_mul(2);
    let out = Limited { out, length_left };
    let mut listing = Listing { file, out, code_left, literals_left: 0, problems: 0 };
    listing.all(only)?;
    if listing.out.is_full() {
        listing.problems += 1;
        writeln!(listing.out.out, "\n! the listing is cut here: it is too long for the size of the file")?;
    }
    Ok(listing.problems)
}

/// Drops what goes beyond the limit.
struct Limited<'l> {
    out: &'l mut dyn Write,
    length_left: u64,
}

impl Limited<'_> {
    fn is_full(&self) -> bool {
        self.length_left == 0
    }
}

impl Write for Limited<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        match self.length_left.checked_sub(text.len() as u64) {
            Some(left) => {
                self.length_left = left;
                self.out.write_str(text)
            }
            None => {
                self.length_left = 0;
                Ok(())
            }
        }
    }
}

/// The source's name of a function, from the mangled name of its method: what follows the last `#`, without the
/// `^n` that tells apart functions of one name. Names without `#` are their own.
///
/// A `@n` stands for entry n (hexadecimal) of the record's scope names only in the part before the last `#`.
pub fn function_name(mangled: &str) -> &str {
    let Some((_, name)) = mangled.rsplit_once('#').filter(|_| mangled.starts_with('#')) else { return mangled };
    match name.rsplit_once('^') {
        Some((before, mark)) if !mark.is_empty() && mark.bytes().all(|byte| byte.is_ascii_hexdigit()) => before,
        _ => name,
    }
}

struct Listing<'l, 'a> {
    file: &'l AbcFile<'a>,
    out: Limited<'l>,
    /// Bytes of code that may still be decoded.
    code_left: u32,
    /// Literals of this instruction that may still be listed.
    literals_left: u32,
    problems: u32,
}

impl<'a> Listing<'_, 'a> {
    fn problem(&mut self, indent: &str, error: &AbcError) -> fmt::Result {
        self.problems += 1;
        writeln!(self.out, "{indent}! {error}")
    }

    fn all(&mut self, only: Option<&str>) -> fmt::Result {
        writeln!(self.out, "# Ark bytecode {}, {} bytes", self.file.version(), self.file.size())?;
        let records = match only {
            Some(name) => self.file.record(name).map(|record| record.into_iter().collect()),
            None => self.file.records(),
        };
        match records {
            Err(error) => self.problem("", &error)?,
            Ok(records) => {
                for record in &records {
                    writeln!(self.out)?;
                    self.record(record)?;
                }
            }
        }
        Ok(())
    }

    fn record(&mut self, record: &Record<'_>) -> fmt::Result {
        let mut traits = Vec::new();
        if record.commonjs {
            traits.push("commonjs");
        }
        if record.json.is_some() {
            traits.push("json");
        }
        if record.module.is_none() && record.json.is_none() && !record.commonjs {
            traits.push("script");
        }
        if record.top_level_await {
            traits.push("top-level await");
        }
        if record.shared {
            traits.push("shared");
        }
        write!(self.out, "record {}", record.name)?;
        if !traits.is_empty() {
            write!(self.out, " ({})", traits.join(", "))?;
        }
        writeln!(self.out, "  # class {:#x}", record.class)?;
        if let Some(package) = &record.package {
            writeln!(self.out, "  package {package}")?;
        }
        if let Some(json) = &record.json {
            writeln!(self.out, "  json {}", Quoted(json))?;
        }
        if let Some(module) = &record.module {
            self.module(module)?;
        }
        let class = match self.file.class(record.class) {
            Err(error) => return self.problem("  ", &error),
            Ok(class) => class,
        };
        for offset in class.methods {
            if self.out.is_full() {
                return Ok(());
            }
            writeln!(self.out)?;
            match self.file.method(offset) {
                Ok(method) => self.method(&method)?,
                Err(error) => self.problem("  ", &error)?,
            }
        }
        Ok(())
    }

    fn module(&mut self, module: &ModuleRecord<'_>) -> fmt::Result {
        for (i, request) in module.requests.iter().enumerate() {
            let lazy = if module.lazy.get(i) == Some(&true) { " lazy" } else { "" };
            writeln!(self.out, "  request {i}{lazy} {}", Quoted(request))?;
        }
        for (i, import) in module.imports.iter().enumerate() {
            let (local, imported) = (&import.local, &import.imported);
            writeln!(self.out, "  import {i} {{{imported} as {local}}} from request {}", import.request)?;
        }
        for (local, request) in &module.namespace_imports {
            writeln!(self.out, "  import * as {local} from request {request}")?;
        }
        for export in &module.local_exports {
            writeln!(self.out, "  export slot {} {{{} as {}}}", export.slot, export.local, export.exported)?;
        }
        for export in &module.indirect_exports {
            let (exported, imported) = (&export.exported, &export.imported);
            writeln!(self.out, "  export {{{imported} as {exported}}} from request {}", export.request)?;
        }
        for request in &module.star_exports {
            writeln!(self.out, "  export * from request {request}")?;
        }
        Ok(())
    }

    fn method(&mut self, method: &Method<'a>) -> fmt::Result {
        let kind = format!("{:?}", method.kind).to_lowercase();
        let sendable = if method.sendable { " sendable" } else { "" };
        writeln!(self.out, "  method {} ({kind}{sendable})  # {:#x}", Name(&method.name), method.offset)?;
        if method.call_type != 15 {
            writeln!(self.out, "    call type {:#06b}", method.call_type)?;
        }
        for &annotation in &method.annotations {
            match self.file.annotation(annotation) {
                Err(error) => self.problem("    ", &error)?,
                Ok(annotation) => {
                    write!(self.out, "    @{}", annotation.class)?;
                    for element in annotation.elements {
                        write!(self.out, " {} = {:?}", element.name, element.value)?;
                    }
                    writeln!(self.out)?;
                }
            }
        }
        let debug = match self.file.debug_info(method) {
            Ok(debug) => debug.unwrap_or_default(),
            Err(error) => {
                self.problem("    ", &error)?;
                Default::default()
            }
        };
        if let Some(source) = &debug.source_file {
            writeln!(self.out, "    source {source}")?;
        }
        let Some(code_offset) = method.code else { return Ok(()) };
        let left = self.file.code_size(code_offset).map(|size| self.code_left.checked_sub(size));
        match left {
            Ok(Some(left)) => self.code_left = left,
            Ok(None) => return self.problem("    ", &AbcError::malformed(code_offset, "the code items overlap")),
            Err(error) => return self.problem("    ", &error),
        }
        let code = match self.file.code(method) {
            Err(error) => return self.problem("    ", &error),
            Ok(code) => code,
        };
        write!(self.out, "    registers {} arguments {}", code.registers, code.arguments)?;
        if debug.parameters.iter().any(|name| !name.is_empty()) {
            write!(self.out, " ({})", debug.parameters.join(", "))?;
        }
        writeln!(self.out)?;
        for (register, name, start, end) in &debug.locals {
            writeln!(self.out, "    local v{register} {name} {start:#06x}..{end:#06x}")?;
        }
        let labels = labels(&code);
        for region in &code.tries {
            let name = |pc: u32| label(&labels, pc);
            let (start, end, handler) = (name(region.start), name(region.end), name(region.handler));
            writeln!(self.out, "    try {start}..{end} catch {handler}")?;
        }
        let mut positions = debug.lines.iter().peekable();
        for instruction in &code.instructions {
            if self.out.is_full() {
                return Ok(());
            }
            if labels.contains_key(&instruction.pc) {
                writeln!(self.out, "  {}:", label(&labels, instruction.pc))?;
            }
            write!(self.out, "    {:04x}  {}", instruction.pc, self.file.mnemonic(&code, instruction))?;
            self.operands(instruction, &labels)?;
            let mut position = None;
            while let Some(entry) = positions.next_if(|entry| entry.pc <= instruction.pc) {
                position = Some(entry);
            }
            match position {
                Some(at) if at.column > 0 => write!(self.out, "  # line {}:{}", at.line, at.column)?,
                Some(at) if at.line > 0 => write!(self.out, "  # line {}", at.line)?,
                _ => {}
            }
            writeln!(self.out)?;
        }
        if labels.contains_key(&code.size) {
            writeln!(self.out, "  {}:", label(&labels, code.size))?;
        }
        Ok(())
    }

    fn operands(&mut self, instruction: &Instruction, labels: &BTreeMap<u32, usize>) -> fmt::Result {
        let mut separator = " ";
        for &imm in instruction.imms() {
            write!(self.out, "{separator}")?;
            match (instruction.op.flow(), instruction.op) {
                (Flow::Jump | Flow::Branch, _) => write!(self.out, "{}", label(labels, imm as u32))?,
                (_, Op::Fldai) => write!(self.out, "{:?}", f64::from_bits(imm.cast_unsigned()))?,
                _ => write!(self.out, "{imm}")?,
            }
            separator = ", ";
        }
        for (i, &id) in instruction.id_offsets().iter().enumerate() {
            write!(self.out, "{separator}")?;
            match id_role(instruction.op, i) {
                IdRole::String => match self.file.string(id) {
                    Ok(string) => write!(self.out, "{}", JsQuoted(&string))?,
                    Err(error) => self.bad_operand(&error)?,
                },
                IdRole::Method => self.method_name(id)?,
                IdRole::Literal => {
                    self.literals_left = MAX_LITERALS;
                    self.literals(id, 0)?;
                }
            }
            separator = ", ";
        }
        for &register in instruction.registers() {
            write!(self.out, "{separator}v{register}")?;
            separator = ", ";
        }
        Ok(())
    }

    fn bad_operand(&mut self, error: &AbcError) -> fmt::Result {
        self.problems += 1;
        write!(self.out, "<{error}>")
    }

    fn method_name(&mut self, id: u32) -> fmt::Result {
        match self.file.method(id) {
            Ok(method) => write!(self.out, "{}", Name(&method.name)),
            Err(error) => self.bad_operand(&error),
        }
    }

    fn literals(&mut self, id: u32, nesting: u32) -> fmt::Result {
        if nesting == MAX_NESTING {
            return write!(self.out, "[…]");
        }
        let literals = match self.file.literal_array(id) {
            Err(error) => return self.bad_operand(&error),
            Ok(literals) => literals,
        };
        write!(self.out, "[")?;
        for (i, literal) in literals.iter().enumerate() {
            if i > 0 {
                write!(self.out, ", ")?;
            }
            let Some(left) = self.literals_left.checked_sub(1) else { return write!(self.out, "…]") };
            self.literals_left = left;
            match literal {
                Literal::Bool(value) => write!(self.out, "{value}")?,
                Literal::Integer(value) => write!(self.out, "{value}")?,
                Literal::Float(value) => write!(self.out, "{value:?}f32")?,
                Literal::Double(value) => write!(self.out, "{value:?}")?,
                Literal::String(string) => write!(self.out, "{}", JsQuoted(string))?,
                Literal::Method(method) => self.named("method", *method)?,
                Literal::GeneratorMethod(method) => self.named("generator", *method)?,
                Literal::AsyncGeneratorMethod(method) => self.named("async generator", *method)?,
                Literal::Getter(method) => self.named("getter", *method)?,
                Literal::Setter(method) => self.named("setter", *method)?,
                Literal::Accessor(_) => write!(self.out, "accessor")?,
                Literal::MethodAffiliate(length) => write!(self.out, "length {length}")?,
                Literal::Null => write!(self.out, "null")?,
                Literal::Array(array) => self.literals(*array, nesting + 1)?,
                Literal::BufferIndex(index) => write!(self.out, "buffer {index}")?,
                Literal::BuiltinType(kind) => write!(self.out, "type {kind}")?,
                Literal::Implements(string) => write!(self.out, "implements {}", JsQuoted(string))?,
                Literal::Typed(tag, bytes) => write!(self.out, "typed {tag:#04x} ({} bytes)", bytes.len())?,
            }
        }
        write!(self.out, "]")
    }

    fn named(&mut self, what: &str, method: u32) -> fmt::Result {
        write!(self.out, "{what} ")?;
        self.method_name(method)
    }
}

impl AbcFile<'_> {
    /// The mnemonic as encoded: with `wide` where the instruction has a wide form's opcode.
    pub fn mnemonic(&self, code: &Code, instruction: &Instruction) -> Cow<'static, str> {
        let plain = instruction.op.mnemonic();
        let bytes = self.reader(code.offset.saturating_add(instruction.pc)).and_then(|mut reader| reader.u16());
        match bytes.map(u16::to_le_bytes) {
            Ok([first, second]) if crate::isa::is_wide(self.encoding(), first, second) => {
                Cow::Owned(match plain.strip_prefix("callruntime.") {
                    Some(rest) => format!("callruntime.wide{rest}"),
                    None => format!("wide.{plain}"),
                })
            }
            _ => Cow::Borrowed(plain),
        }
    }
}

/// What the i-th id of an operation refers to.
pub(crate) enum IdRole {
    /// A string.
    String,
    /// A method.
    Method,
    /// A literal array.
    Literal,
}

/// What the id with an index among an operation's ids refers to.
pub(crate) fn id_role(op: Op, index: usize) -> IdRole {
    match (op, index) {
        (Op::Definefunc | Op::Definemethod, _)
        | (Op::Defineclasswithbuffer | Op::CallruntimeDefinesendableclass | Op::DeprecatedDefineclasswithbuffer, 0) => {
            IdRole::Method
        }
        (
            Op::Defineclasswithbuffer
            | Op::CallruntimeDefinesendableclass
            | Op::DeprecatedDefineclasswithbuffer
            | Op::Createarraywithbuffer
            | Op::Createobjectwithbuffer
            | Op::Newlexenvwithname
            | Op::CallruntimeCreateprivateproperty
            | Op::DeprecatedCreatearraywithbuffer
            | Op::DeprecatedCreateobjectwithbuffer
            | Op::DeprecatedCreateobjecthavingmethod,
            _,
        ) => IdRole::Literal,
        _ => IdRole::String,
    }
}

/// The pcs that need a label, numbered in order.
fn labels(code: &Code) -> BTreeMap<u32, usize> {
    let targets = code.instructions.iter().filter_map(Instruction::target);
    let regions = code.tries.iter().flat_map(|region| [region.start, region.end, region.handler]);
    let mut labels: BTreeMap<u32, usize> = targets.chain(regions).map(|pc| (pc, 0)).collect();
    for (number, label) in labels.values_mut().enumerate() {
        *label = number;
    }
    labels
}

fn label(labels: &BTreeMap<u32, usize>, pc: u32) -> String {
    labels.get(&pc).map_or_else(|| format!("{pc:#x}"), |number| format!("L{number}"))
}

/// Text in quotes with control characters escaped, on one line.
struct Quoted<'s>(&'s str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        self.0.chars().try_for_each(|c| escaped(f, c))?;
        f.write_char('"')
    }
}

/// [`Quoted`] for a string that may have lone surrogates, which are escaped too.
struct JsQuoted<'s>(&'s JsString<'s>);

impl fmt::Display for JsQuoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(units) = &self.0.utf16 else { return Quoted(&self.0.text).fmt(f) };
        f.write_char('"')?;
        for decoded in char::decode_utf16(units.iter().copied()) {
            match decoded {
                Ok(c) => escaped(f, c)?,
                Err(lone) => write!(f, "\\u{{{:x}}}", lone.unpaired_surrogate())?,
            }
        }
        f.write_char('"')
    }
}

fn escaped(f: &mut fmt::Formatter<'_>, c: char) -> fmt::Result {
    match c {
        '"' | '\\' => write!(f, "\\{c}"),
        c if c.is_control() => write!(f, "{}", c.escape_default()),
        c => f.write_char(c),
    }
}

/// A method name, quoted where it would read as something else.
struct Name<'s>(&'s str);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meaning = |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | '[' | ']' | '"' | '\\');
        let first = self.0.strip_prefix('v').unwrap_or(self.0).chars().next();
        if self.0.contains(meaning) || first.is_none_or(|c| c.is_ascii_digit() || c == '-') {
            Quoted(self.0).fmt(f)
        } else {
            f.write_str(self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_out_of_the_mangled_ones() {
        assert_eq!(function_name("func_main_0"), "func_main_0");
        assert_eq!(function_name("#*#f^1"), "f");
        assert_eq!(function_name("#~A>#foo"), "foo");
        assert_eq!(function_name("#~@0>@1*#"), "");
        assert_eq!(function_name("instance_initializer"), "instance_initializer");
        assert_eq!(function_name("#*#a^b^1f"), "a^b");
        assert_eq!(function_name("x#y"), "x#y");
        assert_eq!(Quoted("a\"\n").to_string(), "\"a\\\"\\n\"");
    }
}
