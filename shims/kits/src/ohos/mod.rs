//! The modules, one file each; the path mirrors the foreign name (`@ohos:util.json` is `util/json.js`). A face that needs
//! leaves has a `.rs` file beside it; faces without leaves are listed in the file of their family or here.

use concord_runtime::FaceModule;

use concord_runtime::face::{face, full, partial, stub};

mod buffer;
mod containers;
mod hidebug;
mod i18n;
mod notification_manager;
mod process;
mod records;
mod services;
mod system_date_time;
mod uri;
mod url;
mod util;

const IN_PROCESS: &str = "within the process only";
const KNOWN_FORMS: &str = "text, HTML, addresses and pictures";

static FACES: [FaceModule; 19] = [
    face("@concord:kits", include_str!("../common.js"), &[]),
    face("@ohos:multimodalInput.keyCode", include_str!("multimodalInput/keyCode.js"), &[full("*")]),
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
            partial(
                "intl.NumberOptions.unitUsage",
                "formatRange keeps the unit; ELAPSED_TIME and SIZE usages are ignored",
            ),
        ],
    ),
];

static LOCALIZATION: [FaceModule; 7] = [
    face(
        "@ohos:sendableResourceManager",
        include_str!("sendableResourceManager.js"),
        &[
            full("*"),
            partial(
                "sendableResourceManager.resourceToSendableResource",
                "an ordinary object with a sendable array: copied between threads",
            ),
        ],
    ),
    face("@concord:i18n.calendar", include_str!("i18n/calendar.js"), &[]),
    face("@concord:i18n.text", include_str!("i18n/text.js"), &[]),
    face("@concord:i18n.units", include_str!("i18n/units.js"), &[]),
    face("@concord:i18n.holidays", include_str!("i18n/holidays.js"), &[]),
    face("@concord:i18n.formats", include_str!("i18n/formats.js"), &[]),
    face(
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
            full("i18n.System"),
            partial("i18n.System.getSystemCountries", "all regions, whatever the language"),
            full("i18n.I18NUtil"),
            partial(
                "i18n.I18NUtil.getUnicodeWrappedFilePath",
                "which marks of direction a device writes is not documented",
            ),
            full("i18n.TimeZone"),
            partial(
                "i18n.TimeZone.getTimezonesByLocation",
                "the zone of the nearest place in the tz database, not by borders",
            ),
            full("i18n.ZoneRules"),
            full("i18n.ZoneOffsetTransition"),
            full("i18n.getCalendar"),
            full("i18n.Calendar"),
            full("i18n.BreakIterator"),
            full("i18n.getLineInstance"),
            full("i18n.getInstance"),
            partial("i18n.IndexUtil", "letters of other scripts than the labels' are in the last group"),
            full("i18n.Transliterator"),
            full("i18n.HolidayManager"),
            full("i18n.HolidayInfoItem"),
            full("i18n.HolidayLocalName"),
            full("i18n.UnitInfo"),
            full("i18n.SimpleDateTimeFormat"),
            full("i18n.SimpleNumberFormat"),
            full("i18n.getSimpleDateTimeFormatByPattern"),
            full("i18n.getSimpleDateTimeFormatBySkeleton"),
            full("i18n.getSimpleNumberFormatBySkeleton"),
            full("i18n.StyledNumberFormat"),
            full("i18n.StyledNumberFormatOptions"),
            stub("i18n.PhoneNumberFormat"),
            stub("i18n.EntityRecognizer"),
            stub("i18n.StyledDateTimeFormat"),
        ],
    ),
];

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[
    &FACES,
    &LOCALIZATION,
    &i18n::MODULES,
    &util::MODULES,
    &containers::MODULES,
    &buffer::MODULES,
    &url::MODULES,
    &uri::MODULES,
    &notification_manager::MODULES,
    &process::MODULES,
    &system_date_time::MODULES,
    &hidebug::MODULES,
    &records::MODULES,
    &services::KEPT,
    &services::INPUT_METHODS,
    &services::BACKGROUND,
    &services::OTHERS,
    &services::COMMON_EVENTS,
];
