// @concord:arkui/foreign/video: Video and its controller. Films are not decoded: playing one fails, and tells so.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { tell, later, caption } = system.require('@concord:arkui/foreign');
  const { bind, nodeOf } = system.require('@concord:arkui/components/controllers');
  const { BusinessError } = system;

  const play = (node) => tell(node, 'onError', new BusinessError(103601, 'Failed to create the media player.'));

  class VideoController {
    start() {
      later(() => play(nodeOf(this) ?? 0));
    }

    pause() {}

    stop() {}

    reset() {}

    setCurrentTime() {}

    requestFullscreen(fullscreen) {
      tell(nodeOf(this) ?? 0, 'onFullscreenChange', { fullscreen: fullscreen === true });
    }

    exitFullscreen() {
      this.requestFullscreen(false);
    }
  }

  function special(Class, { stack }) {
    const { create, autoPlay } = Class;
    Class.create = (options) => {
      create();
      const node = stack.top();
      bind(options?.controller, node);
      nodes.command(node, 'caption', caption(options?.src));
    };
    Class.autoPlay = (value) => {
      autoPlay(value);
      if (value === true) {
        const node = stack.top();
        later(() => play(node));
      }
    };
  }

  return Object.assign(special, { VideoController });
})
