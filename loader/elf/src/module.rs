//! One loaded library.

use crate::image::{Entry, Image, Name, TlsTemplate};
use crate::mapping::{Mapping, Source};
use crate::tls::{self, TlsModule};
use crate::{ImageError, LibraryFile, LinkError, Machine};
use goblin::elf::ProgramHeader;
use memmap2::Mmap;
use std::ffi::{CStr, CString};
use std::fmt;
use std::ops::Range;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread::ThreadId;

/// A loaded library. It stays mapped as long as somebody holds it.
pub struct Module {
    pub(crate) id: u64,
    name: String,
    path: CString,
    pub(crate) image: Image<Mmap>,
    pub(crate) mapping: Mapping,
    headers: Vec<libc::Elf64_Phdr>,
    tls: Option<TlsModule>,
    initialised: Mutex<Initialised>,
    changed: Condvar,
}

/// How far a library's initialisers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Initialised {
    No,
    /// They run on this thread. It may come back for the library, others wait.
    Running(ThreadId),
    Yes,
    /// The finalisers have run, or never will.
    Over,
}

impl fmt::Debug for Module {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Module").field("path", &self.path).field("bias", &self.mapping.bias).finish()
    }
}

impl Module {
    /// Reads and maps a library; nothing of it is relocated and nothing has run.
    pub(crate) fn map(id: u64, name: &str, file: LibraryFile) -> Result<Module, LinkError> {
        let LibraryFile { path, file, offset, size } = file;
        let unreadable = |error| LinkError::Unreadable { name: path.clone(), error };
        let source = Source { file, offset };
        let image = if size == 0 {
            return Err(LinkError::Refused { name: path, error: ImageError::NotElf });
        } else {
            Image::parse(source.view(size).map_err(unreadable)?)
        };
        let image = image.map_err(|error| LinkError::Refused { name: path.clone(), error })?;
        if image.machine() != Machine::X86_64 {
            return Err(LinkError::Processor { name: path });
        }
        let mapping = Mapping::new(&image, &source).map_err(|error| unreadable(error.into()))?;
        let tls = image.segments.tls.and_then(|template| tls_module(&mapping, &template));
        let headers = image.segments.headers.iter().map(raw_header).collect();
        let c_path = CString::new(path.as_str())
            .map_err(|_| LinkError::NotFound { name: name.to_owned(), needed_by: String::new() })?;
        Ok(Module {
            id,
            name: name.to_owned(),
            path: c_path,
            image,
            mapping,
            headers,
            tls,
            initialised: Mutex::new(Initialised::No),
            changed: Condvar::new(),
        })
    }

    /// File name: `libfoo.so`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name that the app sees (`dlpi_name`, `dli_fname`).
    pub fn path(&self) -> &CStr {
        &self.path
    }

    /// What is added to the addresses of the file (`dlpi_addr`).
    pub fn bias(&self) -> usize {
        self.mapping.bias
    }

    /// The addresses that it takes, from its first page (`dli_fbase`) on.
    pub fn range(&self) -> Range<usize> {
        self.mapping.range()
    }

    /// `dlpi_phdr`, `dlpi_phnum`: a copy, valid as long as the library is loaded.
    pub fn program_headers(&self) -> &[libc::Elf64_Phdr] {
        &self.headers
    }

    /// `dlpi_tls_modid`: 0 when it has no thread-local storage.
    pub fn tls_module(&self) -> usize {
        self.tls.as_ref().map_or(0, TlsModule::number)
    }

    /// `dlpi_tls_data`: this thread's block, null when it has none yet.
    pub fn tls_data(&self) -> *mut u8 {
        tls::block_of(self.tls_module()).map_or(std::ptr::null_mut(), |block| block.as_ptr())
    }

    /// The exported symbol nearest below an address, and its address: what `dladdr` says. One that ends before the address does not count. Reads the
    /// symbol table from end to end, without allocation.
    pub fn symbol_at(&self, address: usize) -> Option<(&CStr, usize)> {
        let offset = self.mapping.offset_of(address)?;
        let offers = self.image.symbols.offers(self.image.bytes(), &self.image.segments);
        let best = offers
            .filter(|entry| !entry.is_thread_local() && !entry.is_absolute() && entry.value <= offset)
            .max_by_key(|entry| entry.value)?;
        let inside = best.size == 0 || offset - best.value < best.size;
        let name = self.image.symbol_name(&best)?;
        inside.then(|| (name, self.mapping.address(best.value)))
    }

