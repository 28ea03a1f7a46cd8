// @ohos:bluetooth.baseProfile: what profiles tell when they change.
(function () {
  'use strict';
  const DisconnectCause = {
    USER_DISCONNECT: 0, CONNECT_FROM_KEYBOARD: 1, CONNECT_FROM_MOUSE: 2, CONNECT_FROM_CAR: 3, TOO_MANY_CONNECTED_DEVICES: 4,
    CONNECT_FAIL_INTERNAL: 5,
  };
  return { DisconnectCause };
})
