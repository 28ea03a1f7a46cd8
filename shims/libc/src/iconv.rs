//! `iconv.h`. Converted here, not by glibc, because the platform's names of character sets are other ones, because it puts `*` for what a set
//! does not have, and because many hosts install few of glibc's converters.

use crate::errno;
use crate::table::shims;
use encoding_rs::Encoding;
use libc::{c_char, c_int, iconv_t, size_t};
use std::ffi::CStr;

shims! { iconv, iconv_close, iconv_open }

/// The order of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Big,
    Little,
    /// Said by a mark at the beginning of what is read; big-endian, without a mark, when written.
    Marked,
}

/// A character set.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Set {
    Utf8,
    Ascii,
    Latin1,
    Utf16(Order),
    /// UTF-16 without surrogates.
    Ucs2(Order),
    Utf32(Order),
    Table(&'static Encoding),
    /// A set of ISO that the web reads as the one of Windows, which differs in the bytes 0x80 … 0x9f.
    Iso(&'static Encoding),
}

impl Set {
    /// The set of a name: its letters and digits count, in either case.
    fn named(name: &CStr) -> Option<Set> {
        let letters = name.to_bytes().iter().filter(|byte| byte.is_ascii_alphanumeric());
        let name: String = letters.map(|byte| byte.to_ascii_lowercase() as char).collect();
        Some(match name.as_str() {
            "" | "utf8" | "char" => Set::Utf8,
            "ascii" | "usascii" | "iso646" | "iso646us" => Set::Ascii,
            "iso88591" | "latin1" => Set::Latin1,
            "wchart" | "ucs4le" | "utf32le" => Set::Utf32(Order::Little),
            "ucs4be" | "utf32be" => Set::Utf32(Order::Big),
            "ucs4" | "utf32" => Set::Utf32(Order::Marked),
            "ucs2be" => Set::Ucs2(Order::Big),
            "ucs2le" => Set::Ucs2(Order::Little),
            "ucs2" => Set::Ucs2(Order::Marked),
            "utf16be" => Set::Utf16(Order::Big),
            "utf16le" => Set::Utf16(Order::Little),
            "utf16" => Set::Utf16(Order::Marked),
            "eucjp" => Set::Table(encoding_rs::EUC_JP),
            "shiftjis" | "sjis" | "cp932" => Set::Table(encoding_rs::SHIFT_JIS),
            "gb18030" => Set::Table(encoding_rs::GB18030),
            "gbk" | "gb2312" => Set::Table(encoding_rs::GBK),
            "big5" | "bigfive" | "cp950" | "big5hkscs" => Set::Table(encoding_rs::BIG5),
            "euckr" | "ksc5601" | "ksx1001" | "cp949" => Set::Table(encoding_rs::EUC_KR),
            "iso88592" => Set::Table(encoding_rs::ISO_8859_2),
            "iso88593" => Set::Table(encoding_rs::ISO_8859_3),
            "iso88594" => Set::Table(encoding_rs::ISO_8859_4),
            "iso88595" => Set::Table(encoding_rs::ISO_8859_5),
            "iso88596" => Set::Table(encoding_rs::ISO_8859_6),
            "iso88597" => Set::Table(encoding_rs::ISO_8859_7),
            "iso88598" => Set::Table(encoding_rs::ISO_8859_8),
            "iso88599" => Set::Iso(encoding_rs::WINDOWS_1254),
            "iso885910" => Set::Table(encoding_rs::ISO_8859_10),
            "iso885911" | "tis620" => Set::Iso(encoding_rs::WINDOWS_874),
            "iso885913" => Set::Table(encoding_rs::ISO_8859_13),
            "iso885914" => Set::Table(encoding_rs::ISO_8859_14),
            "iso885915" | "latin9" => Set::Table(encoding_rs::ISO_8859_15),
            "iso885916" => Set::Table(encoding_rs::ISO_8859_16),
            "cp1250" | "windows1250" => Set::Table(encoding_rs::WINDOWS_1250),
            "cp1251" | "windows1251" => Set::Table(encoding_rs::WINDOWS_1251),
            "cp1252" | "windows1252" => Set::Table(encoding_rs::WINDOWS_1252),
            "cp1253" | "windows1253" => Set::Table(encoding_rs::WINDOWS_1253),
            "cp1254" | "windows1254" => Set::Table(encoding_rs::WINDOWS_1254),
            "cp1255" | "windows1255" => Set::Table(encoding_rs::WINDOWS_1255),
            "cp1256" | "windows1256" => Set::Table(encoding_rs::WINDOWS_1256),
            "cp1257" | "windows1257" => Set::Table(encoding_rs::WINDOWS_1257),
            "cp1258" | "windows1258" => Set::Table(encoding_rs::WINDOWS_1258),
            "koi8r" => Set::Table(encoding_rs::KOI8_R),
            "koi8u" => Set::Table(encoding_rs::KOI8_U),
            "cp866" => Set::Table(encoding_rs::IBM866),
            _ => return None,
        })
    }

    /// The set once the order of its bytes is known.
    fn ordered(self, order: Order) -> Set {
        match self {
            Set::Utf16(Order::Marked) => Set::Utf16(order),
            Set::Ucs2(Order::Marked) => Set::Ucs2(order),
            Set::Utf32(Order::Marked) => Set::Utf32(order),
            other => other,
        }
    }
}

/// Why a conversion stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// The input is not in its set: `EILSEQ`.
    Invalid,
    /// The input ends within a character: `EINVAL`.
    Short,
    /// The output is full: `E2BIG`.
    Full,
}

