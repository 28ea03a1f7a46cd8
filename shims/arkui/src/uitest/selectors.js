// @concord:arkui/uitest/selectors: `On` and its older brother `By`, which say what is looked for.
(function (host, system) {
  'use strict';
  const { check, error, classes, INVALID, INVALID_YOUNG } = system.require('@concord:arkui/uitest/arguments');
  const { snapshot } = system.require('@concord:arkui/uitest/widgets');

  const MatchPattern = { EQUALS: 0, CONTAINS: 1, STARTS_WITH: 2, ENDS_WITH: 3, REG_EXP: 4, REG_EXP_ICASE: 5 };
  const SIGNS = ['=', 'contains', 'starts with', 'ends with', 'matches', 'matches (any case)'];

  function matcher(wanted, pattern) {
    switch (pattern) {
      case MatchPattern.CONTAINS: return (value) => value.includes(wanted);
      case MatchPattern.STARTS_WITH: return (value) => value.startsWith(wanted);
      case MatchPattern.ENDS_WITH: return (value) => value.endsWith(wanted);
      case MatchPattern.REG_EXP:
      case MatchPattern.REG_EXP_ICASE: {
        // The whole text has to match.
        const expression = new RegExp(`^(?:${wanted})$`, pattern === MatchPattern.REG_EXP_ICASE ? 'i' : '');
        return (value) => expression.test(value);
      }
      default: return (value) => value === wanted;
    }
  }

  // What both generations share: conditions on the widget itself, and on where it is.
  class Selector {
    // {name, value, test}
    conditions = [];
    // {relation, selector or node}
    relations = [];

    with(change) {
      const copy = new this.constructor();
      copy.conditions = [...this.conditions];
      copy.relations = [...this.relations];
      change(copy);
      return copy;
    }

    // The same attribute again replaces the condition.
    when(name, value, test, sign = '=') {
      return this.with((copy) => {
        copy.conditions = copy.conditions.filter((condition) => condition.name !== name);
        copy.conditions.push({ name, value, test: (widget) => test(widget[name]), sign });
      });
    }

    text_(name, args, code) {
      const [value, pattern = MatchPattern.EQUALS] = args;
      if (!(pattern in SIGNS)) {
        throw error(code, 'Illegal match pattern.');
      }
      let test;
      try {
        test = matcher(value, pattern);
      } catch {
        throw error(code, `${value} is no regular expression.`);
      }
      return this.when(name, value, (actual) => test(String(actual ?? '')), SIGNS[pattern]);
    }

    near(relation, anchor) {
      return this.with((copy) => copy.relations.push({ relation, anchor }));
    }

    describe() {
      const own = this.conditions.map(({ name, sign, value }) => `${name} ${sign} '${value}'`);
      const around = this.relations.map(({ relation, anchor }) =>
        `${relation} {${anchor.describe ? anchor.describe() : 'component'}}`);
      return [...own, ...around].join('; ');
    }

    // Widgets that match, in the order of the tree.
    find(all = snapshot()) {
      const around = this.relations.map(({ relation, anchor }) => {
        const anchors = anchor instanceof Selector ? anchor.find(all) : all.filter((widget) => widget.node === anchor.node);
        return { relation, places: anchors.map((widget) => all.indexOf(widget)) };
      });
      return all.filter((widget, index) => widget.visible && this.conditions.every(({ test }) => test(widget)) &&
        around.every(({ relation, places }) => places.some((place) => (relation === 'after' ? index > place
          : relation === 'before' ? index < place
            : index > place && index < all[place].end))));
    }
  }

  class On extends Selector {}
  class By extends Selector {}

  const FLAGS = ['clickable', 'longClickable', 'scrollable', 'enabled', 'focused', 'selected', 'checked', 'checkable'];

  // name → [signature, function, young]
  const on = {
    text: ['string int?', function (...args) { return this.text_('text', args, INVALID); }],
    originalText: ['string int?', function (...args) { return this.text_('text', args, INVALID_YOUNG); }, true],
    id: ['string int?', function (...args) { return this.text_('id', args, INVALID); }],
    type: ['string int?', function (...args) { return this.text_('type', args, INVALID); }],
    description: ['string int?', function (...args) { return this.text_('description', args, INVALID); }],
    hint: ['string int?', function (...args) { return this.text_('hint', args, INVALID); }],
    isBefore: ['On', function (anchor) { return this.near('before', anchor); }],
    isAfter: ['On', function (anchor) { return this.near('after', anchor); }],
    within: ['On', function (anchor) { return this.near('within', anchor); }],
    beforeComponent: ['Component', function (anchor) { return this.near('before', anchor); }, true],
    afterComponent: ['Component', function (anchor) { return this.near('after', anchor); }, true],
    withinComponent: ['Component', function (anchor) { return this.near('within', anchor); }, true],
    inWindow: ['string', function (bundle) { return this.when('bundleName', bundle, (actual) => actual === bundle); }],
    inDisplay: ['int', function (display) { return this.when('displayId', display, (actual) => actual === display); }],
    belongingDisplay: ['int', function (display) {
      return this.when('displayId', display, (actual) => actual === display);
    }, true],
  };
  const by = {
    text: ['string int?', function (...args) { return this.text_('text', args, INVALID); }],
    key: ['string', function (...args) { return this.text_('id', args, INVALID); }],
    id: ['int', function (id) { return this.when('node', id, (actual) => actual === id); }],
    type: ['string', function (...args) { return this.text_('type', args, INVALID); }],
    isBefore: ['By', function (anchor) { return this.near('before', anchor); }],
    isAfter: ['By', function (anchor) { return this.near('after', anchor); }],
  };
  for (const flag of FLAGS) {
    on[flag] = ['bool?', function (wanted = true) { return this.when(flag, wanted, (actual) => actual === wanted); }];
    if (['clickable', 'scrollable', 'enabled', 'focused', 'selected'].includes(flag)) {
      by[flag] = on[flag];
    }
  }
  for (const [Class, methods] of [[On, on], [By, by]]) {
    classes.set(Class.name, Class);
    for (const [name, [signature, work, young]] of Object.entries(methods)) {
      Class.prototype[name] = function (...args) {
        check(args, [signature], young);
        return work.apply(this, args);
      };
    }
  }

  return { On, By, ON: new On(), BY: new By(), MatchPattern };
})
