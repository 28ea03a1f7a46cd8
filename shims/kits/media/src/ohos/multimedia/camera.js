(function () { 'use strict'; return {}; })
