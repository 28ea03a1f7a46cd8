// @concord:arkui/enums: enumerations of the modules of this crate. A line each: module, name, `MEMBER=value` …
(function (host) {
  'use strict';
  const lines = host.moduleEnums().trim().split('\n').map((line) => line.split(' '));

  // A fresh object with the enumerations of a module.
  return function enums(request) {
    const found = lines.filter(([module]) => module === request);
    return Object.fromEntries(found.map(([, name, ...members]) => [name, Object.fromEntries(members.map((member) => {
      const at = member.indexOf('=');
      const value = member.slice(at + 1);
      return [member.slice(0, at), /^-?[\d.]+$/.test(value) ? Number(value) : value];
    }))]));
  };
})
