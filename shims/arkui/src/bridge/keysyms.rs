//! Symbols of keys, as XKB numbers them, and the platform's codes (`@ohos.multimodalInput.keyCode`).

/// The symbol of the key F12.
pub(super) const F12: u32 = 0xffc9;

/// `KEYCODE_UNKNOWN`.
const UNKNOWN: i32 = -1;

/// The platform's code of a key with a symbol.
pub(super) fn code_of(symbol: u32) -> i32 {
    match symbol {
        // Letters and digits.
        0x61..=0x7a => 2017 + (symbol - 0x61) as i32,
        0x41..=0x5a => 2017 + (symbol - 0x41) as i32,
        0x30..=0x39 => 2000 + (symbol - 0x30) as i32,
        // Signs.
        0x20 => 2050,
        0x23 => 2011,
        0x27 => 2063,
        0x2a => 2010,
        0x2b => 2066,
        0x2c => 2043,
        0x2d => 2057,
        0x2e => 2044,
        0x2f => 2064,
        0x3b => 2062,
        0x3d => 2058,
        0x40 => 2065,
        0x5b => 2059,
        0x5c => 2061,
        0x5d => 2060,
        0x60 => 2056,
        // Editing and moving.
        0xff08 => 2055,
        0xff09 | 0xfe20 => 2049,
        0xff0d => 2054,
        0xff1b => 2070,
        0xff50 => 2081,
        0xff51 => 2014,
        0xff52 => 2012,
        0xff53 => 2015,
        0xff54 => 2013,
        0xff55 => 2068,
        0xff56 => 2069,
        0xff57 => 2082,
        0xff63 => 2083,
        0xffff => 2071,
        // Others.
        0xff13 => 2080,
        0xff14 => 2075,
        0xff61 => 2079,
        0xff67 => 2067,
        0xff7f => 2102,
        0x1008_ff26 => 2,
        // The number pad.
        0xff8d => 2119,
        0xffaa => 2114,
        0xffab => 2116,
        0xffac => 2118,
        0xffad => 2115,
        0xffae => 2117,
        0xffaf => 2113,
        0xffbd => 2120,
        0xffb0..=0xffb9 => 2103 + (symbol - 0xffb0) as i32,
        0xff95 => 2081,
        0xff96 => 2014,
        0xff97 => 2012,
        0xff98 => 2015,
        0xff99 => 2013,
        0xff9a => 2068,
        0xff9b => 2069,
        0xff9c => 2082,
        0xff9e => 2083,
        0xff9f => 2071,
        // F1 to F12.
        0xffbe..=0xffc9 => 2090 + (symbol - 0xffbe) as i32,
        // Modifiers.
        0xffe1 => 2047,
        0xffe2 => 2048,
        0xffe3 => 2072,
        0xffe4 => 2073,
        0xffe5 => 2074,
        0xffe9 => 2045,
        0xffea | 0xfe03 => 2046,
        0xffe7 | 0xffeb => 2076,
        0xffe8 | 0xffec => 2077,
        _ => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::code_of;
    use concord_ui::input::key::{character, code};

    #[test]
    fn signs_have_the_codes_that_write_them() {
        for symbol in (0x20..0x7f).filter(|symbol| code_of(*symbol) != -1) {
            let expected = char::from_u32(symbol).map(|character| character.to_ascii_lowercase());
            assert_eq!(character(code_of(symbol), false), expected, "{symbol:#x}");
        }
    }

    #[test]
    fn keys_that_write_nothing_are_known() {
        assert_eq!(code_of(0xff08), code::DEL);
        assert_eq!(code_of(0xff1b), code::ESCAPE);
        assert_eq!(code_of(0xffe3), code::CTRL_LEFT);
        assert_eq!(code_of(0x0100_4f60), -1);
    }
}
