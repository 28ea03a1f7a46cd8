//! Decoding one instruction.

use super::table::{CURRENT, LEGACY, Operand, Page};
use super::{Encoding, Instruction};

/// What an id operand refers to, so that the container can check and resolve it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdKind {
    /// Index into the region's table; a string.
    String,
    /// Index into the region's table; a method.
    Method,
    /// Index into the region's table; a literal array.
    Literal,
    /// Index into the header's table of literal arrays.
    LiteralIndex,
    /// File offset of a string.
    StringOffset,
}

/// Why bytes are not an instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecodeError<E> {
    /// Opcode bytes that stand for nothing (prefix, opcode).
    Opcode(Option<u8>, u8),
    /// The code ends inside the instruction.
    Truncated,
    /// A jump target outside of what a pc can be.
    Target(i64),
    /// What the resolver said.
    Id(E),
}

struct Cursor<'a> {
    code: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let bytes = self.code.get(self.at..)?.first_chunk::<N>()?;
        self.at += N;
        Some(*bytes)
    }
    fn u8(&mut self) -> Option<u8> {
        self.take::<1>().map(|[b]| b)
    }
    fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }
    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }
}

/// Decodes the instruction at `pc` of `code`; `resolve` turns id operands into file offsets.
pub(crate) fn decode<E>(
    encoding: Encoding,
    code: &[u8],
    pc: u32,
    mut resolve: impl FnMut(IdKind, u32) -> Result<u32, E>,
) -> Result<Instruction, DecodeError<E>> {
    let pages: &[Page] = match encoding {
        Encoding::Current => &CURRENT,
        Encoding::Legacy => &LEGACY,
    };
    let mut cursor = Cursor { code, at: pc as usize };
    let first = cursor.u8().ok_or(DecodeError::Truncated)?;
    let mut found = pages.first().and_then(|page| page.get(first));
    if found.is_none() {
        let Some(page) = pages.iter().find(|page| page.prefix == Some(first)) else {
            return Err(DecodeError::Opcode(None, first));
        };
        let second = cursor.u8().ok_or(DecodeError::Truncated)?;
        found = page.get(second);
        if found.is_none() {
            return Err(DecodeError::Opcode(Some(first), second));
        }
    }
    let Some(row) = found else { return Err(DecodeError::Opcode(None, first)) };

    let mut out = Instruction { pc, len: 0, op: row.op, counts: [0; 3], imm: [0; 3], regs: [0; 4], ids: [0; 2] };
    let mut low_half: Option<u8> = None;
    for &operand in row.operands {
        let short = DecodeError::Truncated;
        match operand {
            Operand::Ic8 | Operand::Drop8 => _ = cursor.u8().ok_or(short)?,
            Operand::Ic16 | Operand::Drop16 => _ = cursor.u16().ok_or(short)?,
            Operand::Imm4 | Operand::V4 => {
                let value = match low_half.take() {
                    Some(high) => high,
                    None => {
                        let byte = cursor.u8().ok_or(short)?;
                        low_half = Some(byte >> 4);
                        byte & 15
                    }
                };
                if operand == Operand::Imm4 { push_imm(&mut out, value) } else { push_reg(&mut out, value) }
            }
            Operand::Imm8 => push_imm(&mut out, cursor.u8().ok_or(short)?),
            Operand::Imm16 => push_imm(&mut out, cursor.u16().ok_or(short)?),
            Operand::Imm32 => push_imm(&mut out, cursor.u32().ok_or(short)?),
            Operand::Imm16LessOne => push_imm(&mut out, cursor.u16().ok_or(short)?.saturating_sub(1)),
            Operand::Kind(kind) => push_imm(&mut out, kind),
            Operand::Signed32 => push_imm(&mut out, cursor.u32().ok_or(short)?.cast_signed()),
            Operand::Double => push_imm(&mut out, i64::from_le_bytes(cursor.take().ok_or(short)?)),
            Operand::Jump8 => push_jump(&mut out, cursor.u8().ok_or(short)?.cast_signed())?,
            Operand::Jump16 => push_jump(&mut out, cursor.u16().ok_or(short)?.cast_signed())?,
            Operand::Jump32 => push_jump(&mut out, cursor.u32().ok_or(short)?.cast_signed())?,
            Operand::V8 => push_reg(&mut out, cursor.u8().ok_or(short)?),
            Operand::V16 => push_reg(&mut out, cursor.u16().ok_or(short)?),
            Operand::V8Next => push_reg(&mut out, u16::from(cursor.u8().ok_or(short)?) + 1),
            Operand::String16 | Operand::Method16 | Operand::Literal16 | Operand::LiteralIndex16 => {
                let kind = match operand {
                    Operand::String16 => IdKind::String,
                    Operand::Method16 => IdKind::Method,
                    Operand::Literal16 => IdKind::Literal,
                    _ => IdKind::LiteralIndex,
                };
                let index = u32::from(cursor.u16().ok_or(short)?);
                push_id(&mut out, resolve(kind, index).map_err(DecodeError::Id)?);
            }
            Operand::String32 => {
                let offset = cursor.u32().ok_or(short)?;
                push_id(&mut out, resolve(IdKind::StringOffset, offset).map_err(DecodeError::Id)?);
            }
        }
    }
    // At most 11 bytes (2 of opcode, 9 of operands), so the cast keeps the value.
    out.len = (cursor.at - pc as usize) as u8;
    Ok(out)
}

