//! Encoding instructions.

use super::{AsmError, Id, Imm, InstructionDef, MethodDef};
use crate::isa::{CURRENT, Encoding, LEGACY, Operand, Page, Row};
use std::collections::HashMap;

/// Encoded code of a method.
pub(super) struct Encoded {
    pub bytes: Vec<u8>,
    /// Start, end and handler of the try regions.
    pub tries: Vec<[u32; 3]>,
    /// Places of 32-bit string offsets that are not known yet.
    pub string_offsets: Vec<(usize, Id)>,
}

/// What ids become.
pub(super) trait Ids {
    /// Index of a string, method or literal array in the region's table.
    fn entity(&mut self, line: usize, id: &Id) -> Result<u16, AsmError>;
    /// Index of a literal array in the header's table.
    fn literal(&mut self, line: usize, id: &Id) -> Result<u16, AsmError>;
}

type Choice = (Option<u8>, &'static Row);

/// Encodes a method. Jumps take the narrowest form that reaches.
pub(super) fn encode(encoding: Encoding, method: &MethodDef, ids: &mut dyn Ids) -> Result<Encoded, AsmError> {
    let labels: HashMap<&str, usize> = method.labels.iter().map(|(name, at)| (name.as_str(), *at)).collect();
    let target = |line: usize, name: &str| {
        labels.get(name).copied().ok_or_else(|| AsmError::new(line, format!("there is no label {name}")))
    };
    let candidates: Vec<Vec<Choice>> = method.instructions.iter().map(|i| rows(encoding, i)).collect();
    let mut chosen = vec![0usize; candidates.len()];
    // Widening a jump can only lengthen others, so this ends.
    let (starts, choices) = loop {
        let mut starts = vec![0u32];
        let mut choices = Vec::new();
        for (i, rows) in candidates.iter().enumerate() {
            let Some(&choice) = rows.get(chosen[i]) else {
                let def = &method.instructions[i];
                let what = format!("no encoding of {} takes these operands", def.op.mnemonic());
                return Err(AsmError::new(def.line, what));
            };
            starts.push(starts[i] + size(choice));
            choices.push(choice);
        }
        let mut stable = true;
        for (i, def) in method.instructions.iter().enumerate() {
            if let Some(Imm::Label(name)) = def.imms.first() {
                let distance = i64::from(starts[target(def.line, name)?]) - i64::from(starts[i]);
                let reach = choices[i].1.operands.iter().any(|operand| match operand {
                    Operand::Jump8 => i8::try_from(distance).is_ok(),
                    Operand::Jump16 => i16::try_from(distance).is_ok(),
                    Operand::Jump32 => true,
                    _ => false,
                });
                if !reach {
                    chosen[i] += 1;
                    stable = false;
                }
            }
        }
        if stable {
            break (starts, choices);
        }
    };
    let mut out = Encoded { bytes: Vec::new(), tries: Vec::new(), string_offsets: Vec::new() };
    for (i, def) in method.instructions.iter().enumerate() {
        let jump = match def.imms.first() {
            Some(Imm::Label(name)) => i64::from(starts[target(def.line, name)?]) - i64::from(starts[i]),
            _ => 0,
        };
        emit(choices[i], def, jump, ids, &mut out)?;
    }
    for [start, end, handler] in &method.tries {
        let pc = |name: &str| target(method.line, name).map(|at| starts[at]);
        out.tries.push([pc(start)?, pc(end)?, pc(handler)?]);
    }
    Ok(out)
}

/// The encodings of an instruction that its operands fit, narrowest first.
fn rows(encoding: Encoding, def: &InstructionDef) -> Vec<Choice> {
    let pages: &[Page] = match encoding {
        Encoding::Current => &CURRENT,
        Encoding::Legacy => &LEGACY,
    };
    let all = pages.iter().flat_map(|page| page.encodings.iter().map(move |row| (page.prefix, row)));
    let mut rows: Vec<Choice> = all
        .filter(|(_, row)| row.op == def.op && fits(row, def))
        .filter(|&(prefix, row)| !def.wide || crate::isa::is_wide(encoding, prefix.unwrap_or(0), row.opcode))
        .collect();
    rows.sort_by_key(|&choice| size(choice));
    rows
}

fn size((prefix, row): Choice) -> u32 {
    let halves = |operand: &Operand| match operand {
        Operand::Kind(_) => 0,
        Operand::Imm4 | Operand::V4 => 1,
        Operand::Ic8 | Operand::Drop8 | Operand::Imm8 | Operand::Jump8 | Operand::V8 | Operand::V8Next => 2,
        Operand::Imm32 | Operand::Signed32 | Operand::Jump32 | Operand::String32 => 8,
        Operand::Double => 16,
        _ => 4,
    };
    1 + u32::from(prefix.is_some()) + row.operands.iter().map(halves).sum::<u32>() / 2
}

fn fits(row: &Row, def: &InstructionDef) -> bool {
    let (mut imms, mut ids, mut regs) = (def.imms.iter(), def.ids.iter(), def.regs.iter());
    let value = |imm: Option<&Imm>| match imm {
        Some(Imm::Value(value)) => Some(*value),
        _ => None,
    };
    let unsigned = |imm, max: i64| value(imm).is_some_and(|value| (0..=max).contains(&value));
    let mut register = |range: std::ops::RangeInclusive<u16>| regs.next().is_some_and(|v| range.contains(v));
    let all = row.operands.iter().all(|operand| match operand {
        Operand::Ic8 | Operand::Ic16 | Operand::Drop8 | Operand::Drop16 => true,
        Operand::Imm4 => unsigned(imms.next(), 15),
        Operand::Imm8 => unsigned(imms.next(), 0xff),
        Operand::Imm16 => unsigned(imms.next(), 0xffff),
        Operand::Imm16LessOne => unsigned(imms.next(), 0xfffe),
        Operand::Imm32 => unsigned(imms.next(), 0xffff_ffff),
        Operand::Kind(kind) => value(imms.next()) == Some(i64::from(*kind)),
        Operand::Signed32 => value(imms.next()).is_some_and(|value| i32::try_from(value).is_ok()),
        Operand::Double => value(imms.next()).is_some(),
        Operand::Jump8 | Operand::Jump16 | Operand::Jump32 => matches!(imms.next(), Some(Imm::Label(_))),
        Operand::V4 => register(0..=15),
        Operand::V8 => register(0..=255),
        Operand::V16 => register(0..=u16::MAX),
        Operand::V8Next => register(1..=256),
        Operand::String16 | Operand::String32 => matches!(ids.next(), Some(Id::String(_))),
        Operand::Method16 => matches!(ids.next(), Some(Id::Method(_))),
        Operand::Literal16 | Operand::LiteralIndex16 => matches!(ids.next(), Some(Id::Literal(_))),
    });
    all && imms.next().is_none() && ids.next().is_none() && regs.next().is_none()
}

fn emit(
    (prefix, row): Choice,
    def: &InstructionDef,
    jump: i64,
    ids: &mut dyn Ids,
    out: &mut Encoded,
) -> Result<(), AsmError> {
    let (mut imms, mut id, mut regs) = (def.imms.iter(), def.ids.iter(), def.regs.iter().copied());
    let mut imm = || match imms.next() {
        Some(Imm::Value(value)) => *value,
        _ => jump,
    };
    out.bytes.extend(prefix);
    out.bytes.push(row.opcode);
    let mut half: Option<u8> = None;
    for operand in row.operands {
        // Every value was checked to fit, so the casts below keep it.
        let (value, width) = match operand {
            Operand::Ic8 | Operand::Drop8 => (0, 1),
            Operand::Ic16 | Operand::Drop16 => (0, 2),
            Operand::Kind(_) => {
                imm();
                continue;
            }
            Operand::Imm4 | Operand::V4 => {
                let value = if *operand == Operand::Imm4 { imm() as u8 } else { regs.next().unwrap_or(0) as u8 };
                match half.take() {
                    None => half = Some(value),
                    Some(low) => out.bytes.push(low | value << 4),
                }
                continue;
            }
            Operand::Imm8 | Operand::Jump8 => (imm(), 1),
            Operand::Imm16 | Operand::Jump16 => (imm(), 2),
            Operand::Imm32 | Operand::Signed32 | Operand::Jump32 => (imm(), 4),
            Operand::Imm16LessOne => (imm() + 1, 2),
            Operand::Double => (imm(), 8),
            Operand::V8 => (i64::from(regs.next().unwrap_or(0)), 1),
            Operand::V16 => (i64::from(regs.next().unwrap_or(0)), 2),
            Operand::V8Next => (i64::from(regs.next().unwrap_or(1)) - 1, 1),
            Operand::String16
            | Operand::Method16
            | Operand::Literal16
            | Operand::LiteralIndex16
            | Operand::String32 => {
                let Some(id) = id.next() else { continue };
                match operand {
                    Operand::String32 => {
                        out.string_offsets.push((out.bytes.len(), id.clone()));
                        (0, 4)
                    }
                    Operand::LiteralIndex16 => (i64::from(ids.literal(def.line, id)?), 2),
                    _ => (i64::from(ids.entity(def.line, id)?), 2),
                }
            }
        };
        out.bytes.extend(value.to_le_bytes().iter().take(width));
    }
    Ok(())
}
