//! The inside of the application model: faces that other faces use. Apps do not see these modules.

mod delegator;
mod inhibit;
mod opener;
mod process;

pub use process::UID;

use concord_runtime::{FaceModule, SystemModule};

/// A face without leaves of its own.
const fn plain(request: &'static str, source: &'static str) -> FaceModule {
    FaceModule { request, source, natives: &[], apis: &[] }
}

static ENUMS: FaceModule = plain("@concord:enums", include_str!("enums.js"));
static EXTENSIONS: FaceModule = plain("@concord:extensions", include_str!("extensions.js"));
static BUNDLE_INFO: FaceModule = plain("@concord:bundle-info", include_str!("bundle_info.js"));
static CLIPBOARD: FaceModule = plain("@concord:clipboard", include_str!("clipboard.js"));
static WANT: FaceModule = plain("@concord:want", include_str!("want.js"));
static ERRORS: FaceModule = plain("@concord:errors", include_str!("errors.js"));
static CONTEXT: FaceModule = plain("@concord:context", include_str!("context.js"));
static ABILITY_CONTEXT: FaceModule = plain("@concord:ability-context", include_str!("ability_context.js"));
static ABILITIES: FaceModule = plain("@concord:abilities", include_str!("abilities.js"));

/// All of them.
pub(crate) static MODULES: [&dyn SystemModule; 15] = [
    &process::MODULE,
    &ENUMS,
    &EXTENSIONS,
    &BUNDLE_INFO,
    &CLIPBOARD,
    &WANT,
    &ERRORS,
    &CONTEXT,
    &ABILITY_CONTEXT,
    &ABILITIES,
    &delegator::MODULE,
    &inhibit::MODULE,
    &opener::MODULE,
    &crate::resources::MODULE,
    &crate::capabilities::MODULE,
];
