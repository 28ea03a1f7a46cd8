//! Scenes for tests, of all components.

use concord_ui::Registry;
use std::sync::LazyLock;

pub(crate) use concord_ui::testing::{Scene, pixels};

/// These components, and those of the other crates.
pub(crate) static COMPONENTS: LazyLock<Registry> =
    LazyLock::new(|| Registry::new(crate::all().chain(concord_containers::all()).chain(concord_text_ui::all())));

/// A scene whose root is a component.
pub(crate) fn scene_of(component: &str) -> Scene {
    Scene::new(&COMPONENTS, component)
}
