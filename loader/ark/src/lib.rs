//! To come.

/// Run-time support of translated code: one expression `(function (host) {…; return $;})`, evaluated once per context.
/// `PRELUDE.md` beside it states each helper.
pub const PRELUDE: &str = include_str!("prelude.js");
