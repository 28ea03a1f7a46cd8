//! Names of the symbols of keys, as XKB has them.

/// Keys that write nothing.
const NAMES: &[(&str, u32)] = &[
    ("space", 0x20),
    ("BackSpace", 0xff08),
    ("Tab", 0xff09),
    ("Return", 0xff0d),
    ("Pause", 0xff13),
    ("Escape", 0xff1b),
    ("Home", 0xff50),
    ("Left", 0xff51),
    ("Up", 0xff52),
    ("Right", 0xff53),
    ("Down", 0xff54),
    ("Page_Up", 0xff55),
    ("Page_Down", 0xff56),
    ("End", 0xff57),
    ("Insert", 0xff63),
    ("Menu", 0xff67),
    ("KP_Enter", 0xff8d),
    ("Shift_L", 0xffe1),
    ("Shift_R", 0xffe2),
    ("Control_L", 0xffe3),
    ("Control_R", 0xffe4),
    ("Caps_Lock", 0xffe5),
    ("Meta_L", 0xffe7),
    ("Meta_R", 0xffe8),
    ("Alt_L", 0xffe9),
    ("Alt_R", 0xffea),
    ("Super_L", 0xffeb),
    ("Super_R", 0xffec),
    ("ISO_Level3_Shift", 0xfe03),
    ("ISO_Left_Tab", 0xfe20),
    ("Delete", 0xffff),
    ("XF86Back", 0x1008_ff26),
];

/// The symbol of F1; those of the others follow.
const F1: u32 = 0xffbe;
/// What is added to a Unicode character that has no number of its own.
const UNICODE: u32 = 0x0100_0000;

/// The name of a symbol: a sign, a name, or its number.
pub(super) fn name(symbol: u32) -> String {
    if let Some((name, _)) = NAMES.iter().find(|(_, known)| *known == symbol) {
        return (*name).to_owned();
    }
    if (F1..F1 + 35).contains(&symbol) {
        return format!("F{}", symbol - F1 + 1);
    }
    let sign = match symbol {
        0x21..=0x7e | 0xa1..=0xff => char::from_u32(symbol),
        _ => symbol.checked_sub(UNICODE).and_then(char::from_u32).filter(|sign| !sign.is_control()),
    };
    sign.map_or_else(|| format!("{symbol:#x}"), String::from)
}

/// The symbol with a name; `None` when there is none.
pub(super) fn symbol(name: &str) -> Option<u32> {
    if let Some((_, symbol)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(*symbol);
    }
    let mut signs = name.chars();
    if let (Some(sign), None) = (signs.next(), signs.next()) {
        let number = u32::from(sign);
        return Some(if number <= 0xff { number } else { number + UNICODE });
    }
    if let Some(number) = name.strip_prefix("0x") {
        return u32::from_str_radix(number, 16).ok();
    }
    let number: u32 = name.strip_prefix('F')?.parse().ok()?;
    (1..=35).contains(&number).then(|| F1 + number - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_has_a_name_that_leads_back() {
        for wanted in [0x20, 0x61, 0xe4, 0xff0d, 0xffc9, 0x0100_4e2d, 0x1008_ff13, 0xfe50] {
            assert_eq!(symbol(&name(wanted)), Some(wanted), "{}", name(wanted));
        }
        assert_eq!([name(0x61), name(0xff0d), name(0xffc9)], ["a", "Return", "F12"]);
        assert_eq!([symbol("Retrun"), symbol(""), symbol("F99")], [None; 3]);
    }
}
