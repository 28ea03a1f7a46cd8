//! `@ohos:util.ArrayList` and the other containers: faces only, one file each in `util/`.

use concord_runtime::FaceModule;

use concord_runtime::face::{face, full, partial};

const TREE_BUCKETS: &str = "eight and more keys of one hash bucket are walked by insertion, not as a tree";

pub(super) static MODULES: [FaceModule; 14] = [
    face("@ohos:util.ArrayList", include_str!("util/ArrayList.js"), &[full("ArrayList.*")]),
    face("@ohos:util.Deque", include_str!("util/Deque.js"), &[full("Deque.*")]),
    face(
        "@ohos:util.HashMap",
        include_str!("util/HashMap.js"),
        &[full("HashMap.*"), partial("HashMap.[Symbol.iterator]", TREE_BUCKETS)],
    ),
    face(
        "@ohos:util.HashSet",
        include_str!("util/HashSet.js"),
        &[full("HashSet.*"), partial("HashSet.[Symbol.iterator]", TREE_BUCKETS)],
    ),
    face("@ohos:util.LightWeightMap", include_str!("util/LightWeightMap.js"), &[full("LightWeightMap.*")]),
    face("@ohos:util.LightWeightSet", include_str!("util/LightWeightSet.js"), &[full("LightWeightSet.*")]),
    face("@ohos:util.LinkedList", include_str!("util/LinkedList.js"), &[full("LinkedList.*")]),
    face("@ohos:util.List", include_str!("util/List.js"), &[full("List.*")]),
    face("@ohos:util.PlainArray", include_str!("util/PlainArray.js"), &[full("PlainArray.*")]),
    face("@ohos:util.Queue", include_str!("util/Queue.js"), &[full("Queue.*")]),
    face("@ohos:util.Stack", include_str!("util/Stack.js"), &[full("Stack.*")]),
    face("@ohos:util.TreeMap", include_str!("util/TreeMap.js"), &[full("TreeMap.*")]),
    face("@ohos:util.TreeSet", include_str!("util/TreeSet.js"), &[full("TreeSet.*")]),
    face("@ohos:util.Vector", include_str!("util/Vector.js"), &[full("Vector.*")]),
];
