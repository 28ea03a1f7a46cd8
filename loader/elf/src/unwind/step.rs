//! From one frame to its caller by the tables of `.eh_frame`.

use super::{Registers, memory};
use crate::Module;
use gimli::{
    BaseAddresses, CfaRule, EhFrame, EhFrameHdr, Encoding, EndianSlice, Evaluation, EvaluationResult,
    EvaluationStorage, Format, LittleEndian, ParsedEhFrameHdr, Pointer, Register, RegisterRule, UnwindContext,
    UnwindContextStorage, UnwindExpression, UnwindSection, UnwindTableRow, Value,
};

type Bytes<'a> = EndianSlice<'a, LittleEndian>;

/// The number of the return address among the registers.
const RETURN: u16 = 16;
const STACK: u16 = 7;

/// Room for what the tables say, on the stack: handlers of signals cannot allocate.
struct OnStack;

impl UnwindContextStorage<usize> for OnStack {
    type Rules = [(Register, RegisterRule<usize>); 24];
    type Stack = [UnwindTableRow<usize, Self>; 3];
}

impl<'a> EvaluationStorage<Bytes<'a>> for OnStack {
    type Stack = [Value; 16];
    type ExpressionStack = [(Bytes<'a>, Bytes<'a>); 1];
    type Result = [gimli::Piece<Bytes<'a>>; 1];
}

/// The unwind tables of a library.
pub(super) struct Tables<'a> {
    header: ParsedEhFrameHdr<Bytes<'a>>,
    frames: EhFrame<Bytes<'a>>,
    bases: BaseAddresses,
}

impl<'a> Tables<'a> {
    /// `header` is what `PT_GNU_EH_FRAME` has, found at `address`; `frames` gives the bytes from an address on.
    pub(super) fn new(
        header: &'a [u8],
        address: usize,
        frames: impl FnOnce(usize) -> Option<&'a [u8]>,
    ) -> Option<Tables<'a>> {
        let bases = BaseAddresses::default().set_eh_frame_hdr(address as u64);
        let header = EhFrameHdr::new(header, LittleEndian).parse(&bases, 8).ok()?;
        let Pointer::Direct(start) = header.eh_frame_ptr() else { return None };
        let frames = EhFrame::new(frames(start as usize)?, LittleEndian);
        Some(Tables { header, frames, bases: bases.set_eh_frame(start) })
    }

    /// Those of a guest library, read from its file: they are not relocated.
    pub(super) fn of_module(module: &'a Module) -> Option<Tables<'a>> {
        let (image, mapping) = (&module.image, &module.mapping);
        let range = image.segments.unwind.clone()?;
        let header = image.bytes().get(image.segments.file_range(range.start, range.end - range.start)?)?;
        Tables::new(header, mapping.address(range.start), |start| {
            let frames = image.segments.file_rest(mapping.offset_of(start)?)?;
            image.bytes().get(frames)
        })
    }
}

/// The caller's registers, and whether this frame is where the kernel enters a handler, so that the caller was interrupted.
pub(super) fn step(tables: &Tables<'_>, registers: &Registers, pc: usize) -> Option<(Registers, bool)> {
    let (frames, bases) = (&tables.frames, &tables.bases);
    let table = tables.header.table()?;
    let entry = table.fde_for_address(frames, bases, pc as u64, EhFrame::cie_from_offset).ok()?;
    let mut context = UnwindContext::<usize, OnStack>::new_in();
    let row = entry.unwind_info_for_address(frames, bases, &mut context, pc as u64).ok()?;
    let cfa = match row.cfa() {
        CfaRule::RegisterAndOffset { register, offset } => registers.get(register.0)?.wrapping_add_signed(*offset),
        CfaRule::Expression(expression) => evaluate(frames, expression, registers, None)?,
    };
    let mut caller = *registers;
    for number in 0..=RETURN {
        let value = match row.register(Register(number)) {
            Some(RegisterRule::Offset(offset)) => Some(memory::word(cfa.wrapping_add_signed(offset))?),
            Some(RegisterRule::ValOffset(offset)) => Some(cfa.wrapping_add_signed(offset)),
            Some(RegisterRule::Register(other)) => registers.get(other.0),
            Some(RegisterRule::Expression(expression)) => {
                Some(memory::word(evaluate(frames, &expression, registers, Some(cfa))?)?)
            }
            Some(RegisterRule::ValExpression(expression)) => Some(evaluate(frames, &expression, registers, Some(cfa))?),
            // The outermost frame has no return address.
            Some(RegisterRule::Undefined) if number == RETURN => return None,
            _ if number == RETURN => return None,
            _ if number == STACK => Some(cfa),
            _ => None,
        };
        if let (Some(value), Some(slot)) = (value, caller.0.get_mut(usize::from(number))) {
            *slot = value;
        }
    }
    Some((caller, entry.is_signal_trampoline()))
}

/// The value of an expression: linkage tables and the kernel's frames have them.
fn evaluate(
    frames: &EhFrame<Bytes<'_>>,
    expression: &UnwindExpression<usize>,
    registers: &Registers,
    first: Option<u64>,
) -> Option<u64> {
    let encoding = Encoding { address_size: 8, format: Format::Dwarf32, version: 4 };
    let mut evaluation = Evaluation::<Bytes<'_>, OnStack>::new_in(expression.get(frames).ok()?.0, encoding);
    evaluation.set_max_iterations(1000);
    if let Some(first) = first {
        evaluation.set_initial_value(first);
    }
    let mut state = evaluation.evaluate().ok()?;
    loop {
        state = match state {
            EvaluationResult::Complete => break,
            EvaluationResult::RequiresRegister { register, .. } => {
                evaluation.resume_with_register(Value::Generic(registers.get(register.0)?)).ok()?
            }
            EvaluationResult::RequiresMemory { address, .. } => {
                evaluation.resume_with_memory(Value::Generic(memory::word(address)?)).ok()?
            }
            _ => return None,
        };
    }
    match evaluation.as_result().first()?.location {
        gimli::Location::Address { address } => Some(address),
        gimli::Location::Value { value } => value.to_u64(u64::MAX).ok(),
        gimli::Location::Register { register } => registers.get(register.0),
        _ => None,
    }
}
