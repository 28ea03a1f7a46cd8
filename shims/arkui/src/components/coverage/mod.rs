//! What is global in pages, for the tables of `concord apis`: components and attributes as the components list them, enumerations
//! as pages get them, classes as the library has them (`classes.txt`, which a test writes), and what a table here adds. Nothing is claimed by a prefix:
//! rows end with `=` and are about one API each.

mod containers;
mod declarations;
mod language;
mod motion;

use super::REGISTRY;
use concord_engine::{ErrorKind, Exception, JsResult};
use concord_runtime::{Api, Support, SystemModule, SystemScope};
use concord_ui::registry;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What is global in pages. Nothing imports it.
pub(super) struct Globals;

/// What shows something above pages, in `../overlays`.
const ABOVE_PAGES: &[&str] = &[
    "CustomDialogController",
    "CustomDialogController.constructor",
    "CustomDialogController.open",
    "CustomDialogController.close",
    "CustomDialogController.getState",
    "ContextMenu",
    "ContextMenu.close",
    "MenuItemAttribute.selected",
    "MenuItemAttribute.selectIcon",
    "MenuItemAttribute.onChange",
    "MenuItemAttribute.contentFontColor",
    "CalendarPickerDialog",
    "CalendarPickerDialog.show",
    "DatePickerDialog",
    "DatePickerDialog.show",
    "LocationButtonAttribute.onClick",
    "MenuAttribute.font",
    "MenuAttribute.fontColor",
    "MenuAttribute.fontSize",
    "MenuAttribute.radius",
    "MenuItemAttribute.contentFont",
    "MenuItemAttribute.labelFont",
    "MenuItemAttribute.labelFontColor",
    "PasteButtonAttribute.onClick",
    "SaveButtonAttribute.onClick",
    "TextPickerDialog",
    "TextPickerDialog.show",
    "TimePickerDialog",
    "TimePickerDialog.show",
];

/// Likewise, without all of its looks.
const ABOVE_PAGES_IN_PART: &[&str] = &[
    "ActionSheet",
    "ActionSheet.show",
    "AlertDialog",
    "AlertDialog.show",
    "CommonMethod.bindContentCover",
    "CommonMethod.bindContextMenu",
    "CommonMethod.bindMenu",
    "CommonMethod.bindPopup",
    "CommonMethod.bindSheet",
    "UIContext",
];

/// Attributes and events of all components that the classes of pages add to those of the tree, and words of the language that
/// the compiler turns into calls.
const OF_ALL: &[&str] = &[
    "allowDrop",
    "animation",
    "attributeModifier",
    "bindContextMenuByIsShow",
    "bindContextMenuByResponseType",
    "bindContextMenuWithResponse",
    "bindTips",
    "customProperty",
    "dragPreview",
    "dragPreviewOptions",
    "drawModifier",
    "gestureModifier",
    "nextFocus",
    "reuse",
    "reuseId",
    "stateStyles",
];

/// What all components of a kind have, by the component that is asked for it.
const SHARED: &[(&str, &str)] = &[
    ("ScrollableCommonMethod", "Scroll"),
    ("SecurityComponentMethod", "SaveButton"),
    ("CommonShapeMethod", "Rect"),
    ("BaseSpan", "Span"),
];

/// Of custom components: what the library calls, and what pages call.
const VIEWS: &[&str] = &[
    "aboutToAppear",
    "aboutToDisappear",
    "aboutToRecycle",
    "aboutToReuse",
    "build",
    "getUIContext",
    "getUniqueId",
    "onBackPress",
    "onDidBuild",
    "onLayout",
    "onMeasure",
    "onMeasureSize",
    "onNewParam",
    "onPageHide",
    "onPageShow",
    "onPlaceChildren",
    "onWillApplyTheme",
    "pageTransition",
    "queryNavDestinationInfo",
    "queryNavigationInfo",
    "queryRouterPageInfo",
];

