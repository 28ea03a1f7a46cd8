//! Where files keep the block: a segment of JPEG, a chunk of PNG or WebP.

use super::{Exif, ExifError};
use crate::Format;

const JPEG_PREFIX: &[u8; 6] = b"Exif\0\0";
/// The most bytes of a JPEG segment, its two bytes of length included.
const MAX_SEGMENT: usize = 0xffff;
const PNG_SIGNATURE: usize = 8;
const RIFF_HEADER: usize = 12;
/// The flag of a WebP file's `VP8X` chunk for EXIF, and for pictures with alpha.
const WEBP_EXIF: u8 = 0x08;
const WEBP_ALPHA: u8 = 0x10;

/// A kind of file that has EXIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// A segment `APP1`.
    Jpeg,
    /// A chunk `eXIf`.
    Png,
    /// A chunk `EXIF`.
    WebP,
}

/// A piece of a file: where it starts and ends with all that belongs to it, and what it holds.
struct Piece<'a> {
    name: [u8; 4],
    start: usize,
    end: usize,
    content: &'a [u8],
}

impl Carrier {
    /// What a file is.
    ///
    /// # Errors
    /// When it is none that has EXIF.
    pub fn of(file: &[u8]) -> Result<Self, ExifError> {
        match Format::of(file) {
            Some(Format::Jpeg) => Ok(Self::Jpeg),
            Some(Format::Png) => Ok(Self::Png),
            Some(Format::WebP) => Ok(Self::WebP),
            _ => Err(ExifError::Unsupported),
        }
    }

    /// The EXIF of a file; none when it has none.
    ///
    /// # Errors
    /// When the file, or the block in it, is damaged.
    pub fn read(self, file: &[u8]) -> Result<Option<Exif>, ExifError> {
        let pieces = self.pieces(file);
        let block = pieces.iter().find_map(|piece| self.block_of(piece));
        block.map(Exif::parse).transpose()
    }

    fn block_of<'a>(self, piece: &Piece<'a>) -> Option<&'a [u8]> {
        match (self, &piece.name) {
            (Self::Jpeg, [0xe1, ..]) => piece.content.strip_prefix(JPEG_PREFIX),
            (Self::Png, b"eXIf") => Some(piece.content),
            // Some programs write the prefix of JPEG here too.
            (Self::WebP, b"EXIF") => Some(piece.content.strip_prefix(JPEG_PREFIX).unwrap_or(piece.content)),
            _ => None,
        }
    }

    fn pieces(self, file: &[u8]) -> Vec<Piece<'_>> {
        match self {
            Self::Jpeg => jpeg_pieces(file),
            Self::Png => png_pieces(file),
            Self::WebP => webp_pieces(file),
        }
    }

    /// The file with this EXIF in place of what it had.
    ///
    /// # Errors
    /// When the file is damaged, or the block too big for it.
    pub fn write(self, file: &[u8], exif: &Exif) -> Result<Vec<u8>, ExifError> {
        let block = exif.to_block()?;
        let pieces = self.pieces(file);
        let damaged = ExifError::Damaged("it has no pieces");
        let last = pieces.last().ok_or(damaged)?;
        let tail = file.get(last.end..).unwrap_or_default();
        let kept = |piece: &&Piece<'_>| self.block_of(piece).is_none();
        let bytes = |piece: &Piece<'_>| file.get(piece.start..piece.end).unwrap_or_default();
        let mut made = Vec::with_capacity(file.len() + block.len() + 32);
        match self {
            Self::Jpeg => {
                let length = block.len() + JPEG_PREFIX.len() + 2;
                let length = u16::try_from(length.min(MAX_SEGMENT + 1)).map_err(|_| ExifError::TooBig)?;
                made.extend([0xff, 0xd8]);
                // JFIF says that its segment is the first, EXIF that it is right behind.
                let (first, rest): (Vec<_>, Vec<_>) =
                    pieces.iter().filter(kept).partition(|piece| piece.name[0] == 0xe0);
                first.iter().for_each(|piece| made.extend(bytes(piece)));
                made.extend([0xff, 0xe1]);
                made.extend(length.to_be_bytes());
                made.extend(JPEG_PREFIX);
                made.extend(&block);
                rest.iter().for_each(|piece| made.extend(bytes(piece)));
                made.extend(tail);
            }
            Self::Png => {
                made.extend(file.get(..PNG_SIGNATURE).ok_or(damaged)?);
                for piece in pieces.iter().filter(kept) {
                    made.extend(bytes(piece));
                    if &piece.name == b"IHDR" {
                        put_png_chunk(&mut made, *b"eXIf", &block)?;
                    }
                }
                made.extend(tail);
            }
            Self::WebP => {
                made.extend(file.get(..RIFF_HEADER).ok_or(damaged)?);
                if !pieces.iter().any(|piece| &piece.name == b"VP8X") {
                    put_riff_chunk(&mut made, *b"VP8X", &extended_header(file, &pieces)?)?;
                }
                for piece in pieces.iter().filter(kept) {
                    let at = made.len();
                    made.extend(bytes(piece));
                    if let (b"VP8X", Some(flags)) = (&piece.name, made.get_mut(at + 8)) {
                        *flags |= WEBP_EXIF;
                    }
                }
                put_riff_chunk(&mut made, *b"EXIF", &block)?;
                let size = u32::try_from(made.len() - 8).map_err(|_| ExifError::TooBig)?;
                made.splice(4..8, size.to_le_bytes());
            }
        }
        Ok(made)
    }
}

