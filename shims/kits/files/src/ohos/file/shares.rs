//! `@ohos:fileshare` and `@ohos:file.environment`: files of the person that an app may use again in its next run.
//!
//! The app knows a file that it was handed by a name in which stands a number for its place, the same in every run
//! ([`concord_syscalls::VirtualPaths::share`]). Which of them it may have again is kept beside its storage, out of its reach.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use concord_ability::state::AppState;
use concord_engine::{Call, JsResult};
use concord_runtime::FaceModule;
use concord_runtime::face::{full, partial, text_arg};
use concord_syscalls::Access;
use serde::{Deserialize, Serialize};

use crate::folders::Folder;

pub(super) const SHARES: FaceModule = FaceModule {
    request: "@ohos:fileshare",
    source: include_str!("shares.js"),
    natives: &[
        ("persist", persist),
        ("revoke", revoke),
        ("activate", activate),
        ("deactivate", deactivate),
        ("isPersistent", is_persistent),
    ],
    apis: &[
        full("*"),
        partial("fileShare.deactivatePermission", "counts from the next run on"),
        partial("fileShare.revokePermission", "counts from the next run on"),
    ],
};

pub(super) const ENVIRONMENT: FaceModule = FaceModule {
    request: "@ohos:file.environment",
    source: include_str!("environment.js"),
    natives: &[("share", share_folder)],
    apis: &[full("*")],
};

const PERSISTENCE_FORBIDDEN: f64 = 1.0;
const INVALID_PATH: f64 = 3.0;
const NOT_PERSISTED: f64 = 4.0;

/// What an app may have again, by its name of a file.
#[derive(Serialize, Deserialize, Default)]
struct Kept(BTreeMap<String, Place>);

#[derive(Serialize, Deserialize, Clone)]
struct Place {
    /// The file itself, or the folder that it was handed over with.
    host: PathBuf,
    writable: bool,
}

fn store(state: &AppState) -> PathBuf {
    state.options.home.join("shared").join(format!("{}.json", state.bundle_name()))
}

impl Kept {
    fn load(state: &AppState) -> Kept {
        let file = store(state);
        match std::fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                tracing::warn!("{}: {error}; the app has to be handed its files again", file.display());
                Kept::default()
            }),
            Err(_) => Kept::default(),
        }
    }

    /// Replaces the list in one step.
    fn save(&self, state: &AppState) -> std::io::Result<()> {
        let file = store(state);
        std::fs::create_dir_all(file.parent().unwrap_or(Path::new("/")))?;
        let draft = file.with_extension("new");
        std::fs::write(&draft, serde_json::to_vec_pretty(self)?)?;
        std::fs::rename(draft, file)
    }
}

fn code(call: &Call<'_>, code: f64) -> JsResult {
    Ok(call.context.number(code))
}

/// persist(name, writes) → 0 or what is wrong
fn persist(call: &Call<'_>) -> JsResult {
    let (name, writable) = (text_arg(call, 0)?, call.arg(1).to_boolean());
    let state = AppState::of_call(call)?;
    let Ok(found) = state.paths.resolve(&name) else { return code(call, INVALID_PATH) };
    if !found.path.exists() {
        return code(call, INVALID_PATH);
    }
    if writable && found.access == Access::ReadOnly {
        return code(call, PERSISTENCE_FORBIDDEN);
    }
    // Its own files the app has anyway.
    let Some((_, host)) = state.paths.shared(&name) else { return code(call, PERSISTENCE_FORBIDDEN) };
    let mut kept = Kept::load(&state);
    kept.0.insert(name, Place { host, writable });
    if let Err(error) = kept.save(&state) {
        tracing::warn!("{}: {error}", store(&state).display());
        return code(call, PERSISTENCE_FORBIDDEN);
    }
    code(call, 0.0)
}

/// revoke(name) → 0 or what is wrong
fn revoke(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let mut kept = Kept::load(&state);
    if kept.0.remove(&text_arg(call, 0)?).is_none() || kept.save(&state).is_err() {
        return code(call, NOT_PERSISTED);
    }
    code(call, 0.0)
}

/// activate(name, writes) → 0 or what is wrong
fn activate(call: &Call<'_>) -> JsResult {
    let (name, writes) = (text_arg(call, 0)?, call.arg(1).to_boolean());
    let state = AppState::of_call(call)?;
    let Some(place) = Kept::load(&state).0.get(&name).cloned() else { return code(call, NOT_PERSISTED) };
    if writes && !place.writable {
        return code(call, NOT_PERSISTED);
    }
    let access = if place.writable { Access::ReadWrite } else { Access::ReadOnly };
    // The name is that of this place only.
    let shared = state.paths.share(&place.host, access).is_ok_and(|document| {
        name.strip_prefix(&document.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    code(call, if shared { 0.0 } else { INVALID_PATH })
}

/// deactivate(name) → 0 or what is wrong
fn deactivate(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let known = Kept::load(&state).0.contains_key(&text_arg(call, 0)?);
    code(call, if known { 0.0 } else { NOT_PERSISTED })
}

/// isPersistent(name, writes) → boolean
fn is_persistent(call: &Call<'_>) -> JsResult {
    let writes = call.arg(1).to_boolean();
    let state = AppState::of_call(call)?;
    let kept = Kept::load(&state);
    let kept = kept.0.get(&text_arg(call, 0)?).is_some_and(|place| place.writable || !writes);
    Ok(call.context.boolean(kept))
}

/// share(`Download`, `Desktop` or `Documents`) → the app's name of the folder; undefined when there is none
fn share_folder(call: &Call<'_>) -> JsResult {
    let folder = match text_arg(call, 0)?.as_str() {
        "Download" => Folder::Download,
        "Desktop" => Folder::Desktop,
        _ => Folder::Documents,
    };
    let state = AppState::of_call(call)?;
    let shared = folder.path().and_then(|path| state.paths.share(&path, Access::ReadWrite).ok());
    Ok(shared.map_or_else(|| call.context.undefined(), |document| call.context.string(&document.path)))
}
