//! The modules, one file each; the path mirrors the foreign name. Faces without leaves are listed here.

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, stub};

mod net;

static FACES: [FaceModule; 1] = [face(
    "@ohos:net.http",
    include_str!("net/http.js"),
    &[
        full("http.RequestMethod"),
        full("http.ResponseCode"),
        full("http.HttpProtocol"),
        full("http.HttpDataType"),
        full("http.CertType"),
        full("http.AddressFamily"),
        stub("http.createHttp"),
        stub("http.createHttpResponseCache"),
    ],
)];

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[&FACES, &net::MODULES];
