//! Which missing APIs a run touched.

use crate::runtime::Inner;
use concord_engine::ErrorKind;
use rustc_hash::{FxHashMap, FxHashSet};

/// Why a use is in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UseKind {
    /// A stub was called: the guest got BusinessError 801.
    Stub,
    /// A module that does not exist was imported: its members are undefined.
    MissingModule,
    /// An existing module was asked for an export that it does not have.
    MissingExport,
    /// A native library was imported and could not be loaded.
    NativeLibrary,
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiUse {
    /// Why.
    pub kind: UseKind,
    /// The API, e.g. `@ohos:file.fs:watch` or `@ohos:nosuch`.
    pub api: String,
    /// How often it was used.
    pub count: u64,
    /// First place of use as a stack line names it, when known.
    pub first_site: Option<String>,
}

/// Kinds of different missing APIs that are remembered; what comes after is only counted as one more line.
const MAX_USES: usize = 10_000;

/// The report in the making.
#[derive(Default)]
pub(crate) struct Report {
    uses: Vec<ApiUse>,
    numbers: FxHashMap<(UseKind, String), usize>,
    warned: FxHashSet<(UseKind, String, Option<String>)>,
}

impl Report {
    /// Counts a use; true when this is the first from this place.
    fn add(&mut self, kind: UseKind, api: &str, site: Option<String>) -> bool {
        let key = (kind, api.to_owned());
        let known = self.numbers.get(&key).copied();
        if let Some(entry) = known.and_then(|number| self.uses.get_mut(number)) {
            entry.count = entry.count.saturating_add(1);
        } else if self.uses.len() < MAX_USES {
            self.numbers.insert(key, self.uses.len());
            self.uses.push(ApiUse { kind, api: api.to_owned(), count: 1, first_site: site.clone() });
        } else {
            return false;
        }
        self.warned.len() < MAX_USES && self.warned.insert((kind, api.to_owned(), site))
    }

    pub(crate) fn uses(&self) -> Vec<ApiUse> {
        self.uses.clone()
    }
}

impl Inner {
    pub(crate) fn report_stub(&self, api: &str) {
        let site = self.call_site();
        let place = site.clone().unwrap_or_default();
        if self.report.borrow_mut().add(UseKind::Stub, api, site) {
            tracing::warn!("{api} is not implemented; used {place}");
        }
    }

    pub(crate) fn report_missing_module(&self, request: &str) {
        self.report.borrow_mut().add(UseKind::MissingModule, request, None);
    }

    pub(crate) fn report_missing_export(&self, request: &str, name: &str) {
        let (api, site) = (format!("{request}:{name}"), self.call_site());
        let place = site.clone().unwrap_or_default();
        if self.report.borrow_mut().add(UseKind::MissingExport, &api, site) {
            tracing::warn!("{api} does not exist here: it is undefined {place}");
        }
    }

    pub(crate) fn report_library(&self, file: &str) {
        let site = self.call_site();
        self.report.borrow_mut().add(UseKind::NativeLibrary, file, site);
    }

    /// The stack line of the guest code that is running.
    fn call_site(&self) -> Option<String> {
        let stack = self.context.error(ErrorKind::Error, "").get("stack").ok()?.as_string()?;
        let mapped = self.map_stack(&stack);
        mapped.lines().next().map(|line| line.trim().to_owned())
    }
}
