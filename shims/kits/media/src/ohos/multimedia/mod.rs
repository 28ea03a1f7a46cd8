//! `@ohos:multimedia.*`: sound. Pictures and films are elsewhere (`shims/arkui`) or absent.

use concord_runtime::FaceModule;

use concord_runtime::face::{face, full, partial, stub};

mod input;
mod output;
mod queue;
mod sound;
mod tempo;
mod voice;

const SYSTEM_ONLY: &str = "the desktop decides: answers as if nothing else sounded";

pub(crate) static MODULES: [FaceModule; 14] = [
    sound::MODULE,
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
            partial("audio.createAudioCapturer", "fails: nothing records yet"),
            stub("audio.AudioCapturer"),
            stub("audio.AudioLoopback"),
            stub("audio.createAudioLoopback"),
            stub("audio.AudioManager.getDeviceEnhanceManager"),
            stub("audio.AudioManager.getDebuggingManager"),
            stub("audio.AudioManager.getRecordingManager"),
            stub("audio.AudioDeviceEnhanceManager"),
            stub("audio.AudioDebuggingManager"),
            stub("audio.AudioRecordingManager"),
        ],
    ),
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
            stub("media.AVPlayer.setDecryptionConfig"),
            stub("media.AVPlayer.setSuperResolution"),
            stub("media.AVPlayer.addSubtitleFromFd"),
            stub("media.AVPlayer.addSubtitleFromUrl"),
            stub("media.AVPlayer.getTrackSelectionFilter"),
            stub("media.AVPlayer.setTrackSelectionFilter"),
            stub("media.AVPlayer.advanceToNextMediaSource"),
            stub("media.AVPlayer.advanceToPrevMediaSource"),
            stub("media.AVPlayer.advanceToMediaSource"),
            stub("media.AVPlayer.getCurrentMediaSource"),
            stub("media.AVPlayer.getMediaSources"),
            stub("media.AVPlayer.addPlaybackMediaSource"),
            stub("media.AVPlayer.removePlaybackMediaSource"),
            stub("media.AVPlayer.clearPlaybackList"),
            partial("media.createMediaSourceWithUrl", "files; no network"),
            partial("media.AVMetadataExtractor", "files of sound; no frames of films"),
            stub("media.AVMetadataExtractor.fetchFrameByTime"),
            stub("media.AVMetadataExtractor.fetchFrameByTimeWithTimeout"),
            stub("media.AVMetadataExtractor.fetchFramesByTimes"),
            stub("media.AVMetadataExtractor.fetchFramesByTimesWithTimeout"),
            stub("media.AVRecorder"),
            stub("media.AVTranscoder"),
            stub("media.AVScreenCaptureRecorder"),
            stub("media.AVImageGenerator"),
            stub("media.AVAdsController"),
            stub("media.AVDownloaderManager"),
            stub("media.createAVRecorder"),
            stub("media.createAVTranscoder"),
            stub("media.createAVScreenCaptureRecorder"),
            stub("media.createAVImageGenerator"),
            stub("media.createAVAdsController"),
            stub("media.createAVDownloaderManager"),
            stub("media.createMediaSourceWithStreamData"),
            stub("media.createMediaSourceWithDirectory"),
        ],
    ),
];
