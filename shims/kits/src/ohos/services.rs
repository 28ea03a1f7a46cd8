//! Services of the system that keep something for the app, or know something of the machine, without leaves of their own.

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, partial, stub};

const OWN_ONLY: &str = "what the app has written itself";
const NOT_ADMIN: &str = "no app administers the device: 9200001";
const NO_METHOD: &str = "the desktop has its own input method";
const NO_PRINTER: &str = "there is no printer";

/// What services keep for the app.
pub(super) static KEPT: [FaceModule; 9] = [
    face("@concord:kits/recurrence", include_str!("parts/recurrence.js"), &[]),
    face("@concord:kits/reminder-times", include_str!("parts/reminder_times.js"), &[]),
    face(
        "@ohos:calendarManager",
        include_str!("calendarManager.js"),
        &[
            full("*@20"),
            partial("calendarManager.getCalendarManager", "calendars of the app itself"),
            partial("calendarManager.CalendarManager.editEvent", "nobody is asked"),
            partial("calendarManager.Calendar.queryEventInstances", "rules by weeks of a month or year are left out"),
        ],
    ),
    face(
        "@ohos:contact",
        include_str!("contact.js"),
        &[
            full("*@20"),
            partial("contact.queryContacts", OWN_ONLY),
            partial("contact.queryContact", OWN_ONLY),
            partial("contact.queryContactsByEmail", OWN_ONLY),
            partial("contact.queryContactsByPhoneNumber", OWN_ONLY),
            partial("contact.selectContacts", "nobody is asked: none"),
            partial("contact.queryGroups", "none"),
            partial("contact.queryMyCard", "empty"),
            partial("contact.addContactViaUI", "nobody is asked: refused"),
            partial("contact.saveToExistingContactViaUI", "nobody is asked: refused"),
        ],
    ),
    face(
        "@ohos:account.appAccount",
        include_str!("account/appAccount.js"),
        &[
            full("*@20"),
            partial("appAccount.AppAccountManager.auth", "no app checks accounts"),
            partial("appAccount.AppAccountManager.createAccountImplicitly", "no app checks accounts"),
            partial("appAccount.AppAccountManager.verifyCredential", "no app checks accounts"),
            partial("appAccount.AppAccountManager.setAuthenticatorProperties", "no app checks accounts"),
            partial("appAccount.AppAccountManager.checkAccountLabels", "no app checks accounts"),
            partial("appAccount.AppAccountManager.setAppAccess", "there are no other apps"),
            partial("appAccount.Authenticator", "nobody asks it"),
        ],
    ),
    face(
        "@ohos:account.osAccount",
        include_str!("account/osAccount.js"),
        &[
            full("*@20"),
            partial("osAccount.AccountManager.getOsAccountName", "empty"),
            partial("osAccount.AccountManager.queryDistributedVirtualDeviceId", "empty"),
            stub("osAccount.DomainAccountManager"),
            stub("osAccount.DomainServerConfigManager"),
        ],
    ),
    face(
        "@ohos:account.distributedAccount",
        include_str!("account/distributedAccount.js"),
        &[full("*@20"), partial("distributedAccount.DistributedAccountAbility.setOsAccountDistributedInfo", "refused")],
    ),
    face(
        "@ohos:reminderAgentManager",
        include_str!("reminderAgentManager.js"),
        &[
            full("*@20"),
            partial("reminderAgentManager.publishReminder", "comes while the app runs; without sounds and buttons"),
        ],
    ),
    face(
        "@ohos:settings",
        include_str!("settings.js"),
        &[
            full("*@20"),
            partial("settings.getValue", "time format, size of text, rotation, device name"),
            partial("settings.getValueSync", "time format, size of text, rotation, device name"),
            partial("settings.registerKeyObserver", "nothing changes"),
            partial("settings.openNetworkManagerSettings", "refused"),
        ],
    ),
];

/// Input methods.
pub(super) static INPUT_METHODS: [FaceModule; 3] = [
    face(
        "@ohos:inputMethod",
        include_str!("inputMethod.js"),
        &[
            full("*@20"),
            partial("inputMethod.InputMethodController.on", "state of the keyboard; no text arrives"),
            partial("inputMethod.InputMethodController.sendMessage", NO_METHOD),
            partial("inputMethod.InputMethodController.recvMessage", NO_METHOD),
            partial("inputMethod.InputMethodSetting.on", NO_METHOD),
            partial("inputMethod.switchInputMethod", NO_METHOD),
            partial("inputMethod.setSimpleKeyboardEnabled", NO_METHOD),
        ],
    ),
    face("@ohos:inputMethodEngine", include_str!("inputMethodEngine.js"), &[partial("*@20", NO_METHOD)]),
    face("@ohos:inputMethod.Panel", include_str!("inputMethod/Panel.js"), &[full("*@20")]),
];

