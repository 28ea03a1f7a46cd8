// @ohos:arkui.node
(function (host, system) {
  'use strict';
  const { FrameNode, typeNode } = system.require('@concord:arkui/frame-node');
  const { BuilderNode, ReactiveBuilderNode, Content, ComponentContent, ReactiveComponentContent } =
    system.require('@concord:arkui/builder-node');
  const { NodeController } = system.require('@concord:arkui/node-controller');
  const { NodeContent } = system.require('@concord:arkui/node-content');
  const { NodeAdapter } = system.require('@concord:arkui/node-adapter');
  const { XComponentNode } = system.require('@concord:arkui/xcomponent-node');
  const { of, nodeOf, ...render } = system.require('@concord:arkui/render-node');
  const lengths = system.require('@concord:arkui/metrics');
  const enums = system.require('@concord:arkui/enums')('@ohos:arkui.node');
  return { FrameNode, typeNode, BuilderNode, ReactiveBuilderNode, Content, ComponentContentBase: Content, ComponentContent,
    ReactiveComponentContent, NodeController, NodeContent, NodeAdapter, XComponentNode, ...render,
    NodeRenderType: { RENDER_TYPE_DISPLAY: 0, RENDER_TYPE_TEXTURE: 1 },
    ExpandMode: { NOT_EXPAND: 0, EXPAND: 1, LAZY_EXPAND: 2, LAZY_NOT_EXPAND: 3 },
    ChildrenCountMode: { ALL_EXPAND: 0, ONLY_EXPANDED: 1, ALL_NOT_EXPAND: 2 },
    UIState: { NORMAL: 0, PRESSED: 1, FOCUSED: 2, DISABLED: 4, SELECTED: 8, HOVERED: 16 },
    ...lengths, ...enums };
})
