// @concord:extensions: base classes of extension abilities. The framework sets context; apps override the callbacks.
(function (host, system) {
  'use strict';
  const Ability = system.require('@ohos:app.ability.Ability').default;

  class ExtensionAbility extends Ability {}

  // A class whose callbacks do nothing. `answers` gives the value that a callback returns by default.
  function base(name, callbacks, answers = {}) {
    const Class = { [name]: class extends ExtensionAbility {} }[name];
    for (const callback of callbacks) {
      const answer = answers[callback];
      Object.defineProperty(Class.prototype, callback, {
        value: { [callback]() { return answer; } }[callback], writable: true, configurable: true, enumerable: false,
      });
    }
    return Class;
  }

  const ui = ['onCreate', 'onSessionCreate', 'onSessionDestroy', 'onForeground', 'onBackground', 'onDestroy'];
  const UIExtensionAbility = base('UIExtensionAbility', ui);
  return {
    ExtensionAbility,
    UIExtensionAbility,
    EmbeddedUIExtensionAbility: { EmbeddedUIExtensionAbility: class extends UIExtensionAbility {} }.EmbeddedUIExtensionAbility,
    ShareExtensionAbility: { ShareExtensionAbility: class extends UIExtensionAbility {} }.ShareExtensionAbility,
    ActionExtensionAbility: { ActionExtensionAbility: class extends UIExtensionAbility {} }.ActionExtensionAbility,
    PhotoEditorExtensionAbility: base('PhotoEditorExtensionAbility', [...ui, 'onStartContentEditing']),
    ServiceExtensionAbility: base('ServiceExtensionAbility',
      ['onCreate', 'onRequest', 'onConnect', 'onDisconnect', 'onReconnect', 'onDestroy', 'onDump']),
    AppServiceExtensionAbility: base('AppServiceExtensionAbility',
      ['onCreate', 'onRequest', 'onConnect', 'onDisconnect', 'onDestroy']),
    DriverExtensionAbility: base('DriverExtensionAbility',
      ['onInit', 'onRelease', 'onConnect', 'onDisconnect', 'onDump']),
    BackupExtensionAbility: base('BackupExtensionAbility',
      ['onBackup', 'onRestore', 'onBackupEx', 'onRestoreEx', 'onProcess', 'onRelease'], { onBackupEx: '', onRestoreEx: '' }),
    FormExtensionAbility: base('FormExtensionAbility', ['onAddForm', 'onCastToNormalForm', 'onUpdateForm',
      'onChangeFormVisibility', 'onFormEvent', 'onRemoveForm', 'onAcquireFormState', 'onStop'], { onAcquireFormState: 0 }),
    WorkSchedulerExtensionAbility: base('WorkSchedulerExtensionAbility', ['onWorkStart', 'onWorkStop']),
    InputMethodExtensionAbility: base('InputMethodExtensionAbility', ['onCreate', 'onDestroy']),
    EnterpriseAdminExtensionAbility: base('EnterpriseAdminExtensionAbility', ['onAdminEnabled', 'onAdminDisabled', 'onBundleAdded',
      'onBundleRemoved', 'onAppStart', 'onAppStop', 'onSystemUpdate', 'onStart', 'onAccountAdded', 'onAccountSwitched',
      'onAccountRemoved', 'onKioskModeEntering', 'onKioskModeExiting']),
    StaticSubscriberExtensionAbility: base('StaticSubscriberExtensionAbility', ['onReceiveEvent']),
  };
})
