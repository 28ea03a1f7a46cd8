//! Files of the platform's declarations that no app imports: `@ohos.arkui.node` and `@ohos.arkui.modifier` hand out what they
//! declare. Their rows in the list of APIs are about classes of the library.

use super::reflected;
use concord_engine::{ErrorKind, Exception, JsResult};
use concord_runtime::{Api, Support, SystemModule, SystemScope};
use std::sync::LazyLock;

/// One file.
pub(super) struct Declarations {
    request: &'static str,
    apis: Vec<Api>,
}

/// Classes that are declared in such files.
const OWN: &[&str] = &[
    "AttributeUpdater",
    "BuilderNode",
    "ColorMetrics",
    "ComponentContent",
    "Content",
    "FrameNode",
    "LengthMetrics",
    "NodeAdapter",
    "NodeContent",
    "NodeController",
    "ReactiveBuilderNode",
    "ReactiveComponentContent",
    "RenderNode",
    "ShapeClip",
    "ShapeMask",
    "TypedFrameNode",
    "XComponentNode",
];

/// Whether a class is declared in a file of its own.
pub(super) fn is_own(class: &str) -> bool {
    OWN.binary_search(&class).is_ok()
}

/// Files with one class, which extends `CommonModifier`.
const MODIFIERS: &str = "AlphabetIndexer Blank Button CalendarPicker Checkbox CheckboxGroup Column ColumnSplit Common \
    ContainerReader ContainerSpan Counter DataPanel DatePicker Divider Gauge Grid GridCol GridItem GridRow Hyperlink Image \
    ImageAnimator ImageSpan Line List ListItem ListItemGroup LoadingProgress Marquee Menu MenuItem NavDestination Navigation \
    Particle Path PatternLock Polygon Polyline Progress QRCode Radio Rating Rect Refresh RichEditor Row RowSplit Scroll Search \
    Select SelectionContainer Shape SideBarContainer Slider Span Stack Swiper SymbolGlyph SymbolSpan Tabs Text TextArea \
    TextClock TextInput TextPicker TextTimer TimePicker Toggle Video WaterFlow";

/// Rows for classes of the library, and for more paths.
fn rows(classes: &[&str], more: impl IntoIterator<Item = String>) -> Vec<Api> {
    let known = reflected().filter(|(class, _)| classes.contains(class)).flat_map(|(class, members)| {
        std::iter::once(class.to_owned()).chain(members.map(move |member| format!("{class}.{member}")))
    });
    let mut paths: Vec<String> = known.chain(more).collect();
    let classes: Vec<String> = paths.iter().filter(|path| !path.contains('.')).cloned().collect();
    paths.extend(classes.into_iter().map(|class| format!("{class}.constructor")));
    paths.sort_unstable();
    paths.dedup();
    // They live as long as the process, as tables do.
    let leak = |path: String| -> &'static str { Box::leak(format!("{path}=").into_boxed_str()) };
    paths.into_iter().map(|path| Api { path: leak(path), support: Support::Full }).collect()
}

fn enumeration(name: &str, members: &str) -> Vec<String> {
    let members = members.split_whitespace().map(|member| format!("{name}.{member}"));
    std::iter::once(name.to_owned()).chain(members).collect()
}

/// All of them.
pub(super) static ALL: LazyLock<Vec<Declarations>> = LazyLock::new(|| {
    let frame_node = [
        enumeration("ExpandMode", "NOT_EXPAND EXPAND LAZY_EXPAND LAZY_NOT_EXPAND"),
        enumeration("ChildrenCountMode", "ALL_EXPAND ONLY_EXPANDED ALL_NOT_EXPAND"),
        enumeration("UIState", "NORMAL PRESSED FOCUSED DISABLED SELECTED HOVERED"),
        // Apps override these.
        enumeration("FrameNode", "onDraw onMeasure onLayout"),
        enumeration("typeNode", "createNode getAttribute getEvent bindController"),
        enumeration(
            "NodeAdapter",
            "onAttachToNode onDetachFromNode onGetChildId onCreateChild onDisposeChild onUpdateChild",
        ),
    ];
    let graphics = [
        enumeration("LengthUnit", "PX VP FP PERCENT LPX"),
        enumeration("LengthMetricsUnit", "DEFAULT PX"),
        enumeration("LengthMetrics", "unit value"),
        enumeration("DrawContext", "size sizeInPixel canvas"),
        ["edgeColors", "edgeWidths", "borderStyles", "borderRadiuses"].map(str::to_owned).to_vec(),
    ];
    let builder = enumeration("NodeRenderType", "RENDER_TYPE_DISPLAY RENDER_TYPE_TEXTURE");
    let mut all = vec![
        Declarations {
            request: "arkui/FrameNode",
            apis: rows(&["FrameNode", "TypedFrameNode", "NodeAdapter"], frame_node.into_iter().flatten()),
        },
        Declarations { request: "arkui/BuilderNode", apis: rows(&["BuilderNode", "ReactiveBuilderNode"], builder) },
        Declarations {
            request: "arkui/ComponentContent",
            apis: rows(&["ComponentContent", "ReactiveComponentContent"], None),
        },
        Declarations { request: "arkui/Content", apis: rows(&["Content"], None) },
        Declarations { request: "arkui/NodeContent", apis: rows(&["NodeContent"], None) },
        Declarations { request: "arkui/NodeController", apis: rows(&["NodeController"], None) },
        Declarations { request: "arkui/RenderNode", apis: rows(&["RenderNode"], None) },
        Declarations {
            request: "arkui/Graphics",
            apis: rows(&["LengthMetrics", "ColorMetrics", "ShapeMask", "ShapeClip"], graphics.into_iter().flatten()),
        },
        Declarations { request: "arkui/XComponentNode", apis: rows(&["XComponentNode"], None) },
        Declarations {
            request: "arkui/AttributeUpdater",
            apis: rows(&["AttributeUpdater"], ["AttributeUpdater.onComponentChanged".to_owned()]),
        },
    ];
    all.extend(MODIFIERS.split_whitespace().map(|name| Declarations {
        request: Box::leak(format!("arkui/{name}Modifier").into_boxed_str()),
        apis: rows(&[], enumeration(&format!("{name}Modifier"), "applyNormalAttribute")),
    }));
    all
});

impl SystemModule for Declarations {
    fn request(&self) -> &'static str {
        self.request
    }

    fn apis(&self) -> &'static [Api] {
        // `ALL` lives as long as the process.
        ALL.iter().find(|known| known.request == self.request).map_or(&[], |known| known.apis.as_slice())
    }

    fn instantiate(&self, scope: &SystemScope<'_>) -> JsResult {
        let message = format!(
            "{} is no module of its own: it is imported from @ohos.arkui.node or @ohos.arkui.modifier",
            self.request
        );
        Err(Exception(scope.context.error(ErrorKind::Error, &message)))
    }
}
