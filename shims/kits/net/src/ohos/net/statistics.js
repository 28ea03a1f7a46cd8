// @ohos:net.statistics: what the kernel counts for each interface.
(function (host, system) {
  'use strict';

  const networks = system.require('@concord:kits/networks');

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const CELLULAR = 0;

  /** name: text, direction: 'received' or 'sent' */
  const nic = (direction) => (name, callback) => {
    if (typeof name !== 'string') fail(401, 'Parameter error.');
    return system.async(() => {
      const found = networks.interfaces().find((one) => one.name === name);
      return found === undefined ? fail(2103012, 'Failed to obtain the NIC name.') : found[direction];
    }, callback);
  };

  const sum = (direction, counts) => (callback) => system.async(
    () => networks.interfaces().filter(counts).reduce((total, one) => total + one[direction], 0), callback);

  const isReal = ({ name }) => name !== 'lo';
  const isCellular = ({ name }) => networks.now().some(({ capabilities, properties }) =>
    properties.interfaceName === name && capabilities.bearerTypes.includes(CELLULAR));

  const uid = (value, callback) => {
    if (typeof value !== 'number') fail(401, 'Parameter error.');
    return system.async(() => fail(2103005, 'Failed to read the system map.'), callback);
  };

  return {
    getIfaceRxBytes: nic('received'), getIfaceTxBytes: nic('sent'),
    getAllRxBytes: sum('received', isReal), getAllTxBytes: sum('sent', isReal),
    getCellularRxBytes: sum('received', isCellular), getCellularTxBytes: sum('sent', isCellular),
    getUidRxBytes: uid, getUidTxBytes: uid,
  };
})
