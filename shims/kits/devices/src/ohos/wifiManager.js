// @ohos:wifiManager: Wi-Fi as on a device that has it switched off: the machine connects by itself.
(function (host, system) {
  'use strict';
  const { declare, events, fail, refuse } = system.require('@concord:kits/declared');

  const DeviceAddressType = { RANDOM_DEVICE_ADDRESS: 0, REAL_DEVICE_ADDRESS: 1 };
  const EapMethod = {
    EAP_NONE: 0, EAP_PEAP: 1, EAP_TLS: 2, EAP_TTLS: 3, EAP_PWD: 4, EAP_SIM: 5, EAP_AKA: 6, EAP_AKA_PRIME: 7, EAP_UNAUTH_TLS: 8,
  };
  const Phase2Method = {
    PHASE2_NONE: 0, PHASE2_PAP: 1, PHASE2_MSCHAP: 2, PHASE2_MSCHAPV2: 3, PHASE2_GTC: 4, PHASE2_SIM: 5, PHASE2_AKA: 6,
    PHASE2_AKA_PRIME: 7,
  };
  const WifiCategory = { DEFAULT: 1, WIFI6: 2, WIFI6_PLUS: 3, WIFI7: 4, WIFI7_PLUS: 5 };
  const WifiLinkType = { DEFAULT_LINK: 0, WIFI7_SINGLE_LINK: 1, WIFI7_MLSR: 2, WIFI7_EMLSR: 3, WIFI7_STR: 4 };
  const WifiChannelWidth = {
    WIDTH_20MHZ: 0, WIDTH_40MHZ: 1, WIDTH_80MHZ: 2, WIDTH_160MHZ: 3, WIDTH_80MHZ_PLUS: 4, WIDTH_INVALID: 5,
  };
  const WifiSecurityType = {
    WIFI_SEC_TYPE_INVALID: 0, WIFI_SEC_TYPE_OPEN: 1, WIFI_SEC_TYPE_WEP: 2, WIFI_SEC_TYPE_PSK: 3, WIFI_SEC_TYPE_SAE: 4,
    WIFI_SEC_TYPE_EAP: 5, WIFI_SEC_TYPE_EAP_SUITE_B: 6, WIFI_SEC_TYPE_OWE: 7, WIFI_SEC_TYPE_WAPI_CERT: 8,
    WIFI_SEC_TYPE_WAPI_PSK: 9,
  };
  const WapiPskType = { WAPI_PSK_ASCII: 0, WAPI_PSK_HEX: 1 };
  const WifiBandType = { WIFI_BAND_NONE: 0, WIFI_BAND_2G: 1, WIFI_BAND_5G: 2, WIFI_BAND_6G: 3, WIFI_BAND_60G: 4 };
  const WifiStandard = {
    WIFI_STANDARD_UNDEFINED: 0, WIFI_STANDARD_11A: 1, WIFI_STANDARD_11B: 2, WIFI_STANDARD_11G: 3, WIFI_STANDARD_11N: 4,
    WIFI_STANDARD_11AC: 5, WIFI_STANDARD_11AX: 6, WIFI_STANDARD_11AD: 7,
  };
  const ConnState = {
    SCANNING: 0, CONNECTING: 1, AUTHENTICATING: 2, OBTAINING_IPADDR: 3, CONNECTED: 4, DISCONNECTING: 5, DISCONNECTED: 6,
    UNKNOWN: 7,
  };
  const P2pConnectState = { DISCONNECTED: 0, CONNECTED: 1 };
  const P2pDeviceStatus = { CONNECTED: 0, INVITED: 1, FAILED: 2, AVAILABLE: 3, UNAVAILABLE: 4 };
  const GroupOwnerBand = { GO_BAND_AUTO: 0, GO_BAND_2GHZ: 1, GO_BAND_5GHZ: 2 };

  const SET_WIFI_INFO = 'ohos.permission.SET_WIFI_INFO';
  const MANAGE_WIFI_CONNECTION = 'ohos.permission.MANAGE_WIFI_CONNECTION';
  const GET_WIFI_INFO = 'ohos.permission.GET_WIFI_INFO';
  const SET_WIFI_CONFIG = 'ohos.permission.SET_WIFI_CONFIG';
  const GET_WIFI_LOCAL_MAC = 'ohos.permission.GET_WIFI_LOCAL_MAC';
  const GET_WIFI_CONFIG = 'ohos.permission.GET_WIFI_CONFIG';
  const disabled = refuse(2501001, 'Wi-Fi STA disabled.');
  const failed = refuse(2501000, 'Operation failed.');
  const p2pDisabled = refuse(2801001, 'Wi-Fi STA disabled.');
  const p2pFailed = refuse(2801000, 'Operation failed.');

  // dBm at which the levels 1 to 4 begin.
  const LEVELS = { [WifiBandType.WIFI_BAND_2G]: [-88, -82, -75, -65], [WifiBandType.WIFI_BAND_5G]: [-85, -79, -72, -65] };
  const signalLevel = (rssi, band) => (LEVELS[band] ?? fail(401, 'Parameter error. The band is unknown.'))
    .filter((least) => rssi >= least).length;

  const NO_ADDRESS = { ipAddress: 0, gateway: 0, netmask: 0, primaryDns: 0, secondDns: 0, serverIp: 0, leaseDuration: 0 };
  const NO_ADDRESS_6 = {
    linkIpv6Address: '', globalIpv6Address: '', randomGlobalIpv6Address: '', gateway: '', netmask: '', primaryDNS: '', secondDNS: '',
  };
  const NO_LINK = { connectState: P2pConnectState.DISCONNECTED, isGroupOwner: false, groupOwnerAddr: '' };

  return {
    DeviceAddressType, EapMethod, Phase2Method, WifiCategory, WifiLinkType, WifiChannelWidth, WifiSecurityType, WapiPskType,
    WifiBandType, WifiStandard, ConnState, P2pConnectState, P2pDeviceStatus, GroupOwnerBand,
    ...declare([SET_WIFI_INFO, MANAGE_WIFI_CONNECTION], {
      'enableWifi()': failed,
      'disableWifi()': failed,
      'disconnect()': disabled,
      'removeDevice(id: number)': disabled,
    }),
    ...declare([], {
      'isWifiActive()': () => false,
    }),
    ...declare([GET_WIFI_INFO], {
      'getScanInfoList()': () => [],
      'getCandidateConfigs()': () => [],
      'getSignalLevel(rssi: number, band: number)': signalLevel,
      'getLinkedInfo(): Promise': disabled,
      'getMultiLinkedInfo()': disabled,
      'getLinkedInfoSync()': disabled,
      'isConnected()': () => false,
      'isFeatureSupported(featureId: number)': () => false,
      'getIpInfo()': () => ({ ...NO_ADDRESS }),
      'getIpv6Info()': () => ({ ...NO_ADDRESS_6 }),
      'getCountryCode()': () => system.require('@concord:devices/region').country(),
      'isBandTypeSupported(bandType: number)': () => false,
      'isMeteredHotspot()': disabled,
      'isHotspotActive()': () => false,
      'getP2pLinkedInfo(): Promise': () => ({ ...NO_LINK }),
      'getCurrentGroup(): Promise': p2pFailed,
      'getP2pPeerDevices(): Promise': p2pDisabled,
      'getP2pLocalDevice(): Promise': p2pDisabled,
      'createGroup(config: object)': p2pDisabled,
      'removeGroup()': p2pDisabled,
      'p2pConnect(config: object)': p2pDisabled,
      'p2pCancelConnect()': p2pDisabled,
      'startDiscoverDevices()': p2pDisabled,
      'stopDiscoverDevices()': p2pDisabled,
    }),
    ...declare([SET_WIFI_INFO, SET_WIFI_CONFIG], {
      'addDeviceConfig(config: object): Promise': disabled,
    }),
    ...declare([SET_WIFI_INFO], {
      'addCandidateConfig(config: object): Promise': failed,
      'removeCandidateConfig(networkId: number): Promise': disabled,
      'connectToCandidateConfig(networkId: number)': disabled,
      'connectToCandidateConfigWithUserAction(networkId: number): Promise': disabled,
    }),
    ...declare([MANAGE_WIFI_CONNECTION], {
      'connectToNetwork(networkId: number)': disabled,
    }),
    ...declare([GET_WIFI_LOCAL_MAC, GET_WIFI_INFO], {
      'getDeviceMacAddress()': disabled,
    }),
    ...declare([GET_WIFI_INFO, GET_WIFI_CONFIG], {
      'getDeviceConfigs()': () => [],
    }),
    ...events({
      wifiStateChange: [GET_WIFI_INFO], wifiConnectionChange: [GET_WIFI_INFO], wifiScanStateChange: [GET_WIFI_INFO],
      wifiRssiChange: [GET_WIFI_INFO], hotspotStateChange: [GET_WIFI_INFO], p2pStateChange: [GET_WIFI_INFO],
      p2pConnectionChange: [GET_WIFI_INFO], p2pDeviceChange: [GET_WIFI_INFO], p2pPeerDeviceChange: [GET_WIFI_INFO],
      p2pPersistentGroupChange: [GET_WIFI_INFO], p2pDiscoveryChange: [GET_WIFI_INFO],
    }),
  };
})