/// Methods of events; the objects are made by the bridge.
const EVENTS: &[(&str, &[&str])] = &[
    (
        "AppStorage",
        &[
            "has",
            "get",
            "set",
            "setOrCreate",
            "ref",
            "setAndRef",
            "link",
            "prop",
            "setAndLink",
            "setAndProp",
            "delete",
            "clear",
            "keys",
            "size",
        ],
    ),
    ("focusControl", &["requestFocus"]),
    ("cursorControl", &["setCursor", "restoreDefault"]),
    (
        "GestureControl",
        &[
            "GestureType",
            "GestureType.TAP_GESTURE",
            "GestureType.LONG_PRESS_GESTURE",
            "GestureType.PAN_GESTURE",
            "GestureType.PINCH_GESTURE",
            "GestureType.SWIPE_GESTURE",
            "GestureType.ROTATION_GESTURE",
            "GestureType.DRAG",
            "GestureType.CLICK",
            "GestureType.BOX_SELECT_GESTURE",
            "GestureType.WEB_SCROLL_GESTURE",
            "GestureType.TEXT_FIELD_SELECT_GESTURE",
            "GestureType.CONTEXT_MENU_HOVER_GESTURE",
        ],
    ),
    ("DrawModifier", &["drawBehind", "drawContent", "drawFront", "drawForeground", "invalidate"]),
    (
        "DataChangeListener",
        &[
            "onDataReloaded",
            "onDataAdded",
            "onDataMoved",
            "onDataDeleted",
            "onDataChanged",
            "onDataAdd",
            "onDataMove",
            "onDataDelete",
            "onDataChange",
            "onDatasetChange",
        ],
    ),
    ("BaseEvent", &["getModifierKeyState"]),
    ("ClickEvent", &["preventDefault"]),
    ("TouchEvent", &["getHistoricalPoints", "stopPropagation", "preventDefault"]),
    ("MouseEvent", &["stopPropagation"]),
    ("HoverEvent", &["stopPropagation"]),
    ("KeyEvent", &["getModifierKeyState", "stopPropagation"]),
    (
        "AxisEvent",
        &["getHorizontalAxisValue", "getVerticalAxisValue", "getPinchAxisScaleValue", "hasAxis", "stopPropagation"],
    ),
    ("SubmitEvent", &["keepEditableState"]),
    ("EventLocationInfo", &["getCurrentLocalPosition"]),
    ("FingerInfo", &["getCurrentLocalPosition"]),
    ("TouchObject", &["getCurrentLocalPosition"]),
    ("Measurable", &["measure", "getMargin", "getPadding", "getBorderWidth"]),
    ("Layoutable", &["layout", "getMargin", "getPadding", "getBorderWidth"]),
    (
        "AttributeModifier",
        &[
            "applyNormalAttribute",
            "applyPressedAttribute",
            "applyFocusedAttribute",
            "applyDisabledAttribute",
            "applySelectedAttribute",
        ],
    ),
    ("ContentModifier", &["applyContent"]),
    ("GestureModifier", &["applyGesture"]),
    ("IDataSource", &["totalCount", "getData", "registerDataChangeListener", "unregisterDataChangeListener"]),
    ("GestureInterface", &["tag", "allowedTypes"]),
    ("GestureHandler", &["tag", "allowedTypes"]),
    ("GestureGroupInterface", &["", "tag", "onCancel"]),
    ("GestureGroupHandler", &["tag", "onCancel"]),
];

/// Classes of the library by name, with what they and their objects have: a line each, made by `tests/coverage.rs`.
fn reflected() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    include_str!("classes.txt").lines().filter_map(|line| {
        let mut words = line.split(' ');
        Some((words.next().filter(|name| !name.is_empty())?, words))
    })
}

/// Gestures, whose classes are made by a rule: `TapGesture`, `TapGestureHandler` and their handlers.
const GESTURES: [&str; 6] = ["Tap", "LongPress", "Pan", "Pinch", "Rotation", "Swipe"];
const HANDLERS: [&str; 5] = ["onAction", "onActionStart", "onActionUpdate", "onActionEnd", "onActionCancel"];

fn enumerations(add: &mut impl FnMut(String, Support)) {
    for line in include_str!("../../globals/enums.txt").lines() {
        let mut words = line.split(' ');
        let Some(name) = words.next().filter(|name| !name.is_empty()) else { continue };
        add(name.to_owned(), Support::Full);
        for member in words.filter_map(|word| word.split('=').next()) {
            add(format!("{name}.{member}"), Support::Full);
        }
    }
}

fn components(add: &mut impl FnMut(String, Support)) {
    let common = registry::common_method_names();
    for name in common.iter().copied().chain(OF_ALL.iter().copied()) {
        add(format!("CommonMethod.{name}"), Support::Full);
    }
    add("CommonMethod".to_owned(), Support::Full);
    add("CommonInstance".to_owned(), Support::Full);
    add("CommonAttribute".to_owned(), Support::Full);
    for name in &common {
        let mut letters = name.chars();
        let Some(first) = letters.next() else { continue };
        add(format!("UICommonEvent.set{}{}", first.to_ascii_uppercase(), letters.as_str()), Support::Full);
    }
    add("UICommonEvent.setOnDisappear".to_owned(), Support::Full);
    for component in REGISTRY.all().filter(|component| !component.is_syntax() && !component.is_missing()) {
        let name = component.name();
        let support = component.gap().map_or(Support::Full, Support::Partial);
        // The last is a call of the interface itself.
        for form in ["", "Interface", "Attribute", "Instance", "Interface."] {
            add(format!("{name}{form}"), support);
        }
        for method in component.methods().iter().filter(|method| !method.name.starts_with("create")) {
            add(format!("{name}Attribute.{}", method.name), support);
        }
    }
    for (shared, component) in SHARED {
        if let Some(component) = REGISTRY.get(component) {
            add((*shared).to_owned(), Support::Full);
            for method in REGISTRY.method_names(component) {
                add(format!("{shared}.{method}"), Support::Full);
            }
        }
    }
}

