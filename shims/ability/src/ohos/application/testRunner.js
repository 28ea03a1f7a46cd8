// @ohos:application.testRunner: base class of test runners.
(function () {
  'use strict';
  class TestRunner {
    onPrepare() {}

    onRun() {}
  }
  return { default: TestRunner };
})
