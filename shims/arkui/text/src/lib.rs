//! The text that ArkUI lays out: fonts, paragraphs and the model behind text fields. See the README.
#![forbid(unsafe_code)]

mod breaking;
mod changes;
mod editor;
mod ellipsis;
mod emoji;
mod fonts;
mod hyphenation;
mod layout;
mod line;
mod measure;
mod paint;
mod paragraph;
mod paragraph_style;
mod query;
mod scripts;
mod shape;
mod style;
mod total_fit;

pub use concord_paint::Color;
pub use concord_paint::kurbo::{Point, Rect, Size};
pub use editor::{Change, Delete, Edit, Editor, EditorOptions, InputType, Move, Selection};
pub use fonts::{FONTS_VARIABLE, FamilyInfo, FontError, Fonts, FontsStatus, Place, PlaceStatus, Role, default_places};
pub use measure::{MeasureOptions, measure_text};
pub use paragraph::{LineMetrics, Paragraph};
pub use paragraph_style::{
    EllipsisMode, HeightAdaptivePolicy, LineBreakStrategy, ParagraphStyle, Section, TextAlign, TextDirection,
    TextOverflow, TextVerticalAlign, WordBreak,
};
pub use query::{Affinity, TextPosition};
pub use style::{
    Decoration, DecorationStyle, LineHeight, PlaceholderAlign, Span, TextBackground, TextCase, TextShadow, TextStroke,
    TextStyle,
};
