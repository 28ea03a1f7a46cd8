// @concord:arkui/views/builder-root: a @Builder function that stands on its own: BuilderNode, ComponentContent, content of dialogs
// and sheets.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const stack = system.require('@concord:arkui/view-stack');
  const elements = system.require('@concord:arkui/views/elements');
  const removal = system.require('@concord:arkui/views/removal');
  const { PUV2ViewBase, building } = system.require('@concord:arkui/views/base');

  // Plays the part of the component that calls the builder: `this` of a global builder function.
  class BuilderRoot extends PUV2ViewBase {
    // `builder` is a function or a wrapped one. `parent` is the component whose @Provide and storage are seen, if any.
    constructor(builder, parent) {
      super(parent, -1, undefined);
      this.builder_ = typeof builder === 'function' ? builder : builder?.builder;
      this.localStorage_ = parent?.localStorage_;
    }

    // Builds with the argument, below `parentNode` or on its own. Gives the nodes that were made. What the builder throws is an
    // uncaught error of the app unless the caller deals with it.
    build(params, parentNode, { throws = false, parameters } = {}) {
      this.builderParams_ = params;
      this.built_ = true;
      elements.own(this.elmtId_, this);
      const run = () => building(() => Reflect.apply(this.builder_, this, parameters ?? [params]));
      let made = [];
      const guarded = throws ? (f) => f() : process.guest;
      guarded(() => {
        if (parentNode === undefined) {
          made = stack.detached(run);
        } else {
          stack.within(parentNode, run);
        }
      });
      this.nodes_ = made;
      return made;
    }

    // Builds nothing anew: every element runs again with the new argument.
    update(params) {
      this.builderParams_ = params;
      this.forceCompleteRerender();
      this.updateNow_();
    }

    rerender() {
      this.updateDirtyElements();
    }

    // Variables of the components inside are told of a change of the configuration (colour mode, language).
    updateConfiguration() {
      this.forceCompleteRerender(true);
    }

    dispose() {
      for (const node of this.nodes_ ?? []) {
        removal.removeNode(node);
      }
      this.nodes_ = [];
      this.aboutToBeDeletedInternal();
      elements.forget(this.elmtId_);
    }
  }

  return { BuilderRoot };
})
