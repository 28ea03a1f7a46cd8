//! What the inspector and UiTest see of a node.

use crate::common::Visibility;
use crate::geometry::Rect;
use crate::tree::{NodeId, Tree};
use crate::units::{Environment, Length, Unit};
use concord_paint::Color;
use serde_json::{Map, Value as Json, json};

/// Attributes of a node in the inspector's notation, in order.
#[derive(Debug, Default)]
pub struct Attributes(pub Map<String, Json>);

impl Attributes {
    /// A text.
    pub fn text(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), Json::String(value.into()));
    }

    /// A boolean, which the platform writes as text.
    pub fn flag(&mut self, name: &str, value: bool) {
        self.text(name, if value { "true" } else { "false" });
    }

    /// A length with its unit.
    pub fn length(&mut self, name: &str, length: &Length, environment: &Environment) {
        self.text(name, describe_length(length, environment));
    }

    /// A colour as `#AARRGGBB`.
    pub fn color(&mut self, name: &str, color: Color) {
        self.text(name, format!("#{:08X}", color.to_argb()));
    }

    /// Anything.
    pub fn json(&mut self, name: &str, value: Json) {
        self.0.insert(name.to_owned(), value);
    }
}

/// A length as the inspector writes it: two decimals and the unit.
pub fn describe_length(length: &Length, environment: &Environment) -> String {
    match length {
        Length::Plain(number, unit) => {
            let (number, unit) = match unit {
                Unit::Px => (*number, "px"),
                Unit::Vp => (*number, "vp"),
                Unit::Fp => (*number, "fp"),
                Unit::Lpx => (*number, "lpx"),
                Unit::Percent => (*number * 100.0, "%"),
            };
            format!("{number:.2}{unit}")
        }
        length => format!("{:.2}px", length.to_px(environment)),
    }
}

/// A rectangle as the inspector writes it, in px.
pub fn describe_rect(rect: &Rect) -> String {
    format!("[{:.2}, {:.2}],[{:.2}, {:.2}]", rect.origin.x, rect.origin.y, rect.right(), rect.bottom())
}

/// The attributes of a node, common ones included.
pub fn attributes(tree: &Tree, id: NodeId) -> Attributes {
    let mut out = Attributes::default();
    let Some(node) = tree.get(id) else { return out };
    let common = &node.common;
    let environment = &tree.environment;
    for (name, length) in [("width", &common.width), ("height", &common.height)] {
        match length {
            Some(length) => out.length(name, length, environment),
            None => out.text(name, "-"),
        }
    }
    out.text("id", common.id.as_deref().unwrap_or_default());
    out.text("opacity", format!("{}", node.shown_effects().opacity.unwrap_or(1.0)));
    out.text(
        "visibility",
        match common.visibility {
            Visibility::Visible => "Visibility.Visible",
            Visibility::Hidden => "Visibility.Hidden",
            Visibility::None => "Visibility.None",
        },
    );
    out.flag("enabled", !common.disabled);
    out.flag("clickable", common.events.contains_key("onClick"));
    out.color("backgroundColor", node.shown_background().unwrap_or(Color::TRANSPARENT));
    common.inspect_accessibility(&mut out);
    node.component.inspect(tree, id, &mut out);
    out
}

/// A node and everything in it, as `getInspectorTree` gives it. Syntax nodes are left out.
pub fn describe(tree: &Tree, id: NodeId) -> Json {
    let Some(node) = tree.get(id) else { return Json::Null };
    let children: Vec<Json> = tree
        .frame_children(id)
        .into_iter()
        .filter(|child| !tree.is_only_drawn(*child))
        .map(|child| describe(tree, child))
        .collect();
    json!({
        "$type": node.component.name(),
        "$ID": node.element,
        "type": "build-in",
        "$rect": describe_rect(&tree.window_frame(id)),
        "$attrs": Json::Object(attributes(tree, id).0),
        "$children": children,
    })
}
