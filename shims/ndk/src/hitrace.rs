//! `libhitrace_ndk.z.so`: traces go to `tracing` at level TRACE; ids of call chains belong to their thread, as those of
//! `@ohos.hiTraceChain` do.

use crate::boundary::{guarded, put, text};
use crate::library::{Export, exports};
use std::cell::Cell;
use std::ffi::{c_char, c_int, c_void};
use std::sync::atomic::{AtomicU64, Ordering};

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_HiTrace_StartTrace,
    OH_HiTrace_FinishTrace,
    OH_HiTrace_StartAsyncTrace,
    OH_HiTrace_FinishAsyncTrace,
    OH_HiTrace_CountTrace,
    OH_HiTrace_StartTraceEx,
    OH_HiTrace_FinishTraceEx,
    OH_HiTrace_StartAsyncTraceEx,
    OH_HiTrace_FinishAsyncTraceEx,
    OH_HiTrace_CountTraceEx,
    OH_HiTrace_IsTraceEnabled,
    OH_HiTrace_RegisterTraceListener: "tracing never begins while an app runs, so listeners hear nothing",
    OH_HiTrace_UnregisterTraceListener,
    OH_HiTrace_BeginChain,
    OH_HiTrace_EndChain,
    OH_HiTrace_GetId,
    OH_HiTrace_SetId,
    OH_HiTrace_ClearId = OH_HiTrace_EndChain,
    OH_HiTrace_CreateSpan,
    OH_HiTrace_Tracepoint: "the text is not kept",
    OH_HiTrace_InitId,
    OH_HiTrace_IdFromBytes,
    OH_HiTrace_IdToBytes,
    OH_HiTrace_IsIdValid,
    OH_HiTrace_IsFlagEnabled,
    OH_HiTrace_EnableFlag,
    OH_HiTrace_GetFlags,
    OH_HiTrace_SetFlags,
    OH_HiTrace_GetChainId,
    OH_HiTrace_SetChainId,
    OH_HiTrace_GetSpanId,
    OH_HiTrace_SetSpanId,
    OH_HiTrace_GetParentSpanId,
    OH_HiTrace_SetParentSpanId,
];

/// `HiTraceId`: bit fields, lowest first: valid 1, version 3, chain 60; flags 12, span 26, parent span 26.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct TraceId {
    chain: u64,
    rest: u64,
}

/// Bits of a member of [`TraceId`].
#[derive(Clone, Copy)]
struct Field {
    shift: u32,
    bits: u32,
}

const CHAIN: Field = Field { shift: 4, bits: 60 };
const FLAGS: Field = Field { shift: 0, bits: 12 };
const SPAN: Field = Field { shift: 12, bits: 26 };
const PARENT: Field = Field { shift: 38, bits: 26 };
const VALID: u64 = 1;
/// `HITRACE_FLAG_DONOT_CREATE_SPAN`.
const NO_SPANS: u64 = 2;
/// All flags that there are.
const ALL_FLAGS: u64 = 0x7f;

impl Field {
    fn mask(self) -> u64 {
        u64::MAX >> (64 - self.bits)
    }

    fn get(self, word: u64) -> u64 {
        word >> self.shift & self.mask()
    }

    fn set(self, word: &mut u64, value: u64) {
        *word = *word & !(self.mask() << self.shift) | (value & self.mask()) << self.shift;
    }
}

impl TraceId {
    fn is_valid(self) -> bool {
        self.chain & VALID != 0 && CHAIN.get(self.chain) != 0
    }
}

thread_local! {
    static CURRENT: Cell<TraceId> = const { Cell::new(TraceId { chain: 0, rest: 0 }) };
}

