//! The drawings.

use super::Drawing;

/// By the numbers that the platform's resources give them (`sys.symbol.…`).
pub(super) static DRAWINGS: &[Drawing] = &[
    // ohos_wifi
    Drawing {
        code: 0xf0000,
        stroke: "M2.5 9.5A13.5 13.5 0 0 1 21.5 9.5M5.8 13A9 9 0 0 1 18.2 13M9 16.2A4.5 4.5 0 0 1 15 16.2",
        fill: "M13 19.5A1 1 0 1 1 11 19.5A1 1 0 1 1 13 19.5Z",
        inner: "",
    },
    // ohos_trash
    Drawing {
        code: 0xf0001,
        stroke: "M4.5 7H19.5M9 7V4.5H15V7M6 7L7 20H17L18 7M10 10.5V16.5M14 10.5V16.5",
        fill: "",
        inner: "",
    },
    // ohos_photo
    Drawing {
        code: 0xf0003,
        stroke: "M3.5 5H20.5V19H3.5ZM3.5 17L9 11.5L13 15.5L16 12.5L20.5 17M17.3 9A1.3 1.3 0 1 1 14.7 9A1.3 1.3 0 1 1 17.3 9Z",
        fill: "",
        inner: "",
    },
    // mic
    Drawing {
        code: 0xf0006,
        stroke: "M9 11.5V6A3 3 0 0 1 15 6V11.5A3 3 0 0 1 9 11.5ZM5.5 11A6.5 6.5 0 0 0 18.5 11M12 17.5V21",
        fill: "",
        inner: "",
    },
    // circle
    Drawing { code: 0xf0007, stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12Z", fill: "", inner: "" },
    // lock
    Drawing { code: 0xf0008, stroke: "M6 11H18V20H6ZM8.5 11V8A3.5 3.5 0 0 1 15.5 8V11", fill: "", inner: "" },
    // ohos_star
    Drawing {
        code: 0xf0009,
        stroke: "M12.0 3.1L14.5 9.2L21.0 9.7L16.0 13.9L17.6 20.3L12.0 16.8L6.4 20.3L8.0 13.9L3.0 9.7L9.5 9.2Z",
        fill: "",
        inner: "",
    },
    // bookmark
    Drawing { code: 0xf000a, stroke: "M6.5 4H17.5V20.5L12 16L6.5 20.5Z", fill: "", inner: "" },
    // bookmark_fill
    Drawing { code: 0xf000b, stroke: "", fill: "M6.5 4H17.5V20.5L12 16L6.5 20.5Z", inner: "" },
    // checkmark_circle_fill
    Drawing {
        code: 0xf000e,
        stroke: "",
        fill: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12Z",
        inner: "M7.5 12.5L10.8 15.8L16.5 9",
    },
    // checkmark_circle
    Drawing {
        code: 0xf000f,
        stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12ZM7.5 12.5L10.8 15.8L16.5 9",
        fill: "",
        inner: "",
    },
    // checkmark_square
    Drawing { code: 0xf0012, stroke: "M4.5 4.5H19.5V19.5H4.5ZM8 12.2L11 15.2L16.5 9", fill: "", inner: "" },
    // checkmark
    Drawing { code: 0xf0013, stroke: "M4.5 12.5L10 18L19.5 7", fill: "", inner: "" },
    // gearshape_fill
    Drawing {
        code: 0xf001f,
        stroke: "M18.3 12.0L21.0 12.0M16.5 16.5L18.4 18.4M12.0 18.3L12.0 21.0M7.5 16.5L5.6 18.4M5.7 12.0L3.0 12.0M7.5 7.5L5.6 5.6M12.0 5.7L12.0 3.0M16.5 7.5L18.4 5.6",
        fill: "M18.8 12A6.8 6.8 0 1 1 5.2 12A6.8 6.8 0 1 1 18.8 12Z",
        inner: "M14.2 12A2.2 2.2 0 1 1 9.8 12A2.2 2.2 0 1 1 14.2 12Z",
    },
    // gearshape
    Drawing {
        code: 0xf0020,
        stroke: "M18.3 12A6.3 6.3 0 1 1 5.7 12A6.3 6.3 0 1 1 18.3 12ZM14.5 12A2.5 2.5 0 1 1 9.5 12A2.5 2.5 0 1 1 14.5 12ZM18.3 12.0L21.0 12.0M16.5 16.5L18.4 18.4M12.0 18.3L12.0 21.0M7.5 16.5L5.6 18.4M5.7 12.0L3.0 12.0M7.5 7.5L5.6 5.6M12.0 5.7L12.0 3.0M16.5 7.5L18.4 5.6",
        fill: "",
        inner: "",
    },
    // heart_fill
    Drawing {
        code: 0xf0021,
        stroke: "",
        fill: "M12 20.5C5 15.5 2.8 11.8 3.2 8.6C3.7 4.6 9 3.4 12 7.4C15 3.4 20.3 4.6 20.8 8.6C21.2 11.8 19 15.5 12 20.5Z",
        inner: "",
    },
    // heart
    Drawing {
        code: 0xf0025,
        stroke: "M12 20.5C5 15.5 2.8 11.8 3.2 8.6C3.7 4.6 9 3.4 12 7.4C15 3.4 20.3 4.6 20.8 8.6C21.2 11.8 19 15.5 12 20.5Z",
        fill: "",
        inner: "",
    },
    // house_fill
    Drawing { code: 0xf0026, stroke: "", fill: "M4 11L12 4L20 11V20H4Z", inner: "M9.5 20V14H14.5V20" },
    // house
    Drawing { code: 0xf0027, stroke: "M4 11L12 4L20 11V20H14.5V14H9.5V20H4Z", fill: "", inner: "" },
    // magnifyingglass
    Drawing {
        code: 0xf0029,
        stroke: "M17 10.5A6.5 6.5 0 1 1 4 10.5A6.5 6.5 0 1 1 17 10.5ZM15.5 15.5L20.5 20.5",
        fill: "",
        inner: "",
    },
    // minus_circle_fill
    Drawing { code: 0xf002a, stroke: "", fill: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12Z", inner: "M7.5 12H16.5" },
    // minus_circle
    Drawing { code: 0xf002b, stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12ZM7.5 12H16.5", fill: "", inner: "" },
    // minus
    Drawing { code: 0xf002c, stroke: "M4.5 12H19.5", fill: "", inner: "" },
    // moon_fill
    Drawing { code: 0xf002d, stroke: "", fill: "M19.5 14.5A8 8 0 1 1 9.5 4.5A6.5 6.5 0 0 0 19.5 14.5Z", inner: "" },
    // moon
    Drawing { code: 0xf002e, stroke: "M19.5 14.5A8 8 0 1 1 9.5 4.5A6.5 6.5 0 0 0 19.5 14.5Z", fill: "", inner: "" },
    // paperplane_fill
    Drawing { code: 0xf002f, stroke: "", fill: "M21 3L3 10.5L10.5 13.5L13.5 21Z", inner: "M21 3L10.5 13.5" },
    // paperplane
    Drawing { code: 0xf0030, stroke: "M21 3L3 10.5L10.5 13.5L13.5 21ZM21 3L10.5 13.5", fill: "", inner: "" },
    // plus_circle_fill
    Drawing {
        code: 0xf0033,
        stroke: "",
        fill: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12Z",
        inner: "M12 7.5V16.5M7.5 12H16.5",
    },
    // plus_circle
    Drawing {
        code: 0xf0034,
        stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12ZM12 7.5V16.5M7.5 12H16.5",
        fill: "",
        inner: "",
    },
    // plus
    Drawing { code: 0xf0035, stroke: "M12 4.5V19.5M4.5 12H19.5", fill: "", inner: "" },
    // share
    Drawing { code: 0xf003d, stroke: "M12 15V3.5M7.5 8L12 3.5L16.5 8M5 12V20.5H19V12", fill: "", inner: "" },
    // speaker_slash
    Drawing {
        code: 0xf0043,
        stroke: "M4 9.5V14.5H7.5L12.5 18.5V5.5L7.5 9.5ZM15.5 9.5L20.5 14.5M20.5 9.5L15.5 14.5",
        fill: "",
        inner: "",
    },
    // speaker_wave_2
    Drawing {
        code: 0xf0048,
        stroke: "M4 9.5V14.5H7.5L12.5 18.5V5.5L7.5 9.5ZM15.5 9A4 4 0 0 1 15.5 15M18 6.5A8 8 0 0 1 18 17.5",
        fill: "",
        inner: "",
    },
    // star
    Drawing {
        code: 0xf004e,
        stroke: "M12.0 3.1L14.5 9.2L21.0 9.7L16.0 13.9L17.6 20.3L12.0 16.8L6.4 20.3L8.0 13.9L3.0 9.7L9.5 9.2Z",
        fill: "",
        inner: "",
    },
    // sun_max_fill
    Drawing {
        code: 0xf004f,
        stroke: "M18.5 12.0L21.5 12.0M16.6 16.6L18.7 18.7M12.0 18.5L12.0 21.5M7.4 16.6L5.3 18.7M5.5 12.0L2.5 12.0M7.4 7.4L5.3 5.3M12.0 5.5L12.0 2.5M16.6 7.4L18.7 5.3",
        fill: "M16 12A4 4 0 1 1 8 12A4 4 0 1 1 16 12Z",
        inner: "",
    },
    // sun_max
    Drawing {
        code: 0xf0050,
        stroke: "M16 12A4 4 0 1 1 8 12A4 4 0 1 1 16 12ZM18.5 12.0L21.5 12.0M16.6 16.6L18.7 18.7M12.0 18.5L12.0 21.5M7.4 16.6L5.3 18.7M5.5 12.0L2.5 12.0M7.4 7.4L5.3 5.3M12.0 5.5L12.0 2.5M16.6 7.4L18.7 5.3",
        fill: "",
        inner: "",
    },
    // trash_fill
    Drawing {
        code: 0xf0052,
        stroke: "M4.5 7H19.5M9 7V4.5H15V7",
        fill: "M6 8L7 20.5H17L18 8Z",
        inner: "M10 11V17M14 11V17",
    },
    // xmark_circle_fill
    Drawing {
        code: 0xf0054,
        stroke: "",
        fill: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12Z",
        inner: "M8.5 8.5L15.5 15.5M15.5 8.5L8.5 15.5",
    },
    // xmark_circle
    Drawing {
        code: 0xf0055,
        stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12ZM8.5 8.5L15.5 15.5M15.5 8.5L8.5 15.5",
        fill: "",
        inner: "",
    },
    // xmark
    Drawing { code: 0xf0056, stroke: "M6 6L18 18M18 6L6 18", fill: "", inner: "" },
    // list_bullet
    Drawing {
        code: 0xf0069,
        stroke: "M9 6.5H20.5M9 12H20.5M9 17.5H20.5",
        fill: "M6 6.5A1 1 0 1 1 4 6.5A1 1 0 1 1 6 6.5ZM6 12A1 1 0 1 1 4 12A1 1 0 1 1 6 12ZM6 17.5A1 1 0 1 1 4 17.5A1 1 0 1 1 6 17.5Z",
        inner: "",
    },
    // square_and_pencil
    Drawing { code: 0xf0073, stroke: "M12 5H5V19.5H19V12M10 14L11 11L18.5 3.5L20.5 5.5L13 13Z", fill: "", inner: "" },
    // square
    Drawing { code: 0xf0075, stroke: "M4.5 4.5H19.5V19.5H4.5Z", fill: "", inner: "" },
    // envelope
    Drawing { code: 0xf0088, stroke: "M3.5 6H20.5V18.5H3.5ZM3.5 6.5L12 13L20.5 6.5", fill: "", inner: "" },
    // message_fill
    Drawing { code: 0xf008c, stroke: "", fill: "M3.5 5H20.5V16.5H11L7 20V16.5H3.5Z", inner: "" },
    // message
    Drawing { code: 0xf008f, stroke: "M3.5 5H20.5V16.5H11L7 20V16.5H3.5Z", fill: "", inner: "" },
    // phone
    Drawing {
        code: 0xf009a,
        stroke: "M6 3.5L9.5 8L7.5 10.5C9 13.5 10.5 15 13.5 16.5L16 14.5L20.5 18C19.5 20.5 17.5 21 15.5 20.5C9.5 18.5 5.5 14.5 3.5 8.5C3 6.5 3.5 4.5 6 3.5Z",
        fill: "",
        inner: "",
    },
    // phone_fill
    Drawing {
        code: 0xf009e,
        stroke: "",
        fill: "M6 3.5L9.5 8L7.5 10.5C9 13.5 10.5 15 13.5 16.5L16 14.5L20.5 18C19.5 20.5 17.5 21 15.5 20.5C9.5 18.5 5.5 14.5 3.5 8.5C3 6.5 3.5 4.5 6 3.5Z",
        inner: "",
    },
    // backward_end_fill
    Drawing { code: 0xf00a6, stroke: "M6 5V19", fill: "M19 5L8 12L19 19Z", inner: "" },
    // forward_end_fill
    Drawing { code: 0xf00a7, stroke: "M18 5V19", fill: "M5 5L16 12L5 19Z", inner: "" },
    // music
    Drawing {
        code: 0xf00ad,
        stroke: "M9.5 18V6L19 4V16M9.5 18A2.5 2.5 0 1 1 4.5 18A2.5 2.5 0 1 1 9.5 18ZM19 16A2.5 2.5 0 1 1 14 16A2.5 2.5 0 1 1 19 16Z",
        fill: "",
        inner: "",
    },
    // pause_circle_fill
    Drawing {
        code: 0xf00af,
        stroke: "",
        fill: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12Z",
        inner: "M10 8.5V15.5M14 8.5V15.5",
    },
    // pause_circle
    Drawing {
        code: 0xf00b0,
        stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12ZM10 8.5V15.5M14 8.5V15.5",
        fill: "",
        inner: "",
    },
    // pause
    Drawing { code: 0xf00b1, stroke: "M8.5 5V19M15.5 5V19", fill: "", inner: "" },
    // play_circle_fill
    Drawing { code: 0xf00b2, stroke: "", fill: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12Z", inner: "M10 8L16 12L10 16Z" },
    // play_circle
    Drawing { code: 0xf00b3, stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12ZM10 8L16 12L10 16Z", fill: "", inner: "" },
    // play_fill
    Drawing { code: 0xf00b4, stroke: "", fill: "M7 4.5L19.5 12L7 19.5Z", inner: "" },
    // doc_text
    Drawing { code: 0xf00bc, stroke: "M6 3H14.5L18.5 7V21H6ZM9 11H15.5M9 14.5H15.5M9 18H13", fill: "", inner: "" },
    // doc_plaintext
    Drawing { code: 0xf00c1, stroke: "M6 3H14.5L18.5 7V21H6ZM9 11H15.5M9 14.5H15.5M9 18H13", fill: "", inner: "" },
    // folder
    Drawing { code: 0xf00c5, stroke: "M3 6H9.5L11.5 8.5H21V19H3Z", fill: "", inner: "" },
    // folder_fill
    Drawing { code: 0xf00c6, stroke: "", fill: "M3 6H9.5L11.5 8.5H21V19H3Z", inner: "" },
    // arrow_clockwise
    Drawing { code: 0xf00c7, stroke: "M19.5 12A7.5 7.5 0 1 1 16.8 6.2M17 2.5V6.5H13", fill: "", inner: "" },
    // arrow_counterclockwise
    Drawing { code: 0xf00c8, stroke: "M4.5 12A7.5 7.5 0 1 0 7.2 6.2M7 2.5V6.5H11", fill: "", inner: "" },
    // arrow_left
    Drawing { code: 0xf00ca, stroke: "M20 12H4.5M11 5.5L4.5 12L11 18.5", fill: "", inner: "" },
    // arrow_up_circle
    Drawing {
        code: 0xf00cc,
        stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12ZM12 17V7.5M8 11.2L12 7.5L16 11.2",
        fill: "",
        inner: "",
    },
    // arrow_up
    Drawing { code: 0xf00ce, stroke: "M12 20V4.5M5.5 11L12 4.5L18.5 11", fill: "", inner: "" },
    // square_and_arrow_down
    Drawing { code: 0xf00d4, stroke: "M12 3.5V15M7.5 10.5L12 15L16.5 10.5M5 16V20.5H19V16", fill: "", inner: "" },
    // chevron_up
    Drawing { code: 0xf00d8, stroke: "M5 15L12 8L19 15", fill: "", inner: "" },
    // chevron_right
    Drawing { code: 0xf00d9, stroke: "M9 5L16 12L9 19", fill: "", inner: "" },
    // chevron_left
    Drawing { code: 0xf00da, stroke: "M15 5L8 12L15 19", fill: "", inner: "" },
    // chevron_down
    Drawing { code: 0xf00db, stroke: "M5 9L12 16L19 9", fill: "", inner: "" },
    // square_grid_2x2
    Drawing {
        code: 0xf00e3,
        stroke: "M4 4H10.5V10.5H4ZM13.5 4H20V10.5H13.5ZM4 13.5H10.5V20H4ZM13.5 13.5H20V20H13.5Z",
        fill: "",
        inner: "",
    },
    // questionmark_circle_fill
    Drawing {
        code: 0xf00ff,
        stroke: "",
        fill: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12Z",
        inner: "M9.5 9.5C9.5 6.5 14.5 6.5 14.5 9.5C14.5 11.5 12 11.5 12 14M12.5 16.8A0.5 0.5 0 1 1 11.5 16.8A0.5 0.5 0 1 1 12.5 16.8Z",
    },
    // questionmark_circle
    Drawing {
        code: 0xf0100,
        stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12ZM9.5 9.5C9.5 6.5 14.5 6.5 14.5 9.5C14.5 11.5 12 11.5 12 14M12.5 16.8A0.5 0.5 0 1 1 11.5 16.8A0.5 0.5 0 1 1 12.5 16.8Z",
        fill: "",
        inner: "",
    },
    // exclamationmark_circle_fill
    Drawing {
        code: 0xf0108,
        stroke: "",
        fill: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12Z",
        inner: "M12 7.5V13M12.5 16.3A0.5 0.5 0 1 1 11.5 16.3A0.5 0.5 0 1 1 12.5 16.3Z",
    },
    // exclamationmark_circle
    Drawing {
        code: 0xf0109,
        stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12ZM12 7.5V13M12.5 16.3A0.5 0.5 0 1 1 11.5 16.3A0.5 0.5 0 1 1 12.5 16.3Z",
        fill: "",
        inner: "",
    },
    // exclamationmark_triangle
    Drawing {
        code: 0xf010a,
        stroke: "M12 4L21.5 20H2.5ZM12 10V14.5M12.5 17.3A0.5 0.5 0 1 1 11.5 17.3A0.5 0.5 0 1 1 12.5 17.3Z",
        fill: "",
        inner: "",
    },
    // eye_slash
    Drawing {
        code: 0xf011f,
        stroke: "M2.5 12C6 6 18 6 21.5 12C18 18 6 18 2.5 12ZM14.8 12A2.8 2.8 0 1 1 9.2 12A2.8 2.8 0 1 1 14.8 12ZM4 4L20 20",
        fill: "",
        inner: "",
    },
    // eye
    Drawing {
        code: 0xf0120,
        stroke: "M2.5 12C6 6 18 6 21.5 12C18 18 6 18 2.5 12ZM14.8 12A2.8 2.8 0 1 1 9.2 12A2.8 2.8 0 1 1 14.8 12Z",
        fill: "",
        inner: "",
    },
    // qrcode
    Drawing {
        code: 0xf0128,
        stroke: "M4 4H10V10H4ZM14 4H20V10H14ZM4 14H10V20H4ZM14 14H16.5V16.5M20 14V17.5M14 20V17.5M17.5 20H20",
        fill: "M6.2 6.2H7.8V7.8H6.2ZM16.2 6.2H17.8V7.8H16.2ZM6.2 16.2H7.8V17.8H6.2Z",
        inner: "",
    },
    // line_3_horizontal
    Drawing { code: 0xf013f, stroke: "M4 7H20M4 12H20M4 17H20", fill: "", inner: "" },
    // wand_and_stars
    Drawing {
        code: 0xf0157,
        stroke: "M4.5 19.5L14 10M16.5 3V7M14.5 5H18.5M19.5 10V13M18 11.5H21M9 4V6M8 5H10",
        fill: "",
        inner: "",
    },
    // book
    Drawing {
        code: 0xf0185,
        stroke: "M12 6C9.5 4 6 4 3.5 5V19C6 18 9.5 18 12 20C14.5 18 18 18 20.5 19V5C18 4 14.5 4 12 6ZM12 6V20",
        fill: "",
        inner: "",
    },
    // flag_fill
    Drawing { code: 0xf01ab, stroke: "M6 21V4", fill: "M6 4.5H18.5L15.5 9L18.5 13.5H6Z", inner: "" },
    // flag
    Drawing { code: 0xf01ac, stroke: "M6 21V4M6 4.5H18.5L15.5 9L18.5 13.5H6Z", fill: "", inner: "" },
    // local_fill
    Drawing {
        code: 0xf01b8,
        stroke: "",
        fill: "M12 21C7 15 5.5 12.5 5.5 9.8A6.5 6.5 0 0 1 18.5 9.8C18.5 12.5 17 15 12 21Z",
        inner: "M14.3 10A2.3 2.3 0 1 1 9.7 10A2.3 2.3 0 1 1 14.3 10Z",
    },
    // local
    Drawing {
        code: 0xf01b9,
        stroke: "M12 21C7 15 5.5 12.5 5.5 9.8A6.5 6.5 0 0 1 18.5 9.8C18.5 12.5 17 15 12 21ZM14.3 10A2.3 2.3 0 1 1 9.7 10A2.3 2.3 0 1 1 14.3 10Z",
        fill: "",
        inner: "",
    },
    // bell_fill
    Drawing { code: 0xf01d1, stroke: "M10 21H14", fill: "M6 17V11A6 6 0 0 1 18 11V17L19.5 18.5H4.5Z", inner: "" },
    // bell
    Drawing { code: 0xf01d5, stroke: "M6 17V11A6 6 0 0 1 18 11V17L19.5 18.5H4.5ZM10 21H14", fill: "", inner: "" },
    // checkmark_square_fill
    Drawing { code: 0xf01da, stroke: "", fill: "M4.5 4.5H19.5V19.5H4.5Z", inner: "M8 12.2L11 15.2L16.5 9" },
    // cart
    Drawing {
        code: 0xf01fc,
        stroke: "M2.5 4H5.5L8 15.5H18L20.5 7.5H6.3M10.7 19A1.2 1.2 0 1 1 8.3 19A1.2 1.2 0 1 1 10.7 19ZM17.7 19A1.2 1.2 0 1 1 15.3 19A1.2 1.2 0 1 1 17.7 19Z",
        fill: "",
        inner: "",
    },
    // arrow_down
    Drawing { code: 0xf022e, stroke: "M12 4V19.5M5.5 13L12 19.5L18.5 13", fill: "", inner: "" },
    // arrow_right
    Drawing { code: 0xf0231, stroke: "M4 12H19.5M13 5.5L19.5 12L13 18.5", fill: "", inner: "" },
    // gift
    Drawing {
        code: 0xf0286,
        stroke: "M4 9H20V12.5H4ZM5.5 12.5V20.5H18.5V12.5M12 9V20.5M12 9C8 9 7 5 9.5 4.5C11.5 4 12 7 12 9C12 7 12.5 4 14.5 4.5C17 5 16 9 12 9Z",
        fill: "",
        inner: "",
    },
    // info_circle_fill
    Drawing {
        code: 0xf0295,
        stroke: "",
        fill: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12Z",
        inner: "M12.5 7.8A0.5 0.5 0 1 1 11.5 7.8A0.5 0.5 0 1 1 12.5 7.8ZM12 11V16.5",
    },
    // info_circle
    Drawing {
        code: 0xf0296,
        stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12ZM12.5 7.8A0.5 0.5 0 1 1 11.5 7.8A0.5 0.5 0 1 1 12.5 7.8ZM12 11V16.5",
        fill: "",
        inner: "",
    },
    // lightbulb
    Drawing {
        code: 0xf029c,
        stroke: "M9.5 17V15C7 13.5 6 11.5 6 9.5A6 6 0 0 1 18 9.5C18 11.5 17 13.5 14.5 15V17ZM10 20.5H14",
        fill: "",
        inner: "",
    },
    // link
    Drawing {
        code: 0xf02a1,
        stroke: "M10 14L14 10M9 10L6 13A3.5 3.5 0 0 0 11 18L13.5 15.5M15 14L18 11A3.5 3.5 0 0 0 13 6L10.5 8.5",
        fill: "",
        inner: "",
    },
    // shareplay
    Drawing {
        code: 0xf02c0,
        stroke: "M15 9A3 3 0 1 1 9 9A3 3 0 1 1 15 9ZM5.5 19C6.5 15.5 9 14.5 12 14.5C15 14.5 17.5 15.5 18.5 19Z",
        fill: "",
        inner: "",
    },
    // mic_fill
    Drawing {
        code: 0xf0315,
        stroke: "M5.5 11A6.5 6.5 0 0 0 18.5 11M12 17.5V21",
        fill: "M9 11.5V6A3 3 0 0 1 15 6V11.5A3 3 0 0 1 9 11.5Z",
        inner: "",
    },
    // play
    Drawing { code: 0xf0350, stroke: "M7 4.5L19.5 12L7 19.5Z", fill: "", inner: "" },
    // alarm
    Drawing {
        code: 0xf03d2,
        stroke: "M19.5 13A7.5 7.5 0 1 1 4.5 13A7.5 7.5 0 1 1 19.5 13ZM12 9V13L14.8 15M3.5 6.5L7 3.5M20.5 6.5L17 3.5",
        fill: "",
        inner: "",
    },
    // calendar
    Drawing { code: 0xf03da, stroke: "M4 6H20V20H4ZM4 10H20M8 3.5V7.5M16 3.5V7.5", fill: "", inner: "" },
    // clock_fill
    Drawing { code: 0xf03dc, stroke: "", fill: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12Z", inner: "M12 7V12L15.5 14.5" },
    // clock
    Drawing { code: 0xf03dd, stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12ZM12 7V12L15.5 14.5", fill: "", inner: "" },
    // timer
    Drawing {
        code: 0xf0406,
        stroke: "M19.5 13.5A7.5 7.5 0 1 1 4.5 13.5A7.5 7.5 0 1 1 19.5 13.5ZM12 9.5V13.5M9.5 3H14.5",
        fill: "",
        inner: "",
    },
    // worldclock
    Drawing {
        code: 0xf040a,
        stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12ZM3 12H21M12 3C8 8 8 16 12 21M12 3C16 8 16 16 12 21",
        fill: "",
        inner: "",
    },
    // camera_fill
    Drawing {
        code: 0xf0438,
        stroke: "",
        fill: "M3 8H7.5L9 5.5H15L16.5 8H21V19H3Z",
        inner: "M15.5 13.2A3.5 3.5 0 1 1 8.5 13.2A3.5 3.5 0 1 1 15.5 13.2Z",
    },
    // camera
    Drawing {
        code: 0xf045b,
        stroke: "M3 8H7.5L9 5.5H15L16.5 8H21V19H3ZM15.5 13.2A3.5 3.5 0 1 1 8.5 13.2A3.5 3.5 0 1 1 15.5 13.2Z",
        fill: "",
        inner: "",
    },
    // lock_fill
    Drawing { code: 0xf04c1, stroke: "M8.5 11V8A3.5 3.5 0 0 1 15.5 8V11", fill: "M6 11H18V20H6Z", inner: "" },
    // hand_thumbsup
    Drawing {
        code: 0xf05d8,
        stroke: "M4 11H7.5V20H4ZM7.5 11L11.5 3.5C13.5 3.5 14.3 5 13.8 7L13 10H19.5L18 20H7.5",
        fill: "",
        inner: "",
    },
    // person_fill
    Drawing {
        code: 0xf05e1,
        stroke: "",
        fill: "M16 8A4 4 0 1 1 8 8A4 4 0 1 1 16 8ZM4.5 20.5C5 16 8 14 12 14C16 14 19 16 19.5 20.5Z",
        inner: "",
    },
    // person
    Drawing {
        code: 0xf05e5,
        stroke: "M16 8A4 4 0 1 1 8 8A4 4 0 1 1 16 8ZM4.5 20.5C5 16 8 14 12 14C16 14 19 16 19.5 20.5Z",
        fill: "",
        inner: "",
    },
    // person_crop_circle_fill_1
    Drawing {
        code: 0xf05f3,
        stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12ZM15 9.5A3 3 0 1 1 9 9.5A3 3 0 1 1 15 9.5ZM6 18.5C7 15.5 9 14.5 12 14.5C15 14.5 17 15.5 18 18.5",
        fill: "",
        inner: "",
    },
    // exclamationmark_triangle_fill
    Drawing {
        code: 0xf06d7,
        stroke: "",
        fill: "M12 4L21.5 20H2.5Z",
        inner: "M12 10V14.5M12.5 17.3A0.5 0.5 0 1 1 11.5 17.3A0.5 0.5 0 1 1 12.5 17.3Z",
    },
    // arrow_down_circle
    Drawing {
        code: 0xf089d,
        stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12ZM12 7V16.5M8 12.8L12 16.5L16 12.8",
        fill: "",
        inner: "",
    },
    // close_sidebar
    Drawing { code: 0xf089f, stroke: "M3.5 5H20.5V19H3.5ZM9 5V19", fill: "", inner: "" },
    // open_sidebar
    Drawing { code: 0xf08a7, stroke: "M3.5 5H20.5V19H3.5ZM9 5V19", fill: "", inner: "" },
    // chevron_forward
    Drawing { code: 0xf08d1, stroke: "M9 5L16 12L9 19", fill: "", inner: "" },
    // chevron_backward
    Drawing { code: 0xf08d2, stroke: "M15 5L8 12L15 19", fill: "", inner: "" },
    // bolt_fill
    Drawing { code: 0xf0916, stroke: "", fill: "M13 2.5L5 13.5H11L10 21.5L19 9.5H12.5Z", inner: "" },
    // ellipsis_circle
    Drawing {
        code: 0xf096c,
        stroke: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12Z",
        fill: "M8.1 12A0.6 0.6 0 1 1 6.9 12A0.6 0.6 0 1 1 8.1 12ZM12.6 12A0.6 0.6 0 1 1 11.4 12A0.6 0.6 0 1 1 12.6 12ZM17.1 12A0.6 0.6 0 1 1 15.9 12A0.6 0.6 0 1 1 17.1 12Z",
        inner: "",
    },
    // pause_fill
    Drawing { code: 0xf0c79, stroke: "", fill: "M6.5 5H10V19H6.5ZM14 5H17.5V19H14Z", inner: "" },
    // circle_fill
    Drawing { code: 0xf0ee3, stroke: "", fill: "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12Z", inner: "" },
];
