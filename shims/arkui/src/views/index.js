// @concord:arkui/views: custom components and what controls them, as other faces and the global object see them.
(function (host, system) {
  'use strict';
  const part = (name) => system.require(`@concord:arkui/views/${name}`);
  const { PUV2ViewBase, building } = part('base');
  const { ViewPU, View } = part('view-pu');
  const { If, ForEach } = part('control');
  const { ViewV2 } = part('view-v2');
  const { LazyForEach } = part('lazy-for-each');
  const { Repeat } = part('repeat');
  const { SubscriberManager } = part('subscribers');
  const stack = system.require('@concord:arkui/view-stack');
  // Frames are served from here on.
  system.require('@concord:arkui/state/scheduler');

  // Marks the place of a reusable component; it has no node of its own.
  class __Recycle__ {
    static create() {}

    static pop() {}
  }

  return {
    PUV2ViewBase, ViewPU, View, ViewV2, If, ForEach, LazyForEach, Repeat, SubscriberManager, __Recycle__, building,
    ViewStackProcessor: stack.ViewStackProcessor,
    ...part('builders'),
  };
})
