// @concord:arkui/recognizers: GestureRecognizer and what else handlers learn about gestures that compete.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const input = system.require('@concord:arkui/input');

  class EventTargetInfo {
    constructor(info) { this.info_ = info; }
    getId() { return this.info_.id; }
    getUniqueId() { return this.info_.uniqueId; }
  }

  class ScrollableTargetInfo extends EventTargetInfo {
    isBegin() { return this.info_.isBegin; }
    isEnd() { return this.info_.isEnd; }
  }

  const targetOf = (info) => (info.isScrollable ? new ScrollableTargetInfo(info) : new EventTargetInfo(info));

  function belongsTo(info, frameNode) {
    const { nodeOf } = system.require('@concord:arkui/frame-node');
    const outer = frameNode && nodeOf(frameNode);
    let at = nodes.byElmtId(info.uniqueId);
    while (at !== 0 && at !== outer) {
      at = nodes.parent(at);
    }
    return outer !== undefined && at === outer;
  }

  // The state of one that is gone: it has failed.
  const FAILED = 5;

  class GestureRecognizer {
    constructor(info) { this.info_ = info; }
    getTag() { return this.info_.tag ?? ''; }
    getType() { return this.info_.type; }
    isBuiltIn() { return this.info_.isBuiltIn; }
    setEnabled(enabled) { input.enableRecognizer(this.info_.number, enabled === true); }
    isEnabled() { return input.recognizerEnabled(this.info_.number); }
    getState() {
      const state = input.recognizerState(this.info_.number);
      return state < 0 ? FAILED : state;
    }

    isValid() { return input.recognizerState(this.info_.number) >= 0; }
    getEventTargetInfo() { return targetOf(this.info_); }
    getFingerCount() { return this.info_.fingers; }
    isFingerCountLimit() { return this.info_.isLimited; }
    preventBegin() { input.preventRecognizer(this.info_.number); }
    isHostBelongsTo(frameNode) { return belongsTo(this.info_, frameNode); }
  }

  class TapRecognizer extends GestureRecognizer {
    getTapCount() { return this.info_.options?.count ?? 1; }
  }

  class LongPressRecognizer extends GestureRecognizer {
    isRepeat() { return this.info_.options?.repeat ?? false; }
    getDuration() { return this.info_.options?.duration ?? 500; }
    getAllowableMovement() { return this.info_.options?.allowableMovement ?? 15; }
  }

  class PanRecognizer extends GestureRecognizer {
    getPanGestureOptions() {
      const { PanGestureOptions } = system.require('@concord:arkui/gestures');
      return new PanGestureOptions({ fingers: this.getFingerCount(), direction: this.getDirection(), distance: this.getDistance() });
    }

    getDirection() { return this.info_.options?.direction ?? 15; }
    getDistance() { return this.info_.options?.distance ?? 5; }
    getDistanceMap() { return new Map(this.info_.options?.distances ?? []); }
  }

  class PinchRecognizer extends GestureRecognizer {
    getDistance() { return this.info_.options?.distance ?? 5; }
  }

  class RotationRecognizer extends GestureRecognizer {
    getAngle() { return this.info_.options?.angle ?? 1; }
  }

  class SwipeRecognizer extends GestureRecognizer {
    getVelocityThreshold() { return this.info_.options?.speed ?? 100; }
    getDirection() { return this.info_.options?.direction ?? 3; }
  }

  const names = ['TAP_GESTURE', 'LONG_PRESS_GESTURE', 'PAN_GESTURE', 'PINCH_GESTURE', 'SWIPE_GESTURE', 'ROTATION_GESTURE', 'DRAG', 'CLICK',
    'BOX_SELECT_GESTURE', 'WEB_SCROLL_GESTURE', 'TEXT_FIELD_SELECT_GESTURE', 'CONTEXT_MENU_HOVER_GESTURE'];
  const GestureControl = { GestureType: Object.fromEntries(names.flatMap((name, index) => [[name, index], [index, name]])) };

  // By `GestureControl.GestureType`.
  const CLASSES = [TapRecognizer, LongPressRecognizer, PanRecognizer, PinchRecognizer, SwipeRecognizer, RotationRecognizer];
  const wrap = (info) => new (CLASSES[info?.type] ?? GestureRecognizer)(info);
  const wrapAll = (infos) => (infos ?? []).map(wrap);
  const numberOf = (recognizer) => recognizer?.info_?.number;

  function chosen(answer) {
    return Array.isArray(answer) ? answer.map(numberOf).filter((number) => number !== undefined) : numberOf(answer);
  }

  // Handlers of the app by the attribute that sets them.
  const wrapped = {
    onGestureRecognizerJudgeBegin: (handler) => (event, current, others) =>
      process.guest(() => handler(event, wrap(current), wrapAll(others), [])),
    onTouchTestDone: (handler) => (event, recognizers) => process.guest(() => handler(event, wrapAll(recognizers))),
    shouldBuiltInRecognizerParallelWith: (handler) => (current, others) =>
      process.guest(() => chosen(handler(wrap(current), wrapAll(others)))),
    shouldRecognizerParallelWith: (handler) => (current, others) =>
      process.guest(() => chosen(handler(wrap(current), wrapAll(others)))),
  };

  // `X.onTouchTestDone(f)` …
  function attribute(name, node, handler) {
    nodes.call(node, name, typeof handler === 'function' ? wrapped[name](handler) : undefined);
  }

  return { GestureControl, attributes: Object.keys(wrapped), attribute, wrap, EventTargetInfo, ScrollableTargetInfo, GestureRecognizer, TapRecognizer,
    LongPressRecognizer, PanRecognizer, PinchRecognizer, RotationRecognizer, SwipeRecognizer };
})
