// Part of @ohos:i18n: units of measurement. Numbers are those of the units' definitions, in the unit that is 1.
(function () {
  'use strict';

  const FOOT = 0.3048;
  const POUND = 0.45359237;
  // Cubic metres: 231 cubic inches, 4.54609 litres.
  const GALLON = { US: 0.003785411784, UK: 0.00454609 };
  const of = (gallon) => ({ US: GALLON.US * gallon, UK: GALLON.UK * gallon });

  const KINDS = [
    {
      meter: 1, kilometer: 1e3, decimeter: 0.1, centimeter: 1e-2, millimeter: 1e-3, micrometer: 1e-6, nanometer: 1e-9, picometer: 1e-12,
      mile: 5280 * FOOT, yard: 3 * FOOT, foot: FOOT, inch: FOOT / 12, 'nautical-mile': 1852, 'mile-scandinavian': 1e4, fathom: 6 * FOOT,
      furlong: 660 * FOOT, point: FOOT / 864, 'astronomical-unit': 149597870700, 'light-year': 9460730472580800, parsec: 3.0856775814913673e16,
    },
    {
      kilogram: 1, gram: 1e-3, milligram: 1e-6, microgram: 1e-9, 'metric-ton': 1e3, tonne: 1e3, pound: POUND, ounce: POUND / 16,
      stone: POUND * 14, ton: POUND * 2000, carat: 2e-4, 'ounce-troy': 0.0311034768,
    },
    {
      'square-meter': 1, 'square-kilometer': 1e6, 'square-centimeter': 1e-4, hectare: 1e4, acre: 4046.8564224, dunam: 1e3,
      'square-mile': (5280 * FOOT) ** 2, 'square-yard': (3 * FOOT) ** 2, 'square-foot': FOOT ** 2, 'square-inch': (FOOT / 12) ** 2,
    },
    {
      'cubic-meter': 1, 'cubic-kilometer': 1e9, 'cubic-centimeter': 1e-6, liter: 1e-3, megaliter: 1e3, hectoliter: 0.1, deciliter: 1e-4,
      centiliter: 1e-5, milliliter: 1e-6, 'cubic-mile': (5280 * FOOT) ** 3, 'cubic-yard': (3 * FOOT) ** 3, 'cubic-foot': FOOT ** 3,
      'cubic-inch': (FOOT / 12) ** 3, gallon: of(1), quart: of(1 / 4), pint: of(1 / 8),
      // An imperial cup has ten of the imperial ounces, of which 160 are a gallon.
      cup: { US: GALLON.US / 16, UK: GALLON.UK / 16 }, 'fluid-ounce': { US: GALLON.US / 128, UK: GALLON.UK / 160 },
      tablespoon: { US: GALLON.US / 256, UK: GALLON.UK / 256 }, teaspoon: { US: GALLON.US / 768, UK: GALLON.UK / 768 },
      'cup-metric': 2.5e-4, 'pint-metric': 5e-4, 'gallon-imperial': GALLON.UK, 'fluid-ounce-imperial': GALLON.UK / 160,
      barrel: GALLON.US * 42, bushel: 0.03523907016688,
    },
    {
      'meter-per-second': 1, 'kilometer-per-hour': 1 / 3.6, 'mile-per-hour': 5280 * FOOT / 3600, knot: 1852 / 3600,
    },
    {
      second: 1, minute: 60, hour: 3600, day: 86400, week: 604800, month: 2629746, year: 31556952, millisecond: 1e-3, microsecond: 1e-6,
      nanosecond: 1e-9, decade: 315569520, century: 3155695200,
    },
    {
      bit: 1, byte: 8, kilobit: 1e3, kilobyte: 8e3, megabit: 1e6, megabyte: 8e6, gigabit: 1e9, gigabyte: 8e9, terabit: 1e12, terabyte: 8e12,
      petabyte: 8e15,
    },
    {
      pascal: 1, hectopascal: 100, kilopascal: 1e3, megapascal: 1e6, bar: 1e5, millibar: 100, atmosphere: 101325,
      'pound-force-per-square-inch': POUND * 9.80665 / (FOOT / 12) ** 2, 'millimeter-ofhg': 133.322387415, 'inch-ofhg': 3386.388640341,
    },
    {
      joule: 1, kilojoule: 1e3, calorie: 4.184, kilocalorie: 4184, foodcalorie: 4184, 'kilowatt-hour': 3.6e6, electronvolt: 1.602176634e-19,
      'british-thermal-unit': 1055.05585262,
    },
    { watt: 1, kilowatt: 1e3, megawatt: 1e6, gigawatt: 1e9, milliwatt: 1e-3, horsepower: 745.6998715822702 },
    { radian: 1, degree: Math.PI / 180, 'arc-minute': Math.PI / 10800, 'arc-second': Math.PI / 648000, revolution: 2 * Math.PI },
    { hertz: 1, kilohertz: 1e3, megahertz: 1e6, gigahertz: 1e9 },
    { newton: 1, 'pound-force': POUND * 9.80665 },
  ];
  // Kelvins of a degree, and of zero.
  const TEMPERATURES = { kelvin: [1, 0], celsius: [1, 273.15], fahrenheit: [5 / 9, 459.67 * 5 / 9] };

  function factorOf(value, system) {
    return typeof value === 'number' ? value : value[system] ?? value.US;
  }

  /** A value in another unit; undefined when the two do not measure the same. */
  return function (from, to, value) {
    if (TEMPERATURES[from.unit] !== undefined && TEMPERATURES[to.unit] !== undefined) {
      const [[a, zeroA], [b, zeroB]] = [TEMPERATURES[from.unit], TEMPERATURES[to.unit]];
      return (value * a + zeroA - zeroB) / b;
    }
    const kind = KINDS.find((units) => Object.hasOwn(units, from.unit) && Object.hasOwn(units, to.unit));
    if (kind === undefined) return undefined;
    return value * factorOf(kind[from.unit], from.measureSystem) / factorOf(kind[to.unit], to.measureSystem);
  };
})
