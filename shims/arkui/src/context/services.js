// @concord:arkui/context-services: small objects that a UIContext hands out.
(function (host, system) {
  'use strict';
  const inspector = () => system.require('@concord:arkui/inspector');

  class ComponentUtils {
    getRectangleById(id) {
      return inspector().getRectangleById(id);
    }
  }

  class UIInspector {
    createComponentObserver(id) {
      return inspector().createComponentObserver(id);
    }
  }

  class ContextMenuController {
    close() {
      system.require('@concord:arkui/overlays/menu').closeAll();
    }
  }

  // PointerStyle.DEVELOPER_DEFINED_ICON
  const OWN_PICTURE = -100;

  // The shape of the pointer, wherever it is, until it is given back.
  class CursorController {
    setCursor(style) {
      if (typeof style === 'number') {
        system.require('@concord:arkui/input').setPointer('forced', style);
      }
    }

    // A picture that cannot be one changes nothing.
    setCustomCursor(pixelMap, focusX, focusY) {
      if (system.require('@concord:arkui/pointer-picture').show({ pixelMap, focusX, focusY }) === undefined) {
        system.require('@concord:arkui/input').setPointer('forced', OWN_PICTURE);
      }
    }

    restoreDefault() {
      system.require('@concord:arkui/input').setPointer('forced');
    }
  }

  // Only atomic services have this bar.
  class AtomicServiceBar {
    setVisible() {}

    setBackgroundColor() {}

    setTitleContent() {}

    setTitleFontStyle() {}

    setIconColor() {}

    getBarRect() {
      return { x: 0, y: 0, width: 0, height: 0 };
    }

    onBarRectChange() {}
  }

  // The functions of `@ohos.arkui.dragController`, for one window.
  class DragController {}
  for (const name of ['executeDrag', 'createDragAction', 'getDragPreview', 'setDragEventStrictReportingEnabled', 'notifyDragStartRequest',
    'cancelDataLoading', 'enableDropDisallowedBadge']) {
    DragController.prototype[name] = (...args) => system.require('@ohos:arkui.dragController')[name](...args);
  }

  // Frame rates of a scene: kept, since frames come when they are needed.
  class DynamicSyncScene {
    #range = { min: 0, max: 120, expected: 60 };

    setFrameRateRange(range) {
      this.#range = { ...range };
    }

    getFrameRateRange() {
      return { ...this.#range };
    }
  }

  class FrameCallback {
    onFrame() {}

    onIdle() {}
  }

  class DialogPresenter {
    #ui;

    constructor(ui) {
      this.#ui = ui;
    }

    #prompt() {
      return this.#ui.getPromptAction();
    }

    present(content, options) {
      return typeof content === 'function' ? this.#prompt().presentCustomDialog(content, undefined, options)
        : this.#prompt().openCustomDialog(content, options);
    }

    update(content, options) {
      return this.#prompt().updateCustomDialog(content, options);
    }

    dismiss(key) {
      return this.#prompt().closeCustomDialog(key);
    }
  }

  return { ComponentUtils, UIInspector, ContextMenuController, CursorController, AtomicServiceBar, DragController,
    get TextMenuController() {
      return system.require('@concord:arkui/overlays/selection').TextMenuController;
    },
    get Magnifier() {
      return system.require('@concord:arkui/overlays/magnifier').Magnifier;
    },
    DynamicSyncScene, FrameCallback, DialogPresenter };
})
