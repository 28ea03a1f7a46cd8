// What faces of devices compute themselves.
(function (require, check) {
  'use strict';

  const codeOf = (f) => {
    try {
      f();
    } catch (error) {
      return error.code;
    }
    return 0;
  };
  const near = (one, other) => one.length === other.length && one.every((part, index) => Math.abs(part - other[index]) < 1e-6);

  const { declare, events, methods } = require('@concord:kits/declared');
  const { add, none } = declare([], { 'add(a: number, b?: number|string)': (a, b = 0) => a + Number(b), 'none()': () => 'none' });
  check(add(1) === 1 && add(1, '2') === 3 && none() === 'none', 'declared functions');
  check(codeOf(() => add()) === 401 && codeOf(() => add('1')) === 401 && codeOf(() => add(1, {})) === 401, 'their arguments');
  check(codeOf(declare(['ohos.permission.NFC_TAG'], { 'f()': () => 0 }).f) === 201, 'their permissions');
  class Named {}
  methods(Named, [], { 'self()'() { return this; } });
  const named = new Named();
  check(named.self() === named && Object.keys(named).length === 0, 'declared methods');
  const { on, off, hears } = events(['change']);
  const hear = () => undefined;
  on('change', hear);
  check(hears('change') && codeOf(() => on('other', hear)) === 401 && codeOf(() => on('change', 5)) === 401, 'events');
  off('change', hear);
  check(!hears('change') && codeOf(() => off('change', 5)) === 401, 'the end of events');

  // NFC Forum, RTD URI 1.0, section 3.4: http://www.nfc.com; RTD Text 1.0: English text.
  const { ndef, RTD_URI } = require('@ohos:nfc.tag');
  const uri = ndef.makeUriRecord('http://www.nfc.com');
  check(uri.rtdType.join() === RTD_URI.join() && uri.payload.join() === '1,110,102,99,46,99,111,109', 'URI record');
  check(ndef.makeUriRecord('https://www.a').payload[0] === 2 && ndef.makeUriRecord('tel:1').payload[0] === 5, 'longest beginnings');
  const text = ndef.makeTextRecord('hi', 'en');
  check(text.payload.join() === '2,101,110,104,105', 'text record');
  const bytes = ndef.messageToBytes(ndef.createNdefMessage([uri, text]));
  check(bytes.slice(0, 4).join() === '145,1,8,85' && bytes[12] === 0x51, 'message');
  const read = ndef.createNdefMessage(bytes).getNdefRecords();
  check(read.length === 2 && read[1].payload.join() === text.payload.join(), 'a message read again');
  const long = ndef.makeMimeRecord('a/b', new Array(300).fill(7));
  check(ndef.createNdefMessage(ndef.messageToBytes(ndef.createNdefMessage([long]))).getNdefRecords()[0].payload.length === 300, 'long records');
  for (const broken of [[], [0x91], [0xd1, 1, 200, 85], [0x11, 0, 0], [300]]) {
    check(codeOf(() => ndef.createNdefMessage(broken)) === 401, `broken message ${broken}`);
  }

  const rotations = require('@concord:devices/rotations');
  const flat = rotations.matrixOfField([0, 0, 9.81], [0, 20, -40]);
  check(near(flat.rotation, [1, 0, 0, 0, 1, 0, 0, 0, 1]), 'a device that lies northwards');
  check(near(rotations.orientation(flat.rotation), [0, 0, 0]), 'its orientation');
  check(rotations.matrixOfField([0, 0, 0], [0, 20, -40]) === undefined, 'free fall');
  const half = Math.SQRT1_2;
  const turned = rotations.matrixOfVector([0, 0, half]);
  check(near(turned, [0, -1, 0, 1, 0, 0, 0, 0, 1]), 'a quarter of a turn');
  check(near(rotations.quaternion([0, 0, half]), [half, 0, 0, half]), 'quaternion');
  check(near(rotations.withAxes(flat.rotation, 2, 0x81), [0, 1, 0, -1, 0, 0, 0, 0, 1]), 'axes of another name');
  check(rotations.withAxes(flat.rotation, 1, 1) === undefined && rotations.withAxes(flat.rotation, 0, 1) === undefined, 'axes that are none');
  check(Math.abs(rotations.altitude(1013.25, 900) - 988.6) < 1 && rotations.altitude(1000, 1000) === 0, 'altitude');

  const { instances } = require('@concord:kits/recurrence');
  const at = (value) => new Date(value).getTime();
  const monthly = { startTime: at('2024-01-31T10:00'), endTime: at('2024-01-31T11:00'), recurrenceRule: { recurrenceFrequency: 1 } };
  const months = instances(monthly, at('2024-01-01'), at('2024-06-15')).map(([start]) => new Date(start).getMonth() + 1);
  check(months.join() === '1,3,5', `the 31st of months that have one: ${months}`);
  const endless = { startTime: 0, endTime: 1, recurrenceRule: { recurrenceFrequency: 3, interval: 0 } };
  check(instances(endless, at('2020-01-01'), at('2020-01-03') - 2).length === 2, 'a rule without an end');

  const { nextTime } = require('@concord:kits/reminder-times');
  const monday = at('2024-01-01T12:00');
  check(nextTime({ reminderType: 2, hour: 7, minute: 30 }, monday, []) === at('2024-01-02T07:30'), 'an alarm tomorrow');
  check(nextTime({ reminderType: 2, hour: 7, minute: 30, daysOfWeek: [1] }, monday, []) === at('2024-01-08T07:30'), 'an alarm in a week');
  const dateTime = { year: 2023, month: 2, day: 29, hour: 8, minute: 0 };
  check(nextTime({ reminderType: 1, dateTime, repeatMonths: [2], repeatDays: [29] }, at('2024-03-01'), []) === at('2028-02-29T08:00'), 'leap days');
  check(nextTime({ reminderType: 1, dateTime }, at('2024-03-01'), []) === undefined, 'a date that is over');

  const hichecker = require('@ohos:hichecker');
  hichecker.addCheckRule(hichecker.RULE_CAUTION_PRINT_LOG | 1n);
  check(hichecker.containsCheckRule(1n) && hichecker.getRule() === (1n << 63n | 1n), 'rules');
  hichecker.removeCheckRule(1n);
  check(!hichecker.containsCheckRule(1n) && codeOf(() => hichecker.addCheckRule(2n)) === 401, 'rules that are gone');
  check(require('@ohos:multimodalInput.inputDevice').supportKeysSync(0, [2017, 99999]).join() === 'true,false', 'keys');
})
