(function (require, check) {
  'use strict';

  const load = (name) => require(`@ohos:util.${name}`).default;
  const codeOf = (f) => {
    try {
      f();
    } catch (error) {
      return error.code;
    }
    return 0;
  };

  const ArrayList = load('ArrayList');
  const list = new ArrayList();
  for (let i = 0; i < 11; i++) list.add(i);
  check(list.getCapacity() === 16, `growth by half: ${list.getCapacity()}`);
  check(codeOf(() => list[11]) === 10200001 && codeOf(() => { list[11] = 1; }) === 10200001, 'index');
  check(list.noSuchMember === undefined && list[Symbol.toStringTag] === undefined, 'other keys');
  check(codeOf(() => ArrayList.prototype.add.call({}, 1)) === 10200011, 'binding');
  class Mine extends ArrayList {
    twice(value) {
      this.add(value);
      this.add(value);
    }
  }
  const mine = new Mine();
  mine.twice(5);
  mine.extra = 1;
  check(mine.length === 2 && mine[1] === 5 && mine.extra === 1 && mine instanceof ArrayList, 'subclass');
  check(JSON.stringify(mine.clone()) === '{"0":5,"1":5}', 'JSON of a list');
  const nested = new ArrayList();
  nested.add(1);
  nested.forEach((value) => {
    if (nested.length < 3) nested.add(value + 1);
  });
  check(nested.convertToArray().join() === '1,2,3', 'grows while walked');

  const LightWeightSet = load('LightWeightSet');
  const set = new LightWeightSet();
  set.add('squirrel');
  set.add('sparrow');
  check(set.toString() === 'sparrow,squirrel', 'order of hashes, as documented');
  const HashMap = load('HashMap');
  const map = new HashMap();
  for (const key of [17, 2, 33, 1]) map.set(key, `v${key}`);
  check([...map.keys()].join() === '17,33,1,2', `order of buckets: ${[...map.keys()]}`);
  check(JSON.stringify(map) === '{"1":"v1","2":"v2","17":"v17","33":"v33"}', 'JSON of a map');
  check(codeOf(() => map.set(undefined, 1)) === 401, 'undefined key');
  const TreeMap = load('TreeMap');
  const tree = new TreeMap();
  for (const key of ['b', 10, 'a', 9]) tree.set(key, key);
  check([...tree.keys()].join() === '9,10,a,b', 'numbers before text');
  const Deque = load('Deque');
  const deque = new Deque();
  for (let i = 0; i < 1000; i++) deque.insertEnd(i);
  for (let i = 0; i < 400; i++) check(deque.popFirst() === i && deque.popLast() === 999 - i, 'both ends');
  check(deque.length === 200 && deque[0] === 400 && deque[199] === 599, 'the middle');
  const Queue = load('Queue');
  const queue = new Queue();
  for (let i = 0; i < 100; i++) queue.add(i);
  for (let i = 0; i < 90; i++) check(queue.pop() === i, 'queue');
  check([...queue].length === 10 && queue[0] === 90, 'rest of the queue');
  const PlainArray = load('PlainArray');
  const plain = new PlainArray();
  plain.add(3, 'c');
  plain.add(1, 'a');
  check(plain.toString() === '1:a,3:c' && plain[3] === 'c' && codeOf(() => plain.add(1.5, 'x')) === 401, 'plain array');
})
