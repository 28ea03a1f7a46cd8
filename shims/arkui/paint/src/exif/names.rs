//! Names that the standard gives to numbers.

/// The name of a number of a property.
pub(super) fn name(property: &str, number: u32) -> Option<&'static str> {
    let names: &[(u32, &str)] = match property {
        "Orientation" => &[
            (1, "Top-left"),
            (2, "Top-right"),
            (3, "Bottom-right"),
            (4, "Bottom-left"),
            (5, "Left-top"),
            (6, "Right-top"),
            (7, "Right-bottom"),
            (8, "Left-bottom"),
        ],
        "ResolutionUnit" | "FocalPlaneResolutionUnit" => &[(2, "Inch"), (3, "Centimeter")],
        "YCbCrPositioning" => &[(1, "Centered"), (2, "Co-sited")],
        "PlanarConfiguration" => &[(1, "Chunky format"), (2, "Planar format")],
        "Compression" => {
            &[(1, "Uncompressed"), (5, "LZW compression"), (6, "JPEG compression"), (7, "JPEG compression")]
        }
        "PhotometricInterpretation" => &[(2, "RGB"), (6, "YCbCr")],
        "ExposureProgram" => &[
            (0, "Not defined"),
            (1, "Manual"),
            (2, "Normal program"),
            (3, "Aperture priority"),
            (4, "Shutter priority"),
            (5, "Creative program (biased toward depth of field)"),
            (6, "Creative program (biased toward fast shutter speed)"),
            (7, "Portrait mode (for closeup photos with the background out of focus)"),
            (8, "Landscape mode (for landscape photos with the background in focus)"),
        ],
        "MeteringMode" => &[
            (0, "Unknown"),
            (1, "Average"),
            (2, "Center-weighted average"),
            (3, "Spot"),
            (4, "Multi spot"),
            (5, "Pattern"),
            (6, "Partial"),
            (255, "Other"),
        ],
        "LightSource" => &[
            (0, "Unknown"),
            (1, "Daylight"),
            (2, "Fluorescent"),
            (3, "Tungsten incandescent light"),
            (4, "Flash"),
            (9, "Fine weather"),
            (10, "Cloudy weather"),
            (11, "Shade"),
            (12, "Daylight fluorescent"),
            (13, "Day white fluorescent"),
            (14, "Cool white fluorescent"),
            (15, "White fluorescent"),
            (17, "Standard light A"),
            (18, "Standard light B"),
            (19, "Standard light C"),
            (20, "D55"),
            (21, "D65"),
            (22, "D75"),
            (24, "ISO studio tungsten"),
            (255, "Other"),
        ],
        "Flash" => &[
            (0x00, "Flash did not fire"),
            (0x01, "Flash fired"),
            (0x05, "Strobe return light not detected"),
            (0x07, "Strobe return light detected"),
            (0x08, "Flash did not fire"),
            (0x09, "Flash fired, compulsory flash mode"),
            (0x0d, "Flash fired, compulsory flash mode, return light not detected"),
            (0x0f, "Flash fired, compulsory flash mode, return light detected"),
            (0x10, "Flash did not fire, compulsory flash mode"),
            (0x18, "Flash did not fire, auto mode"),
            (0x19, "Flash fired, auto mode"),
            (0x1d, "Flash fired, auto mode, return light not detected"),
            (0x1f, "Flash fired, auto mode, return light detected"),
            (0x20, "No flash function"),
        ],
        "SensingMethod" => &[
            (1, "Not defined"),
            (2, "One-chip color area sensor"),
            (3, "Two-chip color area sensor"),
            (4, "Three-chip color area sensor"),
            (5, "Color sequential area sensor"),
            (7, "Trilinear sensor"),
            (8, "Color sequential linear sensor"),
        ],
        "FileSource" => &[(3, "DSC")],
        "SceneType" => &[(1, "Directly photographed")],
        "CustomRendered" => &[(0, "Normal process"), (1, "Custom process")],
        "ExposureMode" => &[(0, "Auto exposure"), (1, "Manual exposure"), (2, "Auto bracket")],
        "WhiteBalance" => &[(0, "Auto white balance"), (1, "Manual white balance")],
        "SceneCaptureType" => &[(0, "Standard"), (1, "Landscape"), (2, "Portrait"), (3, "Night scene")],
        "GainControl" => {
            &[(0, "Normal"), (1, "Low gain up"), (2, "High gain up"), (3, "Low gain down"), (4, "High gain down")]
        }
        "Contrast" | "Sharpness" => &[(0, "Normal"), (1, "Soft"), (2, "Hard")],
        "Saturation" => &[(0, "Normal"), (1, "Low saturation"), (2, "High saturation")],
        "SubjectDistanceRange" => &[(0, "Unknown"), (1, "Macro"), (2, "Close view"), (3, "Distant view")],
        "ColorSpace" => &[(1, "sRGB"), (2, "Adobe RGB"), (0xffff, "Uncalibrated")],
        "SensitivityType" => &[
            (0, "Unknown"),
            (1, "Standard output sensitivity (SOS)"),
            (2, "Recommended exposure index (REI)"),
            (3, "ISO speed"),
        ],
        "GPSAltitudeRef" => &[(0, "Sea level"), (1, "Sea level reference")],
        _ => &[],
    };
    names.iter().find(|(known, _)| *known == number).map(|(_, name)| *name)
}

/// The number of a name.
pub(super) fn number(property: &str, text: &str) -> Option<u32> {
    (0..=255).chain([0xffff]).find(|number| name(property, *number) == Some(text))
}
