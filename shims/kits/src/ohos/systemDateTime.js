// @ohos:systemDateTime
(function (host, system) {
  'use strict';

  const TimeType = { STARTUP: 0, ACTIVE: 1 };

  const checkBoolean = (value) => {
    if (value !== undefined && value !== null && typeof value !== 'boolean') {
      throw new system.BusinessError(401, 'Parameter error. The type of "isNanoseconds" must be boolean.');
    }
    return value === true;
  };

  const getTime = (isNanoseconds) => (checkBoolean(isNanoseconds) ? Date.now() * 1e6 : Date.now());

  function getUptime(timeType, isNanoseconds) {
    if (timeType !== TimeType.STARTUP && timeType !== TimeType.ACTIVE) {
      throw new system.BusinessError(401, 'Parameter error. The value of "timeType" must be STARTUP or ACTIVE.');
    }
    const milliseconds = host.uptime(timeType === TimeType.ACTIVE);
    return checkBoolean(isNanoseconds) ? milliseconds * 1e6 : milliseconds;
  }

  const timezone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

  const callbackOf = (args) => args.find((arg) => typeof arg === 'function');
  const flagOf = (args) => args.find((arg) => typeof arg === 'boolean');
  const deliver = (args, value) => system.async(() => value, callbackOf(args));

  const denied = () => {
    throw new system.BusinessError(202, 'System API is not allowed called by third HAP');
  };

  return {
    TimeType, getTime, getUptime,
    getTimezoneSync: timezone,
    getTimezone: (callback) => deliver([callback], timezone()),
    getCurrentTime: (...args) => deliver(args, getTime(flagOf(args))),
    getRealActiveTime: (...args) => deliver(args, getUptime(TimeType.ACTIVE, flagOf(args))),
    getRealTime: (...args) => deliver(args, getUptime(TimeType.STARTUP, flagOf(args))),
    getDate: (callback) => deliver([callback], new Date()),
    getAutoTimeStatus: () => true,
    setTime: denied, setTimezone: denied, setDate: denied, setAutoTimeStatus: denied,
  };
})
