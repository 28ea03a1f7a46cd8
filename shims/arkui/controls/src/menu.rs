//! `Menu` and `MenuItemGroup`: items below each other, all as wide as the widest.

use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Length;
use concord_ui::value::Value;

/// The component of this name; the width in vp is the least that it has.
pub(super) struct Menu {
    pub(super) name: &'static str,
    pub(super) least: f32,
}

static METHODS: &[Method] = &[Method { name: "create", apply: |_, _| Value::Undefined }];

impl Component for Menu {
    fn name(&self) -> &'static str {
        self.name
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn looks(&self, _tree: &Tree, _node: NodeId) -> Looks {
        // The theme's corners of menus, which also cut the looks of pressed items.
        Looks { radius: (self.least > 0.0).then(|| Length::vp(20.0)), ..Looks::default() }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let (children, positioned) = pass.split_children(node);
        let own = constraint.for_child();
        let width = constraint.ideal.width.unwrap_or_else(|| {
            let mut widest = self.least * pass.tree.environment.density;
            for child in &children {
                pass.measure(*child, &own);
                widest = widest.max(pass.outer(*child).width);
            }
            widest.clamp(0.0, constraint.max.width.max(0.0))
        });
        let mut height = 0.0;
        for child in &children {
            let stretched = pass.decide(*child, own, Axis::Horizontal, width);
            pass.measure(*child, &stretched);
            height += pass.outer(*child).height;
        }
        pass.measure_positioned(&positioned, constraint);
        constraint.fit(Size::new(width, height))
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let (children, _) = pass.split_children(node);
        let mut at = content.origin;
        for child in children {
            pass.place_child(child, at);
            at = at + Point::new(0.0, pass.outer(child).height);
        }
    }
}
