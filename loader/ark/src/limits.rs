//! Bounds that keep translation total: what exceeds them is refused or takes a plainer form.

/// Instructions of one record, counting a method once per place of definition.
pub const INSTRUCTIONS: usize = 8_000_000;
/// Functions of one record, counted likewise.
pub const FUNCTIONS: usize = 400_000;

/// Instructions and functions that a record of a container of so many bytes may expand to: code that is defined in
/// several places is copied a few times, not thousands of times.
pub fn expansion(size: u32) -> (usize, usize) {
    let size = size as usize;
    (INSTRUCTIONS.min(50_000 + size.saturating_mul(32)), FUNCTIONS.min(2_000 + size))
}
/// Functions inside functions.
pub const FUNCTION_DEPTH: u32 = 100;
/// Lexical environments inside each other.
pub const SCOPE_DEPTH: u32 = 2_000;
/// Nesting of one expression; deeper ones go through a variable.
pub const EXPRESSION_DEPTH: u32 = 24;
/// Nesting of statements in one function; a function that needs more becomes a dispatch loop.
pub const STATEMENT_DEPTH: u32 = 220;
/// Bits of the liveness table of one function (blocks × registers) above which every register is kept as it is.
pub const LIVENESS_BITS: usize = 1 << 28;
/// Rounds of the environment analysis of one function before it gives up.
pub const SCOPE_ROUNDS: usize = 100;
/// Nesting of a whole record: functions, statements and expressions together.
pub const TOTAL_HEIGHT: u32 = 2_500;
/// Operands of one record's instructions, the registers of ranges counted one by one.
pub const OPERANDS: u64 = 64_000_000;
