//! The modules, one file each; the path mirrors the foreign name (`@ohos:util.json` is `util/json.js`). A face that needs
//! leaves has a `.rs` file beside it; faces without leaves are listed in the file of their family or here.

use concord_runtime::FaceModule;

use crate::face::{face, full, partial, stub};

mod battery_info;
mod buffer;
mod containers;
mod file;
mod multimedia;
mod net;
mod notification_manager;
mod process;
mod system_date_time;
mod uri;
mod url;
mod util;

const IN_PROCESS: &str = "within the process only";
const KNOWN_FORMS: &str = "text, HTML, addresses and pictures";

static FACES: [FaceModule; 28] = [
    face("@concord:kits", include_str!("../common.js"), &[]),
    face("@concord:unified-forms", include_str!("data/unified_forms.js"), &[]),
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
        "@ohos:abilityAccessCtrl",
        include_str!("abilityAccessCtrl.js"),
        &[
            full("*"),
            partial("abilityAccessCtrl.AtManager", "nobody is asked: what is not given by --grant is refused"),
        ],
    ),
    face(
        "@ohos:data.unifiedDataChannel",
        include_str!("data/unifiedDataChannel.js"),
        &[full("*"), partial("unifiedDataChannel.Options", IN_PROCESS)],
    ),
    face(
        "@ohos:data.preferences",
        include_str!("data/preferences.js"),
        &[
            full("*"),
            partial("preferences.Options.dataGroupId", "ignored"),
            partial("preferences.StorageType.GSKV", "reported as unsupported"),
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
    face("@ohos:power", include_str!("power.js"), &[full("*"), partial("power", "always awake, in the normal mode")]),
    face("@ohos:thermal", include_str!("thermal.js"), &[full("*"), partial("thermal", "always cool")]),
    face(
        "@ohos:runningLock",
        include_str!("runningLock.js"),
        &[full("*"), partial("runningLock.RunningLockType", "there is no proximity sensor")],
    ),
    face(
        "@ohos:vibrator",
        include_str!("vibrator.js"),
        &[full("*"), partial("vibrator", "there is no vibrator: requests are accepted")],
    ),
    face(
        "@ohos:taskpool",
        include_str!("taskpool.js"),
        &[
            full("*"),
            partial("taskpool", "tasks run one after another on the calling thread"),
            partial("taskpool.isConcurrent", "every function counts as concurrent"),
        ],
    ),
    face("@ohos:worker", include_str!("worker.js"), &[full("ThreadWorkerPriority"), stub("worker.ThreadWorker")]),
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

/// Modules of which only the constants are there: apps read those while they load.
static CONSTANTS: [FaceModule; 2] = [
    face(
        "@ohos:data.relationalStore",
        include_str!("data/relationalStore.js"),
        &[
            full("relationalStore.SecurityLevel"),
            full("relationalStore.ConflictResolution"),
            partial("relationalStore.AssetStatus", "without ASSET_TO_DOWNLOAD"),
            full("relationalStore.SyncMode"),
            full("relationalStore.SubscribeType"),
            full("relationalStore.ChangeType"),
            full("relationalStore.DistributedType"),
            full("relationalStore.Origin"),
            full("relationalStore.RebuildType"),
            full("relationalStore.TransactionType"),
            full("relationalStore.isVectorSupported"),
            stub("relationalStore.RdbPredicates"),
            stub("relationalStore.getRdbStore"),
            stub("relationalStore.getRdbStoreSync"),
            stub("relationalStore.deleteRdbStore"),
        ],
    ),
    face(
        "@ohos:net.http",
        include_str!("net/http.js"),
        &[
            full("http.RequestMethod"),
            full("http.ResponseCode"),
            full("http.HttpProtocol"),
            full("http.HttpDataType"),
            full("http.CertType"),
            full("http.AddressFamily"),
            stub("http.createHttp"),
            stub("http.createHttpResponseCache"),
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
    &CONSTANTS,
    &LOCALIZATION,
    &util::MODULES,
    &containers::MODULES,
    &buffer::MODULES,
    &url::MODULES,
    &uri::MODULES,
    &battery_info::MODULES,
    &net::MODULES,
    &notification_manager::MODULES,
    &process::MODULES,
    &system_date_time::MODULES,
    &file::fs::MODULES,
    &file::MODULES,
    &multimedia::MODULES,
];
