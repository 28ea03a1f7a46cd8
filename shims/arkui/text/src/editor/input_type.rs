//! Which characters a text field takes: ArkUI's `InputType`.

/// ArkUI's `InputType` and `TextAreaType`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputType {
    /// Anything.
    #[default]
    Normal,
    /// Digits.
    Number,
    /// Digits, and the signs of telephone numbers.
    PhoneNumber,
    /// What e-mail addresses have; one `@`.
    Email,
    /// Hidden; printable ASCII.
    Password,
    /// Hidden; digits.
    NumberPassword,
    /// Shown like text; any characters.
    ScreenLockPassword,
    /// Anything.
    UserName,
    /// Hidden like `Password`.
    NewPassword,
    /// Digits, and one decimal point.
    NumberDecimal,
    /// Anything.
    Url,
    /// Anything.
    OneTimeCode,
}

impl InputType {
    /// Is the text shown as dots?
    pub fn is_hidden(self) -> bool {
        matches!(self, Self::Password | Self::NumberPassword | Self::NewPassword | Self::ScreenLockPassword)
    }

    /// May a character be entered where the text around it (without what is replaced) is `rest`, and `taken` was just
    /// accepted before it?
    pub(super) fn takes(self, c: char, rest: [&str; 2], taken: &str) -> bool {
        let first = |sign: char| !rest.iter().any(|part| part.contains(sign)) && !taken.contains(sign);
        match self {
            Self::Normal | Self::UserName | Self::Url | Self::OneTimeCode => true,
            Self::Number | Self::NumberPassword => c.is_ascii_digit(),
            Self::NumberDecimal => c.is_ascii_digit() || c == '.' && first('.'),
            Self::PhoneNumber => c.is_ascii_digit() || " +-*#()".contains(c),
            Self::Email => c.is_ascii_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~\"".contains(c) || c == '@' && first('@'),
            Self::Password | Self::NewPassword | Self::ScreenLockPassword => c == ' ' || c.is_ascii_graphic(),
        }
    }
}
