//! `@concord:file.chooser`: people choose files, and the app may use what they have chosen.

use std::path::{Path, PathBuf};

use concord_ability::desktop;
use concord_ability::state::AppState;
use concord_desktop::pickers::{Filter, Question, Wanted};
use concord_engine::{Call, Context, JsResult, Value};
use concord_runtime::FaceModule;
use concord_syscalls::Access;
use serde::Deserialize;

use crate::folders::home;
use concord_runtime::face::text_arg;

pub(super) const MODULE: FaceModule = FaceModule {
    request: "@concord:file.chooser",
    source: include_str!("chooser.js"),
    natives: &[("choose", choose)],
    apis: &[],
};

/// Where a device keeps the documents of its owner.
const DOCUMENTS: &str = "/storage/Users/currentUser";

/// What the face asks.
#[derive(Deserialize)]
struct Asked {
    /// `file`, `files`, `folder`, `save`.
    wanted: String,
    title: String,
    /// Name, patterns, MIME types.
    filters: Vec<(String, Vec<String>, Vec<String>)>,
    names: Vec<String>,
    /// The app's name of the folder to begin in.
    folder: Option<String>,
    /// The app gets names of the gallery, and may only read.
    media: bool,
}

/// choose(json, done): `done(error, uris)`, no URIs when nobody wanted to choose.
fn choose(call: &Call<'_>) -> JsResult {
    let Ok(asked) = serde_json::from_str::<Asked>(&text_arg(call, 0)?) else { return Ok(call.context.undefined()) };
    let wanted = match asked.wanted.as_str() {
        "files" => Wanted::Files,
        "folder" => Wanted::Folder,
        "save" => Wanted::NewFiles,
        _ => Wanted::File,
    };
    let filters = asked.filters.into_iter().map(|(name, patterns, types)| Filter { name, patterns, types });
    let question = Question {
        wanted,
        title: asked.title,
        filters: filters.collect(),
        folder: asked.folder.as_deref().and_then(|name| host_folder(call.context, name)),
        names: asked.names,
    };
    let media = asked.media;
    let done = desktop::reply_to(call, 1, move |context, paths: Vec<PathBuf>| {
        let uris: Vec<Value> = paths
            .iter()
            .filter_map(|path| grant(context, path, media, wanted == Wanted::NewFiles))
            .map(|uri| context.string(&uri))
            .collect();
        Ok(context.array(&uris))
    });
    if let Some(done) = done {
        desktop::of(call.context).pickers.choose(question, done);
    }
    Ok(call.context.undefined())
}

/// Lets the app use a file; gives its URI. A new file is there afterwards, as on a device.
fn grant(context: &Context, path: &Path, media: bool, new: bool) -> Option<String> {
    let state = AppState::of(context)?;
    let made = if new { std::fs::OpenOptions::new().create(true).append(true).open(path).map(drop) } else { Ok(()) };
    let shared = made.and_then(|()| {
        if media { state.paths.share_photo(path, Access::ReadOnly) } else { state.paths.share(path, Access::ReadWrite) }
    });
    match shared {
        Ok(document) => Some(document.uri),
        Err(error) => {
            tracing::warn!("{} was chosen and cannot be used: {error}", path.display());
            None
        }
    }
}

/// The folder that an app means by the name of a document: where one is that it was given, else that of the owner's home.
fn host_folder(context: &Context, guest: &str) -> Option<PathBuf> {
    let given = AppState::of(context)?.paths.to_host(guest).ok();
    let of_home = || Some(home()?.join(guest.strip_prefix(DOCUMENTS)?.trim_start_matches('/')));
    let path = given.or_else(of_home)?;
    let folder = if path.is_dir() { path.as_path() } else { path.parent()? };
    folder.is_dir().then(|| folder.to_owned())
}
