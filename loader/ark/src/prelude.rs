//! Run-time support of translated code. The folder `prelude` holds its parts and a page that states each helper.

/// One expression `(function (host) {…; return $;})`, evaluated once per context; what it returns is the `$` of translated units.
pub const PRELUDE: &str = concat!(
    include_str!("prelude/open.js"),
    include_str!("prelude/values.js"),
    include_str!("prelude/properties.js"),
    include_str!("prelude/classes.js"),
    include_str!("prelude/iteration.js"),
    include_str!("prelude/generators.js"),
    include_str!("prelude/async_generators.js"),
    include_str!("prelude/sharing.js"),
    include_str!("prelude/buffers.js"),
    include_str!("prelude/sendable.js"),
    include_str!("prelude/errors.js"),
    include_str!("prelude/builtins.js"),
);
