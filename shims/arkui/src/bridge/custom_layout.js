// @concord:arkui/custom-layout: `onMeasureSize` and `onPlaceChildren` of custom components, and the older `onMeasure` and
// `onLayout`. See custom_layout.rs.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const tracking = system.require('@concord:arkui/state/tracking');

  const directional = ({ left, top, right, bottom }) => ({ start: left, end: right, top, bottom });

  // What `Measurable` and `Layoutable` have in common.
  const child = (number) => ({
    uniqueId: nodes.elmtId(number),
    getMargin: () => directional(host.geometry(number).margin),
    getPadding: () => directional(host.geometry(number).padding),
    getBorderWidth: () => directional(host.geometry(number).borderWidth),
  });

  function measurable(node, number) {
    return {
      ...child(number),
      measure(constraint) {
        const [width, height] = host.measureChild(node, number, constraint);
        return { width, height };
      },
    };
  }

  function layoutable(node, number) {
    const { width, height } = host.geometry(number);
    return {
      ...child(number),
      measureResult: { width, height },
      layout: (position) => void host.placeChild(node, number, position),
    };
  }

  // A child as the functions of API 9 know it.
  function layoutChild(node, number, constraint) {
    const { borderWidth, margin, padding } = host.geometry(number);
    return {
      name: nodes.type(number),
      id: String(nodes.elmtId(number)),
      constraint,
      borderInfo: { borderWidth, margin, padding },
      position: { x: 0, y: 0 },
      measure: (limits) => void host.measureChild(node, number, limits),
      layout(info) {
        this.position = info?.position ?? this.position;
        host.placeChild(node, number, this.position);
      },
    };
  }

  function measureFunction(node, view) {
    if (typeof view.onMeasureSize === 'function') {
      return (self, children, constraint) => tracking.untracked(() =>
        view.onMeasureSize(self, children.map((number) => measurable(node, number)), constraint));
    }
    if (typeof view.onMeasure === 'function') {
      return (self, children, constraint) => tracking.untracked(() =>
        void view.onMeasure(children.map((number) => layoutChild(node, number, constraint)), constraint));
    }
    return undefined;
  }

  function placeFunction(node, view) {
    if (typeof view.onPlaceChildren === 'function') {
      return (self, children, constraint) => tracking.untracked(() =>
        void view.onPlaceChildren(self, children.map((number) => layoutable(node, number)), constraint));
    }
    if (typeof view.onLayout === 'function') {
      return (self, children, constraint) => tracking.untracked(() =>
        void view.onLayout(children.map((number) => layoutChild(node, number, constraint)), constraint));
    }
    return undefined;
  }

  const FUNCTIONS = ['onMeasureSize', 'onPlaceChildren', 'onMeasure', 'onLayout'];

  // The type of node that stands for a custom component.
  const typeOf = (view) =>
    FUNCTIONS.some((name) => typeof view[name] === 'function') ? '__CustomLayout__' : '__Custom__';

  // Ties a node of that type to its component.
  function attach(node, view) {
    if (nodes.type(node) === '__CustomLayout__') {
      nodes.call(node, 'functions', measureFunction(node, view), placeFunction(node, view));
    }
  }

  return { typeOf, attach, measureChild: host.measureChild, placeChild: host.placeChild, geometry: host.geometry };
})
