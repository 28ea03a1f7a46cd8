//! Properties by name: where they are and what they hold. Numbers and types are those of the EXIF 2.32 standard, TIFF and DNG.

use super::Kind;

/// A directory of an EXIF block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Directory {
    /// About the picture (IFD 0).
    Image,
    /// About how it was taken.
    Photo,
    /// About where.
    Gps,
    /// About the thumbnail (IFD 1).
    Thumbnail,
}

/// A property.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag {
    pub(super) name: &'static str,
    pub(super) directory: Directory,
    pub(super) number: u16,
    /// What is written; files may hold something else.
    pub(super) kind: Kind,
    /// How many values are written; 0 is any number.
    pub(super) count: u16,
}

impl Tag {
    pub(super) fn of(name: &str) -> Option<&'static Tag> {
        TAGS.iter().find(|tag| tag.name == name)
    }
}

const fn tag(name: &'static str, directory: Directory, number: u16, kind: Kind, count: u16) -> Tag {
    Tag { name, directory, number, kind, count }
}

const fn image(name: &'static str, number: u16, kind: Kind, count: u16) -> Tag {
    tag(name, Directory::Image, number, kind, count)
}

const fn photo(name: &'static str, number: u16, kind: Kind, count: u16) -> Tag {
    tag(name, Directory::Photo, number, kind, count)
}

const fn gps(name: &'static str, number: u16, kind: Kind, count: u16) -> Tag {
    tag(name, Directory::Gps, number, kind, count)
}

