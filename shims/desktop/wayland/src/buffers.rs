//! Memory for the pictures of a window, shared with the compositor. Written with the file's own calls rather than through a
//! mapping: the copy is made either way.

use crate::connection::{Globals, State};
use concord_desktop::display::{DisplayError, Picture, PixelRect, WindowId};
use nix::sys::memfd::{MFdFlags, memfd_create};
use std::fs::File;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::fs::FileExt;
use wayland_client::QueueHandle;
use wayland_client::protocol::wl_buffer::WlBuffer;
use wayland_client::protocol::wl_shm::Format;

/// Most pictures under way: one that is shown, one that is about to be, one to draw.
const MOST: usize = 3;
const BYTES: usize = 4;

/// The buffers of a window.
#[derive(Default)]
pub(crate) struct Buffers {
    all: Vec<Buffer>,
    next: u64,
}

struct Buffer {
    number: u64,
    memory: File,
    proxy: WlBuffer,
    size: (u32, u32),
    red_first: bool,
    /// The compositor reads it.
    busy: bool,
    /// What has changed since it was written last.
    stale: Vec<PixelRect>,
}

impl Buffers {
    /// Buffers whose numbers begin behind this one.
    pub(crate) fn counting_from(next: u64) -> Buffers {
        Buffers { all: Vec::new(), next }
    }

    /// Whether there is one to draw into.
    pub(crate) fn has_free(&self) -> bool {
        self.all.len() < MOST || self.all.iter().any(|buffer| !buffer.busy)
    }

    /// The compositor no longer reads it. Returns whether there was none to draw into before.
    pub(crate) fn release(&mut self, number: u64) -> bool {
        let had = self.has_free();
        if let Some(buffer) = self.all.iter_mut().find(|buffer| buffer.number == number) {
            buffer.busy = false;
        }
        !had
    }

    /// A buffer with the picture in it, of which `damage` differs from the last one.
    pub(crate) fn write(
        &mut self,
        window: WindowId,
        globals: &Globals,
        queue: &QueueHandle<State>,
        picture: Picture<'_>,
        damage: &[PixelRect],
    ) -> Result<&WlBuffer, DisplayError> {
        let size = (picture.width, picture.height);
        for buffer in self.all.extract_if(.., |buffer| buffer.size != size && !buffer.busy) {
            buffer.proxy.destroy();
        }
        let index = match self.all.iter().position(|buffer| !buffer.busy && buffer.size == size) {
            Some(index) => index,
            None => {
                self.next += 1;
                let buffer = Buffer::new(window, self.next, globals, queue, size).map_err(DisplayError::Memory)?;
                self.all.push(buffer);
                self.all.len() - 1
            }
        };
        for buffer in &mut self.all {
            if buffer.size == size {
                buffer.stale.extend_from_slice(damage);
            }
        }
        let buffer = &mut self.all[index];
        for part in std::mem::take(&mut buffer.stale) {
            buffer.copy(picture, part).map_err(DisplayError::Memory)?;
        }
        buffer.busy = true;
        Ok(&buffer.proxy)
    }

    /// Gives the memory back.
    pub(crate) fn destroy(self) {
        for buffer in self.all {
            buffer.proxy.destroy();
        }
    }
}

impl Buffer {
    fn new(
        window: WindowId,
        number: u64,
        globals: &Globals,
        queue: &QueueHandle<State>,
        size: (u32, u32),
    ) -> io::Result<Buffer> {
        let stride = size.0 as usize * BYTES;
        let length = stride * size.1 as usize;
        let too_large = || io::Error::new(io::ErrorKind::InvalidInput, format!("{} x {} px", size.0, size.1));
        let pool_length = i32::try_from(length).map_err(|_| too_large())?;
        let memory = File::from(memfd_create(c"concord-window", MFdFlags::MFD_CLOEXEC)?);
        memory.set_len(length as u64)?;
        let pool = globals.shm.create_pool(memory.as_fd(), pool_length, queue, ());
        let format = if globals.red_first { Format::Abgr8888 } else { Format::Argb8888 };
        let proxy = pool.create_buffer(0, size.0 as i32, size.1 as i32, stride as i32, format, queue, (window, number));
        pool.destroy();
        let stale = vec![PixelRect { x: 0, y: 0, width: size.0, height: size.1 }];
        Ok(Buffer { number, memory, proxy, size, red_first: globals.red_first, busy: false, stale })
    }

    /// Copies a part of a picture of the same size.
    fn copy(&self, picture: Picture<'_>, part: PixelRect) -> io::Result<()> {
        let right = part.x.saturating_add(part.width).min(self.size.0) as usize;
        let bottom = part.y.saturating_add(part.height).min(self.size.1) as usize;
        let (left, top) = (part.x as usize, part.y as usize);
        if left >= right || top >= bottom {
            return Ok(());
        }
        let stride = self.size.0 as usize * BYTES;
        // Whole rows go at once.
        let (rows, length) = if right - left == self.size.0 as usize {
            (1, (bottom - top) * stride)
        } else {
            (bottom - top, (right - left) * BYTES)
        };
        for row in 0..rows {
            let at = (top + row) * stride + left * BYTES;
            let Some(source) = picture.rgba.get(at..at + length) else {
                return Err(io::Error::new(io::ErrorKind::InvalidInput, "the picture has fewer pixels than it says"));
            };
            if self.red_first {
                self.memory.write_all_at(source, at as u64)?;
            } else {
                self.memory.write_all_at(&blue_first(source), at as u64)?;
            }
        }
        Ok(())
    }
}

fn blue_first(rgba: &[u8]) -> Vec<u8> {
    let mut bytes = rgba.to_vec();
    for pixel in bytes.chunks_exact_mut(BYTES) {
        pixel.swap(0, 2);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn red_and_blue_change_places() {
        assert_eq!(blue_first(&[1, 2, 3, 4, 5, 6, 7, 8]), [3, 2, 1, 4, 7, 6, 5, 8]);
    }
}
