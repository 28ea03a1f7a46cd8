//! The grammar of module requests: what the strings in the import tables of an abc mean, and which record they name.
//!
//! Facts: openharmony/arkcompiler_ets_runtime `ecmascript/module/module_path_helper`; `reference/testflow.md` section 3.

mod entry;
mod resolve;

pub use entry::EntryNames;
pub use resolve::{Importer, Records, ResolveError, Target, resolve};

use std::collections::HashMap;

/// A module request, parsed. Parsing never fails: what has no known prefix is a bare name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request<'a> {
    /// A module of the system.
    System {
        /// Where it belongs.
        namespace: Namespace,
        /// Name without the prefix, e.g. `file.fs`.
        name: &'a str,
    },
    /// `@app:bundle/module/entry`, `@normalized:Y&module&bundle&libentry.so&version`: a native library of the app.
    Library {
        /// Bundle, empty for the importing one.
        bundle: &'a str,
        /// Module, empty for the importing one.
        module: &'a str,
        /// Name without `lib` and `.so`, e.g. `entry`.
        name: &'a str,
    },
    /// `@normalized:N&module&bundle&path&version`, `@bundle:…`, `@package:…`, `@module:…`: a record by its full name.
    Record(RecordRequest<'a>),
    /// `./x`, `../x/y.js`: relative to the importing record.
    Relative(&'a str),
    /// `@ohos/hypium`, `lodash/add`, `ets/x`, `@ohos.hilog`: a package, an alias of one, a path in one, or a system
    /// module by its source name (only dynamic imports have those).
    Bare(&'a str),
}

/// Where a system module belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Namespace {
    /// `@ohos:`
    Ohos,
    /// `@hms:`
    Hms,
    /// `@native:`, modules that the JavaScript engine itself holds.
    Native,
    /// `@system:`, of early tools.
    System,
}

impl Namespace {
    /// The prefix, e.g. `@ohos:`.
    pub fn prefix(self) -> &'static str {
        match self {
            Namespace::Ohos => "@ohos:",
            Namespace::Hms => "@hms:",
            Namespace::Native => "@native:",
            Namespace::System => "@system:",
        }
    }

    const ALL: [Namespace; 4] = [Namespace::Ohos, Namespace::Hms, Namespace::Native, Namespace::System];
}

/// A record by its full name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordRequest<'a> {
    /// `@normalized:N&module&bundle&path&version`
    Normalized {
        /// Module whose abc holds the record, empty for the importing one.
        module: &'a str,
        /// Bundle, empty for the importing one.
        bundle: &'a str,
        /// Package and path in it, e.g. `entry/src/main/ets/pages/Index`.
        path: &'a str,
        /// Version of the package, often empty.
        version: &'a str,
    },
    /// `@bundle:bundle/module@har/ets/x`
    Bundle {
        /// Bundle.
        bundle: &'a str,
        /// Module without the part after `@`.
        module: &'a str,
        /// What is after the prefix: the record's name.
        record: &'a str,
    },
    /// `@package:pkg_modules/…`: a record of the importing abc.
    Package(&'a str),
    /// `@module:module/ets/x`: another module of the importing bundle.
    Module {
        /// Module.
        module: &'a str,
        /// Module and path.
        path: &'a str,
    },
}

impl<'a> Request<'a> {
    /// Parses a request.
    pub fn parse(text: &'a str) -> Request<'a> {
        for namespace in Namespace::ALL {
            if let Some(name) = text.strip_prefix(namespace.prefix()) {
                return Request::System { namespace, name };
            }
        }
        if let Some(path) = text.strip_prefix("@app:") {
            let (place, name) = path.rsplit_once('/').unwrap_or(("", path));
            let (bundle, module) = place.split_once('/').unwrap_or(("", place));
            return Request::Library { bundle, module, name: library_name(name) };
        }
        if let Some(fields) = text.strip_prefix("@normalized:")
            && let Some(request) = Request::normalized(fields)
        {
            return request;
        }
        if let Some(record) = text.strip_prefix("@bundle:") {
            let mut parts = record.splitn(3, '/');
            let (bundle, module) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let module = module.split_once('@').map_or(module, |(module, _)| module);
            return Request::Record(RecordRequest::Bundle { bundle, module, record });
        }
        if let Some(record) = text.strip_prefix("@package:") {
            return Request::Record(RecordRequest::Package(record));
        }
        if let Some(path) = text.strip_prefix("@module:") {
            let module = path.split_once('/').map_or(path, |(module, _)| module);
            return Request::Record(RecordRequest::Module { module, path });
        }
        if text.starts_with('.') { Request::Relative(text) } else { Request::Bare(text) }
    }

    /// The five fields of a normalized request: `N` or `Y`, module, bundle, path, version.
    fn normalized(fields: &'a str) -> Option<Request<'a>> {
        let mut fields = fields.split('&');
        let kind = fields.next()?;
        let (module, bundle, path, version) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        if fields.next().is_some() {
            return None;
        }
        match kind {
            "N" => Some(Request::Record(RecordRequest::Normalized { module, bundle, path, version })),
            "Y" => Some(Request::Library { bundle, module, name: library_name(path) }),
            _ => None,
        }
    }
}

/// `libentry.so` or `entry` to `entry`. Versioned names (`libx.so.5`) stay what they are.
pub fn library_name(file: &str) -> &str {
    file.strip_prefix("lib").and_then(|rest| rest.strip_suffix(".so")).unwrap_or(file)
}

/// `entry` to `libentry.so`; what is a file name already stays.
pub fn library_file(name: &str) -> String {
    if name.contains(".so") { name.to_owned() } else { format!("lib{name}.so") }
}

/// Replacements that a test asked for (`AbilityDelegator.setMockList`): requested name → request to use instead.
pub type MockMap = HashMap<String, String>;

/// The request to use instead of one, if a test asked for a replacement. Keys are requests as compiled
/// (`@ohos:net.http`); their source form (`@ohos.net.http`) is understood too.
pub fn mocked<'a>(mocks: &'a MockMap, request: &str) -> Option<&'a str> {
    if mocks.is_empty() {
        return None;
    }
    let source = || request.strip_prefix('@').and_then(|rest| mocks.get(&format!("@{}", rest.replacen(':', ".", 1))));
    mocks.get(request).or_else(source).map(String::as_str)
}