/// The segments before the first scan. What follows them has no lengths.
fn jpeg_pieces(file: &[u8]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut start = 2;
    while let Some(&[0xff, marker, high, low]) = file.get(start..start + 4) {
        let length = usize::from(u16::from_be_bytes([high, low]));
        let end = start + 2 + length;
        let Some(content) = file.get(start + 4..end) else { break };
        if marker == 0xda {
            break;
        }
        pieces.push(Piece { name: [marker, 0, 0, 0], start, end, content });
        start = end;
    }
    pieces
}

fn png_pieces(file: &[u8]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut start = PNG_SIGNATURE;
    while let Some((length, rest)) = file.get(start..).and_then(<[u8]>::split_first_chunk::<4>) {
        let length = u32::from_be_bytes(*length) as usize;
        let Some((name, rest)) = rest.split_first_chunk::<4>() else { break };
        let Some(content) = rest.get(..length) else { break };
        let end = start + 12 + length;
        if end > file.len() {
            break;
        }
        pieces.push(Piece { name: *name, start, end, content });
        start = end;
    }
    pieces
}

fn webp_pieces(file: &[u8]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut start = RIFF_HEADER;
    while let Some((name, rest)) = file.get(start..).and_then(<[u8]>::split_first_chunk::<4>) {
        let Some((length, rest)) = rest.split_first_chunk::<4>() else { break };
        let length = u32::from_le_bytes(*length) as usize;
        let Some(content) = rest.get(..length) else { break };
        // An odd length is followed by a byte that says nothing, which careless files lack at their end.
        let end = (start + 8 + length.next_multiple_of(2)).min(file.len());
        pieces.push(Piece { name: *name, start, end, content });
        start = end;
    }
    pieces
}

/// The `VP8X` chunk of a file that had none: flags, and the size of the picture less one.
fn extended_header(file: &[u8], pieces: &[Piece<'_>]) -> Result<[u8; 10], ExifError> {
    let info = crate::Picture::info(file).map_err(|_| ExifError::Damaged("its size cannot be read"))?;
    // Bit 4 of the fourth byte behind the signature of a lossless picture says that it has alpha.
    let lossless = pieces.iter().find(|piece| &piece.name == b"VP8L");
    let alpha = lossless.and_then(|piece| piece.content.get(4)).is_some_and(|byte| byte & 0x10 != 0);
    let mut header = [0; 10];
    header[0] = WEBP_EXIF | if alpha { WEBP_ALPHA } else { 0 };
    header[4..7].copy_from_slice(&(info.width - 1).to_le_bytes()[..3]);
    header[7..].copy_from_slice(&(info.height - 1).to_le_bytes()[..3]);
    Ok(header)
}

fn put_riff_chunk(to: &mut Vec<u8>, name: [u8; 4], content: &[u8]) -> Result<(), ExifError> {
    to.extend(name);
    to.extend(u32::try_from(content.len()).map_err(|_| ExifError::TooBig)?.to_le_bytes());
    to.extend(content);
    if !content.len().is_multiple_of(2) {
        to.push(0);
    }
    Ok(())
}

fn put_png_chunk(to: &mut Vec<u8>, name: [u8; 4], content: &[u8]) -> Result<(), ExifError> {
    to.extend(u32::try_from(content.len()).map_err(|_| ExifError::TooBig)?.to_be_bytes());
    let start = to.len();
    to.extend(name);
    to.extend(content);
    let check = crc32(to.get(start..).unwrap_or_default());
    to.extend(check.to_be_bytes());
    Ok(())
}

/// The checksum of PNG (ISO 3309).
fn crc32(data: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !data.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}
