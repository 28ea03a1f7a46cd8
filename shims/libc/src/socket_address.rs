//! Addresses of local sockets: the guest's names of files to the host's, and back.

use crate::errno::Errno;
use crate::path::{self, Last, Need, Place};
use libc::{AF_UNIX, sockaddr, sockaddr_un, socklen_t};
use std::fs::File;
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::OnceLock;

/// Room for the name in an address.
const NAME: usize = 108;
/// Where the name begins.
const HEAD: usize = size_of::<libc::sa_family_t>();

/// An address as the kernel gets it.
pub(crate) enum HostAddress {
    /// The guest's own.
    Same(*const sockaddr, socklen_t),
    /// Of a local socket.
    Local {
        address: sockaddr_un,
        length: socklen_t,
        /// The directory, while the address names it by its descriptor.
        _folder: Option<File>,
    },
}

impl HostAddress {
    /// Turns an address of the guest's around; `creates` when the call makes the file.
    ///
    /// # Safety
    /// `address` is null or has `length` bytes.
    pub(crate) unsafe fn new(address: *const sockaddr, length: socklen_t, creates: bool) -> Result<Self, Errno> {
        let size = length as usize;
        // SAFETY: by the contract of the function.
        if address.is_null() || size <= HEAD || size > HEAD + NAME || unsafe { family(address) } != AF_UNIX {
            return Ok(HostAddress::Same(address, length));
        }
        // SAFETY: by the contract of the function.
        let name = unsafe { std::slice::from_raw_parts(address.cast::<u8>().add(HEAD), size - HEAD) };
        match name {
            [0, rest @ ..] => {
                let name = [b"\0".as_slice(), prefix().as_bytes(), rest].concat();
                if name.len() > NAME {
                    return Err(libc::ENAMETOOLONG);
                }
                Ok(Self::local(&name, None))
            }
            _ => Self::file(name.split(|byte| *byte == 0).next().unwrap_or(name), creates),
        }
    }

    fn file(name: &[u8], creates: bool) -> Result<Self, Errno> {
        let name = std::str::from_utf8(name).map_err(|_| libc::EILSEQ)?;
        let name = match name {
            name if name.starts_with('/') => name.to_owned(),
            name => format!("{}/{name}", path::working_directory()),
        };
        let (last, need) = if creates { (Last::Link, Need::Create) } else { (Last::Follow, Need::Look) };
        let host = match path::place(&name, last, need)? {
            Place::Host(host) => host,
            Place::Made(_) => return Err(libc::EACCES),
        };
        Self::of_host_file(&host)
    }

    /// The address of a file of the host, which may have a longer name than there is room for.
    fn of_host_file(host: &Path) -> Result<Self, Errno> {
        // With a byte for the end of the string.
        if host.as_os_str().len() < NAME {
            return Ok(Self::local(host.as_os_str().as_bytes(), None));
        }
        // Host names are longer than the guest's, so there is another way to say where the file is.
        let (Some(folder), Some(file)) = (host.parent(), host.file_name()) else { return Err(libc::ENOENT) };
        let folder = std::fs::OpenOptions::new()
            .read(true)
            .custom_flags(libc::O_PATH | libc::O_DIRECTORY)
            .open(folder)
            .map_err(|error| error.raw_os_error().unwrap_or(libc::EIO))?;
        let name = [format!("/proc/self/fd/{}/", folder.as_raw_fd()).as_bytes(), file.as_bytes()].concat();
        if name.len() >= NAME {
            return Err(libc::ENAMETOOLONG);
        }
        Ok(Self::local(&name, Some(folder)))
    }

    fn local(name: &[u8], folder: Option<File>) -> Self {
        // SAFETY: a structure of numbers.
        let mut address: sockaddr_un = unsafe { std::mem::zeroed() };
        address.sun_family = AF_UNIX as libc::sa_family_t;
        for (to, from) in address.sun_path.iter_mut().zip(name) {
            *to = from.cast_signed();
        }
        // The end of a file's name counts.
        let end = usize::from(name.first() != Some(&0));
        let length = (HEAD + name.len() + end).min(HEAD + NAME) as socklen_t;
        HostAddress::Local { address, length, _folder: folder }
    }

    pub(crate) fn address(&self) -> *const sockaddr {
        match self {
            HostAddress::Same(address, _) => *address,
            HostAddress::Local { address, .. } => (&raw const *address).cast(),
        }
    }

    pub(crate) fn length(&self) -> socklen_t {
        match self {
            HostAddress::Same(_, length) | HostAddress::Local { length, .. } => *length,
        }
    }
}

/// The family of an address.
///
/// # Safety
/// `address` has at least the bytes of a family.
unsafe fn family(address: *const sockaddr) -> libc::c_int {
    // SAFETY: by the contract of the function.
    unsafe { address.cast::<libc::sa_family_t>().read_unaligned() }.into()
}

/// What names that are not of files begin with on the host, which has one set of them for everybody: different for every storage, so that
/// apps of two runs do not meet, and nobody meets programs of the host.
fn prefix() -> &'static str {
    static PREFIX: OnceLock<String> = OnceLock::new();
    PREFIX.get_or_init(|| {
        let home = crate::process().and_then(|process| process.paths.to_host("/data/storage/el2/base").ok());
        let home = home.unwrap_or_default();
        // FNV-1a.
        let number = home
            .as_os_str()
            .as_bytes()
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        format!("hm{number:016x}")
    })
}

