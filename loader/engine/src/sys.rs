//! The C interface of JavaScriptCore: types and the table of functions looked up in the library.
//!
//! Signatures are those of the public headers (`JSBase.h`, `JSContextRef.h`, `JSValueRef.h`, `JSObjectRef.h`,
//! `JSStringRef.h`, `JSTypedArray.h`, `JSContextRefPrivate.h`, `JSMarkingConstraintPrivate.h`,
//! `JSHeapFinalizerPrivate.h`, `JSWeakPrivate.h`) and of GLib's `JSCOptions.h`.
#![allow(non_snake_case, reason = "fields carry the names of the C functions")]

use std::ffi::{c_char, c_int, c_uint, c_void};

/// Any `JSValueRef`/`JSObjectRef`: on 64-bit targets the encoded value itself.
pub(crate) type ValueRef = *const c_void;
pub(crate) type ObjectRef = *mut c_void;
pub(crate) type ContextRef = *const c_void;
pub(crate) type GlobalContextRef = *mut c_void;
pub(crate) type GroupRef = *const c_void;
pub(crate) type StringRef = *mut c_void;
pub(crate) type ClassRef = *mut c_void;

pub(crate) type FunctionCallback = unsafe extern "C" fn(
    context: ContextRef,
    function: ObjectRef,
    this: ObjectRef,
    argument_count: usize,
    arguments: *const ValueRef,
    exception: *mut ValueRef,
) -> ValueRef;
/// Visits what a marking constraint wants to keep alive.
#[repr(C)]
pub(crate) struct Marker {
    is_marked: unsafe extern "C" fn(marker: *const Marker, object: ObjectRef) -> bool,
    pub(crate) mark: unsafe extern "C" fn(marker: *const Marker, object: ObjectRef),
}
pub(crate) type MarkingConstraint = unsafe extern "C" fn(marker: *const Marker, data: *mut c_void);
/// Called on the JavaScript thread at the end of every collection.
pub(crate) type HeapFinalizer = unsafe extern "C" fn(group: GroupRef, data: *mut c_void);
pub(crate) type WeakRef = *mut c_void;
pub(crate) type FinalizeCallback = unsafe extern "C" fn(object: ObjectRef);
pub(crate) type Deallocator = unsafe extern "C" fn(bytes: *mut c_void, info: *mut c_void);
/// Asked on the JavaScript thread when the time limit has passed; `true` ends the script.
pub(crate) type ShouldTerminate = unsafe extern "C" fn(context: ContextRef, data: *mut c_void) -> bool;

/// `JSClassDefinition`; the callbacks that Concord never sets are untyped.
#[repr(C)]
pub(crate) struct ClassDefinition {
    pub(crate) version: c_int,
    pub(crate) attributes: c_uint,
    pub(crate) class_name: *const c_char,
    pub(crate) parent: ClassRef,
    pub(crate) static_values: *const c_void,
    pub(crate) static_functions: *const c_void,
    pub(crate) initialize: *const c_void,
    pub(crate) finalize: Option<FinalizeCallback>,
    pub(crate) rest: [*const c_void; 9],
}

/// `kJSClassAttributeNoAutomaticPrototype`.
pub(crate) const NO_AUTOMATIC_PROTOTYPE: c_uint = 1 << 1;

/// `JSType`.
pub(crate) mod value_type {
    use std::ffi::c_uint;
    pub(crate) const UNDEFINED: c_uint = 0;
    pub(crate) const NULL: c_uint = 1;
    pub(crate) const BOOLEAN: c_uint = 2;
    pub(crate) const NUMBER: c_uint = 3;
    pub(crate) const STRING: c_uint = 4;
    pub(crate) const OBJECT: c_uint = 5;
    pub(crate) const SYMBOL: c_uint = 6;
    pub(crate) const BIGINT: c_uint = 7;
}

