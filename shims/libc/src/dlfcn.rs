//! `<dlfcn.h>`, `<link.h>` and their relatives over the app's own namespace. Handles, scopes and errors are `concord-elf`'s; here they get the
//! forms that C has.

use crate::errno::c_str;
use crate::table::shims;
use concord_elf::{LinkError, Namespace, OpenFlags, SymbolScope};
use libc::{Dl_info, dl_phdr_info, size_t};
use std::cell::RefCell;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::null_mut;

shims! {
    dlopen, dlopen_ext, dlopen_ns, dlopen_ns_ext, dlsym, dlvsym, dlclose, dlerror, dladdr, dladdr1, dlinfo, dl_iterate_phdr, __tls_get_addr,
    dlns_init, dlns_get, dlns_create, dlns_create2 = dlns_create as *const (), dlns_inherit,
}

/// Of a thread: what `dlerror` will give, and what it gave last, which the guest may still read.
struct Errors {
    pending: Option<CString>,
    shown: Option<CString>,
}

thread_local! {
    static ERRORS: RefCell<Errors> = const { RefCell::new(Errors { pending: None, shown: None }) };
}

fn fail_with(text: impl Into<Vec<u8>>) {
    let text: Vec<u8> = text.into().into_iter().filter(|byte| *byte != 0).collect();
    // A thread that is ending has no errors any more.
    let _ = ERRORS.try_with(|errors| errors.borrow_mut().pending = CString::new(text).ok());
}

/// The value, or null and an error for `dlerror`.
fn give<T>(result: Result<*mut T, LinkError>) -> *mut T {
    result.unwrap_or_else(|error| {
        fail_with(error.to_string());
        null_mut()
    })
}

fn namespace() -> Option<&'static Namespace> {
    let found = Namespace::of_process();
    if found.is_none() {
        fail_with("no libraries are loaded");
    }
    found
}

unsafe extern "C" fn dlopen(name: *const c_char, mode: c_int) -> *mut c_void {
    let Some(namespace) = namespace() else { return null_mut() };
    let name = if name.is_null() {
        None
    } else {
        // SAFETY: a string, as C demands of the guest.
        match unsafe { crate::errno::utf8(name) } {
            // Relative to where the guest is.
            Ok(text) if text.contains('/') && !text.starts_with('/') => {
                Some(format!("{}/{text}", crate::path::working_directory()))
            }
            Ok(text) => Some(text.to_owned()),
            Err(_) => {
                fail_with("Error loading shared library: the name is not UTF-8");
                return null_mut();
            }
        }
    };
    let library = namespace.open_with_flags(name.as_deref(), OpenFlags::from_bits(mode));
    give(library.map(|library| library.handle() as *mut c_void))
}

/// The further arguments say where to map the library, or name a namespace: an app has one, and libraries are mapped where there is room.
unsafe extern "C" fn dlopen_ext(name: *const c_char, mode: c_int, _extended: *const c_void) -> *mut c_void {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { dlopen(name, mode) }
}

unsafe extern "C" fn dlopen_ns(_namespace: *mut DlNamespace, name: *const c_char, mode: c_int) -> *mut c_void {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { dlopen(name, mode) }
}

unsafe extern "C" fn dlopen_ns_ext(
    _namespace: *mut DlNamespace,
    name: *const c_char,
    mode: c_int,
    _extended: *const c_void,
) -> *mut c_void {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { dlopen(name, mode) }
}

/// Passes on where it was called from, which decides what is visible.
#[unsafe(naked)]
unsafe extern "C" fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void {
    core::arch::naked_asm!("mov rdx, [rsp]", "jmp {}", sym symbol)
}

/// Versions are not looked at: libraries of apps have none.
#[unsafe(naked)]
unsafe extern "C" fn dlvsym(handle: *mut c_void, name: *const c_char, version: *const c_char) -> *mut c_void {
    core::arch::naked_asm!("mov rdx, [rsp]", "jmp {}", sym symbol)
}

