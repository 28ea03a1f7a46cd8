//! `librawfile.z.so`: the files below `resources/rawfile` of the app's modules.
//!
//! Managers, files and folders are boxes whose addresses guests hold, as they hold those of C++ objects on the platform.

use crate::boundary::{guarded, put, text};
use crate::library::{Export, exports};
use crate::process::process;
use crate::resource_manager::NativeResourceManager;
use concord_package::Bytes;
use nix::sys::memfd::{MFdFlags, memfd_create};
use std::ffi::{CString, c_char, c_int, c_long, c_void};
use std::fs::File;
use std::os::fd::IntoRawFd;
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicI64, Ordering};

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_ResourceManager_InitNativeResourceManager = crate::resource_manager::init,
    OH_ResourceManager_ReleaseNativeResourceManager = crate::resource_manager::release,
    OH_ResourceManager_OpenRawFile,
    OH_ResourceManager_OpenRawFile64 = OH_ResourceManager_OpenRawFile,
    OH_ResourceManager_ReadRawFile,
    OH_ResourceManager_ReadRawFile64,
    OH_ResourceManager_SeekRawFile,
    OH_ResourceManager_SeekRawFile64 = OH_ResourceManager_SeekRawFile,
    OH_ResourceManager_GetRawFileSize,
    OH_ResourceManager_GetRawFileSize64 = OH_ResourceManager_GetRawFileSize,
    OH_ResourceManager_GetRawFileRemainingLength,
    OH_ResourceManager_GetRawFileRemainingLength64 = OH_ResourceManager_GetRawFileRemainingLength,
    OH_ResourceManager_GetRawFileOffset,
    OH_ResourceManager_GetRawFileOffset64 = OH_ResourceManager_GetRawFileOffset,
    OH_ResourceManager_CloseRawFile,
    OH_ResourceManager_CloseRawFile64 = OH_ResourceManager_CloseRawFile,
    OH_ResourceManager_GetRawFileDescriptor = OH_ResourceManager_GetRawFileDescriptorData,
    OH_ResourceManager_GetRawFileDescriptorData,
    OH_ResourceManager_GetRawFileDescriptor64 = OH_ResourceManager_GetRawFileDescriptorData,
    OH_ResourceManager_ReleaseRawFileDescriptor = OH_ResourceManager_ReleaseRawFileDescriptorData,
    OH_ResourceManager_ReleaseRawFileDescriptorData,
    OH_ResourceManager_ReleaseRawFileDescriptor64 = OH_ResourceManager_ReleaseRawFileDescriptorData,
    OH_ResourceManager_OpenRawDir,
    OH_ResourceManager_GetRawFileName,
    OH_ResourceManager_GetRawFileCount,
    OH_ResourceManager_CloseRawDir,
    OH_ResourceManager_IsRawDir,
];

/// `RawFile` and `RawFile64`, which differ only in the types of numbers that are the same on 64-bit machines.
struct RawFile {
    module: String,
    path: String,
    bytes: Bytes,
    /// Bytes from the beginning, never beyond the end.
    offset: AtomicI64,
}

impl RawFile {
    fn length(&self) -> i64 {
        i64::try_from(self.bytes.len()).unwrap_or(i64::MAX)
    }

    fn rest(&self) -> &[u8] {
        let offset = usize::try_from(self.offset.load(Ordering::Relaxed)).unwrap_or(0);
        self.bytes.get(offset..).unwrap_or_default()
    }

    /// The next bytes; at most `length`.
    fn read(&self, length: usize) -> &[u8] {
        let rest = self.rest();
        let read = rest.get(..length).unwrap_or(rest);
        self.offset.fetch_add(i64::try_from(read.len()).unwrap_or(0), Ordering::Relaxed);
        read
    }

    fn seek(&self, offset: i64, whence: c_int) -> Option<()> {
        let base = match whence {
            libc::SEEK_SET => 0,
            libc::SEEK_CUR => self.offset.load(Ordering::Relaxed),
            libc::SEEK_END => self.length(),
            _ => return None,
        };
        let wanted = base.checked_add(offset).filter(|wanted| (0..=self.length()).contains(wanted))?;
        self.offset.store(wanted, Ordering::Relaxed);
        Some(())
    }

