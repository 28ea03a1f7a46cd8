//! The containers of ArkUI: components that arrange others, the windows and pages they are in, and the nodes that only group
//! (`If`, `ForEach` …). One file each; algorithms that several share are in `layout`.
#![forbid(unsafe_code)]

mod blank;
mod chain;
pub mod custom_layout;
mod effect_component;
#[cfg(test)]
mod fading_edge_tests;
mod flex;
mod flow_item;
mod folder_stack;
mod grid;
mod grid_col;
mod grid_item;
mod grid_row;
mod hiding;
mod item_drag;
mod items;
mod layout;
mod lazy;
mod lazy_v_grid_layout;
mod line;
mod list;
mod list_item;
mod list_item_group;
mod navigation;
mod node_container;
mod pager;
mod refresh;
mod relative_container;
mod render_node;
mod scroll;
mod scroll_bar;
mod scroll_zoom;
mod select_box;
mod side_bar_container;
mod split;
mod stack;
mod swiper;
mod syntax;
mod tabs;
#[cfg(test)]
mod testing;
mod values;
mod water_flow;
mod window;

use concord_ui::Component;
use concord_ui::geometry::Axis;

/// All of them.
pub fn all() -> impl Iterator<Item = &'static dyn Component> {
    ALL.iter().copied()
}

static ALL: &[&dyn Component] = &[
    &blank::Blank,
    &line::Line(Axis::Vertical),
    &custom_layout::CustomLayout,
    &effect_component::EffectComponent,
    &flex::Flex,
    &flow_item::FlowItem,
    &folder_stack::FolderStack,
    &grid::Grid,
    &grid_col::GridCol,
    &grid_item::GridItem,
    &grid_row::GridRow,
    &refresh::Refresh,
    &relative_container::RelativeContainer,
    &render_node::RenderNode,
    &lazy_v_grid_layout::LazyVGridLayout,
    &list::List,
    &navigation::Navigation,
    &navigation::NavDestination,
    &navigation::TitleBar,
    &navigation::BarIcon(navigation::BACK),
    &navigation::BarIcon(navigation::MORE),
    &navigation::ToolBar,
    &navigation::NavBarPart,
    &navigation::NavigationDivider,
    &list_item::ListItem,
    &list_item_group::ListItemGroup,
    &line::Line(Axis::Horizontal),
    &scroll::Scroll,
    &scroll_bar::ScrollBar,
    &side_bar_container::SideBarContainer,
    &split::Split(Axis::Vertical),
    &split::SplitDivider,
    &side_bar_container::SideBarButton,
    &side_bar_container::SideBarDivider,
    &split::Split(Axis::Horizontal),
    &stack::Stack,
    &swiper::Swiper,
    &swiper::IndicatorComponent,
    &swiper::IndicatorPart,
    &swiper::Arrow(swiper::ArrowSide::Before),
    &swiper::Arrow(swiper::ArrowSide::Behind),
    &tabs::TabBar,
    &tabs::TabBarItem,
    &tabs::TabContent,
    &tabs::Tabs,
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
