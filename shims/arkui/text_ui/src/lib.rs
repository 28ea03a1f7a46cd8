//! The components of ArkUI that show or take text: texts and spans, fields, the rich editor, clocks. One file or folder each; how
//! text is styled is in `text_style`.
#![forbid(unsafe_code)]

mod date_format;
mod field;
mod marquee;
mod rich_editor;
mod select_text;
#[cfg(test)]
mod selection_tests;
mod single_line;
mod symbol_effect;
mod symbol_glyph;
mod symbols;
#[cfg(test)]
mod testing;
mod text;
mod text_bar;
mod text_clock;
pub mod text_style;
mod text_timer;
mod time_line;

use concord_ui::Component;

/// All of them.
pub fn all() -> impl Iterator<Item = &'static dyn Component> {
    ALL.iter().copied()
}

static ALL: &[&dyn Component] = &[
    &symbol_glyph::SymbolGlyph,
    &field::Field(field::Kind::Area),
    &field::Field(field::Kind::Input),
    &field::Field(field::Kind::Search),
    &marquee::Marquee,
    &rich_editor::RichEditor,
    &text::ContainerSpan,
    &text::ImageSpan,
    &text::RichText,
    &text::Span,
    &text::SymbolSpan,
    &text::Text,
    &text_clock::TextClock,
    &text_timer::TextTimer,
];