    /// A descriptor of the file: of the package where it lies there as it is, else of a copy in memory. The place in it is in
    /// bytes.
    fn descriptor(&self) -> std::io::Result<RawFileDescriptor> {
        let package = process().and_then(|process| process.packages.module(&self.module));
        let stored = package.and_then(|package| package.host_file(&format!("resources/rawfile/{}", self.path)));
        let (file, start) = match stored {
            Some(stored) => (File::open(stored.path)?, stored.range.start),
            None => {
                let file = File::from(memfd_create(c"rawfile", MFdFlags::MFD_CLOEXEC)?);
                file.write_all_at(&self.bytes, 0)?;
                (file, 0)
            }
        };
        let start = i64::try_from(start).map_err(std::io::Error::other)?;
        Ok(RawFileDescriptor { fd: file.into_raw_fd(), start, length: self.length() })
    }
}

/// As in `raw_file.h`; `RawFileDescriptor64` has the same layout here.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct RawFileDescriptor {
    pub(crate) fd: c_int,
    pub(crate) start: c_long,
    pub(crate) length: c_long,
}

/// `RawDir`: names of what is in a folder.
struct RawDir(Vec<CString>);

/// # Safety
/// As in C: the manager is alive, the name ends with zero.
unsafe extern "C" fn OH_ResourceManager_OpenRawFile(
    manager: *const NativeResourceManager,
    name: *const c_char,
) -> *mut RawFile {
    guarded("OH_ResourceManager_OpenRawFile", std::ptr::null_mut(), || {
        // SAFETY: by the contract of the function.
        let (manager, name) = unsafe { (manager.as_ref(), text(name)) };
        let (Some(manager), Some(path)) = (manager, name) else { return std::ptr::null_mut() };
        let Some(bytes) = manager.package().and_then(|package| package.raw_file(path).ok().flatten()) else {
            return std::ptr::null_mut();
        };
        let file = RawFile { module: manager.module.clone(), path: path.to_owned(), bytes, offset: AtomicI64::new(0) };
        Box::into_raw(Box::new(file))
    })
}

/// # Safety
/// As in C: the file is open, the buffer has room for `length` bytes.
unsafe extern "C" fn OH_ResourceManager_ReadRawFile(file: *const RawFile, buffer: *mut c_void, length: usize) -> c_int {
    let length = length.min(c_int::MAX as usize);
    // SAFETY: by the contract of the function.
    let read = unsafe { OH_ResourceManager_ReadRawFile64(file, buffer, i64::try_from(length).unwrap_or(0)) };
    c_int::try_from(read).unwrap_or(0)
}

/// # Safety
/// As for [`OH_ResourceManager_ReadRawFile`].
unsafe extern "C" fn OH_ResourceManager_ReadRawFile64(file: *const RawFile, buffer: *mut c_void, length: i64) -> i64 {
    guarded("OH_ResourceManager_ReadRawFile", 0, || {
        // SAFETY: by the contract of the function.
        let file = unsafe { file.as_ref() };
        let (Some(file), Ok(length)) = (file, usize::try_from(length)) else { return 0 };
        if buffer.is_null() {
            return 0;
        }
        let read = file.read(length);
        // SAFETY: the buffer has room for `length` bytes, and no more are read.
        unsafe { buffer.cast::<u8>().copy_from_nonoverlapping(read.as_ptr(), read.len()) };
        i64::try_from(read.len()).unwrap_or(0)
    })
}

/// # Safety
/// As in C: the file is open.
unsafe extern "C" fn OH_ResourceManager_SeekRawFile(file: *const RawFile, offset: i64, whence: c_int) -> c_int {
    // SAFETY: by the contract of the function.
    let file = unsafe { file.as_ref() };
    if file.is_some_and(|file| file.seek(offset, whence).is_some()) { 0 } else { -1 }
}

/// # Safety
/// As in C: the file is open.
unsafe extern "C" fn OH_ResourceManager_GetRawFileSize(file: *const RawFile) -> i64 {
    // SAFETY: by the contract of the function.
    unsafe { file.as_ref() }.map_or(0, RawFile::length)
}

/// # Safety
/// As in C: the file is open.
unsafe extern "C" fn OH_ResourceManager_GetRawFileRemainingLength(file: *const RawFile) -> i64 {
    // SAFETY: by the contract of the function.
    unsafe { file.as_ref() }.map_or(0, |file| i64::try_from(file.rest().len()).unwrap_or(0))
}