pub(super) static TAGS: &[Tag] = &[
    image("NewSubfileType", 0xfe, Kind::Long, 1),
    image("SubfileType", 0xff, Kind::Short, 1),
    image("ImageWidth", 0x100, Kind::Long, 1),
    image("ImageLength", 0x101, Kind::Long, 1),
    image("BitsPerSample", 0x102, Kind::Short, 3),
    image("Compression", 0x103, Kind::Short, 1),
    image("PhotometricInterpretation", 0x106, Kind::Short, 1),
    image("ImageDescription", 0x10e, Kind::Ascii, 0),
    image("Make", 0x10f, Kind::Ascii, 0),
    image("Model", 0x110, Kind::Ascii, 0),
    image("StripOffsets", 0x111, Kind::Long, 0),
    image("Orientation", 0x112, Kind::Short, 1),
    image("SamplesPerPixel", 0x115, Kind::Short, 1),
    image("RowsPerStrip", 0x116, Kind::Long, 1),
    image("StripByteCounts", 0x117, Kind::Long, 0),
    image("XResolution", 0x11a, Kind::Rational, 1),
    image("YResolution", 0x11b, Kind::Rational, 1),
    image("PlanarConfiguration", 0x11c, Kind::Short, 1),
    image("ResolutionUnit", 0x128, Kind::Short, 1),
    image("TransferFunction", 0x12d, Kind::Short, 0),
    image("Software", 0x131, Kind::Ascii, 0),
    image("DateTime", 0x132, Kind::Ascii, 0),
    image("Artist", 0x13b, Kind::Ascii, 0),
    image("WhitePoint", 0x13e, Kind::Rational, 2),
    image("PrimaryChromaticities", 0x13f, Kind::Rational, 6),
    image("YCbCrCoefficients", 0x211, Kind::Rational, 3),
    image("YCbCrSubSampling", 0x212, Kind::Short, 2),
    image("YCbCrPositioning", 0x213, Kind::Short, 1),
    image("ReferenceBlackWhite", 0x214, Kind::Rational, 6),
    image("Copyright", 0x8298, Kind::Ascii, 0),
    image("DNGVersion", 0xc612, Kind::Byte, 4),
    image("DefaultCropSize", 0xc620, Kind::Rational, 2),
    tag("JPEGInterchangeFormat", Directory::Thumbnail, 0x201, Kind::Long, 1),
    tag("JPEGInterchangeFormatLength", Directory::Thumbnail, 0x202, Kind::Long, 1),
    photo("ExposureTime", 0x829a, Kind::Rational, 1),
    photo("FNumber", 0x829d, Kind::Rational, 1),
    photo("ExposureProgram", 0x8822, Kind::Short, 1),
    photo("SpectralSensitivity", 0x8824, Kind::Ascii, 0),
    photo("ISOSpeedRatings", 0x8827, Kind::Short, 0),
    photo("PhotographicSensitivity", 0x8827, Kind::Short, 0),
    photo("OECF", 0x8828, Kind::Undefined, 0),
    photo("SensitivityType", 0x8830, Kind::Short, 1),
    photo("StandardOutputSensitivity", 0x8831, Kind::Long, 1),
    photo("RecommendedExposureIndex", 0x8832, Kind::Long, 1),
    photo("ISOSpeed", 0x8833, Kind::Long, 1),
    photo("ISOSpeedLatitudeyyy", 0x8834, Kind::Long, 1),
    photo("ISOSpeedLatitudezzz", 0x8835, Kind::Long, 1),
    photo("ExifVersion", 0x9000, Kind::Undefined, 4),
    photo("DateTimeOriginal", 0x9003, Kind::Ascii, 0),
    photo("DateTimeDigitized", 0x9004, Kind::Ascii, 0),
    photo("OffsetTime", 0x9010, Kind::Ascii, 0),
    photo("OffsetTimeOriginal", 0x9011, Kind::Ascii, 0),
    photo("OffsetTimeDigitized", 0x9012, Kind::Ascii, 0),
    photo("ComponentsConfiguration", 0x9101, Kind::Undefined, 4),
    photo("CompressedBitsPerPixel", 0x9102, Kind::Rational, 1),
    photo("ShutterSpeedValue", 0x9201, Kind::SRational, 1),
    photo("ApertureValue", 0x9202, Kind::Rational, 1),
    photo("BrightnessValue", 0x9203, Kind::SRational, 1),
    photo("ExposureBiasValue", 0x9204, Kind::SRational, 1),
    photo("MaxApertureValue", 0x9205, Kind::Rational, 1),
    photo("SubjectDistance", 0x9206, Kind::Rational, 1),
    photo("MeteringMode", 0x9207, Kind::Short, 1),
    photo("LightSource", 0x9208, Kind::Short, 1),
    photo("Flash", 0x9209, Kind::Short, 1),
    photo("FocalLength", 0x920a, Kind::Rational, 1),
    photo("SubjectArea", 0x9214, Kind::Short, 0),
    photo("MakerNote", 0x927c, Kind::Undefined, 0),
    photo("UserComment", 0x9286, Kind::Undefined, 0),
    photo("SubsecTime", 0x9290, Kind::Ascii, 0),
    photo("SubsecTimeOriginal", 0x9291, Kind::Ascii, 0),
    photo("SubsecTimeDigitized", 0x9292, Kind::Ascii, 0),
    photo("FlashpixVersion", 0xa000, Kind::Undefined, 4),
    photo("ColorSpace", 0xa001, Kind::Short, 1),
    photo("PixelXDimension", 0xa002, Kind::Long, 1),
    photo("PixelYDimension", 0xa003, Kind::Long, 1),
    photo("RelatedSoundFile", 0xa004, Kind::Ascii, 0),
    photo("FlashEnergy", 0xa20b, Kind::Rational, 1),
    photo("SpatialFrequencyResponse", 0xa20c, Kind::Undefined, 0),
    photo("FocalPlaneXResolution", 0xa20e, Kind::Rational, 1),
    photo("FocalPlaneYResolution", 0xa20f, Kind::Rational, 1),
    photo("FocalPlaneResolutionUnit", 0xa210, Kind::Short, 1),
    photo("SubjectLocation", 0xa214, Kind::Short, 2),
    photo("ExposureIndex", 0xa215, Kind::Rational, 1),
    photo("SensingMethod", 0xa217, Kind::Short, 1),
    photo("FileSource", 0xa300, Kind::Undefined, 1),
    photo("SceneType", 0xa301, Kind::Undefined, 1),
    photo("CFAPattern", 0xa302, Kind::Undefined, 0),
    photo("CustomRendered", 0xa401, Kind::Short, 1),
    photo("ExposureMode", 0xa402, Kind::Short, 1),
    photo("WhiteBalance", 0xa403, Kind::Short, 1),
    photo("DigitalZoomRatio", 0xa404, Kind::Rational, 1),
    photo("FocalLengthIn35mmFilm", 0xa405, Kind::Short, 1),
    photo("SceneCaptureType", 0xa406, Kind::Short, 1),
    photo("GainControl", 0xa407, Kind::Short, 1),
    photo("Contrast", 0xa408, Kind::Short, 1),
    photo("Saturation", 0xa409, Kind::Short, 1),
    photo("Sharpness", 0xa40a, Kind::Short, 1),
    photo("DeviceSettingDescription", 0xa40b, Kind::Undefined, 0),
    photo("SubjectDistanceRange", 0xa40c, Kind::Short, 1),
    photo("ImageUniqueID", 0xa420, Kind::Ascii, 0),
    photo("CameraOwnerName", 0xa430, Kind::Ascii, 0),
    photo("BodySerialNumber", 0xa431, Kind::Ascii, 0),
    photo("LensSpecification", 0xa432, Kind::Rational, 4),
    photo("LensMake", 0xa433, Kind::Ascii, 0),
    photo("LensModel", 0xa434, Kind::Ascii, 0),
    photo("LensSerialNumber", 0xa435, Kind::Ascii, 0),
    photo("CompositeImage", 0xa460, Kind::Short, 1),
    photo("SourceImageNumberOfCompositeImage", 0xa461, Kind::Short, 2),
    photo("SourceExposureTimesOfCompositeImage", 0xa462, Kind::Undefined, 0),
    photo("Gamma", 0xa500, Kind::Rational, 1),
    gps("GPSVersionID", 0x00, Kind::Byte, 4),
    gps("GPSLatitudeRef", 0x01, Kind::Ascii, 0),
    gps("GPSLatitude", 0x02, Kind::Rational, 3),
    gps("GPSLongitudeRef", 0x03, Kind::Ascii, 0),
    gps("GPSLongitude", 0x04, Kind::Rational, 3),
    gps("GPSAltitudeRef", 0x05, Kind::Byte, 1),
    gps("GPSAltitude", 0x06, Kind::Rational, 1),
    gps("GPSTimeStamp", 0x07, Kind::Rational, 3),
    gps("GPSSatellites", 0x08, Kind::Ascii, 0),
    gps("GPSStatus", 0x09, Kind::Ascii, 0),
    gps("GPSMeasureMode", 0x0a, Kind::Ascii, 0),
    gps("GPSDOP", 0x0b, Kind::Rational, 1),
    gps("GPSSpeedRef", 0x0c, Kind::Ascii, 0),
    gps("GPSSpeed", 0x0d, Kind::Rational, 1),
    gps("GPSTrackRef", 0x0e, Kind::Ascii, 0),
    gps("GPSTrack", 0x0f, Kind::Rational, 1),
    gps("GPSImgDirectionRef", 0x10, Kind::Ascii, 0),
    gps("GPSImgDirection", 0x11, Kind::Rational, 1),
    gps("GPSMapDatum", 0x12, Kind::Ascii, 0),
    gps("GPSDestLatitudeRef", 0x13, Kind::Ascii, 0),
    gps("GPSDestLatitude", 0x14, Kind::Rational, 3),
    gps("GPSDestLongitudeRef", 0x15, Kind::Ascii, 0),
    gps("GPSDestLongitude", 0x16, Kind::Rational, 3),
    gps("GPSDestBearingRef", 0x17, Kind::Ascii, 0),
    gps("GPSDestBearing", 0x18, Kind::Rational, 1),
    gps("GPSDestDistanceRef", 0x19, Kind::Ascii, 0),
    gps("GPSDestDistance", 0x1a, Kind::Rational, 1),
    gps("GPSProcessingMethod", 0x1b, Kind::Undefined, 0),
    gps("GPSAreaInformation", 0x1c, Kind::Undefined, 0),
    gps("GPSDateStamp", 0x1d, Kind::Ascii, 0),
    gps("GPSDifferential", 0x1e, Kind::Short, 1),
    gps("GPSHPositioningError", 0x1f, Kind::Rational, 1),
];
