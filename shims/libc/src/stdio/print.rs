//! The work of the `printf` family: formats that glibc prints otherwise than the platform.
//!
//! Each conversion but those of `long double`, `%a`, `%m` and `%n` is handed to glibc by itself, so glibc pads, rounds and converts characters.

use super::format::{Amount, Fault, Flags, Length, POSITIONS, Part, Parts, Resolved, Spec, Unit};
use super::number;
use crate::float::{self, F128};
use concord_elf::VaList;
use std::ffi::{CStr, c_int};

/// Where characters go: a stream or a buffer.
pub(super) trait Sink {
    type Unit: Unit;

    /// Prints by a format that glibc knows, with a zero at its end; what glibc answers.
    ///
    /// # Safety
    /// The arguments are what the format says.
    unsafe fn print(&mut self, format: &[Self::Unit], arguments: &mut VaList) -> c_int;

    /// How many more characters have an effect. Others are only counted.
    fn room(&self) -> usize {
        usize::MAX
    }
}

/// An argument.
#[derive(Clone, Copy)]
enum Value {
    /// An integer or pointer, or a `double`, in a word.
    Word(u64),
    Long(F128),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Double,
    LongDouble,
}

impl Kind {
    fn of(spec: &Spec) -> Option<Kind> {
        match (spec.is_float(), spec.length) {
            (true, Length::LongDouble) => Some(Kind::LongDouble),
            (true, _) => Some(Kind::Double),
            (false, _) if spec.conversion == b'm' => None,
            _ => Some(Kind::Word),
        }
    }

    /// # Safety
    /// The next argument is of this kind.
    unsafe fn take(self, list: &mut VaList) -> Value {
        // SAFETY: by the contract of the function.
        unsafe {
            match self {
                Kind::Word => Value::Word(list.arg_int()),
                Kind::Double => Value::Word(list.arg_f64().to_bits()),
                Kind::LongDouble => Value::Long(list.arg_f128()),
            }
        }
    }
}

/// The arguments of a call: in order, or by position.
struct Arguments<'a> {
    list: &'a mut VaList,
    named: Option<[Option<Value>; POSITIONS]>,
}

impl<'a> Arguments<'a> {
    /// Reads all arguments if the format names them by position.
    ///
    /// # Safety
    /// The list is what the format says.
    unsafe fn of<U: Unit>(format: &[U], list: &'a mut VaList) -> Result<Self, Fault> {
        let mut kinds = [None; POSITIONS];
        let mut note = |position: usize, kind| -> Result<(), Fault> {
            *kinds.get_mut(position).ok_or(Fault::Invalid)? = Some(kind);
            Ok(())
        };
        for part in Parts::of(format) {
            // Faults show when the format is walked to print it: what stands before them is printed.
            let Ok(Part::Spec(spec)) = part else { continue };
            for amount in [Some(spec.width), spec.precision] {
                if let Some(Amount::At(position)) = amount {
                    note(position, Kind::Word)?;
                }
            }
            if let (Some(position), Some(kind)) = (spec.position, Kind::of(&spec)) {
                note(position, kind)?;
            }
        }
        if kinds.iter().all(Option::is_none) {
            return Ok(Arguments { list, named: None });
        }
        // A position that nothing names has no known type, so what follows it cannot be found.
        let count = kinds.iter().skip(1).take_while(|kind| kind.is_some()).count();
        if kinds.iter().skip(1 + count).any(Option::is_some) {
            return Err(Fault::Invalid);
        }
        let mut values = [None; POSITIONS];
        for (value, kind) in values.iter_mut().zip(kinds) {
            // SAFETY: by the contract of the function.
            *value = kind.map(|kind| unsafe { kind.take(list) });
        }
        Ok(Arguments { list, named: Some(values) })
    }

    /// # Safety
    /// As for [`Arguments::of`].
    unsafe fn next(&mut self, position: Option<usize>, kind: Kind) -> Result<Value, Fault> {
        match (position, &self.named) {
            (Some(position), Some(values)) => values.get(position).copied().flatten().ok_or(Fault::Invalid),
            // SAFETY: by the contract of the function.
            (None, None) => Ok(unsafe { kind.take(self.list) }),
            _ => Err(Fault::Invalid),
        }
    }

