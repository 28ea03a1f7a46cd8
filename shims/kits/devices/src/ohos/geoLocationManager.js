// @ohos:geoLocationManager: where the machine is.
(function (host, system) {
  'use strict';
  const { declare, events, fail, refuse } = system.require('@concord:kits/declared');
  const permissions = system.require('@concord:kits/permissions');
  const places = system.require('@concord:devices/places');
  const { country } = system.require('@concord:devices/region');

  const LocationSourceType = { GNSS: 1, NETWORK: 2, INDOOR: 3, RTK: 4 };
  const CoordinateSystemType = { WGS84: 1, GCJ02: 2 };
  const LocationError = {
    LOCATING_FAILED_DEFAULT: -1, LOCATING_FAILED_LOCATION_PERMISSION_DENIED: -2, LOCATING_FAILED_BACKGROUND_PERMISSION_DENIED: -3,
    LOCATING_FAILED_LOCATION_SWITCH_OFF: -4, LOCATING_FAILED_INTERNET_ACCESS_FAILURE: -5,
  };
  const GeofenceTransitionEvent = {
    GEOFENCE_TRANSITION_EVENT_ENTER: 1, GEOFENCE_TRANSITION_EVENT_EXIT: 2, GEOFENCE_TRANSITION_EVENT_DWELL: 4,
  };
  const SatelliteConstellationCategory = {
    CONSTELLATION_CATEGORY_UNKNOWN: 0, CONSTELLATION_CATEGORY_GPS: 1, CONSTELLATION_CATEGORY_SBAS: 2,
    CONSTELLATION_CATEGORY_GLONASS: 3, CONSTELLATION_CATEGORY_QZSS: 4, CONSTELLATION_CATEGORY_BEIDOU: 5,
    CONSTELLATION_CATEGORY_GALILEO: 6, CONSTELLATION_CATEGORY_IRNSS: 7,
  };
  const SatelliteAdditionalInfo = {
    SATELLITES_ADDITIONAL_INFO_NULL: 0, SATELLITES_ADDITIONAL_INFO_EPHEMERIS_DATA_EXIST: 1,
    SATELLITES_ADDITIONAL_INFO_ALMANAC_DATA_EXIST: 2, SATELLITES_ADDITIONAL_INFO_USED_IN_FIX: 4,
    SATELLITES_ADDITIONAL_INFO_CARRIER_FREQUENCY_EXIST: 8,
  };
  const UserActivityScenario = { NAVIGATION: 0x401, SPORT: 0x402, TRANSPORT: 0x403, DAILY_LIFE_SERVICE: 0x404 };
  const LocatingPriority = { PRIORITY_ACCURACY: 0x501, PRIORITY_LOCATING_SPEED: 0x502 };
  const LocationRequestPriority = { UNSET: 0x200, ACCURACY: 0x201, LOW_POWER: 0x202, FIRST_FIX: 0x203 };
  const LocationRequestScenario = {
    UNSET: 0x300, NAVIGATION: 0x301, TRAJECTORY_TRACKING: 0x302, CAR_HAILING: 0x303, DAILY_LIFE_SERVICE: 0x304, NO_POWER: 0x305,
  };
  const PowerConsumptionScenario = { HIGH_POWER_CONSUMPTION: 0x601, LOW_POWER_CONSUMPTION: 0x602, NO_POWER_CONSUMPTION: 0x603 };
  const SportsType = { RUNNING: 1, WALKING: 2, CYCLING: 3, SKIING: 4 };
  const CountryCodeType = {
    COUNTRY_CODE_FROM_LOCALE: 1, COUNTRY_CODE_FROM_SIM: 2, COUNTRY_CODE_FROM_LOCATION: 3, COUNTRY_CODE_FROM_NETWORK: 4,
  };
  const BeaconFenceInfoType = { BEACON_MANUFACTURE_DATA: 1 };

  const APPROXIMATELY_LOCATION = 'ohos.permission.APPROXIMATELY_LOCATION';
  const LOCATION = 'ohos.permission.LOCATION';
  const EXACTLY = [LOCATION, APPROXIMATELY_LOCATION];
  const EARTH_RADIUS = 6371000;
  // How long somebody may have to wait for a place, in ms, unless they say so.
  const PATIENCE = 30000;

  const unavailable = refuse(3301000, 'The location service is unavailable.');
  const switchedOff = refuse(3301100, 'The location switch is off.');
  const notFound = refuse(3301200, 'Failed to obtain the geographical location.');
  const isNumber = (value) => typeof value === 'number';

  const isExact = () => permissions.isDeclared(LOCATION);
  const demandService = () => places.isAvailable || switchedOff();

  function checkRequest(request) {
    for (const name of ['priority', 'scenario', 'timeInterval', 'distanceInterval', 'maxAccuracy', 'timeoutMs', 'interval',
      'locatingPriority', 'locatingTimeoutMs', 'locationScenario']) {
      if (request?.[name] !== undefined && !isNumber(request[name])) {
        fail(401, `Parameter error. The type of "${name}" must be number.`);
      }
    }
  }

  function currentLocation(request) {
    checkRequest(request);
    demandService();
    const patience = request?.timeoutMs ?? request?.locatingTimeoutMs ?? PATIENCE;
    const most = request?.maxAccuracy > 0 ? request.maxAccuracy : Infinity;
    return new Promise((resolve, reject) => {
      let timer;
      const end = (settle, value) => {
        clearTimeout(timer);
        stop();
        settle(value);
      };
      const refused = (f) => {
        try {
          f();
        } catch (error) {
          end(reject, error);
        }
      };
      const stop = places.watch(isExact(),
        (place) => (place.accuracy <= most ? end(resolve, { ...place }) : undefined),
        (isRefused) => refused(isRefused ? switchedOff : unavailable));
      timer = setTimeout(() => refused(notFound), patience);
    });
  }

  // Metres along the surface of a sphere.
  function distance(from, to) {
    for (const { latitude, longitude } of [from, to]) {
      if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
        fail(401, 'Parameter error. A location needs latitude and longitude.');
      }
    }
    const radians = (degrees) => (degrees * Math.PI) / 180;
    const half = (one, other) => Math.sin(radians(other - one) / 2) ** 2;
    const a = half(from.latitude, to.latitude) +
      Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * half(from.longitude, to.longitude);
    return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(Math.min(1, a)));
  }

  // Callback of locationChange → the end of its watch.
  const watches = new Map();

  // The least time and way between two places that a listener hears of.
  function follow(callback, request = {}) {
    checkRequest(request);
    demandService();
    const interval = (request.timeInterval ?? request.interval ?? 1) * 1000;
    let before;
    const hear = (place) => {
      const isNew = before === undefined ||
        (place.timeStamp - before.timeStamp >= interval && distance(before, place) >= (request.distanceInterval ?? 0));
      if (isNew) {
        before = place;
        callback({ ...place });
      }
    };
    watches.get(callback)?.();
    watches.set(callback, places.watch(isExact(), hear, (isRefused) => {
      watches.delete(callback);
      const { LOCATING_FAILED_LOCATION_SWITCH_OFF, LOCATING_FAILED_DEFAULT } = LocationError;
      emit('locationError', isRefused ? LOCATING_FAILED_LOCATION_SWITCH_OFF : LOCATING_FAILED_DEFAULT);
    }));
  }

  const LACKING = new Set(['cachedGnssLocationsChange', 'satelliteStatusChange', 'nmeaMessage', 'gnssFenceStatusChange',
    'bluetoothScanResultChange']);
  const watch = {
    on(type, callback, request) {
      if (type === 'locationChange') {
        follow(callback, request);
      } else if (LACKING.has(type)) {
        demandService();
        unavailable();
      }
    },
    off(type, callback) {
      if (type === 'locationChange') {
        for (const [heard, end] of [...watches].filter(([heard]) => callback === undefined || heard === callback)) {
          watches.delete(heard);
          end();
        }
      }
    },
  };
  const { on, off, emit } = events({
    locationChange: [APPROXIMATELY_LOCATION], locationError: [APPROXIMATELY_LOCATION], locationEnabledChange: [],
    cachedGnssLocationsChange: [APPROXIMATELY_LOCATION], satelliteStatusChange: [APPROXIMATELY_LOCATION], nmeaMessage: EXACTLY,
    countryCodeChange: [], bluetoothScanResultChange: EXACTLY,
  }, watch);
  // Fences are told to a want agent instead of a callback.
  const fenced = (type) => type === 'gnssFenceStatusChange';
  const fence = declare([APPROXIMATELY_LOCATION], { 'fence(type: string, request: object, want: object)': refuse(3301600, 'Failed to operate the geofence.') }).fence;

  function checkPlace({ latitude, longitude }) {
    if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
      fail(401, 'Parameter error. "latitude" and "longitude" must be degrees.');
    }
    fail(3301300, 'Reverse geocoding query failed.');
  }
  const checkName = ({ description }) =>
    (typeof description === 'string' ? fail(3301400, 'Geocoding query failed.') : fail(401, 'Parameter error. "description" must be string.'));
  const noFence = refuse(3301601, 'The number of geofences exceeds the maximum.');

  return {
    LocationSourceType, CoordinateSystemType, LocationError, GeofenceTransitionEvent, SatelliteConstellationCategory,
    SatelliteAdditionalInfo, UserActivityScenario, LocatingPriority, LocationRequestPriority, LocationRequestScenario,
    PowerConsumptionScenario, SportsType, CountryCodeType, BeaconFenceInfoType,
    on: (type, ...rest) => (fenced(type) ? fence(type, ...rest) : on(type, ...rest)),
    off: (type, ...rest) => (fenced(type) ? fence(type, ...rest) : off(type, ...rest)),
    ...declare([APPROXIMATELY_LOCATION], {
      'getCurrentLocation(request?: object): Promise': currentLocation,
      'getLastLocation()': () => demandService() && (places.last ? { ...places.last } : notFound()),
      'getCachedGnssLocationsSize(): Promise': () => demandService() && 0,
      'flushCachedGnssLocations(): Promise': () => demandService() && notFound(),
    }),
    ...declare([], {
      'isLocationEnabled()': () => places.isAvailable,
      'getAddressesFromLocation(request: object): Promise': checkPlace,
      'getAddressesFromLocationName(request: object): Promise': checkName,
      'isGeocoderAvailable()': () => false,
      'sendCommand(command: object): Promise': unavailable,
      'getCountryCode(): Promise': () => ({ country: country(), type: CountryCodeType.COUNTRY_CODE_FROM_LOCALE }),
      'getGeofenceSupportedCoordTypes()': () => [CoordinateSystemType.WGS84],
      'getDistanceBetweenLocations(location1: object, location2: object)': distance,
      'isPoiServiceSupported()': () => false,
      'isBeaconFenceSupported()': () => false,
    }),
    ...declare(EXACTLY, {
      'addGnssGeofence(fenceRequest: object): Promise': () => demandService() && noFence(),
      'removeGnssGeofence(geofenceId: number): Promise': refuse(3301602, 'Failed to delete a geofence due to an incorrect ID.'),
      'getCurrentWifiBssidForLocating()': () => demandService() && fail(3301900, 'Failed to obtain the hotspot MAC address.'),
      'getPoiInfo(): Promise': refuse(801, 'Capability not supported.'),
      'addBeaconFence(fenceRequest: object): Promise': refuse(801, 'Capability not supported.'),
      'removeBeaconFence(beaconFence?: object): Promise': refuse(801, 'Capability not supported.'),
    }),
  };
})
