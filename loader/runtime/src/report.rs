//! Which missing APIs a run touched.

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
