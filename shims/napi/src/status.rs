//! `napi_status` and what it means.

use std::ffi::CStr;

/// The result of every function (`napi_status`; the last three are the platform's).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are Node-API's")]
#[repr(i32)]
pub enum Status {
    Ok = 0,
    InvalidArg = 1,
    ObjectExpected = 2,
    StringExpected = 3,
    NameExpected = 4,
    FunctionExpected = 5,
    NumberExpected = 6,
    BooleanExpected = 7,
    ArrayExpected = 8,
    GenericFailure = 9,
    PendingException = 10,
    Cancelled = 11,
    EscapeCalledTwice = 12,
    HandleScopeMismatch = 13,
    CallbackScopeMismatch = 14,
    QueueFull = 15,
    Closing = 16,
    BigintExpected = 17,
    DateExpected = 18,
    ArraybufferExpected = 19,
    DetachableArraybufferExpected = 20,
    WouldDeadlock = 21,
    CreateArkRuntimeTooManyEnvs = 22,
    CreateArkRuntimeOnlyOneEnvPerThread = 23,
    DestroyArkRuntimeEnvNotExist = 24,
}

impl Status {
    /// The text of `napi_extended_error_info::error_message`; `None` for success.
    pub fn message(self) -> Option<&'static CStr> {
        Some(match self {
            Status::Ok => return None,
            Status::InvalidArg => c"Invalid argument",
            Status::ObjectExpected => c"An object was expected",
            Status::StringExpected => c"A string was expected",
            Status::NameExpected => c"A string or symbol was expected",
            Status::FunctionExpected => c"A function was expected",
            Status::NumberExpected => c"A number was expected",
            Status::BooleanExpected => c"A boolean was expected",
            Status::ArrayExpected => c"An array was expected",
            Status::GenericFailure => c"Unknown failure",
            Status::PendingException => c"An exception is pending",
            Status::Cancelled => c"The async work item was cancelled",
            Status::EscapeCalledTwice => c"napi_escape_handle already called on scope",
            Status::HandleScopeMismatch => c"Invalid handle scope usage",
            Status::CallbackScopeMismatch => c"Invalid callback scope usage",
            Status::QueueFull => c"Thread-safe function queue is full",
            Status::Closing => c"Thread-safe function handle is closing",
            Status::BigintExpected => c"A bigint was expected",
            Status::DateExpected => c"A date was expected",
            Status::ArraybufferExpected => c"An arraybuffer was expected",
            Status::DetachableArraybufferExpected => c"A detachable arraybuffer was expected",
            Status::WouldDeadlock => c"Main thread would deadlock",
            Status::CreateArkRuntimeTooManyEnvs => c"Too many ArkTS runtimes exist",
            Status::CreateArkRuntimeOnlyOneEnvPerThread => c"The thread has an ArkTS runtime already",
            Status::DestroyArkRuntimeEnvNotExist => c"The ArkTS runtime does not exist",
        })
    }
}

/// What the body of a function ends with.
pub type Outcome<T = ()> = Result<T, Status>;