/// # Safety
/// As in C: the file is open.
unsafe extern "C" fn OH_ResourceManager_GetRawFileOffset(file: *const RawFile) -> i64 {
    // SAFETY: by the contract of the function.
    unsafe { file.as_ref() }.map_or(0, |file| file.offset.load(Ordering::Relaxed))
}

/// # Safety
/// As in C: the file is open, and not used again.
unsafe extern "C" fn OH_ResourceManager_CloseRawFile(file: *mut RawFile) {
    if !file.is_null() {
        // SAFETY: by the contract of the function; it came from a box.
        drop(unsafe { Box::from_raw(file) });
    }
}

/// # Safety
/// As in C: the file is open, the descriptor may be written.
unsafe extern "C" fn OH_ResourceManager_GetRawFileDescriptorData(
    file: *const RawFile,
    descriptor: *mut RawFileDescriptor,
) -> bool {
    guarded("OH_ResourceManager_GetRawFileDescriptor", false, || {
        // SAFETY: by the contract of the function.
        let file = unsafe { file.as_ref() };
        let Some(file) = file.filter(|_| !descriptor.is_null()) else { return false };
        match file.descriptor() {
            // SAFETY: by the contract of the function.
            Ok(opened) => unsafe { put(descriptor, opened) },
            Err(error) => {
                tracing::warn!("raw file {}: no descriptor: {error}", file.path);
                false
            }
        }
    })
}

/// # Safety
/// As in C: the descriptor came from the function above and is not used again.
unsafe extern "C" fn OH_ResourceManager_ReleaseRawFileDescriptorData(descriptor: *const RawFileDescriptor) -> bool {
    // SAFETY: by the contract of the function.
    let fd = unsafe { descriptor.as_ref() }.map_or(-1, |descriptor| descriptor.fd);
    // SAFETY: the guest owns it.
    fd <= 0 || unsafe { libc::close(fd) } == 0
}

/// # Safety
/// As in C: the manager is alive, the name ends with zero.
unsafe extern "C" fn OH_ResourceManager_OpenRawDir(
    manager: *const NativeResourceManager,
    name: *const c_char,
) -> *mut RawDir {
    guarded("OH_ResourceManager_OpenRawDir", std::ptr::null_mut(), || {
        // SAFETY: by the contract of the function.
        let (manager, name) = unsafe { (manager.as_ref(), text(name)) };
        let (Some(manager), Some(path)) = (manager, name) else { return std::ptr::null_mut() };
        let folder = path.trim_end_matches('/');
        let names = manager.package().map(|package| package.raw_files(folder)).unwrap_or_default();
        if names.is_empty() && !folder.is_empty() {
            return std::ptr::null_mut();
        }
        let names = names.into_iter().filter_map(|name| CString::new(name).ok());
        Box::into_raw(Box::new(RawDir(names.collect())))
    })
}

/// # Safety
/// As in C: the folder is open. The name lives as long as it is.
unsafe extern "C" fn OH_ResourceManager_GetRawFileName(folder: *const RawDir, index: c_int) -> *const c_char {
    // SAFETY: by the contract of the function.
    let folder = unsafe { folder.as_ref() };
    let name = folder.zip(usize::try_from(index).ok()).and_then(|(folder, index)| folder.0.get(index));
    name.map_or(std::ptr::null(), |name| name.as_ptr())
}

/// # Safety
/// As in C: the folder is open.
unsafe extern "C" fn OH_ResourceManager_GetRawFileCount(folder: *const RawDir) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { folder.as_ref() }.map_or(0, |folder| c_int::try_from(folder.0.len()).unwrap_or(c_int::MAX))
}

/// # Safety
/// As in C: the folder is open, and not used again.
unsafe extern "C" fn OH_ResourceManager_CloseRawDir(folder: *mut RawDir) {
    if !folder.is_null() {
        // SAFETY: by the contract of the function; it came from a box.
        drop(unsafe { Box::from_raw(folder) });
    }
}

/// # Safety
/// As in C: the manager is alive, the path ends with zero.
unsafe extern "C" fn OH_ResourceManager_IsRawDir(manager: *const NativeResourceManager, path: *const c_char) -> bool {
    guarded("OH_ResourceManager_IsRawDir", false, || {
        // SAFETY: by the contract of the function.
        let (manager, path) = unsafe { (manager.as_ref(), text(path)) };
        let package = manager.and_then(NativeResourceManager::package);
        package.zip(path).is_some_and(|(package, path)| !package.raw_files(path.trim_end_matches('/')).is_empty())
    })
}
