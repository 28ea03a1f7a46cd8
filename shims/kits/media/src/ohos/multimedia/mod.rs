//! `@ohos:multimedia.*`: sound. Pictures and films are elsewhere (`shims/arkui`) or absent.

use concord_runtime::FaceModule;

use concord_runtime::face::{face, full, partial};

mod apis;
mod input;
mod output;
mod queue;
mod session;
mod sound;
mod tempo;
mod voice;

pub(crate) static MODULES: &[FaceModule] = &[
    sound::MODULE,
    session::MODULE,
    face("@concord:sound.listeners", include_str!("listeners.js"), &[]),
    face("@concord:audio.enums", include_str!("audio/enums.js"), &[]),
    face("@concord:audio.devices", include_str!("audio/devices.js"), &[]),
    face("@concord:audio.renderer", include_str!("audio/renderer.js"), &[]),
    face("@concord:audio.manager", include_str!("audio/manager.js"), &[]),
    face("@concord:audio.session", include_str!("audio/session.js"), &[]),
    face("@ohos:multimedia.audio", include_str!("audio.js"), apis::AUDIO),
    face("@concord:audio.capturer", include_str!("audio/capturer.js"), &[]),
    face("@concord:media.recorder", include_str!("media/recorder.js"), &[]),
    face("@concord:media.transcoder", include_str!("media/transcoder.js"), &[]),
    face("@concord:media.screen", include_str!("media/screen.js"), &[]),
    face("@concord:media.frames", include_str!("media/frames.js"), &[]),
    face("@concord:media.subtitles", include_str!("media/subtitles.js"), &[]),
    face("@concord:avsession.enums", include_str!("avsession/enums.js"), &[]),
    face("@concord:avsession.session", include_str!("avsession/session.js"), &[]),
    face("@concord:avsession.controller", include_str!("avsession/controller.js"), &[]),
    face("@concord:avsession.cast", include_str!("avsession/cast.js"), &[]),
    face("@ohos:multimedia.avsession", include_str!("avsession.js"), apis::AVSESSION),
    face("@ohos:multimedia.avCastPickerParam", include_str!("avCastPickerParam.js"), &[full("*")]),
    face("@concord:camera.enums", include_str!("camera/enums.js"), &[]),
    face("@ohos:multimedia.camera", include_str!("camera.js"), apis::CAMERA),
    face(
        "@ohos:multimedia.cameraPicker",
        include_str!("cameraPicker.js"),
        &[full("*"), partial("cameraPicker.pick", "fails: there is no camera app")],
    ),
    face(
        "@ohos:multimedia.drm",
        include_str!("drm.js"),
        &[
            full("drm.*"),
            partial("drm.createMediaKeySystem", "fails: there is no DRM"),
            partial("drm.MediaKeySystem", "none can be made: there is no DRM"),
            partial("drm.MediaKeySession", "none can be made: there is no DRM"),
        ],
    ),
    face(
        "@ohos:multimedia.audioHaptic",
        include_str!("audioHaptic.js"),
        &[full("audioHaptic.*"), partial("audioHaptic.AudioHapticPlayer", "the sound; nothing vibrates")],
    ),
    face("@concord:media.enums", include_str!("media/enums.js"), &[]),
    face("@concord:media.source", include_str!("media/source.js"), &[]),
    face("@concord:media.player", include_str!("media/player.js"), &[]),
    face("@concord:media.metadata", include_str!("media/metadata.js"), &[]),
    face("@concord:media.soundPool", include_str!("media/soundPool.js"), &[]),
    face("@ohos:multimedia.media", include_str!("media.js"), apis::MEDIA),
];
