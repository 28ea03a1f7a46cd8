// @ohos:multimodalInput.intentionCode: what keys are meant to do.
(function (host, system) {
  'use strict';

  const IntentionCode = {
    INTENTION_UNKNOWN: -1, INTENTION_UP: 1, INTENTION_DOWN: 2, INTENTION_LEFT: 3, INTENTION_RIGHT: 4, INTENTION_SELECT: 5,
    INTENTION_ESCAPE: 6, INTENTION_BACK: 7, INTENTION_FORWARD: 8, INTENTION_MENU: 9, INTENTION_PAGE_UP: 11,
    INTENTION_PAGE_DOWN: 12, INTENTION_ZOOM_OUT: 13, INTENTION_ZOOM_IN: 14,
  };

  return {
    IntentionCode,
  };
})
