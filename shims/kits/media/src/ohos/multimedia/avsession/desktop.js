// @concord:avsession.desktop: what plays, for the desktop to show; see session.rs.
(function (host) {
  'use strict';

  let hear;
  let last = 0;

  /** Shows a session from now on; `heard(name, value)` is told what people want. */
  function show(name, heard) {
    hear = heard;
    last += 1;
    host.open(last, name);
    return { update: (state) => host.show(last, JSON.stringify(state)), close: () => host.close(last) };
  }

  /** Called by the host. */
  function event({ name, value }) {
    hear?.(name, value);
  }

  return { show, event };
})
