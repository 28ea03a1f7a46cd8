// @ohos:arkts.lang: names of types, and the retention policy of annotations.
(function (host, system) {
  'use strict';

  return { RetentionPolicy: { SOURCE: 'source', BYTECODE: 'bytecode' } };
})