macro_rules! api {
    (
        required { $(fn $name:ident($($argument:ty),*) $(-> $result:ty)?;)* }
        optional { $(fn $optional:ident($($optional_argument:ty),*) $(-> $optional_result:ty)?;)* }
    ) => {
        /// Addresses of the library's functions. Required ones exist in every version since 2.38.
        pub(crate) struct Api {
            $(pub(crate) $name: unsafe extern "C" fn($($argument),*) $(-> $result)?,)*
            $(pub(crate) $optional: Option<unsafe extern "C" fn($($optional_argument),*) $(-> $optional_result)?>,)*
        }

        impl Api {
            /// Looks every function up; the error is the name of the first required one that is absent.
            pub(crate) fn new(library: &libloading::Library) -> Result<Api, &'static str> {
                Ok(Api {
                    // SAFETY: the type is the one that the library's header declares for this name.
                    $($name: *unsafe { library.get(stringify!($name).as_bytes()) }.map_err(|_| stringify!($name))?,)*
                    // SAFETY: as above.
                    $($optional: unsafe { library.get(stringify!($optional).as_bytes()) }.ok().map(|symbol| *symbol),)*
                })
            }
        }
    };
}

api! {
    required {
        fn JSGlobalContextCreate(ClassRef) -> GlobalContextRef;
        fn JSGlobalContextCreateInGroup(GroupRef, ClassRef) -> GlobalContextRef;
        fn JSGlobalContextRelease(GlobalContextRef);
        fn JSContextGetGlobalObject(ContextRef) -> ObjectRef;
        fn JSContextGetGroup(ContextRef) -> GroupRef;
        fn JSEvaluateScript(ContextRef, StringRef, ObjectRef, StringRef, c_int, *mut ValueRef) -> ValueRef;
        fn JSCheckScriptSyntax(ContextRef, StringRef, StringRef, c_int, *mut ValueRef) -> bool;
        fn JSGarbageCollect(ContextRef);

        fn JSStringCreateWithCharacters(*const u16, usize) -> StringRef;
        fn JSStringCreateWithUTF8CString(*const c_char) -> StringRef;
        fn JSStringRelease(StringRef);
        fn JSStringGetLength(StringRef) -> usize;
        fn JSStringGetCharactersPtr(StringRef) -> *const u16;
        fn JSStringGetUTF8CString(StringRef, *mut c_char, usize) -> usize;

        fn JSValueGetType(ContextRef, ValueRef) -> c_uint;
        fn JSValueMakeUndefined(ContextRef) -> ValueRef;
        fn JSValueMakeNull(ContextRef) -> ValueRef;
        fn JSValueMakeBoolean(ContextRef, bool) -> ValueRef;
        fn JSValueMakeNumber(ContextRef, f64) -> ValueRef;
        fn JSValueMakeString(ContextRef, StringRef) -> ValueRef;
        fn JSValueMakeSymbol(ContextRef, StringRef) -> ValueRef;
        fn JSValueMakeFromJSONString(ContextRef, StringRef) -> ValueRef;
        fn JSValueToBoolean(ContextRef, ValueRef) -> bool;
        fn JSValueToNumber(ContextRef, ValueRef, *mut ValueRef) -> f64;
        fn JSValueToStringCopy(ContextRef, ValueRef, *mut ValueRef) -> StringRef;
        fn JSValueToObject(ContextRef, ValueRef, *mut ValueRef) -> ObjectRef;
        fn JSValueIsArray(ContextRef, ValueRef) -> bool;
        fn JSValueIsDate(ContextRef, ValueRef) -> bool;
        fn JSValueIsStrictEqual(ContextRef, ValueRef, ValueRef) -> bool;
        fn JSValueIsInstanceOfConstructor(ContextRef, ValueRef, ObjectRef, *mut ValueRef) -> bool;
        fn JSValueIsObjectOfClass(ContextRef, ValueRef, ClassRef) -> bool;
        fn JSValueProtect(ContextRef, ValueRef);
        fn JSValueUnprotect(ContextRef, ValueRef);
        fn JSValueGetTypedArrayType(ContextRef, ValueRef, *mut ValueRef) -> c_uint;

        fn JSClassCreate(*const ClassDefinition) -> ClassRef;
        fn JSObjectMake(ContextRef, ClassRef, *mut c_void) -> ObjectRef;
        fn JSObjectMakeArray(ContextRef, usize, *const ValueRef, *mut ValueRef) -> ObjectRef;
        fn JSObjectMakeFunctionWithCallback(ContextRef, StringRef, Option<FunctionCallback>) -> ObjectRef;
        fn JSObjectMakeArrayBufferWithBytesNoCopy(ContextRef, *mut c_void, usize, Option<Deallocator>, *mut c_void, *mut ValueRef) -> ObjectRef;
        fn JSObjectMakeTypedArrayWithArrayBuffer(ContextRef, c_uint, ObjectRef, *mut ValueRef) -> ObjectRef;
        fn JSObjectGetPrivate(ObjectRef) -> *mut c_void;
        fn JSObjectGetPrototype(ContextRef, ObjectRef) -> ValueRef;
        fn JSObjectSetPrototype(ContextRef, ObjectRef, ValueRef);
        fn JSObjectIsFunction(ContextRef, ObjectRef) -> bool;
        fn JSObjectIsConstructor(ContextRef, ObjectRef) -> bool;
        fn JSObjectHasPropertyForKey(ContextRef, ObjectRef, ValueRef, *mut ValueRef) -> bool;
        fn JSObjectGetPropertyForKey(ContextRef, ObjectRef, ValueRef, *mut ValueRef) -> ValueRef;
        fn JSObjectSetPropertyForKey(ContextRef, ObjectRef, ValueRef, ValueRef, c_uint, *mut ValueRef);
        fn JSObjectDeletePropertyForKey(ContextRef, ObjectRef, ValueRef, *mut ValueRef) -> bool;
        fn JSObjectGetPropertyAtIndex(ContextRef, ObjectRef, c_uint, *mut ValueRef) -> ValueRef;
        fn JSObjectSetPropertyAtIndex(ContextRef, ObjectRef, c_uint, ValueRef, *mut ValueRef);
        fn JSObjectCallAsFunction(ContextRef, ObjectRef, ObjectRef, usize, *const ValueRef, *mut ValueRef) -> ValueRef;
        fn JSObjectCallAsConstructor(ContextRef, ObjectRef, usize, *const ValueRef, *mut ValueRef) -> ObjectRef;
        fn JSObjectGetArrayBufferBytesPtr(ContextRef, ObjectRef, *mut ValueRef) -> *mut c_void;
        fn JSObjectGetArrayBufferByteLength(ContextRef, ObjectRef, *mut ValueRef) -> usize;
        fn JSObjectGetTypedArrayBytesPtr(ContextRef, ObjectRef, *mut ValueRef) -> *mut c_void;
        fn JSObjectGetTypedArrayByteLength(ContextRef, ObjectRef, *mut ValueRef) -> usize;
        fn JSObjectGetTypedArrayByteOffset(ContextRef, ObjectRef, *mut ValueRef) -> usize;
        fn JSObjectGetTypedArrayBuffer(ContextRef, ObjectRef, *mut ValueRef) -> ObjectRef;
        fn JSObjectMakeTypedArrayWithArrayBufferAndOffset(ContextRef, c_uint, ObjectRef, usize, usize, *mut ValueRef) -> ObjectRef;
    }
    optional {
        fn JSConfigureSignalForGC(c_int) -> bool;
        fn JSLock(ContextRef);
        fn JSUnlock(ContextRef);
        fn JSSynchronousGarbageCollectForDebugging(ContextRef);
        fn JSGetMemoryUsageStatistics(ContextRef) -> ObjectRef;
        fn JSGlobalContextSetUnhandledRejectionCallback(GlobalContextRef, ObjectRef, *mut ValueRef);
        fn JSContextGroupSetExecutionTimeLimit(GroupRef, f64, Option<ShouldTerminate>, *mut c_void);
        fn JSContextGroupClearExecutionTimeLimit(GroupRef);
        fn JSContextGroupAddMarkingConstraint(GroupRef, MarkingConstraint, *mut c_void);
        fn JSContextGroupAddHeapFinalizer(GroupRef, HeapFinalizer, *mut c_void);
        fn JSWeakCreate(GroupRef, ObjectRef) -> WeakRef;
        fn JSWeakRelease(GroupRef, WeakRef);
        fn JSWeakGetObject(WeakRef) -> ObjectRef;

        fn jsc_options_set_boolean(*const c_char, c_int) -> c_int;
        fn jsc_options_set_size(*const c_char, usize) -> c_int;
        fn jsc_get_major_version() -> c_uint;
        fn jsc_get_minor_version() -> c_uint;
        fn jsc_get_micro_version() -> c_uint;

        fn g_main_context_new() -> *mut c_void;
        fn g_main_context_unref(*mut c_void);
        fn g_main_context_push_thread_default(*mut c_void);
        fn g_main_context_pop_thread_default(*mut c_void);
        fn g_main_context_iteration(*mut c_void, c_int) -> c_int;
    }
}
