//! How much room there is, and how much of it the app takes: `@ohos:file.statvfs`, `@ohos:file.storageStatistics`.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use concord_ability::state::AppState;
use concord_engine::{Call, Context, JsResult};
use concord_runtime::FaceModule;
use concord_runtime::face::full;
use nix::sys::statvfs::statvfs;

use super::fs::{Use, path_arg};
use crate::job::{Answer, Work, leaves, work};

/// Deepest folder that is counted.
const DEEPEST: usize = 512;
/// What a file takes on a disk is counted in these.
const SECTOR: u64 = 512;

pub(super) const STATVFS: FaceModule = FaceModule {
    request: "@ohos:file.statvfs",
    source: include_str!("statvfs.js"),
    natives: leaves! { "sizes" => sizes },
    apis: &[full("*")],
};

pub(super) const STATISTICS: FaceModule = FaceModule {
    request: "@ohos:file.storageStatistics",
    source: include_str!("storageStatistics.js"),
    natives: leaves! { "bundle" => bundle },
    apis: &[full("storageStatistics.getCurrentBundleStats"), full("storageStatistics.BundleStats")],
};

/// Numbers of bytes.
struct Bytes(Vec<u64>);

impl Answer for Bytes {
    fn value(self, context: &Context) -> JsResult {
        let numbers: Vec<_> = self.0.iter().map(|number| context.number(*number as f64)).collect();
        Ok(context.array(&numbers))
    }
}

/// sizes(path) → [all bytes of the file system, those that are free for the app]
fn sizes(call: &Call<'_>) -> JsResult<Work> {
    let path = path_arg(call, 0, Use::Read)?;
    work(move || {
        let found = statvfs(&path)?;
        let unit = found.fragment_size();
        Ok(Bytes(vec![unit.saturating_mul(found.blocks()), unit.saturating_mul(found.blocks_available())]))
    })
}

/// bundle() → bytes of [the packages, caches, everything else that the app keeps]
fn bundle(call: &Call<'_>) -> JsResult<Work> {
    let state = AppState::of_call(call)?;
    let packages: u64 =
        state.packages().packages().iter().filter_map(|package| Some(fs::metadata(package.path()).ok()?.len())).sum();
    let storage = state.paths.to_host("/data/storage").ok();
    work(move || {
        let (mut cache, mut data) = (0, 0);
        if let Some(storage) = storage {
            measure(&storage, false, 0, &mut cache, &mut data);
        }
        Ok(Bytes(vec![packages, cache, data]))
    })
}

fn measure(folder: &Path, caching: bool, depth: usize, cache: &mut u64, data: &mut u64) {
    if depth > DEEPEST {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(found) = entry.metadata() else { continue };
        if found.is_dir() {
            let caching = caching || entry.file_name() == "cache";
            measure(&entry.path(), caching, depth + 1, cache, data);
        } else {
            let sum = if caching { &mut *cache } else { &mut *data };
            *sum = sum.saturating_add(found.blocks().saturating_mul(SECTOR));
        }
    }
}
