//! Telephones: a device without a modem, on which another program may make calls.

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, partial, stub};

const NO_MODEM: &str = "there is no modem";

pub(super) static MODULES: [FaceModule; 8] = [
    face(
        "@ohos:telephony.call",
        include_str!("telephony/call.js"),
        &[
            full("*@20"),
            stub("call.getCallTransferInfo"),
            partial("call.formatPhoneNumber", "as i18n.PhoneNumberFormat"),
            partial("call.formatPhoneNumberToE164", "as i18n.PhoneNumberFormat"),
        ],
    ),
    face(
        "@ohos:telephony.data",
        include_str!("telephony/data.js"),
        &[full("*@20"), partial("data.queryApnIds", NO_MODEM), partial("data.setPreferredApn", NO_MODEM)],
    ),
    face("@ohos:telephony.radio", include_str!("telephony/radio.js"), &[full("*@20")]),
    face("@ohos:telephony.sim", include_str!("telephony/sim.js"), &[full("*@20")]),
    face(
        "@ohos:telephony.sms",
        include_str!("telephony/sms.js"),
        &[full("*@20"), partial("sms.sendShortMessage", NO_MODEM), partial("sms.createMessage", NO_MODEM)],
    ),
    face(
        "@ohos:telephony.observer",
        include_str!("telephony/observer.js"),
        &[full("*@20"), partial("observer.on", "nothing happens to a modem that is not there")],
    ),
    face(
        "@ohos:telephony.vcard",
        include_str!("telephony/vcard.js"),
        &[partial("*@20", "contacts are not imported or exported")],
    ),
    face("@ohos:telephony.esim", include_str!("telephony/esim.js"), &[full("*@20"), stub("eSIM.addProfile")]),
];