fn bytes<const N: usize>(input: &[u8], at: usize) -> Result<[u8; N], Stop> {
    input.get(at..at + N).and_then(|bytes| bytes.try_into().ok()).ok_or(Stop::Short)
}

fn unit16(input: &[u8], at: usize, order: Order) -> Result<u16, Stop> {
    let bytes = bytes(input, at)?;
    Ok(if order == Order::Little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
}

fn unit32(input: &[u8], order: Order) -> Result<u32, Stop> {
    let bytes = bytes(input, 0)?;
    Ok(if order == Order::Little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
}

/// A character, or the few for which Big5 has one code, in UTF-8.
#[derive(Clone, Copy)]
struct Text {
    bytes: [u8; 8],
    length: usize,
}

impl Text {
    fn of(character: char) -> Self {
        let mut bytes = [0; 8];
        let length = character.encode_utf8(&mut bytes).len();
        Text { bytes, length }
    }

    fn of_code(code: u32) -> Result<Self, Stop> {
        char::from_u32(code).map(Text::of).ok_or(Stop::Invalid)
    }

    fn as_str(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// The first character of the input, and how many bytes it takes.
fn decode(set: Set, input: &[u8]) -> Result<(Text, usize), Stop> {
    let first = *input.first().ok_or(Stop::Short)?;
    match set {
        Set::Utf32(order) => Ok((Text::of_code(unit32(input, order)?)?, 4)),
        Set::Utf16(order) | Set::Ucs2(order) => {
            let unit = unit16(input, 0, order)?;
            if !(0xd800..0xdc00).contains(&unit) {
                return Ok((Text::of_code(unit.into())?, 2));
            }
            if matches!(set, Set::Ucs2(_)) {
                return Err(Stop::Invalid);
            }
            let pair = [unit, unit16(input, 2, order)?];
            let character = char::decode_utf16(pair).next().and_then(Result::ok).ok_or(Stop::Invalid)?;
            Ok((Text::of(character), 4))
        }
        _ if first.is_ascii() => Ok((Text::of(first.into()), 1)),
        Set::Ascii => Err(Stop::Invalid),
        Set::Latin1 => Ok((Text::of(first.into()), 1)),
        Set::Utf8 => {
            let start = input.get(..input.len().min(4)).unwrap_or_default();
            let valid = match std::str::from_utf8(start) {
                Ok(text) => text,
                Err(error) if error.valid_up_to() > 0 => {
                    std::str::from_utf8(start.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
                }
                Err(error) => return Err(error.error_len().map_or(Stop::Short, |_| Stop::Invalid)),
            };
            let character = valid.chars().next().ok_or(Stop::Invalid)?;
            Ok((Text::of(character), character.len_utf8()))
        }
        Set::Iso(_) if first < 0xa0 => Ok((Text::of(first.into()), 1)),
        Set::Table(encoding) | Set::Iso(encoding) => decode_table(encoding, input),
    }
}

/// The first character of one that is not ASCII: of the shortest beginning that is a text.
fn decode_table(encoding: &'static Encoding, input: &[u8]) -> Result<(Text, usize), Stop> {
    let longest = if encoding.is_single_byte() {
        1
    } else if encoding == encoding_rs::EUC_JP {
        3
    } else if encoding == encoding_rs::GB18030 && input.get(1).is_some_and(u8::is_ascii_digit) {
        4
    } else {
        2
    };
    for length in 1..=longest {
        let Some(start) = input.get(..length) else { return Err(Stop::Short) };
        let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(start) else { continue };
        let mut found = Text { bytes: [0; 8], length: text.len() };
        let Some(slot) = found.bytes.get_mut(..text.len()) else { continue };
        slot.copy_from_slice(text.as_bytes());
        if !text.is_empty() {
            return Ok((found, length));
        }
    }
    Err(Stop::Invalid)
}

/// Writes characters; how many bytes, and whether something stands for them that is not the same.
fn encode(set: Set, text: &str, output: &mut [u8]) -> Result<(usize, bool), Stop> {
    let mut put = |bytes: &[u8], same: bool| {
        output.get_mut(..bytes.len()).ok_or(Stop::Full)?.copy_from_slice(bytes);
        Ok((bytes.len(), same))
    };
    let first = text.chars().next().unwrap_or_default();
    let code = u32::from(first);
    let little = |order| order == Order::Little;
    match set {
        Set::Utf8 => put(text.as_bytes(), true),
        Set::Utf32(order) => put(&if little(order) { code.to_le_bytes() } else { code.to_be_bytes() }, true),
        Set::Ucs2(order) => {
            let unit = u16::try_from(code).unwrap_or(0xfffd);
            put(&if little(order) { unit.to_le_bytes() } else { unit.to_be_bytes() }, true)
        }
        Set::Utf16(order) => {
            let units = text.encode_utf16();
            let bytes: Vec<u8> =
                units.flat_map(|unit| if little(order) { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
            put(&bytes, true)
        }
        Set::Ascii | Set::Latin1 => match u8::try_from(code) {
            Ok(byte) if byte.is_ascii() || set == Set::Latin1 => put(&[byte], true),
            _ => put(b"*", false),
        },
        Set::Iso(_) if (0x80..0xa0).contains(&code) => put(&[code as u8], true),
        Set::Table(encoding) | Set::Iso(encoding) => {
            let (bytes, _, unmappable) = encoding.encode(text);
            let of_windows = matches!(set, Set::Iso(_)) && bytes.iter().any(|byte| (0x80..0xa0).contains(byte));
            if unmappable || of_windows { put(b"*", false) } else { put(&bytes, true) }
        }
    }
}

/// What `iconv_t` points to.
struct Converter {
    from: Set,
    to: Set,
    /// The order of the bytes of the input, once its mark has been read.
    order: Option<Order>,
}

/// What came of a conversion.
struct Converted {
    read: usize,
    written: usize,
    /// How many characters have something else in their place.
    replaced: usize,
    stop: Option<Stop>,
}

impl Converter {
    fn convert(&mut self, input: &[u8], output: &mut [u8]) -> Converted {
        let mut done = Converted { read: 0, written: 0, replaced: 0, stop: None };
        while done.read < input.len() {
            let step = self
                .step(input.get(done.read..).unwrap_or_default(), output.get_mut(done.written..).unwrap_or_default());
            match step {
                Ok((read, written, same)) => {
                    done.read += read;
                    done.written += written;
                    done.replaced += usize::from(!same);
                }
                Err(stop) => {
                    done.stop = Some(stop);
                    break;
                }
            }
        }
        done
    }

    /// One character: the bytes read and written.
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Result<(usize, usize, bool), Stop> {
        if let (None, Set::Utf16(Order::Marked) | Set::Ucs2(Order::Marked) | Set::Utf32(Order::Marked)) =
            (self.order, self.from)
        {
            let wide = matches!(self.from, Set::Utf32(_));
            let (mark, length) =
                if wide { (unit32(input, Order::Big)?, 4) } else { (unit16(input, 0, Order::Big)?.into(), 2) };
            let swapped = if wide { 0xfffe_0000 } else { 0xfffe };
            self.order = Some(if mark == swapped { Order::Little } else { Order::Big });
            if mark == swapped || mark == 0xfeff {
                return Ok((length, 0, true));
            }
        }
        let (text, read) = decode(self.from.ordered(self.order.unwrap_or(Order::Big)), input)?;
        let (written, same) = encode(self.to, text.as_str(), output)?;
        Ok((read, written, same))
    }
}

/// `(iconv_t)-1`.
const FAILED: iconv_t = usize::MAX as iconv_t;

unsafe extern "C" fn iconv_open(to: *const c_char, from: *const c_char) -> iconv_t {
    // SAFETY: the arguments are strings.
    let sets = unsafe { (Set::named(CStr::from_ptr(to)), Set::named(CStr::from_ptr(from))) };
    let (Some(to), Some(from)) = sets else {
        errno::set(libc::EINVAL);
        return FAILED;
    };
    Box::into_raw(Box::new(Converter { from, to, order: None })).cast()
}

unsafe extern "C" fn iconv(
    converter: iconv_t,
    input: *mut *mut c_char,
    input_left: *mut size_t,
    output: *mut *mut c_char,
    output_left: *mut size_t,
) -> size_t {
    const ERROR: size_t = size_t::MAX;
    if converter.is_null() || converter == FAILED {
        errno::set(libc::EBADF);
        return ERROR;
    }
    // SAFETY: `iconv_open` made it; the other arguments are as C asks for: the areas are there and do not overlap.
    let done = unsafe {
        let converter = &mut *converter.cast::<Converter>();
        if input.is_null() || (*input).is_null() {
            converter.order = None;
            return 0;
        }
        if *input_left == 0 {
            return 0;
        }
        let source = std::slice::from_raw_parts((*input).cast::<u8>(), *input_left);
        let target: &mut [u8] = if (*output).is_null() {
            &mut []
        } else {
            std::slice::from_raw_parts_mut((*output).cast::<u8>(), *output_left)
        };
        let done = converter.convert(source, target);
        *input = (*input).add(done.read);
        *input_left -= done.read;
        *output = (*output).wrapping_add(done.written);
        *output_left -= done.written;
        done
    };
    let error = match done.stop {
        None => return done.replaced,
        Some(Stop::Invalid) => libc::EILSEQ,
        Some(Stop::Short) => libc::EINVAL,
        Some(Stop::Full) => libc::E2BIG,
    };
    errno::set(error);
    ERROR
}

unsafe extern "C" fn iconv_close(converter: iconv_t) -> c_int {
    if converter.is_null() || converter == FAILED {
        errno::set(libc::EBADF);
        return -1;
    }
    // SAFETY: `iconv_open` made it, and it is closed once.
    drop(unsafe { Box::from_raw(converter.cast::<Converter>()) });
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converter(to: &CStr, from: &CStr) -> Converter {
        Converter { from: Set::named(from).unwrap(), to: Set::named(to).unwrap(), order: None }
    }

    fn convert(to: &CStr, from: &CStr, input: &[u8]) -> (Vec<u8>, usize, usize, Option<Stop>) {
        let mut output = vec![0; 64];
        let done = converter(to, from).convert(input, &mut output);
        output.truncate(done.written);
        (output, done.read, done.replaced, done.stop)
    }

    #[test]
    fn sets_go_there_and_back() {
        for name in [c"GB18030", c"gbk", c"Big5", c"Shift_JIS", c"EUC-JP", c"UTF-16LE", c"utf-32", c"WCHAR_T"] {
            let (there, _, replaced, stop) = convert(name, c"UTF-8", "中文A日".as_bytes());
            assert_eq!((replaced, stop), (0, None), "{name:?}");
            assert_eq!(convert(c"utf8", name, &there).0, "中文A日".as_bytes(), "{name:?}");
        }
        assert_eq!(convert(c"utf8", c"gb18030", b"\x81\x30\x81\x30").0, "\u{80}".as_bytes());
        assert_eq!(convert(c"EUC-KR", c"", "가".as_bytes()).0, b"\xb0\xa1");
        assert_eq!(convert(c"latin1", c"iso-8859-9", b"\x85\xd0").0, b"\x85*");
    }

    #[test]
    fn what_a_set_lacks_becomes_an_asterisk() {
        let (text, _, replaced, stop) = convert(c"ISO-8859-1", c"UTF-8", "é€x".as_bytes());
        assert_eq!((text.as_slice(), replaced, stop), (b"\xe9*x".as_slice(), 1, None));
        assert_eq!(convert(c"ucs-2be", c"utf8", "😀".as_bytes()).0, b"\xff\xfd");
        assert_eq!(convert(c"iso88599", c"utf8", "€".as_bytes()).0, b"*");
    }

    #[test]
    fn marks_say_the_order() {
        assert_eq!(convert(c"utf8", c"UTF-16", b"\xff\xfeA\0").0, b"A");
        assert_eq!(convert(c"utf8", c"UTF-16", b"\0A\0B").0, b"AB");
        assert_eq!(convert(c"utf8", c"UTF-32", b"\xff\xfe\0\0A\0\0\0").0, b"A");
        assert_eq!(convert(c"UTF-16", c"utf8", b"A").0, b"\0A");
    }

    #[test]
    fn faults_stop_where_they_are() {
        assert_eq!(convert(c"utf16", c"utf8", b"a\xffb").3, Some(Stop::Invalid));
        assert_eq!(convert(c"utf16", c"utf8", b"a\xe2\x82"), (b"\0a".to_vec(), 1, 0, Some(Stop::Short)));
        assert_eq!(convert(c"utf8", c"gbk", b"\xd6"), (vec![], 0, 0, Some(Stop::Short)));
        assert_eq!(convert(c"utf8", c"utf16le", b"\0\xd8A\0").3, Some(Stop::Invalid));
        assert_eq!(convert(c"utf8", c"utf32be", b"\0\x11\0\0").3, Some(Stop::Invalid));
        let mut small = [0; 2];
        let done = converter(c"utf8", c"utf8").convert("aé".as_bytes(), &mut small);
        assert_eq!((done.read, done.written, done.stop), (1, 1, Some(Stop::Full)));
        assert!(Set::named(c"NO-SUCH").is_none() && Set::named(c"UTF-8//IGNORE").is_none());
    }
}