/// Whether opcode bytes belong to a wide form, which shares the [`Op`](super::Op) of the narrow one.
pub(crate) fn is_wide(encoding: Encoding, first: u8, second: u8) -> bool {
    encoding == Encoding::Current
        && (first == 0xfd || first == 0xfb && matches!(second, 0x0a | 0x0c | 0x0f | 0x12 | 0x16 | 0x18 | 0x1b))
}

// The arrays are as long as the longest row of the table needs (checked by a test).
fn push_imm(out: &mut Instruction, value: impl Into<i64>) {
    if let Some(slot) = out.imm.get_mut(usize::from(out.counts[0])) {
        *slot = value.into();
        out.counts[0] += 1;
    }
}

fn push_reg(out: &mut Instruction, value: impl Into<u16>) {
    if let Some(slot) = out.regs.get_mut(usize::from(out.counts[1])) {
        *slot = value.into();
        out.counts[1] += 1;
    }
}

fn push_id(out: &mut Instruction, value: u32) {
    if let Some(slot) = out.ids.get_mut(usize::from(out.counts[2])) {
        *slot = value;
        out.counts[2] += 1;
    }
}

fn push_jump<E>(out: &mut Instruction, distance: impl Into<i64>) -> Result<(), DecodeError<E>> {
    let target = i64::from(out.pc) + distance.into();
    if u32::try_from(target).is_err() {
        return Err(DecodeError::Target(target));
    }
    push_imm(out, target);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::isa::Op;
    use std::collections::BTreeSet;

    fn plain(encoding: Encoding, code: &[u8]) -> Result<Instruction, DecodeError<()>> {
        decode(encoding, code, 0, |_, id| Ok(id))
    }

    #[test]
    fn every_row_fits_the_instruction_and_every_operation_has_a_row() {
        let mut seen = BTreeSet::new();
        for page in CURRENT.iter().chain(&LEGACY) {
            for row in page.encodings {
                let mut counts = [0u8; 3];
                let mut code = vec![0x40u8; 16];
                let mut halves = 0;
                for operand in row.operands {
                    match operand {
                        Operand::Imm4 | Operand::V4 => halves += 1,
                        _ => assert_eq!(halves % 2, 0, "{row:?}: half a byte is left over"),
                    }
                    match operand {
                        Operand::Ic8 | Operand::Ic16 | Operand::Drop8 | Operand::Drop16 => {}
                        Operand::V4 | Operand::V8 | Operand::V16 | Operand::V8Next => counts[1] += 1,
                        Operand::String16
                        | Operand::Method16
                        | Operand::Literal16
                        | Operand::String32
                        | Operand::LiteralIndex16 => counts[2] += 1,
                        _ => counts[0] += 1,
                    }
                }
                match page.prefix {
                    Some(prefix) => code[..2].copy_from_slice(&[prefix, row.opcode]),
                    None => code[0] = row.opcode,
                }
                let encoding =
                    if CURRENT.iter().any(|p| std::ptr::eq(p, page)) { Encoding::Current } else { Encoding::Legacy };
                let decoded = plain(encoding, &code).unwrap();
                assert_eq!((decoded.op, decoded.counts), (row.op, counts), "{row:?}");
                for short in 0..usize::from(decoded.len) {
                    assert_eq!(plain(encoding, &code[..short]), Err(DecodeError::Truncated), "{row:?}");
                }
                seen.insert(row.op);
            }
        }
        let missing: Vec<_> = Op::ALL.iter().filter(|op| !seen.contains(op)).collect();
        assert!(missing.is_empty(), "no encoding for {missing:?}");
    }

    #[test]
    fn today_has_as_many_instructions_as_the_platform_documents() {
        // 268 mnemonics, of which the wide forms share the variant of the narrow one.
        let rows: usize = CURRENT.iter().map(|page| page.encodings.len()).sum();
        assert_eq!(rows, 332);
        assert_eq!(Op::ALL.len(), 242);
    }

    #[test]
    fn operands_are_normalised() {
        // ldobjbyname with a 16-bit slot: the slot is gone, the id is resolved.
        let i = plain(Encoding::Current, &[0x90, 1, 2, 0x34, 0x12]).unwrap();
        assert_eq!((i.op, i.imms(), i.id_offsets(), i.len), (Op::Ldobjbyname, &[][..], &[0x1234][..], 5));
        // ldlexvar 4-bit: the low half is first.
        let i = plain(Encoding::Current, &[0x3c, 0x21]).unwrap();
        assert_eq!(i.imms(), [1, 2]);
        // A backward jump is relative to its own pc.
        let i = decode::<()>(Encoding::Current, &[0xd5, 0xd5, 0x4d, 0xfe], 2, |_, id| Ok(id)).unwrap();
        assert_eq!(i.target(), Some(0));
        assert_eq!(decode::<()>(Encoding::Current, &[0x4d, 0xff], 0, |_, id| Ok(id)), Err(DecodeError::Target(-1)));
        let i = plain(Encoding::Current, &[0x62, 0xff, 0xff, 0xff, 0xff]).unwrap();
        assert_eq!(i.imms(), [-1]);
        let i = plain(Encoding::Current, &[0x31, 0, 2, 7]).unwrap();
        assert_eq!((i.op, i.range()), (Op::Callthisrange, Some((7, 3))));
    }

    #[test]
    fn old_operands_are_corrected() {
        // new: constructor in v3, new.target in v4, one argument in v5.
        let i = plain(Encoding::Legacy, &[0xff, 0x5a, 3, 0, 3]).unwrap();
        assert_eq!((i.op, i.imms(), i.registers()), (Op::Newobjrange, &[2][..], &[4][..]));
        assert_eq!(plain(Encoding::Legacy, &[0xff, 0x26, 1]).unwrap().op, Op::Ashr2);
        assert_eq!(plain(Encoding::Legacy, &[0xff, 0x3d, 1]), Err(DecodeError::Opcode(Some(0xff), 0x3d)));
        // A generator: length 1, kind 3.
        let i = plain(Encoding::Legacy, &[0xff, 0x61, 9, 0, 1, 0, 2]).unwrap();
        assert_eq!((i.imms(), i.registers(), i.id_offsets(), i.len), (&[1, 3][..], &[][..], &[9][..], 7));
    }
}
