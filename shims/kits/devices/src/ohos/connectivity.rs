//! Radios and ports. Bluetooth and Wi-Fi are the machine's own business: apps see them switched off.

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, partial, stub};

const NO_BLUETOOTH: &str = "as with Bluetooth switched off";
const NO_WIFI: &str = "as with Wi-Fi switched off";
const NO_NFC: &str = "there is no NFC";
const NO_USB: &str = "no device is shown to apps";
const ALONE: &str = "there is no other device";

pub(super) static MODULES: [FaceModule; 14] = [
    face("@concord:devices/bluetooth-profile", include_str!("parts/bluetooth_profile.js"), &[]),
    face(
        "@ohos:bluetooth.access",
        include_str!("bluetooth/access.js"),
        &[partial("*@20", NO_BLUETOOTH), full("access.BluetoothState"), full("access.getState")],
    ),
    face("@ohos:bluetooth.ble", include_str!("bluetooth/ble.js"), &[partial("*@20", NO_BLUETOOTH)]),
    face("@ohos:bluetooth.connection", include_str!("bluetooth/connection.js"), &[partial("*@20", NO_BLUETOOTH)]),
    face("@ohos:bluetooth.socket", include_str!("bluetooth/socket.js"), &[partial("*@20", NO_BLUETOOTH)]),
    face("@ohos:bluetooth.constant", include_str!("bluetooth/constant.js"), &[full("*@20")]),
    face("@ohos:bluetooth.baseProfile", include_str!("bluetooth/baseProfile.js"), &[partial("*@20", NO_BLUETOOTH)]),
    face("@ohos:bluetooth.a2dp", include_str!("bluetooth/a2dp.js"), &[partial("*@20", NO_BLUETOOTH)]),
    face("@ohos:bluetooth.hfp", include_str!("bluetooth/hfp.js"), &[partial("hfp.createHfpAgProfile", NO_BLUETOOTH)]),
    face("@ohos:bluetooth.hid", include_str!("bluetooth/hid.js"), &[partial("hid.createHidHostProfile", NO_BLUETOOTH)]),
    face("@ohos:bluetooth.map", include_str!("bluetooth/map.js"), &[partial("map.createMapMseProfile", NO_BLUETOOTH)]),
    face("@ohos:bluetooth.pan", include_str!("bluetooth/pan.js"), &[partial("pan.createPanProfile", NO_BLUETOOTH)]),
    face(
        "@ohos:bluetooth.pbap",
        include_str!("bluetooth/pbap.js"),
        &[partial("pbap.createPbapServerProfile", NO_BLUETOOTH)],
    ),
    face(
        "@ohos:wifiManager",
        include_str!("wifiManager.js"),
        &[
            partial("*@20", NO_WIFI),
            full("wifiManager.isWifiActive"),
            full("wifiManager.isConnected"),
            full("wifiManager.getSignalLevel"),
            full("wifiManager.isHotspotActive"),
            full("wifiManager.isFeatureSupported"),
            full("wifiManager.getCountryCode"),
        ],
    ),
];

/// What works over centimetres, and over wires.
pub(super) static NEAR: [FaceModule; 12] = [
    face("@ohos:wifiManagerExt", include_str!("wifiManagerExt.js"), &[partial("*@20", "there is no hotspot")]),
    face("@concord:devices/ndef", include_str!("nfc/ndef.js"), &[]),
    face(
        "@ohos:nfc.controller",
        include_str!("nfc/controller.js"),
        &[full("*@20"), partial("nfcController.enableNfc", NO_NFC), partial("nfcController.disableNfc", NO_NFC)],
    ),
    face(
        "@ohos:nfc.tag",
        include_str!("nfc/tag.js"),
        &[
            partial("*@20", NO_NFC),
            full("tag.ndef"),
            full("tag.TnfType"),
            full("tag.NfcForumType"),
            full("tag.getTagInfo"),
        ],
    ),
    face(
        "@ohos:nfc.cardEmulation",
        include_str!("nfc/cardEmulation.js"),
        &[full("*@20"), partial("cardEmulation.HceService", NO_NFC)],
    ),
    face(
        "@ohos:secureElement",
        include_str!("secureElement.js"),
        &[
            full("omapi.ServiceState"),
            partial("omapi.SEService", "there is no secure element"),
            stub("omapi.createService"),
            stub("omapi.on"),
            stub("omapi.off"),
            stub("omapi.SEService.getVersion"),
        ],
    ),
    face("@ohos:connectedTag", include_str!("connectedTag.js"), &[partial("*@20", "there is no such tag")]),
    face(
        "@ohos:usbManager",
        include_str!("usbManager.js"),
        &[partial("*@20", NO_USB), full("usbManager.getDevices"), full("usbManager.hasRight")],
    ),
    face("@ohos:usbManager.serial", include_str!("usbManager/serial.js"), &[partial("*@20", NO_USB)]),
    face(
        "@ohos:driver.deviceManager",
        include_str!("driver/deviceManager.js"),
        &[partial("*@20", "there are no drivers of apps")],
    ),
    face(
        "@ohos:distributedDeviceManager",
        include_str!("distributedDeviceManager.js"),
        &[
            full("*@20"),
            partial("distributedDeviceManager.DeviceManager.bindTarget", ALONE),
            partial("distributedDeviceManager.DeviceManager.unbindTarget", ALONE),
            partial("distributedDeviceManager.DeviceManager.on", ALONE),
        ],
    ),
    face(
        "@ohos:distributedHardware.mechanicManager",
        include_str!("distributedHardware/mechanicManager.js"),
        &[partial("*@20", "there is no such stand")],
    ),
];
