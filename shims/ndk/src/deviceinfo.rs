//! `libdeviceinfo_ndk.z.so`: the same values as `@ohos.deviceInfo`. Nothing of the machine: no serial numbers, no names that tell who runs
//! the app.

use crate::boundary::{guarded, text};
use crate::library::{Export, exports};
use crate::process::process;
use std::ffi::{CStr, CString, c_char, c_int};
use std::sync::OnceLock;

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_GetDeviceType,
    OH_GetManufacture = name,
    OH_GetBrand = name,
    OH_GetMarketName = name,
    OH_GetProductSeries = name,
    OH_GetProductModel = name,
    OH_GetSoftwareModel = name,
    OH_GetHardwareModel = name,
    OH_GetBootloaderVersion = unsaid,
    OH_GetAbiList = abi_list,
    OH_GetSecurityPatchTag = unsaid,
    OH_GetDisplayVersion = display_version,
    OH_GetIncrementalVersion = incremental_version,
    OH_GetOsReleaseType = os_release_type,
    OH_GetOSFullName = os_full_name,
    OH_GetSdkApiVersion = api_version,
    OH_GetFirstApiVersion = api_version,
    OH_GetVersionId = version_id,
    OH_GetBuildType = build_type,
    OH_GetBuildUser = unsaid,
    OH_GetBuildHost = unsaid,
    OH_GetBuildTime = unsaid,
    OH_GetBuildRootHash = unsaid,
    OH_GetDistributionOSName = unsaid,
    OH_GetDistributionOSVersion = unsaid,
    OH_GetDistributionOSApiVersion = none,
    OH_GetDistributionOSReleaseType = unsaid,
    canIUse,
];

const NAME: &CStr = c"Concord";
const UNSAID: &CStr = c"";
const ABI_LIST: &CStr = c"x86_64";
const DISPLAY_VERSION: &CStr = c"Concord 1.0";
const INCREMENTAL_VERSION: &CStr = c"1.0";
const OS_RELEASE_TYPE: &CStr = c"Release";
const OS_FULL_NAME: &CStr = c"OpenHarmony-6.0.0.0";
const VERSION_ID: &CStr = c"Concord/Concord/Concord/default/OpenHarmony-6.0.0.0/20/1.0/release";
const BUILD_TYPE: &CStr = c"release";
/// `sdkApiVersion`.
const API_VERSION: c_int = 20;

extern "C" fn OH_GetDeviceType() -> *const c_char {
    static TYPE: OnceLock<CString> = OnceLock::new();
    let Some(process) = process() else { return c"default".as_ptr() };
    TYPE.get_or_init(|| CString::new(process.device_type.as_str()).unwrap_or_default()).as_ptr()
}

extern "C" fn name() -> *const c_char {
    NAME.as_ptr()
}

extern "C" fn unsaid() -> *const c_char {
    UNSAID.as_ptr()
}

extern "C" fn abi_list() -> *const c_char {
    ABI_LIST.as_ptr()
}

extern "C" fn display_version() -> *const c_char {
    DISPLAY_VERSION.as_ptr()
}

extern "C" fn incremental_version() -> *const c_char {
    INCREMENTAL_VERSION.as_ptr()
}

extern "C" fn os_release_type() -> *const c_char {
    OS_RELEASE_TYPE.as_ptr()
}

extern "C" fn os_full_name() -> *const c_char {
    OS_FULL_NAME.as_ptr()
}

extern "C" fn version_id() -> *const c_char {
    VERSION_ID.as_ptr()
}

extern "C" fn build_type() -> *const c_char {
    BUILD_TYPE.as_ptr()
}

extern "C" fn api_version() -> c_int {
    API_VERSION
}

extern "C" fn none() -> c_int {
    0
}

/// Whether the device has a capability, as the global function of ArkTS says.
///
/// # Safety
/// As in C: the text ends with zero.
unsafe extern "C" fn canIUse(capability: *const c_char) -> bool {
    guarded("canIUse", false, || {
        // SAFETY: by the contract of the function.
        unsafe { text(capability) }.is_some_and(concord_ability::capabilities::has)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The module of ArkTS says the same, value by value.
    #[test]
    fn values_are_those_of_arkts() {
        let face = include_str!("../../kits/src/ohos/deviceInfo.js");
        let says = |property: &str, value: &CStr| {
            let value = value.to_str().expect("text");
            assert!(face.contains(&format!("{property}: '{value}'")), "{property} is not {value} in deviceInfo.js");
        };
        for property in
            ["manufacture", "brand", "marketName", "productSeries", "productModel", "softwareModel", "hardwareModel"]
        {
            says(property, NAME);
        }
        for property in
            ["bootloaderVersion", "securityPatchTag", "buildUser", "buildHost", "buildTime", "distributionOSName"]
        {
            says(property, UNSAID);
        }
        says("abiList", ABI_LIST);
        says("displayVersion", DISPLAY_VERSION);
        says("incrementalVersion", INCREMENTAL_VERSION);
        says("osReleaseType", OS_RELEASE_TYPE);
        says("osFullName", OS_FULL_NAME);
        says("buildType", BUILD_TYPE);
        assert!(face.contains(&format!("SDK = {API_VERSION};")));
        let id = VERSION_ID.to_str().expect("text").replace("/20/", "/${SDK}/");
        assert!(face.contains(&id), "{id}");
    }
}