/// Numbers of chains and spans of this process.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// # Safety
/// As in C: the text ends with zero.
unsafe fn note(what: &'static str, name: *const c_char, number: i64) {
    guarded(what, (), || {
        // SAFETY: by the contract of the function.
        let name = unsafe { text(name) }.unwrap_or_default();
        tracing::trace!(target: "hitrace", name, number, "{what}");
    });
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_HiTrace_StartTrace(name: *const c_char) {
    // SAFETY: by the contract of the function.
    unsafe { note("start", name, 0) };
}

extern "C" fn OH_HiTrace_FinishTrace() {
    tracing::trace!(target: "hitrace", "finish");
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_HiTrace_StartAsyncTrace(name: *const c_char, task: i32) {
    // SAFETY: by the contract of the function.
    unsafe { note("start", name, i64::from(task)) };
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_HiTrace_FinishAsyncTrace(name: *const c_char, task: i32) {
    // SAFETY: by the contract of the function.
    unsafe { note("finish", name, i64::from(task)) };
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_HiTrace_CountTrace(name: *const c_char, count: i64) {
    // SAFETY: by the contract of the function.
    unsafe { note("count", name, count) };
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_HiTrace_StartTraceEx(_level: c_int, name: *const c_char, _arguments: *const c_char) {
    // SAFETY: by the contract of the function.
    unsafe { note("start", name, 0) };
}

extern "C" fn OH_HiTrace_FinishTraceEx(_level: c_int) {
    OH_HiTrace_FinishTrace();
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_HiTrace_StartAsyncTraceEx(
    _level: c_int,
    name: *const c_char,
    task: i32,
    _category: *const c_char,
    _arguments: *const c_char,
) {
    // SAFETY: by the contract of the function.
    unsafe { note("start", name, i64::from(task)) };
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_HiTrace_FinishAsyncTraceEx(_level: c_int, name: *const c_char, task: i32) {
    // SAFETY: by the contract of the function.
    unsafe { note("finish", name, i64::from(task)) };
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_HiTrace_CountTraceEx(_level: c_int, name: *const c_char, count: i64) {
    // SAFETY: by the contract of the function.
    unsafe { note("count", name, count) };
}

extern "C" fn OH_HiTrace_IsTraceEnabled() -> bool {
    tracing::enabled!(target: "hitrace", tracing::Level::TRACE)
}

extern "C" fn OH_HiTrace_RegisterTraceListener(listener: *const c_void) -> i32 {
    if listener.is_null() { -1 } else { 0 }
}

extern "C" fn OH_HiTrace_UnregisterTraceListener(index: i32) -> i32 {
    if index == 0 { 0 } else { -1 }
}

/// Begins a chain on this thread; an invalid id when one is going on.
///
/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_HiTrace_BeginChain(name: *const c_char, flags: c_int) -> TraceId {
    let flags = u64::from(flags.cast_unsigned());
    // SAFETY: by the contract of the function.
    let named = unsafe { text(name) }.is_some();
    if CURRENT.get().is_valid() || !named || flags > ALL_FLAGS {
        return TraceId::default();
    }
    let mut id = TraceId { chain: VALID, rest: 0 };
    CHAIN.set(&mut id.chain, NEXT.fetch_add(1, Ordering::Relaxed));
    FLAGS.set(&mut id.rest, flags);
    CURRENT.set(id);
    id
}

extern "C" fn OH_HiTrace_EndChain() {
    CURRENT.set(TraceId::default());
}

extern "C" fn OH_HiTrace_GetId() -> TraceId {
    CURRENT.get()
}

/// # Safety
/// As in C: the id is null or there.
unsafe extern "C" fn OH_HiTrace_SetId(id: *const TraceId) {
    // SAFETY: by the contract of the function.
    if let Some(id) = unsafe { id.as_ref() }.filter(|id| id.is_valid()) {
        CURRENT.set(*id);
    }
}

/// A span below the current one.
extern "C" fn OH_HiTrace_CreateSpan() -> TraceId {
    let mut id = CURRENT.get();
    if id.is_valid() && FLAGS.get(id.rest) & NO_SPANS == 0 {
        let parent = SPAN.get(id.rest);
        PARENT.set(&mut id.rest, parent);
        SPAN.set(&mut id.rest, NEXT.fetch_add(1, Ordering::Relaxed));
    }
    id
}

extern "C" fn OH_HiTrace_Tracepoint(mode: c_int, kind: c_int) {
    tracing::trace!(target: "hitrace", mode, kind, "trace point");
}

/// # Safety
/// As in C: the id may be written.
unsafe extern "C" fn OH_HiTrace_InitId(id: *mut TraceId) {
    // SAFETY: by the contract of the function.
    unsafe { put(id, TraceId::default()) };
}

/// # Safety
/// As in C: the id may be written, there are as many bytes.
unsafe extern "C" fn OH_HiTrace_IdFromBytes(id: *mut TraceId, bytes: *const u8, length: c_int) {
    let enough = usize::try_from(length).is_ok_and(|length| length >= size_of::<TraceId>());
    if enough && !bytes.is_null() {
        // SAFETY: by the contract of the function; any bytes are an id.
        unsafe { put(id, bytes.cast::<TraceId>().read_unaligned()) };
    }
}

/// # Safety
/// As in C: the id is there, there is room for as many bytes.
unsafe extern "C" fn OH_HiTrace_IdToBytes(id: *const TraceId, bytes: *mut u8, length: c_int) -> c_int {
    let enough = usize::try_from(length).is_ok_and(|length| length >= size_of::<TraceId>());
    // SAFETY: by the contract of the function.
    match unsafe { id.as_ref() }.filter(|id| enough && id.is_valid()) {
        // SAFETY: by the contract of the function.
        Some(id) if unsafe { put(bytes.cast::<TraceId>(), *id) } => size_of::<TraceId>() as c_int,
        _ => 0,
    }
}

/// # Safety
/// As in C: the id is null or there.
unsafe extern "C" fn OH_HiTrace_IsIdValid(id: *const TraceId) -> bool {
    // SAFETY: by the contract of the function.
    unsafe { id.as_ref() }.is_some_and(|id| id.is_valid())
}

/// # Safety
/// As in C: the id is null or there.
unsafe extern "C" fn OH_HiTrace_IsFlagEnabled(id: *const TraceId, flag: u32) -> bool {
    // SAFETY: by the contract of the function.
    unsafe { id.as_ref() }.is_some_and(|id| FLAGS.get(id.rest) & u64::from(flag) != 0)
}

/// # Safety
/// As in C: the id is null or may be written.
unsafe extern "C" fn OH_HiTrace_EnableFlag(id: *mut TraceId, flag: u32) {
    // SAFETY: by the contract of the function.
    if let Some(id) = unsafe { id.as_mut() } {
        let flags = FLAGS.get(id.rest) | u64::from(flag) & ALL_FLAGS;
        FLAGS.set(&mut id.rest, flags);
    }
}

/// # Safety
/// As in C: the id is null or there.
unsafe extern "C" fn OH_HiTrace_GetFlags(id: *const TraceId) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { id.as_ref() }.filter(|id| id.is_valid()).map_or(0, |id| FLAGS.get(id.rest) as c_int)
}

/// # Safety
/// As in C: the id is null or may be written.
unsafe extern "C" fn OH_HiTrace_SetFlags(id: *mut TraceId, flags: c_int) {
    // SAFETY: by the contract of the function.
    if let Some(id) = unsafe { id.as_mut() }
        && let flags = u64::from(flags.cast_unsigned())
        && flags <= ALL_FLAGS
    {
        FLAGS.set(&mut id.rest, flags);
    }
}

/// Makes the functions that read and write a number of an id.
macro_rules! members {
    ($($get:ident, $set:ident: $word:ident $field:expr;)*) => { $(
        /// # Safety
        /// As in C: the id is null or there.
        unsafe extern "C" fn $get(id: *const TraceId) -> u64 {
            // SAFETY: by the contract of the function.
            unsafe { id.as_ref() }.filter(|id| id.is_valid()).map_or(0, |id| $field.get(id.$word))
        }

        /// # Safety
        /// As in C: the id is null or may be written.
        unsafe extern "C" fn $set(id: *mut TraceId, value: u64) {
            // SAFETY: by the contract of the function.
            if let Some(id) = unsafe { id.as_mut() } {
                id.chain |= VALID;
                $field.set(&mut id.$word, value);
            }
        }
    )* };
}

members! {
    OH_HiTrace_GetChainId, OH_HiTrace_SetChainId: chain CHAIN;
    OH_HiTrace_GetSpanId, OH_HiTrace_SetSpanId: rest SPAN;
    OH_HiTrace_GetParentSpanId, OH_HiTrace_SetParentSpanId: rest PARENT;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_have_spans() {
        // SAFETY: ids are on the stack, texts end with zero.
        unsafe {
            assert!(!OH_HiTrace_IsIdValid(&OH_HiTrace_GetId()));
            let id = OH_HiTrace_BeginChain(c"chain".as_ptr(), 1);
            assert!(OH_HiTrace_IsIdValid(&id));
            assert_eq!(OH_HiTrace_GetId(), id);
            assert_eq!(OH_HiTrace_GetFlags(&id), 1);
            assert!(!OH_HiTrace_IsIdValid(&OH_HiTrace_BeginChain(c"second".as_ptr(), 0)), "one at a time");
            let mut span = OH_HiTrace_CreateSpan();
            assert_eq!(OH_HiTrace_GetChainId(&span), OH_HiTrace_GetChainId(&id));
            assert_ne!(OH_HiTrace_GetSpanId(&span), 0);
            OH_HiTrace_SetParentSpanId(&mut span, u64::MAX);
            assert_eq!(OH_HiTrace_GetParentSpanId(&span), (1 << 26) - 1, "26 bits");
            let mut bytes = [0; 16];
            assert_eq!(OH_HiTrace_IdToBytes(&span, bytes.as_mut_ptr(), 16), 16);
            assert_eq!(OH_HiTrace_IdToBytes(&span, bytes.as_mut_ptr(), 15), 0);
            let mut copy = TraceId::default();
            OH_HiTrace_IdFromBytes(&mut copy, bytes.as_ptr(), 16);
            assert_eq!(copy, span);
            OH_HiTrace_EndChain();
            assert!(!OH_HiTrace_IsIdValid(&OH_HiTrace_GetId()));
        }
    }
}
