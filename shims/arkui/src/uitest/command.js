// @concord:tools/uitest: the `uitest` command of the shell.
(function (host, system) {
  'use strict';
  const inject = system.require('@concord:arkui/uitest/inject');
  const { dump } = system.require('@concord:arkui/uitest/widgets');
  const files = system.require('@concord:arkui/uitest/files');
  const { info: { device } } = system.require('@concord:process');

  const VERSION = '6.0.2.1';
  const HELP = `usage: uitest <command> [options]
help                 print help messages
screenCap            capture the screen: [-p PATH] [-d DISPLAY]
dumpLayout           write the layout as JSON: [-p PATH] [-i] [-a] [-b BUNDLE] [-w WINDOW] [-m true|false] [-d DISPLAY]
uiInput              help | click X Y | doubleClick X Y | longClick X Y | swipe X1 Y1 X2 Y2 [SPEED] | drag X1 Y1 X2 Y2 [SPEED]
                     fling X1 Y1 X2 Y2 [SPEED] [STEP] | dircFling DIRECTION [SPEED] [STEP] | keyEvent KEY [KEY [KEY]]
                     inputText X Y TEXT | text TEXT
start-daemon TOKEN   starts the test server (it is always running here)
--version            print the version
`;

  class Refused extends Error {}

  const stamp = () => Math.trunc(system.require('@concord:arkui/input').now() * 1000);

  // `-p PATH -i` → {p: 'PATH', i: true}
  function options(words, withValue) {
    const found = {};
    for (let at = 0; at < words.length; at++) {
      const [, name] = /^-(\w)$/.exec(words[at]) ?? [];
      if (name === undefined) {
        throw new Refused(`The arg ${words[at]} is not supported.`);
      }
      if (withValue.includes(name)) {
        at++;
        if (at >= words.length) {
          throw new Refused(`The option -${name} needs a value.`);
        }
      }
      found[name] = withValue.includes(name) ? words[at] : true;
    }
    return found;
  }

  function numbers(words, least, most) {
    const all = words.map(Number);
    if (words.length < least || words.length > most || all.some((number) => !Number.isInteger(number) || number < 0)) {
      throw new Refused('The arguments must be whole numbers that are not negative.');
    }
    return all;
  }

  const KEYS = { Home: 1, Back: 2, Power: 18 };
  const keyCode = (word) => {
    const code = KEYS[word] ?? Number(word);
    if (!Number.isInteger(code)) {
      throw new Refused(`Invalid key ${word}.`);
    }
    return code;
  };

  // Across the middle of the screen: 0 left, 1 right, 2 up, 3 down.
  function across(direction) {
    const [x, y] = [device.width / 2, device.height / 2];
    const [dx, dy] = [[-x / 2, 0], [x / 2, 0], [0, -y / 2], [0, y / 2]][direction] ?? [];
    if (dx === undefined) {
      throw new Refused('The direction must be 0 (left), 1 (right), 2 (up) or 3 (down).');
    }
    return [{ x: Math.trunc(x - dx), y: Math.trunc(y - dy) }, { x: Math.trunc(x + dx), y: Math.trunc(y + dy) }];
  }

  const point = ([x, y]) => ({ x, y });
  const STEP = 50;
  const FOCUS_TIME = 50;

  const uiInput = {
    click: (words) => inject.click(point(numbers(words, 2, 2))),
    doubleClick: (words) => inject.doubleClick(point(numbers(words, 2, 2))),
    longClick: (words) => inject.longClick(point(numbers(words, 2, 2))),
    swipe(words) {
      const [x1, y1, x2, y2, speed] = numbers(words, 4, 5);
      return inject.swipe({ x: x1, y: y1 }, { x: x2, y: y2 }, speed);
    },
    drag(words) {
      const [x1, y1, x2, y2, speed] = numbers(words, 4, 5);
      return inject.drag({ x: x1, y: y1 }, { x: x2, y: y2 }, speed);
    },
    fling(words) {
      const [x1, y1, x2, y2, speed, step] = numbers(words, 4, 6);
      return inject.fling({ x: x1, y: y1 }, { x: x2, y: y2 }, step || STEP, speed);
    },
    dircFling(words) {
      const [direction, speed, step] = numbers(words, 1, 3);
      return inject.fling(...across(direction), step || STEP, speed);
    },
    keyEvent(words) {
      if (words.length < 1 || words.length > 3) {
        throw new Refused('One to three keys are needed.');
      }
      return inject.keys(...words.map(keyCode));
    },
    async inputText([x, y, ...rest]) {
      await inject.click(point(numbers([x, y], 2, 2)));
      await inject.sleep(FOCUS_TIME);
      await inject.type(rest.join(' '));
    },
    text: (words) => inject.type(words.join(' ')),
  };

  const commands = {
    help: () => HELP,
    '--version': () => `${VERSION}\n`,
    'start-daemon': () => '',
    screenCap(words) {
      const { p = `/data/local/tmp/screenCap_${stamp()}.png` } = options(words, 'pd');
      if (!files.screenCap(p)) {
        throw new Refused('ScreenCap failed: the path cannot be written.');
      }
      return `ScreenCap saved to ${p}\n`;
    },
    dumpLayout(words) {
      const { p = `/data/local/tmp/layout_${stamp()}.json`, w } = options(words, 'pbwmde');
      const layout = dump();
      if (w !== undefined) {
        layout.children = layout.children.filter(({ attributes }) => attributes.hostWindowId === w);
      }
      if (!files.writeText(p, JSON.stringify(layout))) {
        throw new Refused('DumpLayout failed: the path cannot be written.');
      }
      return `DumpLayout saved to:${p}\n`;
    },
    async uiInput([kind, ...words]) {
      if (kind === 'help' || kind === undefined) {
        return HELP;
      }
      if (!Object.hasOwn(uiInput, kind)) {
        throw new Refused(`The uiInput ${kind} is not supported.`);
      }
      await uiInput[kind](words);
      return 'No Error\n';
    },
  };

  // `done(text, code)` when the command has ended.
  async function run(words, done) {
    const [name = 'help', ...rest] = words;
    try {
      if (!Object.hasOwn(commands, name)) {
        throw new Refused(`Illegal argument: ${name}\n${HELP}`);
      }
      done(await commands[name](rest), 0);
    } catch (error) {
      done(`${error.message}\n`, 1);
    }
  }

  return { run };
})
