//! The modules, one file each; the path mirrors the foreign name (`@ohos:util.json` is `util/json.js`). A face that needs
//! leaves has a `.rs` file beside it; faces without leaves are listed in the file of their family or here.

use concord_runtime::FaceModule;

use concord_runtime::face::{face, full, partial, stub};

mod buffer;
mod containers;
mod notification_manager;
mod process;
mod system_date_time;
mod uri;
mod url;
mod util;

const IN_PROCESS: &str = "within the process only";
const KNOWN_FORMS: &str = "text, HTML, addresses and pictures";

static FACES: [FaceModule; 19] = [
    face("@concord:kits", include_str!("../common.js"), &[]),
    face(
        "@ohos:multimodalInput.keyCode",
        include_str!("multimodalInput/keyCode.js"),
        &[partial("KeyCode", "a few keys of special devices")],
    ),
    face("@ohos:util.json", include_str!("util/json.js"), &[full("json.*")]),
    face("@ohos:util.stream", include_str!("util/stream.js"), &[full("stream.*")]),
    face("@concord:xml.reader", include_str!("xml/reader.js"), &[]),
    face("@ohos:xml", include_str!("xml.js"), &[full("xml.*")]),
    face("@ohos:convertxml", include_str!("convertxml.js"), &[full("xml.*")]),
    face("@ohos:base", include_str!("base.js"), &[full("*")]),
    face("@ohos:events.emitter", include_str!("events/emitter.js"), &[full("*"), partial("emitter.emit", IN_PROCESS)]),
    face("@ohos:deviceInfo", include_str!("deviceInfo.js"), &[full("*")]),
    face(
        "@ohos:hiTraceMeter",
        include_str!("hiTraceMeter.js"),
        &[full("*"), partial("hiTraceMeter", "marks are accepted and go nowhere")],
    ),
    face("@ohos:hiTraceChain", include_str!("hiTraceChain.js"), &[full("*"), partial("hiTraceChain", IN_PROCESS)]),
    face(
        "@ohos:hiviewdfx.hiAppEvent",
        include_str!("hiviewdfx/hiAppEvent.js"),
        &[
            full("*"),
            partial("hiAppEvent.Watcher", "events of the app, none of the system; timeOut does not trigger"),
            partial("hiAppEvent.addProcessor", "nothing is reported to anybody"),
            partial("hiAppEvent.addProcessorFromConfig", "nothing is reported to anybody"),
            partial("hiAppEvent.configEventPolicy", "accepted without effect"),
            partial("hiAppEvent.setEventParam", "accepted without effect"),
            partial("hiAppEvent.setEventConfig", "accepted without effect"),
        ],
    ),
    face(
        "@ohos:commonEventManager",
        include_str!("commonEventManager.js"),
        &[
            full("*"),
            partial("commonEventManager.publish", IN_PROCESS),
            partial("commonEventManager.subscribe", "no events of the system"),
        ],
    ),
    face(
        "@ohos:pasteboard",
        include_str!("pasteboard.js"),
        &[
            full("*"),
            partial("pasteboard.SystemPasteboard.getUnifiedData", KNOWN_FORMS),
            partial("pasteboard.SystemPasteboard.getUnifiedDataSync", KNOWN_FORMS),
            partial("pasteboard.SystemPasteboard.setUnifiedData", KNOWN_FORMS),
            partial("pasteboard.SystemPasteboard.setUnifiedDataSync", KNOWN_FORMS),
        ],
    ),
    face("@concord:kits/app-label", include_str!("parts/app_label.js"), &[]),
    face("@concord:kits/permissions", include_str!("parts/permissions.js"), &[]),
    face("@concord:kits/declared", include_str!("parts/declared.js"), &[]),
    face(
        "@ohos:intl",
        include_str!("intl.js"),
        &[
            full("*"),
            partial("intl.NumberOptions.unitUsage", "ignored"),
            partial("intl.NumberOptions.roundingPriority", "ignored"),
        ],
    ),
];

static LOCALIZATION: [FaceModule; 1] = [face(
    "@ohos:i18n",
    include_str!("i18n.js"),
    &[
        full("i18n.WeekDay"),
        full("i18n.TemperatureType"),
        full("i18n.NormalizerMode"),
        full("i18n.Normalizer"),
        full("i18n.isRTL"),
        full("i18n.getTimeZone"),
        full("i18n.Unicode"),
        stub("i18n.Unicode.detectEncoding"),
        partial("i18n.System", "lists of languages and countries are missing"),
        stub("i18n.System.getSystemLanguages"),
        stub("i18n.System.getSystemCountries"),
        partial("i18n.I18NUtil", "date order, time periods, best match"),
        partial("i18n.TimeZone", "no cities, no rules"),
        partial("i18n.getCalendar", "only the Gregorian calendar"),
        partial("i18n.Calendar", "only the Gregorian calendar"),
        stub("i18n.PhoneNumberFormat"),
        stub("i18n.BreakIterator"),
        stub("i18n.getLineInstance"),
        stub("i18n.getInstance"),
        stub("i18n.IndexUtil"),
        stub("i18n.Transliterator"),
        stub("i18n.HolidayManager"),
        stub("i18n.EntityRecognizer"),
        stub("i18n.getSimpleDateTimeFormatByPattern"),
        stub("i18n.getSimpleDateTimeFormatBySkeleton"),
        stub("i18n.getSimpleNumberFormatBySkeleton"),
        stub("i18n.StyledNumberFormat"),
        stub("i18n.StyledDateTimeFormat"),
    ],
)];

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[
    &FACES,
    &LOCALIZATION,
    &util::MODULES,
    &containers::MODULES,
    &buffer::MODULES,
    &url::MODULES,
    &uri::MODULES,
    &notification_manager::MODULES,
    &process::MODULES,
    &system_date_time::MODULES,
];
