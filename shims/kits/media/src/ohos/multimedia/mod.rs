//! `@ohos:multimedia.*`: sound. Pictures and films are elsewhere (`shims/arkui`) or absent.

use concord_runtime::FaceModule;

use concord_runtime::face::{face, full, partial};

mod input;
mod output;
mod queue;
mod session;
mod sound;
mod tempo;
mod voice;

const SYSTEM_ONLY: &str = "the desktop decides: answers as if nothing else sounded";

pub(crate) static MODULES: &[FaceModule] = &[
    sound::MODULE,
    session::MODULE,
    face("@concord:sound.listeners", include_str!("listeners.js"), &[]),
    face("@concord:audio.enums", include_str!("audio/enums.js"), &[]),
    face("@concord:audio.devices", include_str!("audio/devices.js"), &[]),
    face("@concord:audio.renderer", include_str!("audio/renderer.js"), &[]),
    face("@concord:audio.manager", include_str!("audio/manager.js"), &[]),
    face("@concord:audio.session", include_str!("audio/session.js"), &[]),
    face(
        "@ohos:multimedia.audio",
        include_str!("audio.js"),
        &[
            full("audio.*"),
            partial("audio.AudioRenderer.setAudioEffectMode", "kept, without effect"),
            partial("audio.AudioRenderer.setInterruptMode", "kept: the desktop mixes all programs"),
            partial("audio.AudioRenderer.setDefaultOutputDevice", "accepted: people choose the device"),
            partial("audio.AudioRenderer.setLoudnessGain", "kept, without effect"),
            partial("audio.AudioRenderer.setSilentModeAndMixWithOthers", "kept, without effect"),
            partial("audio.AudioManager", SYSTEM_ONLY),
            partial("audio.AudioSessionManager", SYSTEM_ONLY),
            partial("audio.AudioStreamManager", "streams of this app only"),
            partial("audio.AudioVolumeManager", "all volume types are the volume of the default device"),
            partial("audio.AudioVolumeGroupManager", "all volume types are the volume of the default device"),
            partial("audio.AudioSpatializationManager", "there is none"),
            partial("audio.createAudioCapturer", "silence: no microphone is opened"),
            partial("audio.AudioCapturer", "silence: no microphone is opened"),
            partial("audio.createAudioLoopback", "fails: there is no loopback"),
            partial("audio.AudioLoopback", "there is none"),
            partial("audio.AudioManager.getDeviceEnhanceManager", "nothing is enhanced"),
        ],
    ),
    face("@concord:audio.capturer", include_str!("audio/capturer.js"), &[]),
    face("@concord:media.recorder", include_str!("media/recorder.js"), &[]),
    face("@concord:media.transcoder", include_str!("media/transcoder.js"), &[]),
    face("@concord:media.screen", include_str!("media/screen.js"), &[]),
    face("@concord:media.frames", include_str!("media/frames.js"), &[]),
    face("@concord:media.list", include_str!("media/list.js"), &[]),
    face("@concord:avsession.enums", include_str!("avsession/enums.js"), &[]),
    face("@concord:avsession.session", include_str!("avsession/session.js"), &[]),
    face("@concord:avsession.controller", include_str!("avsession/controller.js"), &[]),
    face("@concord:avsession.cast", include_str!("avsession/cast.js"), &[]),
    face(
        "@ohos:multimedia.avsession",
        include_str!("avsession.js"),
        &[
            full("avSession.*"),
            partial("avSession.AVSession.getAVCastController", "nothing is cast: 6600109"),
            partial("avSession.AVSession.stopCasting", "nothing is cast: 6600109"),
            partial("avSession.AVCastController", "there is none, since nothing is cast"),
            partial("avSession.AVCastPickerHelper", "no picker is shown: the desktop chooses the device"),
            partial("avSession.isDesktopLyricSupported", "false"),
        ],
    ),
    face("@ohos:multimedia.avCastPickerParam", include_str!("avCastPickerParam.js"), &[full("*")]),
    face("@concord:camera.enums", include_str!("camera/enums.js"), &[]),
    face(
        "@ohos:multimedia.camera",
        include_str!("camera.js"),
        &[
            full("camera.*"),
            partial("camera.CameraManager", "there are no cameras"),
            partial("camera.CameraInput", "there are no cameras"),
            partial("camera.Session", "there are no cameras"),
        ],
    ),
    face(
        "@ohos:multimedia.cameraPicker",
        include_str!("cameraPicker.js"),
        &[full("*"), partial("cameraPicker.pick", "fails: there is no camera app")],
    ),
    face(
        "@ohos:multimedia.drm",
        include_str!("drm.js"),
        &[full("drm.*"), partial("drm.createMediaKeySystem", "fails: there is no DRM")],
    ),
    face(
        "@ohos:multimedia.audioHaptic",
        include_str!("audioHaptic.js"),
        &[full("audioHaptic.*"), partial("audioHaptic.AudioHapticPlayer", "the sound; nothing vibrates")],
    ),
    face("@ohos:multimedia.systemSoundManager", include_str!("systemSoundManager.js"), &[full("systemSoundManager.*")]),
    face("@concord:media.enums", include_str!("media/enums.js"), &[]),
    face("@concord:media.source", include_str!("media/source.js"), &[]),
    face("@concord:media.player", include_str!("media/player.js"), &[]),
    face("@concord:media.metadata", include_str!("media/metadata.js"), &[]),
    face("@concord:media.soundPool", include_str!("media/soundPool.js"), &[]),
    face(
        "@ohos:multimedia.media",
        include_str!("media.js"),
        &[
            full("media.*"),
            partial("media.AVPlayer", "sound only: films play without their picture; no http(s), no AMR, APE, Opus"),
            partial("media.AVPlayer.surfaceId", "kept: nothing is drawn there"),
            partial("media.AVPlayer.selectTrack", "the track that plays already"),
            partial("media.AVPlayer.setPlaybackStrategy", "mutedMediaType only"),
            partial("media.AVPlayer.setDecryptionConfig", "fails: there is no DRM"),
            partial("media.AVPlayer.setSuperResolution", "fails: no picture is drawn"),
            partial("media.AVPlayer.addSubtitleFromFd", "SRT and WebVTT"),
            partial("media.AVPlayer.addSubtitleFromUrl", "SRT and WebVTT of files"),
            partial("media.createMediaSourceWithUrl", "files; no network"),
            partial("media.AVMetadataExtractor", "files of sound; no frames of films"),
            partial("media.AVImageGenerator", "fails: no frames of films"),
            partial("media.AVRecorder", "its states; prepare fails, since nothing records"),
            partial("media.AVTranscoder", "its states; prepare fails, since nothing encodes"),
            partial("media.AVScreenCaptureRecorder", "init fails: the screen is not recorded"),
        ],
    ),
];