fn classes(add: &mut impl FnMut(String, Support)) {
    for (class, members) in reflected().filter(|(class, _)| !declarations::is_own(class)) {
        add(class.to_owned(), Support::Full);
        add(format!("{class}.constructor"), Support::Full);
        for member in members {
            add(format!("{class}.{member}"), Support::Full);
        }
    }
    for gesture in GESTURES {
        for form in ["Gesture", "GestureInterface", "GestureHandler"] {
            add(format!("{gesture}{form}"), Support::Full);
            add(format!("{gesture}{form}.constructor"), Support::Full);
            add(format!("{gesture}{form}."), Support::Full);
            for handler in HANDLERS {
                add(format!("{gesture}{form}.{handler}"), Support::Full);
            }
        }
    }
    for function in [
        "animateTo",
        "animateToImmediately",
        "wrapBuilder",
        "mutableBuilder",
        "getContext",
        "canIUse",
        "$r",
        "$rawfile",
        "Env",
    ] {
        add(function.to_owned(), Support::Full);
    }
    for decorator in language::DECORATORS {
        add((*decorator).to_owned(), Support::Full);
    }
    for called in language::CALLED {
        for form in ["", "Interface", "Interface."] {
            add(format!("{called}{form}"), Support::Full);
        }
    }
    for (owner, members) in EVENTS.iter().chain(language::MEMBERS) {
        add((*owner).to_owned(), Support::Full);
        for member in *members {
            add(format!("{owner}.{member}"), Support::Full);
        }
    }
    for owner in ["BaseCustomComponent", "CustomComponent", "CustomComponentV2"] {
        add(owner.to_owned(), Support::Full);
        for member in VIEWS {
            add(format!("{owner}.{member}"), Support::Full);
        }
    }
}

/// Files of the platform's declarations that are no modules of their own.
pub(super) fn declarations() -> impl Iterator<Item = &'static dyn SystemModule> {
    declarations::ALL.iter().map(|one| one as &'static dyn SystemModule)
}

/// What is taken without all of its effect, in input and drags.
const INPUT_IN_PART: &[(&str, &str)] = &[
    ("CommonMethod.dragPreviewOptions", "badges and opacity; other looks of previews are not drawn"),
    ("CommonMethod.enableClickSoundEffect", "no sound is made"),
    ("CommonMethod.onAccessibilityActionIntercept", "no assistive technology calls it"),
    ("CommonMethod.onAccessibilityFocus", "no assistive technology calls it"),
    ("CommonMethod.onAccessibilityHover", "no assistive technology calls it"),
    ("CommonMethod.onAccessibilityHoverTransparent", "no assistive technology calls it"),
    ("CommonMethod.onDigitalCrown", "there is no such device"),
    ("CommonMethod.onFocusAxisEvent", "there is no such device"),
    ("CommonMethod.onGestureCollectIntercept", "never asked"),
];

static APIS: LazyLock<Vec<Api>> = LazyLock::new(|| {
    let mut paths = BTreeMap::new();
    let mut add = |path: String, support: Support| {
        paths.insert(path, support);
    };
    classes(&mut add);
    enumerations(&mut add);
    // Last: they know their gaps.
    components(&mut add);
    containers::rows(&mut add);
    for (owner, members) in motion::TRANSITIONS {
        for member in *members {
            add(format!("{owner}.{member}"), Support::Full);
        }
        if !owner.ends_with("Attribute") {
            add((*owner).to_owned(), Support::Full);
        }
    }
    for (path, missing) in motion::IN_PART.iter().chain(INPUT_IN_PART) {
        add((*path).to_owned(), Support::Partial(missing));
    }
    for path in ABOVE_PAGES {
        add((*path).to_owned(), Support::Full);
    }
    for path in ABOVE_PAGES_IN_PART {
        let support = Support::Partial("hover modes of foldable screens and windows of their own are not there");
        paths.insert((*path).to_owned(), support);
    }
    // They live as long as the process, as tables do.
    let leak = |path: String| -> &'static str { Box::leak(format!("{path}=").into_boxed_str()) };
    paths.into_iter().map(|(path, support)| Api { path: leak(path), support }).collect()
});

impl SystemModule for Globals {
    fn request(&self) -> &'static str {
        "global:ets"
    }

    fn apis(&self) -> &'static [Api] {
        &APIS
    }

    fn instantiate(&self, scope: &SystemScope<'_>) -> JsResult {
        Err(Exception(scope.context.error(ErrorKind::Error, "global:ets is no module")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_exists_is_named_once() {
        let has = |path: &str| APIS.iter().filter(|api| api.path == path).count();
        for path in [
            "ImageFit.Cover=",
            "CommonMethod.onDragStart=",
            "ButtonAttribute.type=",
            "Scroller.scrollTo=",
            "DragEvent.getSummary=",
            "PanGestureHandler.onActionStart=",
            "LocalStorage.get=",
        ] {
            assert_eq!(has(path), 1, "{path}");
        }
        assert_eq!(has("ButtonAttribute.noSuchAttribute="), 0);
    }
}
