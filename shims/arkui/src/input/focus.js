// @concord:arkui/focus: what the app asks of the focus.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const input = system.require('@concord:arkui/input');

  const MESSAGES = new Map([
    [150001, 'This component is not focusable.'],
    [150002, 'This component has an unfocusable ancestor.'],
    [150003, 'The component doesn\'t exist, is currently invisible, or has been disabled.'],
  ]);

  // The code of the error, 0 when the node has the focus now.
  const request = (key) => {
    const node = nodes.findByKey(String(key));
    return node === 0 ? 150003 : input.requestFocus(node);
  };

  // UIContext.getFocusController()
  class FocusController {
    requestFocus(key) {
      const code = request(key);
      if (code !== 0) {
        throw new system.BusinessError(code, MESSAGES.get(code));
      }
    }

    clearFocus() {
      input.clearFocus();
    }

    activate(isActive, autoInactive) {
      input.activateFocus(isActive === true, autoInactive);
    }

    isActive() {
      return input.isFocusActive();
    }

    setAutoFocusTransfer(isAutoFocusTransfer) {
      input.keepFocus(isAutoFocusTransfer === false);
    }

    // Keys go to the node with the focus, then to those around it, then move the focus: in both modes the app sees each key.
    setKeyProcessingMode(mode) {
      if (mode !== 0 && mode !== 1) {
        throw new system.BusinessError(401, 'Parameter error. The mode must be a KeyProcessingMode.');
      }
    }
  }

  return { FocusController, focusControl: { requestFocus: (key) => request(key) === 0 } };
})
