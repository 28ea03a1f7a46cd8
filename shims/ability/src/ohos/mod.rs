//! The modules of the application model, one `.js` file for each, its path mirroring the foreign name.

mod declared;
mod hilog;

use concord_runtime::face::{full, partial};
use concord_runtime::{FaceModule, SystemModule};

/// Declares faces without leaves: request, file, and their registration tables.
macro_rules! faces {
    ($($request:literal $file:literal $apis:expr;)*) => {
        static FACES: &[FaceModule] = &[$(
            FaceModule { request: $request, source: include_str!($file), natives: &[], apis: &$apis },
        )*];
    };
}

const NOT_STARTED: &str = "base class only: the system does not start extensions yet";

faces! {
    "@ohos:app.ability.Ability" "app/ability/Ability.js" [full("Ability.*")];
    "@ohos:app.ability.AbilityConstant" "app/ability/AbilityConstant.js" [full("AbilityConstant.*")];
    "@ohos:app.ability.AbilityLifecycleCallback" "app/ability/AbilityLifecycleCallback.js" [full("AbilityLifecycleCallback.*")];
    "@ohos:app.ability.AbilityStage" "app/ability/AbilityStage.js" [
        full("AbilityStage.onCreate"), full("AbilityStage.onAcceptWant"), full("AbilityStage.onAcceptWantAsync"),
        full("AbilityStage.context"), full("AbilityStage.onConfigurationUpdate"),
        partial("AbilityStage.*", "never called: abilities share one process and memory is not watched"),
    ];
    "@ohos:app.ability.ApplicationStateChangeCallback" "app/ability/ApplicationStateChangeCallback.js" [
        full("ApplicationStateChangeCallback.*"),
    ];
    "@ohos:app.ability.Configuration" "app/ability/Configuration.js" [full("Configuration.*")];
    "@ohos:app.ability.ConfigurationConstant" "app/ability/ConfigurationConstant.js" [full("ConfigurationConstant.*")];
    "@ohos:app.ability.EnvironmentCallback" "app/ability/EnvironmentCallback.js" [
        full("EnvironmentCallback.onConfigurationUpdated"),
        partial("EnvironmentCallback.onMemoryLevel", "memory is not watched"),
    ];
    "@ohos:app.ability.StartOptions" "app/ability/StartOptions.js" [partial("StartOptions.*", "accepted and ignored")];
    "@ohos:app.ability.UIAbility" "app/ability/UIAbility.js" [
        partial("UIAbility.onContinue", "there is no other device"), partial("UIAbility.onShare", "never called"),
        partial("UIAbility.onDump", "never called"), partial("UIAbility.onPrepareToTerminate", "never called"),
        partial("UIAbility.onCollaborate", "there is no other device"), full("UIAbility.*"),
        partial("Callee.*", "nobody can start an ability by call"),
    ];
    "@ohos:app.ability.Want" "app/ability/Want.js" [full("Want.*")];
    "@ohos:app.ability.abilityDelegatorRegistry" "app/ability/abilityDelegatorRegistry.js" [full("abilityDelegatorRegistry.*")];
    "@ohos:app.ability.abilityManager" "app/ability/abilityManager.js" [
        full("abilityManager.AbilityState"), full("abilityManager.getAbilityRunningInfos"),
    ];
    "@ohos:app.ability.appManager" "app/ability/appManager.js" [
        full("appManager.isRunningInStabilityTest"), full("appManager.isRamConstrainedDevice"),
        full("appManager.getAppMemorySize"), full("appManager.getRunningProcessInformation"),
        full("appManager.ProcessState"), full("appManager.isAppRunning"), full("appManager="),
        partial("appManager.on", "there are no other apps"), full("appManager.off"),
        partial("appManager.killProcessesByBundleName", "there are no other apps"),
    ];
    "@ohos:app.ability.appRecovery" "app/ability/appRecovery.js" [
        full("appRecovery.enableAppRecovery"), full("appRecovery.setRestartWant"),
        partial("appRecovery.saveAppState", "the state is kept only while the process lives"),
        partial("appRecovery.restartApp", "does nothing"),
        full("appRecovery.RestartFlag"), full("appRecovery.SaveOccasionFlag"), full("appRecovery.SaveModeFlag"),
    ];
    "@ohos:app.ability.application" "app/ability/application.js" [
        full("application.createModuleContext"), full("application.getApplicationContext"), full("application.AppPreloadType"),
    ];
    "@ohos:app.ability.common" "app/ability/common.js" [full("common.*")];
    "@ohos:app.ability.contextConstant" "app/ability/contextConstant.js" [full("contextConstant.*")];
    "@ohos:app.ability.errorManager" "app/ability/errorManager.js" [
        full("errorManager.on"), full("errorManager.off"), full("errorManager.setDefaultErrorHandler"),
        full("errorManager.InstanceType"), full("errorManager.ResourceType"), full("errorManager="),
    ];
    "@ohos:app.ability.insightIntent" "app/ability/insightIntent.js" [partial("insightIntent.*", "enumerations only")];
    "@ohos:app.ability.wantAgent" "app/ability/wantAgent.js" [full("wantAgent.*")];
    "@ohos:app.ability.wantConstant" "app/ability/wantConstant.js" [full("wantConstant.*")];
    "@ohos:wantAgent" "app/ability/wantAgent.js" [full("wantAgent.*")];

    "@ohos:app.ability.ExtensionAbility" "app/ability/ExtensionAbility.js" [full("ExtensionAbility.*")];
    "@ohos:app.ability.UIExtensionAbility" "app/ability/UIExtensionAbility.js" [partial("UIExtensionAbility.*", NOT_STARTED)];
    "@ohos:app.ability.EmbeddedUIExtensionAbility" "app/ability/EmbeddedUIExtensionAbility.js" [
        partial("EmbeddedUIExtensionAbility.*", NOT_STARTED),
    ];
    "@ohos:app.ability.ShareExtensionAbility" "app/ability/ShareExtensionAbility.js" [
        partial("ShareExtensionAbility.*", NOT_STARTED),
    ];
    "@ohos:app.ability.ActionExtensionAbility" "app/ability/ActionExtensionAbility.js" [
        partial("ActionExtensionAbility.*", NOT_STARTED),
    ];
    "@ohos:app.ability.PhotoEditorExtensionAbility" "app/ability/PhotoEditorExtensionAbility.js" [
        partial("PhotoEditorExtensionAbility.*", NOT_STARTED),
    ];
    "@ohos:app.ability.ServiceExtensionAbility" "app/ability/ServiceExtensionAbility.js" [
        partial("ServiceExtensionAbility.*", NOT_STARTED),
    ];
    "@ohos:app.ability.AppServiceExtensionAbility" "app/ability/AppServiceExtensionAbility.js" [
        partial("AppServiceExtensionAbility.*", NOT_STARTED),
    ];
    "@ohos:app.ability.DriverExtensionAbility" "app/ability/DriverExtensionAbility.js" [
        partial("DriverExtensionAbility.*", NOT_STARTED),
    ];
    "@ohos:application.BackupExtensionAbility" "application/BackupExtensionAbility.js" [
        partial("BackupExtensionAbility.*", NOT_STARTED),
    ];
    "@ohos:application.StaticSubscriberExtensionAbility" "application/StaticSubscriberExtensionAbility.js" [
        partial("StaticSubscriberExtensionAbility.*", NOT_STARTED),
    ];
    "@ohos:InputMethodExtensionAbility" "InputMethodExtensionAbility.js" [partial("*@20", NOT_STARTED)];
    "@ohos:enterprise.EnterpriseAdminExtensionAbility" "enterprise/EnterpriseAdminExtensionAbility.js" [
        partial("*@20", NOT_STARTED),
    ];
    "@ohos:WorkSchedulerExtensionAbility" "WorkSchedulerExtensionAbility.js" [
        partial("WorkSchedulerExtensionAbility.*", NOT_STARTED),
    ];
    "@ohos:app.form.FormExtensionAbility" "app/form/FormExtensionAbility.js" [
        partial("FormExtensionAbility.*", NOT_STARTED),
    ];
    "@ohos:app.form.formBindingData" "app/form/formBindingData.js" [full("formBindingData.createFormBindingData")];
    "@ohos:app.form.formInfo" "app/form/formInfo.js" [full("formInfo.*")];
    "@ohos:app.form.formProvider" "app/form/formProvider.js" [
        full("formProvider.getFormsInfo"), partial("formProvider.*", "there is no form host, so no form exists"),
    ];

    "@ohos:application.testRunner" "application/testRunner.js" [full("TestRunner.*")];
    "@ohos:application.abilityDelegatorRegistry" "application/abilityDelegatorRegistry.js" [
        full("abilityDelegatorRegistry.*"),
    ];
    "@ohos:bundle.bundleManager" "bundle/bundleManager.js" [
        full("bundleManager.getBundleInfoForSelf"), full("bundleManager.getBundleInfoForSelfSync"),
        full("bundleManager.getProfileByAbility"), full("bundleManager.getProfileByAbilitySync"),
        full("bundleManager.getProfileByExtensionAbility"), full("bundleManager.getProfileByExtensionAbilitySync"),
        full("bundleManager.canOpenLink"), full("bundleManager.getLaunchWant"),
        partial("bundleManager.*", "other bundles are not visible"),
    ];
    "@ohos:resourceManager" "resourceManager.js" [
        partial("resourceManager.getSystemResourceManager", "the resources of the system are missing"),
        partial("ResourceManager.addResource", "overlays are refused"),
        partial("ResourceManager.removeResource", "overlays are refused"),
        full("ResourceManager.*"), full("resourceManager.*"),
    ];
}

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    let leaves: [&'static dyn SystemModule; 1] = [&hilog::MODULE];
    leaves.into_iter().chain(FACES.iter().chain(declared::MODULES).map(|face| face as &'static dyn SystemModule))
}
