// @ohos:arkui.dragController: drags that the app starts itself; UIContext.getDragController() has the same.
(function (host, system) {
  'use strict';
  const drag = system.require('@concord:arkui/drag');
  const { BusinessError } = system;

  const DragStatus = { STARTED: 0, ENDED: 1 };
  const DragStartRequestStatus = { WAITING: 0, READY: 1 };
  const DragSpringLoadingState = { BEGIN: 0, UPDATE: 1, END: 2, CANCEL: 3 };

  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  function check(custom, info) {
    if ((typeof custom !== 'function' && typeof custom !== 'object') || custom === null) {
      throw invalid('What is dragged must be a builder or a DragItemInfo.');
    }
    if (typeof info !== 'object' || info === null || typeof info.pointerId !== 'number' || info.pointerId < 0 || info.pointerId > 9) {
      throw invalid('The pointerId must be a number from 0 to 9.');
    }
  }

  const refused = () => new BusinessError(100001, 'Internal handling failed: no such pointer is down, or something is being dragged.');

  // Gives {event, extraParams} at the end of the drag.
  function executeDrag(custom, info, callback) {
    check(custom, info);
    return system.async(() => new Promise((resolve, reject) => {
      const begun = drag.execute(custom, info, (event) => resolve({ event, extraParams: info.extraParams ?? '' }));
      if (!begun) {
        reject(refused());
      }
    }), callback);
  }

  class DragAction {
    #items;
    #info;
    #callbacks = [];

    constructor(items, info) {
      this.#items = items;
      this.#info = info;
    }

    #tell(status, event) {
      const told = { status, event, extraParams: this.#info.extraParams ?? '' };
      [...this.#callbacks].forEach((callback) => callback(told));
    }

    startDrag() {
      return system.async(() => {
        const first = this.#items.find((item) => item !== undefined);
        const info = { ...this.#info };
        if (this.#items.length > 1) {
          info.previewOptions = { numberBadge: this.#items.length, ...info.previewOptions };
        }
        if (!drag.execute(first, info, (event) => this.#tell(DragStatus.ENDED, event))) {
          throw refused();
        }
        this.#tell(DragStatus.STARTED, new drag.DragEvent());
      });
    }

    on(type, callback) {
      if (type !== 'statusChange' || typeof callback !== 'function') {
        throw invalid('The type must be statusChange, and the callback a function.');
      }
      if (!this.#callbacks.includes(callback)) {
        this.#callbacks.push(callback);
      }
    }

    off(type, callback) {
      if (type !== 'statusChange') {
        throw invalid('The type must be statusChange.');
      }
      this.#callbacks = callback === undefined ? [] : this.#callbacks.filter((one) => one !== callback);
    }
  }

  function createDragAction(items, info) {
    if (!Array.isArray(items) || items.length === 0) {
      throw invalid('What is dragged must be an array.');
    }
    items.forEach((item) => check(item, info));
    return new DragAction(items, info);
  }

  // The preview of the drag that is running: its colour is accepted, and its changes come at once.
  class DragPreview {
    setForegroundColor() {}

    animate(options, handler) {
      if (typeof handler === 'function') {
        handler();
      }
    }
  }

  const dragController = {
    executeDrag,
    createDragAction,
    getDragPreview: () => new DragPreview(),
    setDragEventStrictReportingEnabled: (enable) => drag.setStrict(enable),
    cancelDataLoading() {},
    notifyDragStartRequest() {},
    enableDropDisallowedBadge() {},
    DragStatus,
    DragStartRequestStatus,
    DragSpringLoadingState,
  };
  return dragController;
})
