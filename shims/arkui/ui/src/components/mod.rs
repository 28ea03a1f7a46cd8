//! The components: one file each.

mod alphabet_indexer;
mod blank;
mod button;
mod canvas;
mod column;
mod controls;
pub mod custom_layout;
mod date_format;
mod divider;
mod field;
mod flex;
mod flow_item;
mod folder_stack;
mod grid;
mod grid_cells;
mod grid_col;
mod grid_item;
mod grid_row;
mod image;
mod image_animator;
mod list;
mod list_item;
mod list_item_group;
mod marquee;
mod menu;
mod menu_item;
mod missing;
mod navigation;
mod node_container;
mod pager;
mod refresh;
mod relative_container;
mod rich_editor;
mod row;
mod scroll;
mod scroll_bar;
mod shapes;
mod side_bar_container;
mod single_line;
mod split;
mod stack;
mod swiper;
mod symbol_glyph;
mod syntax;
mod tabs;
mod text;
mod text_clock;
mod text_timer;
mod water_flow;
mod window;

pub(crate) use image::draw;
pub(crate) use shapes::{parse_path, rounded_rect};

use crate::component::Component;
use crate::geometry::Axis;

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = &'static dyn Component> {
    ALL.iter().chain(controls::ALL).copied()
}

static ALL: &[&dyn Component] = &[
    &alphabet_indexer::AlphabetIndexer,
    &blank::Blank,
    &button::Button,
    &canvas::Canvas,
    &column::Column,
    &custom_layout::CustomLayout,
    &divider::Divider,
    &flex::Flex,
    &flow_item::FlowItem,
    &folder_stack::FolderStack,
    &grid::Grid,
    &grid_col::GridCol,
    &grid_item::GridItem,
    &grid_row::GridRow,
    &refresh::Refresh,
    &relative_container::RelativeContainer,
    &list::List,
    &navigation::Navigation,
    &navigation::NavDestination,
    &navigation::TitleBar,
    &navigation::BarIcon(navigation::BACK),
    &navigation::BarIcon(navigation::MORE),
    &navigation::ToolBar,
    &navigation::NavBarPart,
    &list_item::ListItem,
    &list_item_group::ListItemGroup,
    &image::Image,
    &menu::Menu { name: "Menu", least: 156.0 },
    &menu::Menu { name: "MenuItemGroup", least: 0.0 },
    &menu_item::MenuItem,
    &image_animator::ImageAnimator,
    &row::Row,
    &shapes::CIRCLE,
    &shapes::ELLIPSE,
    &shapes::LINE,
    &shapes::PATH,
    &shapes::POLYGON,
    &shapes::POLYLINE,
    &shapes::RECT,
    &shapes::ShapeContainer,
    &scroll::Scroll,
    &scroll_bar::ScrollBar,
    &side_bar_container::SideBarContainer,
    &split::Split(Axis::Vertical),
    &split::Split(Axis::Horizontal),
    &stack::Stack,
    &swiper::Swiper,
    &swiper::IndicatorPart,
    &swiper::Arrow(swiper::ArrowSide::Before),
    &swiper::Arrow(swiper::ArrowSide::Behind),
    &tabs::TabBar,
    &tabs::TabBarItem,
    &tabs::TabContent,
    &tabs::Tabs,
    &symbol_glyph::SymbolGlyph,
    &field::Field(field::Kind::Area),
    &field::Field(field::Kind::Input),
    &field::Field(field::Kind::Search),
    &marquee::Marquee,
    &rich_editor::RichEditor,
    &text::ContainerSpan,
    &text::ImageSpan,
    &text::Span,
    &text::SymbolSpan,
    &text::Text,
    &text_clock::TextClock,
    &text_timer::TextTimer,
    &syntax::Syntax("If"),
    &syntax::Syntax("ForEach"),
    &syntax::Syntax("LazyForEach"),
    &syntax::Syntax("Repeat"),
    &syntax::Syntax("__Builder__"),
    &syntax::Syntax("__Custom__"),
    &syntax::Common,
    &node_container::NodeHolder("NodeContainer"),
    &node_container::NodeHolder("FrameNode"),
    &water_flow::WaterFlow,
    &window::Page,
    &window::Window,
];

/// Those that are known by name only; a name that is also in [`all`] is that component.
pub(crate) fn missing() -> impl Iterator<Item = &'static dyn Component> {
    missing::NAMES.iter().map(|component| component as &dyn Component)
}
