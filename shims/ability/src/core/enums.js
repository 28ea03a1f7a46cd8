// @concord:enums: the platform's enumerations, by module. `NAME=value`, separated by spaces; what starts like a number is one.
(function () {
  'use strict';
  const TABLES = {
    '@ohos:app.ability.AbilityConstant': {
      LaunchReason:
        'UNKNOWN=0 START_ABILITY=1 CALL=2 CONTINUATION=3 APP_RECOVERY=4 SHARE=5 AUTO_STARTUP=8 ' +
        'INSIGHT_INTENT=9 PREPARE_CONTINUATION=10 PRELOAD=11',
      LastExitReason:
        'UNKNOWN=0 ABILITY_NOT_RESPONDING=1 NORMAL=2 CPP_CRASH=3 JS_ERROR=4 APP_FREEZE=5 ' +
        'PERFORMANCE_CONTROL=6 RESOURCE_CONTROL=7 UPGRADE=8 USER_REQUEST=9 SIGNAL=10',
      OnContinueResult: 'AGREE=0 REJECT=1 MISMATCH=2',
      MemoryLevel:
        'MEMORY_LEVEL_MODERATE=0 MEMORY_LEVEL_LOW=1 MEMORY_LEVEL_CRITICAL=2 MEMORY_LEVEL_UI_HIDDEN=3 ' +
        'MEMORY_LEVEL_BACKGROUND_MODERATE=4 MEMORY_LEVEL_BACKGROUND_LOW=5 ' +
        'MEMORY_LEVEL_BACKGROUND_CRITICAL=6',
      WindowMode:
        'WINDOW_MODE_UNDEFINED=0 WINDOW_MODE_FULLSCREEN=1 WINDOW_MODE_SPLIT_PRIMARY=100 ' +
        'WINDOW_MODE_SPLIT_SECONDARY=101 WINDOW_MODE_FLOATING=102 WINDOW_MODE_SPLIT=105',
      OnSaveResult:
        'ALL_AGREE=0 CONTINUATION_REJECT=1 CONTINUATION_MISMATCH=2 RECOVERY_AGREE=3 RECOVERY_REJECT=4 ' +
        'ALL_REJECT=5',
      StateType: 'CONTINUATION=0 APP_RECOVERY=1',
      ContinueState: 'ACTIVE=0 INACTIVE=1',
      CollaborateResult: 'ACCEPT=0 REJECT=1',
      PrepareTermination: 'TERMINATE_IMMEDIATELY=0 CANCEL=1',
    },
    '@ohos:app.ability.ConfigurationConstant': {
      ColorMode: 'COLOR_MODE_NOT_SET=-1 COLOR_MODE_DARK=0 COLOR_MODE_LIGHT=1',
      Direction: 'DIRECTION_NOT_SET=-1 DIRECTION_VERTICAL=0 DIRECTION_HORIZONTAL=1',
      ScreenDensity:
        'SCREEN_DENSITY_NOT_SET=0 SCREEN_DENSITY_SDPI=120 SCREEN_DENSITY_MDPI=160 SCREEN_DENSITY_LDPI=240 ' +
        'SCREEN_DENSITY_XLDPI=320 SCREEN_DENSITY_XXLDPI=480 SCREEN_DENSITY_XXXLDPI=640',
    },
    '@ohos:app.ability.contextConstant': {
      AreaMode: 'EL1=0 EL2=1 EL3=2 EL4=3 EL5=4',
      ProcessMode: 'NEW_PROCESS_ATTACH_TO_PARENT=1 NEW_PROCESS_ATTACH_TO_STATUS_BAR_ITEM=2 ATTACH_TO_STATUS_BAR_ITEM=3',
      StartupVisibility: 'STARTUP_HIDE=0 STARTUP_SHOW=1',
      Scenarios:
        'SCENARIO_MOVE_MISSION_TO_FRONT=1 SCENARIO_SHOW_ABILITY=2 ' +
        'SCENARIO_BACK_TO_CALLER_ABILITY_WITH_RESULT=4',
      ContextType:
        'APPLICATION_CONTEXT=0 ABILITY_STAGE_CONTEXT=1 UIABILITY_CONTEXT=2 FORM_EXTENSION_CONTEXT=3 ' +
        'APP_SERVICE_EXTENSION_CONTEXT=4 SERVICE_EXTENSION_CONTEXT=5 UI_SERVICE_EXTENSION_CONTEXT=6 ' +
        'AUTO_FILL_EXTENSION_CONTEXT=7',
    },
    '@ohos:app.ability.wantConstant': {
      Params:
        'DLP_PARAMS_SANDBOX=ohos.dlp.params.sandbox DLP_PARAMS_BUNDLE_NAME=ohos.dlp.params.bundleName ' +
        'DLP_PARAMS_MODULE_NAME=ohos.dlp.params.moduleName ' +
        'DLP_PARAMS_ABILITY_NAME=ohos.dlp.params.abilityName DLP_PARAMS_INDEX=ohos.dlp.params.index ' +
        'HIDE_SENSITIVE_TYPE=ohos.media.params.hideSensitiveType ' +
        'ABILITY_BACK_TO_OTHER_MISSION_STACK=ability.params.backToOtherMissionStack ' +
        'ABILITY_RECOVERY_RESTART=ohos.ability.params.abilityRecoveryRestart ' +
        'CONTENT_TITLE_KEY=ohos.extra.param.key.contentTitle ' +
        'SHARE_ABSTRACT_KEY=ohos.extra.param.key.shareAbstract SHARE_URL_KEY=ohos.extra.param.key.shareUrl ' +
        'SUPPORT_CONTINUE_PAGE_STACK_KEY=ohos.extra.param.key.supportContinuePageStack ' +
        'SUPPORT_CONTINUE_SOURCE_EXIT_KEY=ohos.extra.param.key.supportContinueSourceExit ' +
        'ASSERT_FAULT_SESSION_ID=ohos.ability.params.asssertFaultSessionId ' +
        'SHOW_MODE_KEY=ohos.extra.param.key.showMode PARAMS_STREAM=ability.params.stream ' +
        'APP_CLONE_INDEX_KEY=ohos.extra.param.key.appCloneIndex ' +
        'CALLER_REQUEST_CODE=ohos.extra.param.key.callerRequestCode ' +
        'PAGE_PATH=ohos.param.atomicservice.pagePath ROUTER_NAME=ohos.param.atomicservice.routerName ' +
        'PAGE_SOURCE_FILE=ohos.param.atomicservice.pageSourceFile ' +
        'BUILD_FUNCTION=ohos.param.atomicservice.buildFunction ' +
        'SUB_PACKAGE_NAME=ohos.param.atomicservice.subpackageName ' +
        'APP_INSTANCE_KEY=ohos.extra.param.key.appInstance ' +
        'CREATE_APP_INSTANCE_KEY=ohos.extra.param.key.createAppInstance ' +
        'CALLER_APP_CLONE_INDEX=ohos.param.callerAppCloneIndex ' +
        'DESTINATION_PLUGIN_ABILITY=ohos.params.pluginAbility ' +
        'APP_LAUNCH_TRUSTLIST=ohos.params.appLaunchTrustList ' +
        'ATOMIC_SERVICE_SHARE_ROUTER=ohos.params.atomicservice.shareRouter ' +
        'LAUNCH_REASON_MESSAGE=ohos.params.launchReasonMessage ' +
        'ABILITY_UNIFIED_DATA_KEY=ohos.param.ability.udKey ' +
        'UI_EXTENSION_ROOT_TOKEN=ohos.param.uiExtension.rootHostToken',
      Flags:
        'FLAG_AUTH_READ_URI_PERMISSION=1 FLAG_AUTH_WRITE_URI_PERMISSION=2 ' +
        'FLAG_AUTH_PERSISTABLE_URI_PERMISSION=64 FLAG_INSTALL_ON_DEMAND=2048 ' +
        'FLAG_ABILITY_ON_COLLABORATE=8192 FLAG_START_WITHOUT_TIPS=1073741824',
      ShowMode: 'WINDOW=0 EMBEDDED_FULL=1 EMBEDDED_HALF=2',
      Action: 'ACTION_SEND_TO_DATA=ohos.want.action.sendToData',
    },
    '@ohos:app.ability.appManager': {
      ApplicationState: 'STATE_CREATE=0 STATE_FOREGROUND=1 STATE_ACTIVE=2 STATE_BACKGROUND=3 STATE_DESTROY=4',
      ProcessState: 'STATE_CREATE=0 STATE_FOREGROUND=1 STATE_ACTIVE=2 STATE_BACKGROUND=3 STATE_DESTROY=4',
      PreloadMode: 'PRESS_DOWN=0',
      KeepAliveAppType: 'ALL=0 THIRD_PARTY=1 SYSTEM=2',
      KeepAliveSetter: 'SYSTEM=0 USER=1',
      FilterBundleType: 'APP=1 ATOMIC_SERVICE=2',
      FilterAppStateType: 'CREATE=1 FOREGROUND=2 BACKGROUND=4 DESTROY=8',
      FilterProcessStateType: 'CREATE=1 FOREGROUND=2 BACKGROUND=4 DESTROY=8',
      FilterAbilityStateType: 'CREATE=1 FOREGROUND=2 BACKGROUND=4 DESTROY=8',
      FilterCallback:
        'ON_FOREGROUND_APPLICATION_CHANGED=1 ON_ABILITY_STATE_CHANGED=2 ON_PROCESS_CREATED=4 ' +
        'ON_PROCESS_DIED=8 ON_PROCESS_STATE_CHANGED=16 ON_APP_STARTED=32 ON_APP_STOPPED=64',
    },
    '@ohos:app.ability.appRecovery': {
      RestartFlag:
        'ALWAYS_RESTART=0 RESTART_WHEN_JS_CRASH=1 RESTART_WHEN_APP_FREEZE=2 NO_RESTART=65535 ' +
        'RESTART_WHEN_CPP_CRASH=4',
      SaveOccasionFlag: 'SAVE_WHEN_ERROR=1 SAVE_WHEN_BACKGROUND=2',
      SaveModeFlag: 'SAVE_WITH_FILE=1 SAVE_WITH_SHARED_MEMORY=2',
    },
    '@ohos:app.ability.errorManager': {
      InstanceType: 'TASKPOOL=2 WORKER=1 MAIN=0 CUSTOM=3',
      ResourceType: 'PSS_MEMORY=1 ION_MEMORY=2 ASHMEM_MEMORY=3 GPU_MEMORY=4 FD=5 THREAD=6',
    },
    '@ohos:app.ability.abilityManager': {
      AbilityState: 'INITIAL=0 FOCUS=2 FOREGROUND=9 BACKGROUND=10 FOREGROUNDING=11 BACKGROUNDING=12',
      UserStatus: 'ASSERT_TERMINATE=0 ASSERT_CONTINUE=1 ASSERT_RETRY=2',
    },
    '@ohos:app.ability.abilityDelegatorRegistry': {
      AbilityLifecycleState: 'UNINITIALIZED=0 CREATE=1 FOREGROUND=2 BACKGROUND=3 DESTROY=4',
    },
    '@ohos:app.ability.application': {
      AppPreloadType:
        'UNSPECIFIED=0 TYPE_CREATE_PROCESS=1 TYPE_CREATE_ABILITY_STAGE=2 TYPE_CREATE_WINDOW_STAGE=3 ' +
        'TYPE_CREATE_BACKGROUND_ABILITY=4',
    },
    '@ohos:app.ability.wantAgent': {
      WantAgentFlags:
        'ONE_TIME_FLAG=0 NO_BUILD_FLAG=1 CANCEL_PRESENT_FLAG=2 UPDATE_PRESENT_FLAG=3 CONSTANT_FLAG=4 ' +
        'REPLACE_ELEMENT=5 REPLACE_ACTION=6 REPLACE_URI=7 REPLACE_ENTITIES=8 REPLACE_BUNDLE=9',
      OperationType:
        'UNKNOWN_TYPE=0 START_ABILITY=1 START_ABILITIES=2 START_SERVICE=3 SEND_COMMON_EVENT=4 ' +
        'START_SERVICE_EXTENSION=6',
    },
    '@ohos:app.ability.insightIntent': {
      ExecuteMode: 'UI_ABILITY_FOREGROUND=0 UI_ABILITY_BACKGROUND=1 UI_EXTENSION_ABILITY=2 SERVICE_EXTENSION_ABILITY=3',
      QueryType: 'ALL=all BY_PROPERTY=byProperty',
      ReturnMode: 'CALLBACK=0 FUNCTION=1',
    },
    '@ohos:app.form.formInfo': {
      RenderingMode: 'AUTO_COLOR=0 FULL_COLOR=1 SINGLE_COLOR=2',
      FormType: 'JS=1 eTS=2',
      ColorMode: 'MODE_AUTO=-1 MODE_DARK=0 MODE_LIGHT=1',
      FormState: 'UNKNOWN=-1 DEFAULT=0 READY=1',
      FormUpdateReason: 'UNKNOWN=-1 FORM_NODE_REUSE=0',
      FormParam:
        'IDENTITY_KEY=ohos.extra.param.key.form_identity DIMENSION_KEY=ohos.extra.param.key.form_dimension ' +
        'NAME_KEY=ohos.extra.param.key.form_name MODULE_NAME_KEY=ohos.extra.param.key.module_name ' +
        'WIDTH_KEY=ohos.extra.param.key.form_width HEIGHT_KEY=ohos.extra.param.key.form_height ' +
        'TEMPORARY_KEY=ohos.extra.param.key.form_temporary BUNDLE_NAME_KEY=ohos.extra.param.key.bundle_name ' +
        'ABILITY_NAME_KEY=ohos.extra.param.key.ability_name THEME_KEY=ohos.extra.param.key.form_is_theme ' +
        'DEVICE_ID_KEY=ohos.extra.param.key.device_id ' +
        'LAUNCH_REASON_KEY=ohos.extra.param.key.form_launch_reason ' +
        'PARAM_FORM_CUSTOMIZE_KEY=ohos.extra.param.key.form_customize ' +
        'FORM_LOCATION_KEY=ohos.extra.param.key.form_location ' +
        'FORM_RENDERING_MODE_KEY=ohos.extra.param.key.form_rendering_mode ' +
        'HOST_BG_INVERSE_COLOR_KEY=ohos.extra.param.key.host_bg_inverse_color ' +
        'FORM_PERMISSION_NAME_KEY=ohos.extra.param.key.permission_name ' +
        'FORM_PERMISSION_GRANTED_KEY=ohos.extra.param.key.permission_granted ' +
        'ORIGINAL_FORM_KEY=ohos.extra.param.key.original_form_id ' +
        'EDIT_FORM_KEY=ohos.extra.param.key.edit_form_id ' +
        'FORM_MANAGER_SHOW_SINGLE_FORM=ohos.extra.param.key.form_manager_show_single_form ' +
        'TEMPLATE_FORM_DETAIL_ID=ohos.extra.param.key.template_form_detail_id ' +
        'TEMPLATE_FORM_DATA=ohos.extra.param.key.template_form_data ' +
        'TEMPLATE_FORM_DISPLAY_NAME=ohos.extra.param.key.template_form_display_name ' +
        'TEMPLATE_FORM_DESCRIPTION=ohos.extra.param.key.template_form_description ' +
        'UPDATE_FORM_REASON_KEY=ohos.extra.param.key.update_form_reason ' +
        'FORM_FONT_SIZE_SCALE_KEY=ohos.extra.param.key.form_font_size_scale ' +
        'FORM_FONT_WEIGHT_SCALE_KEY=ohos.extra.param.key.form_font_weight_scale',
      FormDimension:
        'Dimension_1_2=1 Dimension_2_2=2 Dimension_2_4=3 Dimension_4_4=4 Dimension_2_1=5 DIMENSION_1_1=6 ' +
        'DIMENSION_6_4=7 DIMENSION_2_3=8 DIMENSION_3_3=9',
      FormShape: 'RECT=1 CIRCLE=2',
      VisibilityType: 'UNKNOWN=0 FORM_VISIBLE=1 FORM_INVISIBLE=2',
      LaunchReason: 'FORM_DEFAULT=1 FORM_SHARE=2 FORM_SIZE_CHANGE=3',
      PublishFormErrorCode: 'SUCCESS=0 NO_SPACE=1 PARAM_ERROR=2 INTERNAL_ERROR=3 NOT_SUPPORT=4',
      FormUsageState: 'USED=0 UNUSED=1',
      FormLocation:
        'OTHER=-1 DESKTOP=0 FORM_CENTER=1 FORM_MANAGER=2 NEGATIVE_SCREEN=3 FORM_CENTER_NEGATIVE_SCREEN=4 ' +
        'FORM_MANAGER_NEGATIVE_SCREEN=5 SCREEN_LOCK=6 AI_SUGGESTION=7 STANDBY=8',
      SceneAnimationTriggerType: 'SHAKE=1',
    },
    '@ohos:bundle.bundleManager': {
      BundleFlag:
        'GET_BUNDLE_INFO_DEFAULT=0 GET_BUNDLE_INFO_WITH_APPLICATION=1 GET_BUNDLE_INFO_WITH_HAP_MODULE=2 ' +
        'GET_BUNDLE_INFO_WITH_ABILITY=4 GET_BUNDLE_INFO_WITH_EXTENSION_ABILITY=8 ' +
        'GET_BUNDLE_INFO_WITH_REQUESTED_PERMISSION=16 GET_BUNDLE_INFO_WITH_METADATA=32 ' +
        'GET_BUNDLE_INFO_WITH_DISABLE=64 GET_BUNDLE_INFO_WITH_SIGNATURE_INFO=128 ' +
        'GET_BUNDLE_INFO_WITH_MENU=256 GET_BUNDLE_INFO_WITH_ROUTER_MAP=512 GET_BUNDLE_INFO_WITH_SKILL=2048 ' +
        'GET_BUNDLE_INFO_ONLY_WITH_LAUNCHER_ABILITY=4096 GET_BUNDLE_INFO_OF_ANY_USER=8192 ' +
        'GET_BUNDLE_INFO_EXCLUDE_CLONE=16384 GET_BUNDLE_INFO_WITH_CLOUD_KIT=32768 ' +
        'GET_BUNDLE_INFO_WITH_ENTRY_MODULE=65536 GET_BUNDLE_INFO_WITH_COMMON_CLONE=524288 ' +
        'GET_BUNDLE_INFO_WITH_SANDBOX_CLONE=1048576',
      ApplicationFlag:
        'GET_APPLICATION_INFO_DEFAULT=0 GET_APPLICATION_INFO_WITH_PERMISSION=1 ' +
        'GET_APPLICATION_INFO_WITH_METADATA=2 GET_APPLICATION_INFO_WITH_DISABLE=4',
      AbilityFlag:
        'GET_ABILITY_INFO_DEFAULT=0 GET_ABILITY_INFO_WITH_PERMISSION=1 GET_ABILITY_INFO_WITH_APPLICATION=2 ' +
        'GET_ABILITY_INFO_WITH_METADATA=4 GET_ABILITY_INFO_WITH_DISABLE=8 ' +
        'GET_ABILITY_INFO_ONLY_SYSTEM_APP=16 GET_ABILITY_INFO_WITH_APP_LINKING=64 ' +
        'GET_ABILITY_INFO_WITH_SKILL=128',
      ExtensionAbilityFlag:
        'GET_EXTENSION_ABILITY_INFO_DEFAULT=0 GET_EXTENSION_ABILITY_INFO_WITH_PERMISSION=1 ' +
        'GET_EXTENSION_ABILITY_INFO_WITH_APPLICATION=2 GET_EXTENSION_ABILITY_INFO_WITH_METADATA=4 ' +
        'GET_EXTENSION_ABILITY_INFO_WITH_SKILL=16',
      ExtensionAbilityType:
        'FORM=0 WORK_SCHEDULER=1 INPUT_METHOD=2 SERVICE=3 ACCESSIBILITY=4 DATA_SHARE=5 FILE_SHARE=6 ' +
        'STATIC_SUBSCRIBER=7 WALLPAPER=8 BACKUP=9 WINDOW=10 ENTERPRISE_ADMIN=11 THUMBNAIL=13 PREVIEW=14 ' +
        'PRINT=15 SHARE=16 PUSH=17 DRIVER=18 ACTION=19 ADS_SERVICE=20 EMBEDDED_UI=21 INSIGHT_INTENT_UI=22 ' +
        'FENCE=24 CALLER_INFO_QUERY=25 ASSET_ACCELERATION=26 FORM_EDIT=27 DISTRIBUTED=28 APP_SERVICE=29 ' +
        'LIVE_FORM=30 SELECTION=31 WEB_NATIVE_MESSAGING=32 FAULT_LOG=33 NOTIFICATION_SUBSCRIBER=34 ' +
        'CRYPTO=35 PARTNER_AGENT=36 AGENT=37 AGENT_UI=38 MODULAR_OBJECT=39 UNSPECIFIED=255',
      PermissionGrantState: 'PERMISSION_DENIED=-1 PERMISSION_GRANTED=0',
      SupportWindowMode: 'FULL_SCREEN=0 SPLIT=1 FLOATING=2',
      LaunchType: 'SINGLETON=0 MULTITON=1 SPECIFIED=2',
      AbilityType: 'PAGE=1 SERVICE=2 DATA=3',
      DisplayOrientation:
        'UNSPECIFIED=0 LANDSCAPE=1 PORTRAIT=2 FOLLOW_RECENT=3 LANDSCAPE_INVERTED=4 PORTRAIT_INVERTED=5 ' +
        'AUTO_ROTATION=6 AUTO_ROTATION_LANDSCAPE=7 AUTO_ROTATION_PORTRAIT=8 AUTO_ROTATION_RESTRICTED=9 ' +
        'AUTO_ROTATION_LANDSCAPE_RESTRICTED=10 AUTO_ROTATION_PORTRAIT_RESTRICTED=11 LOCKED=12 ' +
        'AUTO_ROTATION_UNSPECIFIED=13 FOLLOW_DESKTOP=14',
      ModuleType: 'ENTRY=1 FEATURE=2 SHARED=3',
      BundleType: 'APP=0 ATOMIC_SERVICE=1',
      CompatiblePolicy: 'BACKWARD_COMPATIBILITY=1',
      ProfileType: 'INTENT_PROFILE=1 CLOUD_PROFILE=8',
      AppDistributionType:
        'APP_GALLERY=1 ENTERPRISE=2 ENTERPRISE_NORMAL=3 ENTERPRISE_MDM=4 OS_INTEGRATION=5 CROWDTESTING=6 ' +
        'NONE=7',
      MultiAppModeType: 'UNSPECIFIED=0 MULTI_INSTANCE=1 APP_CLONE=2',
      ApplicationInfoFlag: 'FLAG_INSTALLED=1 FLAG_OTHER_INSTALLED=16 FLAG_PREINSTALLED_APP=32 FLAG_PREINSTALLED_APP_UPDATE=64',
      BundleInstallStatus: 'BUNDLE_NOT_EXIST=1 BUNDLE_INSTALLING=2 BUNDLE_INSTALLED=3',
      AppClonePreferenceMode: 'ALWAYS_ASK=0 MAIN_APP=1 CLONE_APP=2',
    },
    '@ohos:hilog': {
      LogLevel: 'DEBUG=3 INFO=4 WARN=5 ERROR=6 FATAL=7',
      PreferStrategy: 'UNSET_LOGLEVEL=0 PREFER_CLOSE_LOG=1 PREFER_OPEN_LOG=2',
      OutputType:
        'DEFAULT=0 CONSOLE_ONLY=0 PRIVATE_SANDBOX_ONLY=1 SHARE_SANDBOX_ONLY=2 ' +
        'PRIVATE_SANDBOX_WITH_CONSOLE=3 SHARE_SANDBOX_WITH_CONSOLE=4',
    },
    '@ohos:resourceManager': {
      Direction: 'DIRECTION_VERTICAL=0 DIRECTION_HORIZONTAL=1',
      DeviceType:
        'DEVICE_TYPE_PHONE=0 DEVICE_TYPE_TABLET=1 DEVICE_TYPE_CAR=2 DEVICE_TYPE_PC=3 DEVICE_TYPE_TV=4 ' +
        'DEVICE_TYPE_WEARABLE=6 DEVICE_TYPE_2IN1=7',
      ScreenDensity:
        'SCREEN_SDPI=120 SCREEN_MDPI=160 SCREEN_LDPI=240 SCREEN_XLDPI=320 SCREEN_XXLDPI=480 ' +
        'SCREEN_XXXLDPI=640',
      ColorMode: 'DARK=0 LIGHT=1',
    },
  };

  function parse(text) {
    const members = text.split(' ').map((member) => {
      const at = member.indexOf('=');
      const value = member.slice(at + 1);
      return [member.slice(0, at), /^-?\d+$/.test(value) ? Number(value) : value];
    });
    return Object.fromEntries(members);
  }

  // A fresh object with the enumerations of a module.
  return function enums(request) {
    return Object.fromEntries(Object.entries(TABLES[request]).map(([name, text]) => [name, parse(text)]));
  };
})
