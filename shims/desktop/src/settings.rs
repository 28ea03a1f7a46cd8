//! What people have chosen about how programs look.

use crate::Listener;

/// The choices. What nobody has chosen is none, and the app keeps its own default.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Preferences {
    /// Dark rather than light colours.
    pub dark: Option<bool>,
    /// Red, green and blue from 0 to 1.
    pub accent: Option<[f64; 3]>,
    /// Colours that differ more.
    pub high_contrast: bool,
    /// Nothing moves for its own sake.
    pub reduced_motion: bool,
    /// Size of text to what is usual.
    pub text_scale: Option<f64>,
    /// The language that was chosen while the app runs, as a tag (`de-DE`); none while it is that of the session.
    pub language: Option<String>,
}

/// The language tag of a locale of POSIX: `de-DE` for `de_DE.UTF-8`; none for those without a language, such as `C`.
pub fn language_tag(locale: &str) -> Option<String> {
    let tag = locale.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    let well_formed = tag.len() >= 2 && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (well_formed && tag != "POSIX").then_some(tag)
}

/// Tells the choices.
pub trait Settings {
    /// The choices as far as they are known. The first call waits for them for a third of a second at most.
    fn preferences(&self) -> Preferences;

    /// Calls `listener` after every change. One listener; a later one takes its place.
    fn listen(&self, listener: Listener<Preferences>);
}

/// Nobody has chosen anything.
pub struct NoSettings;

impl Settings for NoSettings {
    fn preferences(&self) -> Preferences {
        Preferences::default()
    }

    fn listen(&self, _listener: Listener<Preferences>) {}
}

#[cfg(test)]
mod tests {
    use super::language_tag;

    #[test]
    fn locales_have_the_language_before_the_rest() {
        assert_eq!(language_tag("zh_CN.UTF-8").as_deref(), Some("zh-CN"));
        assert_eq!(language_tag("ca_ES@valencia").as_deref(), Some("ca-ES"));
        for none in ["C", "C.UTF-8", "POSIX", "", "../x"] {
            assert_eq!(language_tag(none), None, "{none}");
        }
    }
}
