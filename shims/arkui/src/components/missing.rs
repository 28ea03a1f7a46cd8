//! Components that are not there yet: a box with the common attributes, children on top of each other. A page with one shows
//! everything else, and the run's report names it.

use concord_ui::component::{Component, Method};
use concord_ui::geometry::Size;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;

/// A component that is known by name only.
struct Missing(&'static str);

impl Component for Missing {
    fn name(&self) -> &'static str {
        self.0
    }

    fn is_leaf(&self) -> bool {
        CHILDLESS.contains(&self.0)
    }

    fn is_missing(&self) -> bool {
        true
    }

    fn methods(&self) -> &'static [Method] {
        &[Method { name: "create", apply: |_, _| Value::Undefined }]
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
        place_aligned(pass, node, alignment);
    }
}

/// Those among them that have no children: most are never popped by compiled pages.
const CHILDLESS: &[&str] = &[
    "AlphabetIndexer",
    "Calendar",
    "CalendarPicker",
    "Checkbox",
    "Circle",
    "DataPanel",
    "DatePicker",
    "Ellipse",
    "Image",
    "ImageAnimator",
    "IndicatorComponent",
    "Line",
    "LoadingProgress",
    "LocationButton",
    "MediaCachedImage",
    "PageTransitionEnter",
    "PageTransitionExit",
    "PasteButton",
    "Path",
    "PatternLock",
    "Polygon",
    "Polyline",
    "Progress",
    "QRCode",
    "Radio",
    "Rating",
    "Rect",
    "RichText",
    "SaveButton",
    "Select",
    "Slider",
    "TextPicker",
    "TimePicker",
];

/// All of them; a name that is also that of a component which is there is that component.
pub(super) fn all() -> impl Iterator<Item = &'static dyn Component> {
    NAMES.iter().map(|component| component as &dyn Component)
}

/// Names of the platform's components.
static NAMES: &[Missing] = &[
    Missing("AbilityComponent"),
    Missing("AlphabetIndexer"),
    Missing("Animator"),
    Missing("Badge"),
    Missing("Blank"),
    Missing("Button"),
    Missing("Calendar"),
    Missing("CalendarPicker"),
    Missing("Canvas"),
    Missing("Checkbox"),
    Missing("CheckboxGroup"),
    Missing("Circle"),
    Missing("ColumnSplit"),
    Missing("ContentSlot"),
    Missing("Counter"),
    Missing("DataPanel"),
    Missing("DatePicker"),
    Missing("Divider"),
    Missing("EffectComponent"),
    Missing("Ellipse"),
    Missing("Flex"),
    Missing("FlowItem"),
    Missing("FolderStack"),
    Missing("FormLink"),
    Missing("Gauge"),
    Missing("Grid"),
    Missing("GridCol"),
    Missing("GridContainer"),
    Missing("GridItem"),
    Missing("GridRow"),
    Missing("Hyperlink"),
    Missing("Image"),
    Missing("ImageAnimator"),
    Missing("IndicatorComponent"),
    Missing("LazyVGridLayout"),
    Missing("Line"),
    Missing("List"),
    Missing("ListItem"),
    Missing("ListItemGroup"),
    Missing("LoadingProgress"),
    Missing("LocationButton"),
    Missing("MediaCachedImage"),
    Missing("Menu"),
    Missing("MenuItem"),
    Missing("MenuItemGroup"),
    Missing("NavDestination"),
    Missing("NavRouter"),
    Missing("Navigation"),
    Missing("Navigator"),
    Missing("Panel"),
    Missing("PasteButton"),
    Missing("Path"),
    Missing("PatternLock"),
    Missing("Polygon"),
    Missing("Polyline"),
    Missing("Progress"),
    Missing("QRCode"),
    Missing("Radio"),
    Missing("Rating"),
    Missing("Rect"),
    Missing("Refresh"),
    Missing("RelativeContainer"),
    Missing("RichText"),
    Missing("RowSplit"),
    Missing("SaveButton"),
    Missing("Scroll"),
    Missing("ScrollBar"),
    Missing("Select"),
    Missing("Shape"),
    Missing("SideBarContainer"),
    Missing("Slider"),
    Missing("Stepper"),
    Missing("StepperItem"),
    Missing("Swiper"),
    Missing("TabContent"),
    Missing("Tabs"),
    Missing("TextPicker"),
    Missing("TimePicker"),
    Missing("Toggle"),
    Missing("ToolBarItem"),
    Missing("UIPickerComponent"),
    Missing("WaterFlow"),
    Missing("WithTheme"),
];