/// Time in the background, and how the machine is doing.
pub(super) static BACKGROUND: [FaceModule; 7] = [
    face(
        "@ohos:resourceschedule.backgroundTaskManager",
        include_str!("resourceschedule/backgroundTaskManager.js"),
        &[full("*@20"), partial("backgroundTaskManager.on", "tasks are never cancelled")],
    ),
    face(
        "@ohos:resourceschedule.workScheduler",
        include_str!("resourceschedule/workScheduler.js"),
        &[full("*@20"), partial("workScheduler.startWork", "kept; extensions are not started")],
    ),
    face(
        "@ohos:resourceschedule.systemload",
        include_str!("resourceschedule/systemload.js"),
        &[full("*@20"), partial("systemLoad", "always low")],
    ),
    face(
        "@ohos:resourceschedule.backgroundProcessManager",
        include_str!("resourceschedule/backgroundProcessManager.js"),
        &[
            full("*@20"),
            partial("backgroundProcessManager.setProcessPriority", "without effect: there are no child processes"),
            stub("backgroundProcessManager.setPowerSaveMode"),
            stub("backgroundProcessManager.isPowerSaveMode"),
        ],
    ),
    face(
        "@ohos:hichecker",
        include_str!("hichecker.js"),
        &[partial("*@20", "rules are kept, nobody looks"), full("hichecker.getRule")],
    ),
    face("@ohos:faultLogger", include_str!("faultLogger.js"), &[]),
    face(
        "@ohos:hiviewdfx.jsLeakWatcher",
        include_str!("hiviewdfx/jsLeakWatcher.js"),
        &[
            full("*@20"),
            partial("jsLeakWatcher.dump", "the list of objects, no picture of the heap"),
            partial("jsLeakWatcher.enableLeakWatcher", "nothing of the system is watched"),
        ],
    ),
];

/// What belongs to the desktop, to shops and to administrators.
pub(super) static OTHERS: [FaceModule; 15] = [
    face(
        "@ohos:accessibility",
        include_str!("accessibility.js"),
        &[
            full("*@20"),
            partial("accessibility.sendAccessibilityEvent", "nobody hears it"),
            partial("accessibility.on", "nothing changes"),
            partial("accessibility.CaptionsManager", "as nobody has chosen"),
        ],
    ),
    face(
        "@ohos:ai.mindSporeLite",
        include_str!("ai/mindSporeLite.js"),
        &[
            full("*@20"),
            stub("mindSporeLite.Model"),
            stub("mindSporeLite.MSTensor"),
            stub("mindSporeLite.NNRTDeviceDescription"),
            stub("mindSporeLite.loadModelFromFile"),
            stub("mindSporeLite.loadModelFromBuffer"),
            stub("mindSporeLite.loadModelFromFd"),
            stub("mindSporeLite.loadTrainModelFromFile"),
            stub("mindSporeLite.loadTrainModelFromBuffer"),
            stub("mindSporeLite.loadTrainModelFromFd"),
        ],
    ),
    face("@ohos:wallpaper", include_str!("wallpaper.js"), &[full("*@20")]),
    face("@ohos:print", include_str!("print.js"), &[full("*@20"), partial("print.print", NO_PRINTER)]),
    face("@ohos:screenLock", include_str!("screenLock.js"), &[full("*@20")]),
    face(
        "@ohos:ability.screenLockFileManager",
        include_str!("ability/screenLockFileManager.js"),
        &[
            full("*@20"),
            partial("screenLockFileManager.acquireAccess", "no files are locked"),
            partial("screenLockFileManager.releaseAccess", "no files are locked"),
        ],
    ),
    face("@ohos:identifier.oaid", include_str!("identifier/oaid.js"), &[full("*@20")]),
    face("@ohos:customization.customConfig", include_str!("customization/customConfig.js"), &[full("*@20")]),
    face("@ohos:enterprise.systemManager", include_str!("enterprise/systemManager.js"), &[partial("*@20", NOT_ADMIN)]),
    face(
        "@ohos:enterprise.telephonyManager",
        include_str!("enterprise/telephonyManager.js"),
        &[partial("*@20", NOT_ADMIN)],
    ),
    face(
        "@ohos:advertising",
        include_str!("advertising.js"),
        &[partial("*@20", "there are no advertisements: 21800003")],
    ),
    face("@ohos:bundle.defaultAppManager", include_str!("bundle/defaultAppManager.js"), &[full("*@20")]),
    face("@ohos:bundle.overlay", include_str!("bundle/overlay.js"), &[full("*@20"), stub("overlay.setOverlayEnabled")]),
    face(
        "@ohos:bundle.launcherBundleManager",
        include_str!("bundle/launcherBundleManager.js"),
        &[partial("*@20", "other bundles are not visible")],
    ),
    face(
        "@ohos:app.ability.continueManager",
        include_str!("app/ability/continueManager.js"),
        &[partial("*@20", "there is no other device")],
    ),
];

/// A module of the declarations that holds shapes only: whoever makes the objects is another module.
const SHAPES: &str = "(function () { 'use strict'; return {}; })";

/// Shapes of common events, which `commonEventManager` makes.
pub(super) static COMMON_EVENTS: [FaceModule; 4] = [
    face("commonEvent/commonEventData", SHAPES, &[full("*")]),
    face("commonEvent/commonEventPublishData", SHAPES, &[full("*")]),
    face("commonEvent/commonEventSubscribeInfo", SHAPES, &[full("*")]),
    face("commonEvent/commonEventSubscriber", SHAPES, &[full("*")]),
];