/// Turns an address that the kernel wrote into the guest's. `length` is the kernel's, and becomes that of the guest's name. Names that do
/// not fit are cut, as the kernel's are.
///
/// # Safety
/// `address` has `room` bytes.
pub(crate) unsafe fn to_guest(address: *mut sockaddr, room: socklen_t, length: &mut socklen_t) {
    let (room, written) = (room as usize, (*length).min(room) as usize);
    // SAFETY: by the contract of the function.
    if written <= HEAD || unsafe { family(address) } != AF_UNIX {
        return;
    }
    // SAFETY: by the contract of the function.
    let name = unsafe { std::slice::from_raw_parts(address.cast::<u8>().add(HEAD), written - HEAD) };
    let guest = match name {
        [0, rest @ ..] => {
            let Some(rest) = rest.strip_prefix(prefix().as_bytes()) else { return };
            [b"\0", rest].concat()
        }
        _ => {
            let name = name.split(|byte| *byte == 0).next().unwrap_or(name);
            let host = Path::new(std::ffi::OsStr::from_bytes(name));
            let Some(name) = path::to_guest(host) else { return };
            [name.as_bytes(), b"\0"].concat()
        }
    };
    let copied = guest.len().min(room - HEAD);
    // SAFETY: by the contract of the function.
    unsafe { std::ptr::copy_nonoverlapping(guest.as_ptr(), address.cast::<u8>().add(HEAD), copied) };
    *length = (HEAD + guest.len()) as socklen_t;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{FILES, storage};
    use std::ffi::c_int;

    /// An address with that name, as a guest makes it, and its length.
    fn guest(name: &[u8]) -> (sockaddr_un, socklen_t) {
        let HostAddress::Local { address, length, .. } = HostAddress::local(name, None) else { unreachable!() };
        (address, length)
    }

    fn socket() -> c_int {
        // SAFETY: the call has no pointers.
        let socket = unsafe { libc::socket(AF_UNIX, libc::SOCK_STREAM, 0) };
        assert!(socket >= 0);
        socket
    }

    type Call = unsafe extern "C" fn(c_int, *const sockaddr, socklen_t) -> c_int;

    fn call(function: &str, socket: c_int, name: &[u8]) -> Result<(), c_int> {
        let (address, length) = guest(name);
        // SAFETY: the function's type, and an address with its length.
        match unsafe { crate::testing::shim::<Call>(function)(socket, (&raw const address).cast(), length) } {
            0 => Ok(()),
            _ => Err(crate::errno::get()),
        }
    }

    fn own_name(socket: c_int) -> Vec<u8> {
        type Ask = unsafe extern "C" fn(c_int, *mut sockaddr, *mut socklen_t) -> c_int;
        // SAFETY: a structure of numbers, its length and the function's type.
        unsafe {
            let mut address: sockaddr_un = std::mem::zeroed();
            let mut length = size_of::<sockaddr_un>() as socklen_t;
            let ask = crate::testing::shim::<Ask>("getsockname");
            assert_eq!(ask(socket, (&raw mut address).cast(), &mut length), 0);
            address.sun_path[..length as usize - HEAD].iter().map(|byte| byte.cast_unsigned()).collect()
        }
    }

    #[test]
    fn sockets_are_in_the_apps_storage() {
        let host = storage();
        let name = format!("{FILES}/listening");
        let (server, client) = (socket(), socket());
        assert_eq!(call("bind", server, name.as_bytes()), Ok(()));
        assert!(host.join("listening").exists());
        assert_eq!(own_name(server), [name.as_bytes(), b"\0"].concat());
        assert_eq!(call("connect", client, name.as_bytes()), Err(libc::ECONNREFUSED));
        // SAFETY: the call has no pointers.
        assert_eq!(unsafe { libc::listen(server, 1) }, 0);
        assert_eq!(call("connect", client, name.as_bytes()), Ok(()));
        assert_eq!(call("connect", socket(), b"/run/dbus/system_bus_socket"), Err(libc::ENOENT));
    }

    #[test]
    fn the_hosts_names_may_be_longer_than_an_address() {
        let host = storage();
        let long = host.join("d".repeat(60)).join("x".repeat(40));
        std::fs::create_dir_all(&long).unwrap();
        assert!(long.join("s").as_os_str().len() > NAME);
        let address = HostAddress::of_host_file(&long.join("s")).unwrap();
        // SAFETY: an address with its length.
        assert_eq!(unsafe { libc::bind(socket(), address.address(), address.length()) }, 0);
        assert!(long.join("s").exists());
    }

    #[test]
    fn names_that_are_no_files_are_the_apps_own() {
        storage();
        let server = socket();
        assert_eq!(call("bind", server, b"\0name"), Ok(()));
        assert_eq!(own_name(server), b"\0name");
        let (address, length) = guest(b"\0name");
        // SAFETY: an address with its length.
        let host = unsafe { libc::connect(socket(), (&raw const address).cast(), length) };
        assert_eq!((host, crate::errno::get()), (-1, libc::ECONNREFUSED), "the host has no such name");
    }
}
