//! What every component has: size, place, looks and events. One file per group of attributes; each lists its methods.

mod accessibility;
mod alignment;
mod background;
mod blur_style;
mod border;
mod border_image;
mod click_effect;
mod color;
mod distortion;
mod effects;
mod events;
mod filters;
mod gradient;
mod identity;
mod outline;
mod overlay;
mod picture;
mod place;
mod rendering;
mod safe_area;
mod shadow;
mod shape;
mod size;
mod transform;

pub use alignment::{Alignment, FlexAlign, ItemAlign};
pub use background::Background;
pub use blur_style::Material;
pub use border::{Border, BorderStyle, Corners};
pub use border_image::{BorderImage, Repeat as BorderRepeat};
pub use color::parse_color;
pub use effects::{Effects, Rotation, Transform};
pub use filters::Filters;
pub use gradient::GradientStyle;
pub use overlay::Overlay;
pub use picture::BackgroundImage;
pub use place::{Anchor, Position};
pub use rendering::{RenderFit, Rendering};
pub use safe_area::SafeArea;
pub use shadow::Shadow;
pub use shape::BasicShape;
pub use size::{ConstraintSize, LengthEdges};

use crate::component::Method;
use crate::geometry::Edges;
use crate::units::{Environment, Length};
use crate::value::{Callback, Value};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// All common methods, by group.
pub(crate) static METHODS: &[&[Method]] = &[
    size::METHODS,
    place::METHODS,
    identity::METHODS,
    accessibility::METHODS,
    accessibility::EVENTS,
    background::METHODS,
    border::METHODS,
    effects::METHODS,
    shadow::METHODS,
    blur_style::METHODS,
    border_image::METHODS,
    click_effect::METHODS,
    distortion::METHODS,
    rendering::METHODS,
    safe_area::METHODS,
    outline::METHODS,
    overlay::METHODS,
    picture::METHODS,
    shape::METHODS,
    crate::watch::METHODS,
    crate::animation::METHODS[0],
    crate::animation::METHODS[1],
    crate::animation::METHODS[2],
    filters::METHODS,
    gradient::METHODS,
    crate::drawing::METHODS,
    transform::METHODS,
    crate::input::style::METHODS,
    crate::input::focus_style::METHODS,
    crate::input::style::EVENTS,
];

/// `Visibility`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Visibility {
    /// Shown.
    #[default]
    Visible,
    /// Not shown, but its place is kept.
    Hidden,
    /// As if it were not there.
    None,
}

/// `HitTestMode`: who besides the node gets a touch that lies in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HitTest {
    /// The node and what is in it, not the siblings below.
    #[default]
    Default,
    /// The node, but neither what is in it, nor the siblings below, nor what is around.
    Block,
    /// The node, what is in it, and the siblings below.
    Transparent,
    /// Not the node itself.
    None,
    /// The node and what is in it; neither siblings nor what is around.
    BlockHierarchy,
    /// Neither the node nor anything in it; siblings below and what is around.
    BlockDescendants,
}

impl HitTest {
    /// By the platform's number.
    pub fn from_number(number: i32) -> HitTest {
        match number {
            1 => HitTest::Block,
            2 => HitTest::Transparent,
            3 => HitTest::None,
            4 => HitTest::BlockHierarchy,
            5 => HitTest::BlockDescendants,
            _ => HitTest::Default,
        }
    }
}