    /// A width or precision.
    ///
    /// # Safety
    /// As for [`Arguments::of`].
    unsafe fn amount(&mut self, amount: Amount) -> Result<i32, Fault> {
        let position = match amount {
            Amount::Fixed(amount) => return Ok(amount),
            Amount::Next => None,
            Amount::At(position) => Some(position),
        };
        // SAFETY: by the contract of the function.
        match unsafe { self.next(position, Kind::Word)? } {
            Value::Word(word) => Ok(word as i32),
            Value::Long(_) => Err(Fault::Invalid),
        }
    }
}

/// Prints into a sink and counts.
struct Printer<'a, S> {
    sink: &'a mut S,
    count: u32,
}

impl<S: Sink> Printer<'_, S> {
    /// Has glibc print one word.
    ///
    /// # Safety
    /// The word is what the conversion takes.
    unsafe fn one(&mut self, spec: &Resolved, word: u64) -> Result<(), Fault> {
        let words = [word as usize];
        // SAFETY: by the contract of the function.
        let printed = unsafe { self.sink.print(&spec.format::<S::Unit>(), &mut VaList::of_words(&words)) };
        let printed = u32::try_from(printed).map_err(|_| Fault::Output)?;
        self.count =
            self.count.checked_add(printed).filter(|&count| count <= i32::MAX as u32).ok_or(Fault::Overflow)?;
        Ok(())
    }

    fn text(&mut self, text: &[S::Unit]) -> Result<(), Fault> {
        let mut spec = Resolved::text(u32::try_from(text.len()).map_err(|_| Fault::Overflow)?);
        if S::Unit::TEXT == "ls" {
            spec.length = Length::Long;
        }
        // SAFETY: the precision bounds what glibc reads.
        unsafe { self.one(&spec, text.as_ptr() as u64) }
    }

    fn ascii(&mut self, text: &[u8]) -> Result<(), Fault> {
        let spec = Resolved::text(u32::try_from(text.len()).map_err(|_| Fault::Overflow)?);
        // SAFETY: the precision bounds what glibc reads.
        if text.is_empty() { Ok(()) } else { unsafe { self.one(&spec, text.as_ptr() as u64) } }
    }

    /// Counts what was printed.
    fn add(&mut self, printed: u32) -> Result<(), Fault> {
        self.count =
            self.count.checked_add(printed).filter(|&count| count <= i32::MAX as u32).ok_or(Fault::Overflow)?;
        Ok(())
    }

    /// A byte, many times. In pieces, because glibc makes a buffer for the whole of a wide field.
    fn fill(&mut self, byte: u8, count: u32) -> Result<(), Fault> {
        let piece = [byte; 1024];
        let mut left = count;
        while left > 0 && self.sink.room() > 1 {
            let now = left.min(piece.len() as u32);
            self.ascii(piece.get(..now as usize).unwrap_or_default())?;
            left -= now;
        }
        self.add(left)
    }

    /// A floating-point number in the platform's own way.
    fn number(&mut self, value: F128, spec: &Resolved) -> Result<(), Fault> {
        let Flags { left, zero, .. } = spec.flags;
        let mut number = number::render(value, spec.conversion.to_ascii_lowercase(), spec.flags, spec.precision);
        let mut prefix = number.prefix.to_owned();
        if spec.conversion.is_ascii_uppercase() {
            prefix.make_ascii_uppercase();
            number.head.make_ascii_uppercase();
            number.tail.make_ascii_uppercase();
        }
        let length = prefix.len() + number.head.len() + number.zeros as usize + number.tail.len();
        let length = u32::try_from(length).map_err(|_| Fault::Overflow)?;
        let padding = spec.width.saturating_sub(length);
        // Before anything is printed: it may be gigabytes.
        let count = self.count.checked_add(length.max(spec.width));
        count.filter(|&count| count <= i32::MAX as u32).ok_or(Fault::Overflow)?;
        let zero = zero && !left && number.finite;
        self.fill(b' ', if left || zero { 0 } else { padding })?;
        self.ascii(prefix.as_bytes())?;
        self.fill(b'0', if zero { padding } else { 0 })?;
        self.ascii(&number.head)?;
        self.fill(b'0', number.zeros)?;
        self.ascii(&number.tail)?;
        self.fill(b' ', if left { padding } else { 0 })
    }

    /// Writes the count so far, as `%n` asks for.
    ///
    /// # Safety
    /// The address is of an integer of that length.
    unsafe fn count_to(&self, length: Length, address: u64) {
        // SAFETY: by the contract of the function.
        unsafe {
            match length {
                Length::Char => (address as *mut u8).write_unaligned(self.count as u8),
                Length::Short => (address as *mut u16).write_unaligned(self.count as u16),
                Length::Int | Length::LongDouble => (address as *mut u32).write_unaligned(self.count),
                Length::Long | Length::LongLong | Length::Word => {
                    (address as *mut u64).write_unaligned(u64::from(self.count));
                }
            }
        }
    }

    /// # Safety
    /// The arguments are what the format says.
    unsafe fn conversion(&mut self, spec: &Spec, arguments: &mut Arguments, errno: c_int) -> Result<(), Fault> {
        // SAFETY: by the contract of the function, here and below.
        let width = unsafe { arguments.amount(spec.width)? };
        let precision = match spec.precision {
            // SAFETY: as above.
            Some(amount) => u32::try_from(unsafe { arguments.amount(amount)? }).ok(),
            None => None,
        };
        let value = match Kind::of(spec) {
            // SAFETY: as above.
            Some(kind) => unsafe { arguments.next(spec.position, kind)? },
            None => Value::Word(0),
        };
        let mut flags = spec.flags;
        flags.left |= width < 0;
        flags.zero &= !flags.left;
        let width = width.unsigned_abs();
        if width > i32::MAX as u32 {
            return Err(Fault::Overflow);
        }
        let mut spec = Resolved { flags, width, precision, length: spec.length, conversion: spec.conversion };
        let word = match (value, spec.conversion) {
            (Value::Long(value), _) => return self.number(value, &spec),
            (Value::Word(word), b'a' | b'A') => return self.number(float::of_f64(f64::from_bits(word)), &spec),
            (Value::Word(word), b'n') => {
                // SAFETY: as above.
                unsafe { self.count_to(spec.length, word) };
                return Ok(());
            }
            (Value::Word(_), b'm') => {
                spec.conversion = b's';
                crate::errors::text(errno).as_ptr() as u64
            }
            (Value::Word(word), b'p') => {
                // All sixteen digits.
                spec.precision = Some(precision.unwrap_or(0).max(16));
                spec.conversion = b'x';
                spec.length = Length::Word;
                spec.flags.alternate = true;
                word
            }
            (Value::Word(0), b's') if spec.length == Length::Int => {
                const NOTHING: &CStr = c"(null)";
                NOTHING.as_ptr() as u64
            }
            (Value::Word(word), _) => word,
        };
        // SAFETY: as above; for `%m` the word is a string.
        unsafe { self.one(&spec, word) }
    }
}

/// Prints; the number of characters.
///
/// # Safety
/// The arguments are what the format says.
pub(super) unsafe fn print<S: Sink>(sink: &mut S, format: &[S::Unit], list: &mut VaList) -> Result<u32, Fault> {
    let errno = crate::errno::get();
    // SAFETY: by the contract of the function.
    let mut arguments = unsafe { Arguments::of(format, list)? };
    let mut printer = Printer { sink, count: 0 };
    for part in Parts::of(format) {
        match part? {
            Part::Text(text) => printer.text(text)?,
            // SAFETY: by the contract of the function.
            Part::Spec(spec) => unsafe { printer.conversion(&spec, &mut arguments, errno)? },
        }
    }
    Ok(printer.count)
}
