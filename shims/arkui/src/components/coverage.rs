//! Which components and attributes there are, for the tables of `concord apis`: made from the components themselves.

use super::REGISTRY;
use concord_engine::{ErrorKind, Exception, JsResult};
use concord_runtime::{Api, Support, SystemModule, SystemScope};
use concord_ui::registry;
use std::sync::LazyLock;

/// What is global in pages. Nothing imports it.
pub(super) struct Globals;

/// What shows something above pages, in `../overlays`.
const ABOVE_PAGES: [&str; 11] = [
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
];

/// Likewise, without all of its looks.
const ABOVE_PAGES_IN_PART: [&str; 23] = [
    "ActionSheet",
    "ActionSheet.show",
    "AlertDialog",
    "AlertDialog.show",
    "CommonMethod.bindContentCover",
    "CommonMethod.bindContextMenu",
    "CommonMethod.bindMenu",
    "CommonMethod.bindPopup",
    "CommonMethod.bindSheet",
    "DatePickerDialog",
    "DatePickerDialog.show",
    "MenuAttribute.font",
    "MenuAttribute.fontColor",
    "MenuAttribute.fontSize",
    "MenuAttribute.radius",
    "MenuItemAttribute.contentFont",
    "MenuItemAttribute.labelFont",
    "MenuItemAttribute.labelFontColor",
    "TextPickerDialog",
    "TextPickerDialog.show",
    "TimePickerDialog",
    "TimePickerDialog.show",
    "UIContext",
];

static APIS: LazyLock<Vec<Api>> = LazyLock::new(|| {
    let mut apis = Vec::new();
    let mut add = |path: String, gap: Option<&'static str>| {
        let support = gap.map_or(Support::Full, Support::Partial);
        apis.push(Api { path: Box::leak(path.into_boxed_str()), support });
    };
    for name in registry::common_method_names() {
        add(format!("CommonMethod.{name}"), None);
    }
    for component in REGISTRY.all().filter(|component| !component.is_syntax() && !component.is_missing()) {
        let (name, gap) = (component.name(), component.gap());
        add(name.to_owned(), gap);
        add(format!("{name}Interface"), gap);
        for method in component.methods().iter().filter(|method| !method.name.starts_with("create")) {
            add(format!("{name}Attribute.{}", method.name), gap);
        }
    }
    for path in ABOVE_PAGES {
        apis.push(Api { path, support: Support::Full });
    }
    for path in ABOVE_PAGES_IN_PART {
        apis.push(Api { path, support: Support::Partial("shown and gone at once; previews and blurs are not drawn") });
    }
    apis.sort_unstable_by_key(|api| api.path);
    apis
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
