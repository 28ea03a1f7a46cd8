// @ohos:arkui.node
(function (host, system) {
  'use strict';
  const { FrameNode, typeNode } = system.require('@concord:arkui/frame-node');
  const { BuilderNode, ReactiveBuilderNode, Content, ComponentContent, ReactiveComponentContent } =
    system.require('@concord:arkui/builder-node');
  const { NodeController } = system.require('@concord:arkui/node-controller');
  const lengths = system.require('@concord:arkui/metrics');
  const enums = system.require('@concord:arkui/enums')('@ohos:arkui.node');
  return { FrameNode, typeNode, BuilderNode, ReactiveBuilderNode, Content, ComponentContent, ReactiveComponentContent, NodeController,
    NodeRenderType: { RENDER_TYPE_DISPLAY: 0, RENDER_TYPE_TEXTURE: 1 }, ExpandMode: { NOT_EXPAND: 0, EXPAND: 1, LAZY_EXPAND: 2 },
    ...lengths, ...enums };
})
