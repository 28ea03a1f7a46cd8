//! The app as a pass over the tree sees it.

use super::{Ui, convert, report};
use concord_ability::state::AppState;
use concord_engine::{Context, JsResult, Value as Js};
use concord_paint::Canvas;
use concord_runtime::Runtime;
use concord_ui::pictures::Source;
use concord_ui::pixels::Pixels;
use concord_ui::value::Resource;
use concord_ui::{Callback, Host, NodeId, Tree, Value};
use percent_encoding::percent_decode_str;
use std::rc::Rc;
use std::sync::Arc;

/// Largest file that is read for a picture.
const MAX_FILE: u64 = 256 << 20;

/// Folders of the package in which names without a scheme are looked for, one after the other.
const ASSET_FOLDERS: [&str; 3] = ["", "ets/", "resources/base/profile/"];

/// The values of the resources that a name without a path of the app may mean: `resource://…`, or a path below the folders for
/// assets (`images/a.png`, `/images/a.png`). The name of the module, which comes first in such values, is left out.
fn package_paths(name: &str) -> Vec<String> {
    if let Some(rest) = name.strip_prefix("resource://") {
        return vec![match rest.split_once('/') {
            Some((kind, path)) if kind.eq_ignore_ascii_case("rawfile") => format!("rawfile/{path}"),
            _ => format!("/resources/{rest}"),
        }];
    }
    if name.contains("://") {
        return Vec::new();
    }
    let path = name.strip_prefix("./").unwrap_or(name).trim_start_matches('/');
    ASSET_FOLDERS.iter().map(|folder| format!("/{folder}{path}")).collect()
}

/// Runs code of the app with the tree in its place.
pub(super) struct AppHost<'a> {
    pub(super) ui: &'a Ui,
    pub(super) context: &'a Context,
}

impl AppHost<'_> {
    /// Calls a method of a virtual source.
    fn source(&self, source: NodeId, method: &str, number: f64) -> JsResult<Option<Js>> {
        let object = self.ui.sources.borrow().get(&source).cloned();
        match object {
            Some(object) if object.has(method) => object.call_method(method, &[self.context.number(number)]).map(Some),
            _ => Ok(None),
        }
    }
}

impl Host for AppHost<'_> {
    fn call(&mut self, tree: &mut Tree, callback: &Callback, args: &[Value]) -> Value {
        let Some(function) = convert::function(callback) else { return Value::Undefined };
        let result = self.ui.lend(tree, || {
            let args: Vec<Js> = args.iter().map(|arg| convert::to_js(self.context, arg)).collect::<JsResult<_>>()?;
            convert::to_ui(self.ui, &function.call(&self.context.undefined(), &args)?)
        });
        result.unwrap_or_else(|exception| {
            report(self.context, exception);
            Value::Undefined
        })
    }

    fn build_item(&mut self, tree: &mut Tree, source: NodeId, index: usize) -> Option<NodeId> {
        let made = self.ui.lend(tree, || self.source(source, "build", index as f64));
        match made {
            Ok(node) => tree.by_number(node?.as_f64()? as u64),
            Err(exception) => {
                report(self.context, exception);
                None
            }
        }
    }

    fn release_item(&mut self, tree: &mut Tree, source: NodeId, item: NodeId) {
        let number = tree.number(item) as f64;
        if let Err(exception) = self.ui.lend(tree, || self.source(source, "release", number)) {
            report(self.context, exception);
        }
    }

    fn resource(&mut self, resource: &Resource) -> Option<Arc<[u8]>> {
        let bytes = Runtime::of(self.context)
            .and_then(|runtime| runtime.require("@concord:arkui/resources").ok())?
            .call_method("bytes", &[self.context.string(&resource.module), self.context.string(&resource.path)])
            .ok()?;
        bytes.bytes().map(Arc::from)
    }

    fn file(&mut self, name: &str) -> Option<Arc<[u8]>> {
        let paths = package_paths(name);
        let found = |path: String| self.resource(&Resource { module: String::new(), path });
        let inside = !paths.is_empty();
        let bytes = paths.into_iter().find_map(found);
        // What is not in the package may be a file that the app has written.
        if bytes.is_some() || inside && !name.starts_with('/') {
            return bytes;
        }
        let name = match name.strip_prefix("file://") {
            // What stands before the path is the name of an app.
            Some(rest) => percent_decode_str(rest.get(rest.find('/')?..)?).decode_utf8_lossy(),
            None => name.into(),
        };
        let path = AppState::of(self.context)?.paths.resolve(&name).ok()?.path;
        let length = std::fs::metadata(&path).ok()?.len();
        if length > MAX_FILE {
            tracing::warn!("{name} is too large for a picture: {length} bytes, at most {MAX_FILE} are read");
            return None;
        }
        std::fs::read(path).ok().map(Arc::from)
    }
}

/// The pixels of a picture that a text names, as components would show it; none when there is no such picture.
pub(crate) fn load_picture(context: &Context, name: &str) -> Option<Rc<Pixels>> {
    let ui = Ui::of(context);
    let mut pictures = ui.with_tree(|tree| std::mem::take(&mut tree.pictures));
    let loaded = pictures.load(&Source::Text(Rc::from(name)), &mut AppHost { ui: &ui, context });
    ui.with_tree(|tree| tree.pictures = pictures);
    match loaded {
        Ok(loaded) => {
            let (width, height) = loaded.size();
            let canvas = Canvas::from_picture(&loaded.picture(width, height, None)?).ok()?;
            Some(Rc::new(Pixels::new(canvas)))
        }
        Err(error) => {
            tracing::warn!("an ImageBitmap is empty: {error}");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::package_paths;

    #[test]
    fn names_without_a_scheme_lie_in_the_folders_for_assets() {
        let inside = ["/images/a.png", "/ets/images/a.png", "/resources/base/profile/images/a.png"];
        for name in ["images/a.png", "./images/a.png", "/images/a.png"] {
            assert_eq!(package_paths(name), inside);
        }
        assert_eq!(package_paths("resource://RAWFILE/a/b.png"), ["rawfile/a/b.png"]);
        assert!(package_paths("file://com.example/data/a.png").is_empty());
    }
}
