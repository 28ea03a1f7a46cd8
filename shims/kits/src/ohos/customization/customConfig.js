// @ohos:customization.customConfig: through which shop the app came; through none.
(function () {
  'use strict';
  return { getChannelId: () => '' };
})
