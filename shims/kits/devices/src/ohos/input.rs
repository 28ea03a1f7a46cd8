//! Keyboards and pointers, as far as they are no windows' business.

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, partial};

pub(super) static MODULES: [FaceModule; 7] = [
    face(
        "@ohos:multimodalInput.inputDevice",
        include_str!("multimodalInput/inputDevice.js"),
        &[
            full("*@20"),
            partial("inputDevice.getDeviceList", "one keyboard and one pointer"),
            partial("inputDevice.getIntervalSinceLastInput", "always 0"),
            partial("inputDevice.on", "devices stay the same"),
            partial("inputDevice.isFunctionKeyEnabled", "always false"),
        ],
    ),
    face(
        "@ohos:multimodalInput.inputConsumer",
        include_str!("multimodalInput/inputConsumer.js"),
        &[full("*@20"), partial("inputConsumer.on", "keys of the whole desktop are not the app's")],
    ),
    face("@ohos:multimodalInput.intentionCode", include_str!("multimodalInput/intentionCode.js"), &[full("*@20")]),
    face("@ohos:multimodalInput.keyEvent", include_str!("multimodalInput/keyEvent.js"), &[full("*@20")]),
    face("@ohos:multimodalInput.mouseEvent", include_str!("multimodalInput/mouseEvent.js"), &[full("*@20")]),
    face("@ohos:multimodalInput.touchEvent", include_str!("multimodalInput/touchEvent.js"), &[full("*@20")]),
    face("@ohos:multimodalInput.gestureEvent", include_str!("multimodalInput/gestureEvent.js"), &[full("*@20")]),
];
