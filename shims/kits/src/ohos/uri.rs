//! `@ohos:uri`: RFC 2396 URIs.

use concord_runtime::FaceModule;

use concord_runtime::face::full;

pub(super) static MODULES: [FaceModule; 1] = [FaceModule {
    request: "@ohos:uri",
    source: include_str!("uri.js"),
    natives: &[("percentDecode", super::url::percent_decode)],
    apis: &[full("uri.*")],
}];
