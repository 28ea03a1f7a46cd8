//! Memory that may not be there.

/// Reads a word of this process; `None` where nothing is mapped. The kernel reads, so a bad address is an error, not a signal.
pub(super) fn word(address: u64) -> Option<u64> {
    let mut bytes = [0u8; 8];
    (read(address, &mut bytes) == bytes.len()).then(|| u64::from_le_bytes(bytes))
}

/// Whether something is mapped at an address that code might be at.
pub(super) fn code(address: usize) -> Option<u8> {
    let mut byte = [0u8; 1];
    (read(address as u64, &mut byte) == 1).then_some(byte[0])
}

fn read(address: u64, into: &mut [u8]) -> usize {
    let local = libc::iovec { iov_base: into.as_mut_ptr().cast(), iov_len: into.len() };
    let remote = libc::iovec { iov_base: address as *mut libc::c_void, iov_len: into.len() };
    // SAFETY: `local` describes `into`; the other address is checked by the kernel. Both calls are async-signal-safe.
    let count = unsafe { libc::process_vm_readv(libc::getpid(), &raw const local, 1, &raw const remote, 1, 0) };
    usize::try_from(count).unwrap_or(0)
}
