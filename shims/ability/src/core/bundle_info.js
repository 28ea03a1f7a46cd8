// @concord:bundle-info: the info objects that bundleManager and contexts show, made from module.json.
(function (host, system) {
  'use strict';
  const { info, modules, profile } = system.require('@concord:process');

  const LAUNCH_TYPES = { singleton: 0, multiton: 1, standard: 1, specified: 2 };
  const MODULE_TYPES = { entry: 1, feature: 2, shared: 3 };
  const WINDOW_MODES = { fullscreen: 0, split: 1, floating: 2 };
  const ORIENTATIONS = [
    'unspecified', 'landscape', 'portrait', 'follow_recent', 'landscape_inverted', 'portrait_inverted', 'auto_rotation',
    'auto_rotation_landscape', 'auto_rotation_portrait', 'auto_rotation_restricted', 'auto_rotation_landscape_restricted',
    'auto_rotation_portrait_restricted', 'locked', 'auto_rotation_unspecified', 'follow_desktop',
  ];
  const EXTENSION_TYPES = {
    form: 0, workScheduler: 1, inputMethod: 2, service: 3, accessibility: 4, dataShare: 5, fileShare: 6,
    staticSubscriber: 7, wallpaper: 8, backup: 9, window: 10, enterpriseAdmin: 11, fileAccess: 12, thumbnail: 13,
    preview: 14, print: 15, share: 16, push: 17, driver: 18, action: 19, adsService: 20, embeddedUI: 21,
    insightIntentUI: 22, fence: 24, callerInfoQuery: 25, assetAcceleration: 26, formEdit: 27, distributed: 28,
    appService: 29, liveForm: 30, selection: 31, ui: 256,
  };

  const textOf = (value) => (typeof value === 'string' ? value : '');
  const idOf = (value) => (Number.isInteger(value) ? value : 0);
  const metadataOf = (list) => (list ?? []).map((entry) => ({
    name: textOf(entry.name), value: textOf(entry.value), resource: textOf(entry.resource),
    ...(Number.isInteger(entry.valueId) ? { valueId: entry.valueId } : {}),
  }));

  function named(target, source) {
    for (const key of ['label', 'description', 'icon']) {
      target[key] = textOf(source[key]);
      target[`${key}Id`] = idOf(source[`${key}Id`]);
    }
    return target;
  }

  function resource(id, moduleName) {
    return { bundleName: info.bundleName, moduleName, id };
  }

  // The module that stands for the application: the entry, else the last one.
  const main = info.modules.find((module) => module.tree.module.type === 'entry') ?? info.modules[info.modules.length - 1];

  let application;
  function applicationInfo() {
    if (application) {
      return application;
    }
    const app = main.tree.app;
    const metadataArray = info.modules.map((module) => ({
      moduleName: module.name, metadata: metadataOf(module.tree.module.metadata),
    }));
    application = named({}, app);
    Object.assign(application, {
      name: info.bundleName,
      enabled: true,
      process: textOf(main.tree.module.process) || info.bundleName,
      permissions: (main.tree.module.requestPermissions ?? []).map((permission) => permission.name),
      codePath: `/data/app/el1/bundle/public/${info.bundleName}`,
      metadata: new Map(metadataArray.map((entry) => [entry.moduleName, entry.metadata])),
      metadataArray,
      removable: true,
      accessTokenId: info.accessTokenId,
      uid: info.uid,
      iconResource: resource(idOf(app.iconId), main.name),
      labelResource: resource(idOf(app.labelId), main.name),
      descriptionResource: resource(idOf(app.descriptionId), main.name),
      appDistributionType: 'none',
      appProvisionType: app.debug ? 'debug' : 'release',
      systemApp: false,
      bundleType: app.bundleType === 'atomicService' ? 1 : 0,
      debug: app.debug === true,
      dataUnclearable: false,
      nativeLibraryPath: '',
      multiAppMode: { multiAppModeType: 0, maxCount: 0 },
      appIndex: 0,
      installSource: 'unknown',
      releaseType: textOf(app.apiReleaseType),
      cloudFileSyncEnabled: false,
      flags: 0,
    });
    return application;
  }

  function skillsOf(list) {
    return (list ?? []).map((skill) => ({
      actions: skill.actions ?? [],
      entities: skill.entities ?? [],
      uris: (skill.uris ?? []).map((uri) => ({
        scheme: textOf(uri.scheme), host: textOf(uri.host), port: Number(uri.port ?? 0), path: textOf(uri.path),
        pathStartWith: textOf(uri.pathStartWith), pathRegex: textOf(uri.pathRegex), type: textOf(uri.type),
        utd: textOf(uri.utd), maxFileSupported: idOf(uri.maxFileSupported), linkFeature: textOf(uri.linkFeature),
      })),
      domainVerify: skill.domainVerify === true,
    }));
  }

  // `source` is an entry of `abilities` in module.json.
  function makeAbilityInfo(module, source) {
    return Object.assign(named({}, source), {
      bundleName: info.bundleName,
      moduleName: module.name,
      name: source.name,
      process: textOf(source.process) || applicationInfo().process,
      exported: source.exported ?? source.visible ?? false,
      type: 1,
      orientation: Math.max(0, ORIENTATIONS.indexOf(source.orientation)),
      orientationId: idOf(source.orientationId),
      launchType: LAUNCH_TYPES[source.launchType] ?? 0,
      permissions: source.permissions ?? [],
      readPermission: '',
      writePermission: '',
      uri: '',
      deviceTypes: module.tree.module.deviceTypes ?? [],
      applicationInfo: applicationInfo(),
      metadata: metadataOf(source.metadata),
      enabled: true,
      supportWindowModes: (source.supportWindowMode ?? ['fullscreen', 'split', 'floating'])
        .map((mode) => WINDOW_MODES[mode]).filter((mode) => mode !== undefined),
      windowSize: {
        maxWindowRatio: source.maxWindowRatio ?? 0, minWindowRatio: source.minWindowRatio ?? 0,
        maxWindowWidth: source.maxWindowWidth ?? 0, minWindowWidth: source.minWindowWidth ?? 0,
        maxWindowHeight: source.maxWindowHeight ?? 0, minWindowHeight: source.minWindowHeight ?? 0,
      },
      excludeFromDock: source.excludeFromDock === true,
      skills: skillsOf(source.skills),
      appIndex: 0,
    });
  }

  function makeExtensionInfo(module, source) {
    return Object.assign(named({}, source), {
      bundleName: info.bundleName,
      moduleName: module.name,
      name: source.name,
      exported: source.exported ?? source.visible ?? false,
      extensionAbilityType: EXTENSION_TYPES[source.type] ?? 255,
      extensionAbilityTypeName: textOf(source.type),
      permissions: source.permissions ?? [],
      applicationInfo: applicationInfo(),
      metadata: metadataOf(source.metadata),
      enabled: true,
      readPermission: textOf(source.readPermission),
      writePermission: textOf(source.writePermission),
      skills: skillsOf(source.skills),
      appIndex: 0,
    });
  }

  const abilities = new Map();
  function abilityInfo(moduleName, abilityName) {
    const key = `${moduleName}/${abilityName}`;
    if (!abilities.has(key)) {
      const module = modules.get(moduleName);
      const source = (module?.tree.module.abilities ?? []).find((ability) => ability.name === abilityName);
      abilities.set(key, source && makeAbilityInfo(module, source));
    }
    return abilities.get(key);
  }

  const haps = new Map();
  function hapModuleInfo(moduleName) {
    const module = modules.get(moduleName);
    if (!module) {
      return undefined;
    }
    if (!haps.has(moduleName)) {
      const source = module.tree.module;
      haps.set(moduleName, Object.assign(named({}, source), {
        name: module.name,
        mainElementName: textOf(source.mainElement),
        abilitiesInfo: (source.abilities ?? []).map((ability) => abilityInfo(module.name, ability.name)),
        extensionAbilitiesInfo: (source.extensionAbilities ?? []).map((entry) => makeExtensionInfo(module, entry)),
        metadata: metadataOf(source.metadata),
        deviceTypes: source.deviceTypes ?? [],
        installationFree: source.installationFree === true,
        hashValue: '',
        type: MODULE_TYPES[source.type] ?? 1,
        dependencies: (source.dependencies ?? []).map((entry) => ({
          bundleName: textOf(entry.bundleName) || info.bundleName, moduleName: textOf(entry.moduleName),
          versionCode: idOf(entry.versionCode),
        })),
        preloads: (source.atomicService?.preloads ?? []).map((entry) => ({ moduleName: textOf(entry.moduleName) })),
        fileContextMenuConfig: profile(module.name, textOf(source.fileContextMenu)) ?? '',
        routerMap: routerMap(module.name),
        nativeLibraryPath: textOf(source.nativeLibraryPath),
        codePath: `/data/storage/el1/bundle/${module.name}`,
      }));
    }
    return haps.get(moduleName);
  }

  // The routes that a module declares (`routerMap`), with what the build added to each.
  function routerMap(moduleName) {
    const text = profile(moduleName, textOf(modules.get(moduleName)?.tree.module.routerMap));
    if (!text) {
      return [];
    }
    let routes;
    try {
      routes = JSON.parse(text).routerMap;
    } catch {
      return [];
    }
    return (Array.isArray(routes) ? routes : []).map((route) => ({
      name: textOf(route.name),
      pageSourceFile: textOf(route.pageSourceFile),
      buildFunction: textOf(route.buildFunction),
      customData: route.customData === undefined ? '' : JSON.stringify(route.customData),
      data: Object.entries(route.data ?? {}).map(([key, value]) => ({ key, value: String(value) })),
      bundleName: textOf(route.bundleName) || info.bundleName,
      moduleName: textOf(route.moduleName) || moduleName,
      ohmurl: textOf(route.ohmurl),
    }));
  }

  return { main, applicationInfo, abilityInfo, hapModuleInfo, routerMap, metadataOf };
})
