//! The components: one file each.

mod column;
mod row;
mod stack;
mod syntax;
mod text;
mod window;

use crate::component::Component;

/// All of them.
pub(crate) static ALL: &[&dyn Component] = &[
    &column::Column,
    &row::Row,
    &stack::Stack,
    &text::Text,
    &syntax::Syntax("If"),
    &syntax::Syntax("ForEach"),
    &syntax::Syntax("LazyForEach"),
    &syntax::Syntax("Repeat"),
    &syntax::Syntax("__Builder__"),
    &syntax::Syntax("__Custom__"),
    &syntax::Common,
    &window::Page,
    &window::Window,
];
