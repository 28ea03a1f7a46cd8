//! `@arkts.…`: what threads share.

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, partial};

mod locks;
mod named;

const SNAPSHOT: &str = "shows what there was when it began";

pub(super) static MODULES: [FaceModule; 13] = [
    face(
        "@ohos:arkts.collections",
        include_str!("collections.js"),
        &[
            full("*"),
            partial("collections.Map.[Symbol.iterator]", SNAPSHOT),
            partial("collections.Map.entries", SNAPSHOT),
            partial("collections.Map.keys", SNAPSHOT),
            partial("collections.Map.values", SNAPSHOT),
            partial("collections.Set.[Symbol.iterator]", SNAPSHOT),
            partial("collections.Set.entries", SNAPSHOT),
            partial("collections.Set.keys", SNAPSHOT),
            partial("collections.Set.values", SNAPSHOT),
        ],
    ),
    face("@concord:arkts/array", include_str!("parts/array.js"), &[]),
    face("@concord:arkts/tables", include_str!("parts/tables.js"), &[]),
    face("@concord:arkts/buffers", include_str!("parts/buffers.js"), &[]),
    face("@concord:arkts/bits", include_str!("parts/bits.js"), &[]),
    face("@concord:arkts/locks", include_str!("parts/locks.js"), &[]),
    face("@concord:arkts/ason", include_str!("parts/ason.js"), &[]),
    face("@concord:arkts/lru", include_str!("parts/lru.js"), &[]),
    face("@concord:arkts/decimal-core", include_str!("parts/decimal_core.js"), &[]),
    face("@concord:arkts/decimal-functions", include_str!("parts/decimal_functions.js"), &[]),
    face("@ohos:arkts.lang", include_str!("lang.js"), &[full("*")]),
    FaceModule {
        request: "@ohos:arkts.utils",
        source: include_str!("utils.js"),
        natives: &[
            ("isHandle", locks::is_handle),
            ("lock", locks::lock),
            ("lockName", locks::lock_name),
            ("acquire", locks::acquire),
            ("release", locks::release),
            ("cancel", locks::cancel),
            ("state", locks::state),
            ("contextId", locks::this_context),
            ("condition", locks::condition),
            ("wait", locks::wait),
            ("stopWaiting", locks::stop_waiting),
            ("notify", locks::notify),
        ],
        apis: &[full("*")],
    },
    face("@ohos:arkts.math.Decimal", include_str!("math/Decimal.js"), &[full("*")]),
];
