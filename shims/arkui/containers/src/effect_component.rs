//! `EffectComponent`: its background effects hold for what is in it and has `useEffect`. It is laid out as a `Stack`.

use concord_ui::component::{Component, Method};
use concord_ui::geometry::Size;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;

/// The component.
pub(super) struct EffectComponent;

impl Component for EffectComponent {
    fn name(&self) -> &'static str {
        "EffectComponent"
    }

    fn methods(&self) -> &'static [Method] {
        &[
            Method { name: "create", apply: |_, _| Value::Undefined },
            // Whose content is filtered: there is one layer only.
            Method { name: "alwaysSnapshot", apply: |_, _| Value::Undefined },
        ]
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
        place_aligned(pass, node, alignment);
    }
}