/// The attributes that every component has. Unset is the default of the component.
#[derive(Debug, Default)]
pub struct Common {
    /// `width`.
    pub width: Option<Length>,
    /// `height`.
    pub height: Option<Length>,
    /// `margin`.
    pub margin: LengthEdges,
    /// `padding`.
    pub padding: LengthEdges,
    /// `safeAreaPadding`: padding that children may be told to ignore.
    pub safe_area_padding: Option<Box<LengthEdges>>,
    /// `constraintSize`.
    pub constraint_size: Option<Box<ConstraintSize>>,
    /// `aspectRatio`: width by height.
    pub aspect_ratio: Option<f32>,
    /// `layoutWeight`; 0 is none.
    pub layout_weight: f32,
    /// `displayPriority`.
    pub display_priority: f32,
    /// Set by the parent's layout: the group of this `displayPriority` does not fit.
    pub hidden_by_parent: bool,
    /// `flexGrow`.
    pub flex_grow: Option<f32>,
    /// `flexShrink`.
    pub flex_shrink: Option<f32>,
    /// `flexBasis`; none is `auto`.
    pub flex_basis: Option<Length>,
    /// `alignSelf`.
    pub align_self: Option<ItemAlign>,
    /// `align`: where content and children lie.
    pub align: Option<Alignment>,
    /// `layoutGravity`: where it lies in a `Stack`.
    pub layout_gravity: Option<Alignment>,
    /// `position`.
    pub position: Option<Box<Position>>,
    /// `offset`.
    pub offset: Option<Box<Position>>,
    /// `markAnchor`.
    pub mark_anchor: Option<Box<Anchor>>,
    /// `direction`; none follows the parent.
    pub direction: Option<Direction>,
    /// `zIndex`.
    pub z_index: i32,
    /// `outline`.
    pub outline: Option<Box<Border>>,
    /// `overlay` with a text.
    pub overlay: Option<Box<Overlay>>,
    /// `visibility`.
    pub visibility: Visibility,
    /// `enabled`.
    pub disabled: bool,
    /// `id` and the older `key`.
    pub id: Option<Rc<str>>,
    /// `hitTestBehavior`.
    pub hit_test: HitTest,
    /// Behind the content.
    pub background: Background,
    /// Around the content.
    pub border: Option<Box<Border>>,
    /// `borderImage`, drawn instead of the border.
    pub border_image: Option<Box<BorderImage>>,
    /// `clip(true)`.
    pub clip: bool,
    /// What it does with the areas of the system.
    pub safe_area: SafeArea,
    /// How it is drawn: as a group, half way between two sizes, without its words.
    pub rendering: Rendering,
    /// Opacity, transforms, shadows, filters.
    pub effects: Effects,
    /// What input reads; few nodes have any of it.
    pub input: Option<Box<crate::input::InputStyle>>,
    /// Handlers of events by the name of the method that sets them.
    pub events: FxHashMap<&'static str, Callback>,
    /// Attributes that few nodes have and that one reader looks for by name (`alignRules`, `chainMode`, `gridSpan` …), as given.
    pub extra: FxHashMap<&'static str, Value>,
}

/// `Direction`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Common {
    /// Whether it takes no part in layout.
    pub fn is_gone(&self) -> bool {
        self.visibility == Visibility::None
    }

    /// Whether content runs from right to left. `direction` is not inherited: without one, the locale decides.
    pub fn is_right_to_left(&self, environment: &Environment) -> bool {
        self.direction.map_or(environment.right_to_left, |direction| direction == Direction::Rtl)
    }

    /// The margin in px, `default` for the edges without one; percentages are parts of the width of the parent's content. May be
    /// negative.
    pub fn margin_in(&self, default: &LengthEdges, environment: &Environment, width: f32) -> Edges {
        let right_to_left = self.is_right_to_left(environment);
        if *default == LengthEdges::default() {
            return self.margin.resolve(environment, width, right_to_left);
        }
        let ((left, right), own) = (self.margin.left_right(right_to_left), default.left_right(right_to_left));
        let or = |given: &Option<Length>, default: &Option<Length>| given.clone().or_else(|| default.clone());
        let margin = LengthEdges {
            left: or(left, own.0),
            right: or(right, own.1),
            top: or(&self.margin.top, &default.top),
            bottom: or(&self.margin.bottom, &default.bottom),
            ..LengthEdges::default()
        };
        margin.resolve(environment, width, right_to_left)
    }

    /// The padding in px, `default` where there is none; percentages are parts of the width of the parent's content.
    pub fn padding_in(&self, default: &LengthEdges, environment: &Environment, width: f32) -> Edges {
        let right_to_left = self.is_right_to_left(environment);
        let resolve = |edges: &LengthEdges| {
            let edges = edges.resolve(environment, width, right_to_left);
            Edges {
                left: edges.left.max(0.0),
                top: edges.top.max(0.0),
                right: edges.right.max(0.0),
                bottom: edges.bottom.max(0.0),
            }
        };
        let padding = if self.padding == LengthEdges::default() { default } else { &self.padding };
        resolve(padding) + self.safe_area_padding.as_deref().map_or(Edges::default(), resolve)
    }

    /// Border widths in px.
    pub fn border_widths(&self, environment: &Environment) -> Edges {
        self.border
            .as_ref()
            .map_or(Edges::default(), |border| border.widths(environment, self.is_right_to_left(environment)))
    }
}
