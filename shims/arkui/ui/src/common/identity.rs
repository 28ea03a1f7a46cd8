//! What a node is called, and whether it is there: `id`, `key`, `visibility`, `enabled`, `hitTestBehavior`.

use super::{HitTest, Visibility};
use crate::change::put;
use crate::component::Method;
use std::rc::Rc;

pub(super) static METHODS: &[Method] = &[
    Method {
        name: "id",
        apply: |node, args| node.repaint(|common| put(&mut common.id, args.get(0).as_str().map(Rc::from))),
    },
    Method {
        name: "key",
        apply: |node, args| node.repaint(|common| put(&mut common.id, args.get(0).as_str().map(Rc::from))),
    },
    Method {
        name: "visibility",
        apply: |node, args| {
            node.resize(|common| {
                let visibility = match args.get(0).as_i32() {
                    Some(1) => Visibility::Hidden,
                    Some(2) => Visibility::None,
                    _ => Visibility::Visible,
                };
                put(&mut common.visibility, visibility)
            })
        },
    },
    Method {
        name: "enabled",
        apply: |node, args| node.repaint(|common| put(&mut common.disabled, args.get(0).as_bool() == Some(false))),
    },
    Method {
        name: "hitTestBehavior",
        apply: |node, args| {
            node.repaint(|common| put(&mut common.hit_test, HitTest::from_number(args.get(0).as_i32().unwrap_or(0))))
        },
    },
];