const RTLD_DEFAULT: usize = 0;
const RTLD_NEXT: usize = usize::MAX;

unsafe extern "C" fn symbol(handle: *mut c_void, name: *const c_char, caller: usize) -> *mut c_void {
    let Some(namespace) = namespace() else { return null_mut() };
    // SAFETY: null or a string, as C demands of the guest.
    let Ok(name) = (unsafe { crate::errno::utf8(name) }) else {
        fail_with("Symbol not found: the name is not text");
        return null_mut();
    };
    let library;
    let scope = match handle as usize {
        RTLD_DEFAULT => SymbolScope::Default { caller },
        RTLD_NEXT => SymbolScope::Next { caller },
        handle => match namespace.library(handle) {
            Ok(found) => {
                library = found;
                SymbolScope::Library(&library)
            }
            Err(error) => return give(Err(error)),
        },
    };
    give(namespace.symbol_for(scope, name).map(|address| address as *mut c_void))
}

extern "C" fn dlclose(handle: *mut c_void) -> c_int {
    let Some(namespace) = namespace() else { return -1 };
    match namespace.library(handle as usize).and_then(|library| namespace.close(&library)) {
        Ok(()) => 0,
        Err(error) => {
            fail_with(error.to_string());
            -1
        }
    }
}

extern "C" fn dlerror() -> *mut c_char {
    let next = |errors: &RefCell<Errors>| {
        let mut errors = errors.borrow_mut();
        errors.shown = errors.pending.take();
        errors.shown.as_ref().map_or(null_mut(), |text| text.as_ptr().cast_mut())
    };
    ERRORS.try_with(next).unwrap_or(null_mut())
}

unsafe extern "C" fn dladdr(address: *const c_void, info: *mut Dl_info) -> c_int {
    let Some(found) = Namespace::of_process().and_then(|namespace| namespace.address_info(address as usize)) else {
        // A function of the system, or nothing that has a name.
        // SAFETY: the guest gives room for the structure.
        return unsafe { libc::dladdr(address, info) };
    };
    let (name, at) = found.symbol().map_or((std::ptr::null(), 0), |(name, at)| (name.as_ptr(), at));
    let made = Dl_info {
        dli_fname: found.path().as_ptr(),
        dli_fbase: found.base() as *mut c_void,
        dli_sname: name,
        dli_saddr: at as *mut c_void,
    };
    // SAFETY: the guest gives room for the structure.
    unsafe { info.write(made) };
    1
}

/// The further answers of the flags are structures of the loader, which guests have no use for.
unsafe extern "C" fn dladdr1(
    address: *const c_void,
    info: *mut Dl_info,
    _extra: *mut *mut c_void,
    flags: c_int,
) -> c_int {
    if flags != 0 {
        return 0;
    }
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { dladdr(address, info) }
}

extern "C" fn dlinfo(_handle: *mut c_void, request: c_int, _info: *mut c_void) -> c_int {
    fail_with(format!("Unsupported request {request}"));
    -1
}

type Visit = unsafe extern "C" fn(*mut dl_phdr_info, size_t, *mut c_void) -> c_int;

/// Tells of the guest's libraries, then of glibc, through whose frames exceptions of guests go when a function of theirs is called from
/// `qsort`. The rest of the host stays hidden: to unwind into it would call personality routines that belong to another unwinder, while
/// frames that nobody knows end the search, and `std::terminate` says so.
unsafe extern "C" fn dl_iterate_phdr(visit: Option<Visit>, data: *mut c_void) -> c_int {
    let Some(visit) = visit else { return 0 };
    let modules = concord_elf::modules();
    let mut host = Host { visit, data, additions: modules.additions(), removals: modules.removals(), counted: None };
    // SAFETY: the function takes what it is given. It only counts, the first time.
    unsafe { libc::dl_iterate_phdr(Some(count), (&raw mut host).cast()) };
    let (additions, removals) = host.counted.unwrap_or_default();
    host.additions += additions;
    host.removals += removals;
    for module in modules.iter() {
        let headers = module.program_headers();
        let mut info = dl_phdr_info {
            dlpi_addr: module.bias() as u64,
            dlpi_name: module.path().as_ptr(),
            dlpi_phdr: headers.as_ptr(),
            dlpi_phnum: headers.len().try_into().unwrap_or(u16::MAX),
            dlpi_adds: host.additions,
            dlpi_subs: host.removals,
            dlpi_tls_modid: module.tls_module(),
            dlpi_tls_data: module.tls_data().cast(),
        };
        // SAFETY: the guest's function with what it wants; the libraries stay while `modules` is held.
        let result = unsafe { visit(&raw mut info, size_of::<dl_phdr_info>(), data) };
        if result != 0 {
            return result;
        }
    }
    // SAFETY: the function takes what it is given.
    unsafe { libc::dl_iterate_phdr(Some(visit_host), (&raw mut host).cast()) }
}

