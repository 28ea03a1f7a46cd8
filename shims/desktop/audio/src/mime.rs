//! MIME types of containers and codecs, as the platform names them.

use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::AudioCodecId;
use symphonia::core::codecs::audio::well_known as audio;
use symphonia::core::codecs::video::VideoCodecId;
use symphonia::core::codecs::video::well_known as video;
use symphonia::core::formats::FormatId;
use symphonia::core::formats::well_known as format;

const FORMATS: [(FormatId, &str); 11] = [
    (format::FORMAT_ID_WAVE, "audio/wav"),
    (format::FORMAT_ID_AIFF, "audio/aiff"),
    (format::FORMAT_ID_MP1, "audio/mpeg"),
    (format::FORMAT_ID_MP2, "audio/mpeg"),
    (format::FORMAT_ID_MP3, "audio/mpeg"),
    (format::FORMAT_ID_ADTS, "audio/aac"),
    (format::FORMAT_ID_OGG, "audio/ogg"),
    (format::FORMAT_ID_FLAC, "audio/flac"),
    (format::FORMAT_ID_ISOMP4, "audio/mp4"),
    (format::FORMAT_ID_MKV, "audio/x-matroska"),
    (format::FORMAT_ID_CAF, "audio/x-caf"),
];

const AUDIO: [(AudioCodecId, &str); 10] = [
    (audio::CODEC_ID_AAC, "audio/mp4a-latm"),
    (audio::CODEC_ID_MP3, "audio/mpeg"),
    (audio::CODEC_ID_MP2, "audio/mpeg-L2"),
    (audio::CODEC_ID_MP1, "audio/mpeg-L1"),
    (audio::CODEC_ID_VORBIS, "audio/vorbis"),
    (audio::CODEC_ID_OPUS, "audio/opus"),
    (audio::CODEC_ID_FLAC, "audio/flac"),
    (audio::CODEC_ID_ALAC, "audio/alac"),
    (audio::CODEC_ID_PCM_MULAW, "audio/g711mu"),
    (audio::CODEC_ID_PCM_ALAW, "audio/g711a"),
];

const VIDEO: [(VideoCodecId, &str); 8] = [
    (video::CODEC_ID_H263, "video/h263"),
    (video::CODEC_ID_H264, "video/avc"),
    (video::CODEC_ID_HEVC, "video/hevc"),
    (video::CODEC_ID_MPEG2, "video/mpeg2"),
    (video::CODEC_ID_MPEG4, "video/mp4v-es"),
    (video::CODEC_ID_VP8, "video/x-vnd.on2.vp8"),
    (video::CODEC_ID_VP9, "video/x-vnd.on2.vp9"),
    (video::CODEC_ID_AV1, "video/av1"),
];

fn find<K: PartialEq>(table: &[(K, &'static str)], key: &K) -> Option<&'static str> {
    table.iter().find(|(id, _)| id == key).map(|(_, mime)| *mime)
}

/// Of a container; `has_video` makes a film of it.
pub fn of_format(id: FormatId, has_video: bool) -> String {
    let mime = find(&FORMATS, &id).unwrap_or("application/octet-stream");
    if has_video { mime.replacen("audio/", "video/", 1) } else { mime.to_owned() }
}

/// Of a codec; samples as they are count as `audio/raw`, and what is not known is empty.
pub fn of_codec(parameters: Option<&CodecParameters>) -> String {
    let mime = match parameters {
        Some(CodecParameters::Audio(audio)) => {
            let raw = (audio::CODEC_ID_PCM_S32LE..=audio::CODEC_ID_PCM_F64BE_PLANAR).contains(&audio.codec);
            find(&AUDIO, &audio.codec).or(raw.then_some("audio/raw"))
        }
        Some(CodecParameters::Video(video)) => find(&VIDEO, &video.codec),
        _ => None,
    };
    mime.unwrap_or_default().to_owned()
}