/// The request for a system module named as in source: `@ohos.file.fs` is `@ohos:file.fs`. `None` for other names.
pub fn system_request(source: &str) -> Option<String> {
    // Modules that are built into the engine of the platform.
    const NATIVE: [&str; 7] =
        ["system.app", "ohos.app", "system.router", "system.curves", "ohos.curves", "system.matrix4", "ohos.matrix4"];
    let name = source.strip_prefix('@')?;
    let (namespace, rest) = name.split_once('.')?;
    match namespace {
        "ohos" | "system" if NATIVE.contains(&name) => Some(format!("@native:{name}")),
        "ohos" | "system" | "arkui-x" => Some(format!("@ohos:{rest}")),
        "arkts" => Some(format!("@ohos:{name}")),
        "hms" => Some(format!("@hms:{rest}")),
        _ => None,
    }
}

/// A request or path without the extension of a source file.
fn without_suffix(path: &str) -> &str {
    [".ets", ".ts", ".js", ".mjs", ".json", ".abc"].iter().find_map(|suffix| path.strip_suffix(suffix)).unwrap_or(path)
}

/// Joins a folder and a relative path, resolving `.` and `..`; `..` above the top stays at the top.
fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_parses() {
        use RecordRequest::{Bundle, Module, Normalized, Package};
        let record = |r| Request::Record(r);
        for (text, want) in [
            ("@ohos:file.fs", Request::System { namespace: Namespace::Ohos, name: "file.fs" }),
            ("@hms:core.scan", Request::System { namespace: Namespace::Hms, name: "core.scan" }),
            ("@native:system.app", Request::System { namespace: Namespace::Native, name: "system.app" }),
            ("@app:com.a/entry/entry", Request::Library { bundle: "com.a", module: "entry", name: "entry" }),
            ("@normalized:Y&&&libentry.so&", Request::Library { bundle: "", module: "", name: "entry" }),
            ("@normalized:Y&m&b&liba.so.5&1", Request::Library { bundle: "b", module: "m", name: "liba.so.5" }),
            (
                "@normalized:N&m&b&pkg/x&1.0",
                record(Normalized { module: "m", bundle: "b", path: "pkg/x", version: "1.0" }),
            ),
            (
                "@bundle:com.a/entry_test@entry/ets/x",
                record(Bundle { bundle: "com.a", module: "entry_test", record: "com.a/entry_test@entry/ets/x" }),
            ),
            ("@package:pkg_modules/x", record(Package("pkg_modules/x"))),
            ("@module:lib/ets/x", record(Module { module: "lib", path: "lib/ets/x" })),
            ("../a/b.js", Request::Relative("../a/b.js")),
            ("@ohos/hypium", Request::Bare("@ohos/hypium")),
            ("@normalized:N&too&few", Request::Bare("@normalized:N&too&few")),
            ("@normalized:Q&&&a&", Request::Bare("@normalized:Q&&&a&")),
            ("", Request::Bare("")),
        ] {
            assert_eq!(Request::parse(text), want, "{text}");
        }
    }

    #[test]
    fn source_names_of_system_modules() {
        for (source, want) in [
            ("@ohos.file.fs", Some("@ohos:file.fs")),
            ("@system.fetch", Some("@ohos:fetch")),
            ("@system.router", Some("@native:system.router")),
            ("@ohos.curves", Some("@native:ohos.curves")),
            ("@arkts.lang", Some("@ohos:arkts.lang")),
            ("@hms.core.scan", Some("@hms:core.scan")),
            ("@kit.ArkUI", None),
            ("@ohos/hypium", None),
        ] {
            assert_eq!(system_request(source).as_deref(), want, "{source}");
        }
    }

    #[test]
    fn mocks_by_compiled_and_source_name() {
        let mocks: MockMap = [("@ohos.net.http".to_owned(), "@bundle:a/b/ets/mock".to_owned())].into();
        assert_eq!(mocked(&mocks, "@ohos:net.http"), Some("@bundle:a/b/ets/mock"));
        assert_eq!(mocked(&mocks, "@ohos:net.https"), None);
    }

    #[test]
    fn paths_join_without_leaving_the_top() {
        assert_eq!(join("a/b", "../../../c/./d"), "c/d");
        assert_eq!(join("", "x"), "x");
        assert_eq!(library_file("entry"), "libentry.so");
        assert_eq!(library_file("libx.so.5"), "libx.so.5");
    }
}
