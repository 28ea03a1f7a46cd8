//! `drawing_error_code.h`.

use super::handle::{Answer, functions};
use std::cell::Cell;

/// `OH_Drawing_ErrorCode`.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code(pub(super) i32);

pub(super) const SUCCESS: Code = Code(0);
pub(super) const INVALID_PARAMETER: Code = Code(401);
pub(super) const OUT_OF_RANGE: Code = Code(26_200_001);
pub(super) const ALLOCATION_FAILED: Code = Code(26_200_002);

impl Answer<()> for Code {
    fn of(result: Result<(), Code>) -> Code {
        result.err().unwrap_or(SUCCESS)
    }
}

thread_local! {
    /// What went wrong last on this thread.
    static LAST: Cell<Code> = const { Cell::new(SUCCESS) };
}

/// Keeps a code for `OH_Drawing_ErrorCodeGet`.
pub(super) fn remember(code: Code) {
    LAST.set(code);
}

impl Answer<Code> for Code {
    fn of(result: Result<Code, Code>) -> Code {
        result.unwrap_or_else(|code| code)
    }
}

functions! {
    fn OH_Drawing_ErrorCodeGet() -> Code { Ok(LAST.get()) }
    fn OH_Drawing_ErrorCodeReset() { LAST.set(SUCCESS); Ok(()) }
}