    /// The address of a definition of this library; a thread-local variable's is the calling thread's.
    pub(crate) fn address_of(&self, entry: &Entry) -> usize {
        if entry.is_thread_local() {
            tls::thread_local_address(self.tls_module(), entry.value as usize) as usize
        } else if entry.is_absolute() {
            entry.value as usize
        } else {
            self.mapping.address(entry.value)
        }
    }

    pub(crate) fn find(&self, name: &Name<'_>) -> Option<usize> {
        self.image.find(name).map(|entry| self.address_of(&entry))
    }

    /// Whether an address is in its code.
    pub(crate) fn executes(&self, address: usize) -> bool {
        self.mapping.offset_of(address).is_some_and(|offset| self.image.segments.executable(offset))
    }

    /// The functions of `DT_INIT` and `DT_INIT_ARRAY`, in order.
    pub(crate) fn initialisers(&self) -> Vec<usize> {
        let dynamic = &self.image.dynamic;
        let first = dynamic.init.map(|address| self.mapping.address(address));
        first.into_iter().chain(self.functions(&dynamic.init_array)).collect()
    }

    /// The functions of `DT_FINI_ARRAY`, backwards, and `DT_FINI`.
    fn finalisers(&self) -> Vec<usize> {
        let dynamic = &self.image.dynamic;
        let mut functions: Vec<usize> = self.functions(&dynamic.fini_array).collect();
        functions.reverse();
        functions.extend(dynamic.fini.map(|address| self.mapping.address(address)));
        functions
    }

    fn functions(&self, array: &Range<u64>) -> impl Iterator<Item = usize> {
        array.clone().step_by(8).map(|at| self.mapping.read(at) as usize)
    }

    /// Runs the initialisers, once; waits while another thread does. `true` when this call ran them.
    pub(crate) fn initialise(&self) -> bool {
        let me = std::thread::current().id();
        let mut state = self.initialised.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match *state {
                Initialised::No => break,
                Initialised::Running(thread) if thread != me => {
                    state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
                _ => return false,
            }
        }
        *state = Initialised::Running(me);
        drop(state);
        for function in self.initialisers() {
            run(function);
        }
        *self.initialised.lock().unwrap_or_else(PoisonError::into_inner) = Initialised::Yes;
        self.changed.notify_all();
        true
    }

    /// Runs the finalisers, if the initialisers have run, once.
    pub(crate) fn finalise(&self) {
        let mut state = self.initialised.lock().unwrap_or_else(PoisonError::into_inner);
        let runs = *state == Initialised::Yes;
        *state = Initialised::Over;
        drop(state);
        if runs {
            // The guest may have changed them since they were checked.
            for function in self.finalisers().into_iter().filter(|function| self.executes(*function)) {
                run(function);
            }
        }
    }
}

fn run(function: usize) {
    // SAFETY: an address in the code of a loaded library, whose linking is done: this is what the library asks for. Guest code does not unwind into ours:
    // its unwinder finds no tables for our frames and terminates.
    let function: extern "C" fn() = unsafe { std::mem::transmute(function as *const ()) };
    function();
}

fn tls_module(mapping: &Mapping, template: &TlsTemplate) -> Option<TlsModule> {
    let (filled, size) = (template.file_size as usize, template.memory_size as usize);
    TlsModule::new(mapping.address(template.address), filled, size, template.align as usize)
}

fn raw_header(header: &ProgramHeader) -> libc::Elf64_Phdr {
    libc::Elf64_Phdr {
        p_type: header.p_type,
        p_flags: header.p_flags,
        p_offset: header.p_offset,
        p_vaddr: header.p_vaddr,
        p_paddr: header.p_paddr,
        p_filesz: header.p_filesz,
        p_memsz: header.p_memsz,
        p_align: header.p_align,
    }
}
