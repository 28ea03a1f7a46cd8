// @ohos:sensor: a device without sensors, and what can be computed from the values of some.
(function (host, system) {
  'use strict';
  const { declare, fail, refuse } = system.require('@concord:kits/declared');
  const permissions = system.require('@concord:kits/permissions');
  const rotations = system.require('@concord:devices/rotations');

  const SensorId = {
    ACCELEROMETER: 1, GYROSCOPE: 2, AMBIENT_LIGHT: 5, MAGNETIC_FIELD: 6, BAROMETER: 8, HALL: 10, PROXIMITY: 12, HUMIDITY: 13,
    ORIENTATION: 256, GRAVITY: 257, LINEAR_ACCELEROMETER: 258, ROTATION_VECTOR: 259, AMBIENT_TEMPERATURE: 260,
    MAGNETIC_FIELD_UNCALIBRATED: 261, GYROSCOPE_UNCALIBRATED: 263, SIGNIFICANT_MOTION: 264, PEDOMETER_DETECTION: 265,
    PEDOMETER: 266, HEART_RATE: 278, WEAR_DETECTION: 280, ACCELEROMETER_UNCALIBRATED: 281, FUSION_PRESSURE: 283,
  };
  // The older names of the same.
  const SensorType = Object.fromEntries(Object.entries(SensorId).map(([name, id]) => [`SENSOR_TYPE_ID_${name}`, id]));
  SensorType.SENSOR_TYPE_ID_LINEAR_ACCELERATION = SensorId.LINEAR_ACCELEROMETER;
  const SensorAccuracy = { ACCURACY_UNRELIABLE: 0, ACCURACY_LOW: 1, ACCURACY_MEDIUM: 2, ACCURACY_HIGH: 3 };

  const ACCELEROMETER = 'ohos.permission.ACCELEROMETER';
  const GYROSCOPE = 'ohos.permission.GYROSCOPE';
  const ACTIVITY_MOTION = 'ohos.permission.ACTIVITY_MOTION';
  const READ_HEALTH_DATA = 'ohos.permission.READ_HEALTH_DATA';
  const NEEDED = new Map([
    [SensorId.ACCELEROMETER, ACCELEROMETER], [SensorId.ACCELEROMETER_UNCALIBRATED, ACCELEROMETER],
    [SensorId.LINEAR_ACCELEROMETER, ACCELEROMETER], [SensorId.GYROSCOPE, GYROSCOPE], [SensorId.GYROSCOPE_UNCALIBRATED, GYROSCOPE],
    [SensorId.PEDOMETER, ACTIVITY_MOTION], [SensorId.PEDOMETER_DETECTION, ACTIVITY_MOTION], [SensorId.HEART_RATE, READ_HEALTH_DATA],
  ]);
  const KNOWN = new Set(Object.values(SensorId));
  // How fast values may come, by name; else a number of nanoseconds.
  const FREQUENCIES = ['game', 'ui', 'normal'];
  const STATUS = 'sensorStatusChange';

  const checkSensor = (type) => {
    if (!KNOWN.has(type)) {
      fail(401, 'Parameter error. The type of "type" must be SensorId.');
    }
  };
  const notThere = (type) => {
    checkSensor(type);
    return fail(14500102, 'The sensor is not supported by the device.');
  };

  function checkInterval(options) {
    const interval = options?.interval;
    if (interval !== undefined && typeof interval !== 'number' && !FREQUENCIES.includes(interval)) {
      fail(401, 'Parameter error. "interval" must be a number, game, ui or normal.');
    }
  }

  function subscribe(type, callback, options) {
    if (type === STATUS) {
      return;
    }
    checkSensor(type);
    checkInterval(options);
    if (NEEDED.has(type)) {
      permissions.demand(NEEDED.get(type));
    }
    fail(14500101, 'Service exception. The device has no such sensor.');
  }

  function numbers(name, list, ...sizes) {
    if (!sizes.includes(list.length) || !list.every((item) => typeof item === 'number')) {
      fail(401, `Parameter error. "${name}" must be ${sizes.join(' or ')} numbers.`);
    }
    return list;
  }
  const matrix = (name, list) => numbers(name, list, 9, 16);
  const defined = (value) => value ?? fail(401, 'Parameter error. The values give no direction.');

  // Of a rotation vector, or of gravity and the field of the earth.
  function rotationMatrix(vector, field) {
    if (Array.isArray(field)) {
      return defined(rotations.matrixOfField(numbers('gravity', vector, 3), numbers('geomagnetic', field, 3)));
    }
    return rotations.matrixOfVector(numbers('rotationVector', vector, 3, 4));
  }

  const computations = {
    'getDeviceAltitude(seaPressure: number, currentPressure: number): Promise': (sea, here) => (sea > 0
      ? rotations.altitude(sea, here)
      : fail(401, 'Parameter error. "seaPressure" must be more than 0.')),
    'getInclination(inclinationMatrix: array): Promise': (list) => rotations.inclination(matrix('inclinationMatrix', list)),
    'getAngleVariation(currentRotationMatrix: array, preRotationMatrix: array): Promise': (now, before) =>
      rotations.variation(matrix('currentRotationMatrix', now), numbers('preRotationMatrix', before, now.length)),
    'getRotationMatrix(gravity: array, geomagnetic?: array): Promise': rotationMatrix,
    'transformRotationMatrix(inRotationVector: array, coordinates: object): Promise': (list, { x, y }) =>
      defined(rotations.withAxes(matrix('inRotationVector', list), x, y)),
    'getQuaternion(rotationVector: array): Promise': (vector) => rotations.quaternion(numbers('rotationVector', vector, 3, 4)),
    'getOrientation(rotationMatrix: array): Promise': (list) => rotations.orientation(matrix('rotationMatrix', list)),
  };
  const { getDeviceAltitude, getInclination, getAngleVariation, getRotationMatrix, transformRotationMatrix, getQuaternion, getOrientation } =
    declare([], computations);

  return {
    SensorId, SensorType, SensorAccuracy,
    ...declare([], {
      'on(type: number|string, callback: function, options?: object)': subscribe,
      'once(type: number|string, callback: function)': subscribe,
      'off(type: number|string, infoOrCallback?: object|function, callback?: function)': (type) => (type === STATUS ? undefined : checkSensor(type)),
      'getSingleSensor(type: number): Promise': notThere,
      'getSingleSensorSync(type: number)': notThere,
      'getSingleSensorByDeviceSync(type: number, deviceId?: number)': (type) => {
        checkSensor(type);
        return [];
      },
      'getSensorList(): Promise': () => [],
      'getSensorListSync()': () => [],
      'getSensorListByDeviceSync(deviceId?: number)': () => [],
      // Needs a model of the earth's field.
      'getGeomagneticInfo(locationOptions: object, timeMillis: number): Promise': refuse(14500101, 'Service exception.'),
    }),
    getDeviceAltitude, getInclination, getAngleVariation, getRotationMatrix, transformRotationMatrix, getQuaternion, getOrientation,
    // Older names.
    getAltitude: getDeviceAltitude, getGeomagneticDip: getInclination, getAngleModify: getAngleVariation,
    createRotationMatrix: getRotationMatrix, transformCoordinateSystem: transformRotationMatrix, createQuaternion: getQuaternion,
    getDirection: getOrientation,
  };
})
