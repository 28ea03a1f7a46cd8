// @concord:arkui/node-container: the class of NodeContainer, which is made with a controller.
(function (host, system) {
  'use strict';
  const { bind } = system.require('@concord:arkui/node-controller');
  return function special(Class, { nodes, stack }) {
    Class.create = (controller) => {
      nodes.call(stack.enter('NodeContainer'), 'create');
      bind(controller);
    };
  };
})