struct Host {
    visit: Visit,
    data: *mut c_void,
    additions: u64,
    removals: u64,
    counted: Option<(u64, u64)>,
}

unsafe extern "C" fn count(info: *mut dl_phdr_info, _size: size_t, host: *mut c_void) -> c_int {
    // SAFETY: as it was called above.
    unsafe { (*host.cast::<Host>()).counted = Some(((*info).dlpi_adds, (*info).dlpi_subs)) };
    1
}

unsafe extern "C" fn visit_host(info: *mut dl_phdr_info, size: size_t, host: *mut c_void) -> c_int {
    // SAFETY: as it was called above; the name is a string.
    let (host, mut copy, name) =
        unsafe { (&*host.cast::<Host>(), *info, c_str((*info).dlpi_name).unwrap_or_default()) };
    if !name.to_bytes().ends_with(b"/libc.so.6") {
        return 0;
    }
    copy.dlpi_adds = host.additions;
    copy.dlpi_subs = host.removals;
    // SAFETY: the guest's function with what it wants.
    unsafe { (host.visit)(&raw mut copy, size, host.data) }
}

/// `tls_index`.
#[repr(C)]
struct ThreadLocal {
    module: usize,
    offset: usize,
}

unsafe extern "C" fn __tls_get_addr(index: *const ThreadLocal) -> *mut c_void {
    // SAFETY: two words that the loader has written.
    let ThreadLocal { module, offset } = unsafe { index.read() };
    concord_elf::thread_local_address(module, offset).cast()
}

/// `Dl_namespace`.
#[repr(C)]
struct DlNamespace {
    name: [c_char; NAME],
}

const NAME: usize = 256;
/// The one that there is.
const DEFAULT: &CStr = c"default";

unsafe extern "C" fn dlns_init(namespace: *mut DlNamespace, name: *const c_char) {
    // SAFETY: room for the structure and a string, as C demands of the guest.
    unsafe {
        let Ok(name) = c_str(name) else { return };
        let mut made = DlNamespace { name: [0; NAME] };
        for (to, from) in made.name.iter_mut().take(NAME - 1).zip(name.to_bytes()) {
            *to = from.cast_signed();
        }
        namespace.write(made);
    }
}

unsafe extern "C" fn dlns_get(name: *const c_char, namespace: *mut DlNamespace) -> c_int {
    if namespace.is_null() {
        return libc::EINVAL;
    }
    // SAFETY: null or a string, as C demands of the guest.
    match unsafe { c_str(name) } {
        Ok(name) if name != DEFAULT => return libc::ENOKEY,
        _ => {}
    }
    // SAFETY: room for the structure, as C demands of the guest.
    unsafe { dlns_init(namespace, DEFAULT.as_ptr()) };
    0
}

/// There is one namespace, and apps cannot make others: their own libraries are all in it.
extern "C" fn dlns_create(_namespace: *mut DlNamespace, _paths: *const c_char) -> c_int {
    libc::EINVAL
}

extern "C" fn dlns_inherit(_namespace: *mut DlNamespace, _from: *mut DlNamespace, _libraries: *const c_char) -> c_int {
    libc::ENOKEY
}
