// @ohos:bundle.bundleManager: the part that concerns the application itself. The rest needs system permissions.
(function (host, system) {
  'use strict';
  const { info, modules, profile } = system.require('@concord:process');
  const bundle = system.require('@concord:bundle-info');
  const wants = system.require('@concord:want');
  const enums = system.require('@concord:enums')('@ohos:bundle.bundleManager');
  const BusinessError = system.BusinessError;
  const { BundleFlag } = enums;

  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  function checkFlags(flags) {
    if (typeof flags !== 'number') {
      throw invalid('The flags must be a number.');
    }
  }

  function moduleInfo(name, flags) {
    const full = bundle.hapModuleInfo(name);
    return {
      ...full,
      abilitiesInfo: flags & BundleFlag.GET_BUNDLE_INFO_WITH_ABILITY
        ? full.abilitiesInfo.map((ability) => abilityWith(ability, flags)) : [],
      extensionAbilitiesInfo: flags & BundleFlag.GET_BUNDLE_INFO_WITH_EXTENSION_ABILITY
        ? full.extensionAbilitiesInfo.map((extension) => abilityWith(extension, flags)) : [],
      metadata: flags & BundleFlag.GET_BUNDLE_INFO_WITH_METADATA ? full.metadata : [],
      routerMap: flags & BundleFlag.GET_BUNDLE_INFO_WITH_ROUTER_MAP ? full.routerMap : [],
    };
  }

  function abilityWith(source, flags) {
    const copy = { ...source };
    copy.applicationInfo = flags & BundleFlag.GET_BUNDLE_INFO_WITH_APPLICATION ? bundle.applicationInfo() : null;
    copy.metadata = flags & BundleFlag.GET_BUNDLE_INFO_WITH_METADATA ? source.metadata : [];
    copy.skills = flags & BundleFlag.GET_BUNDLE_INFO_WITH_SKILL ? source.skills : [];
    return copy;
  }

  // Permissions of all modules, each once.
  function permissions() {
    const found = new Map();
    for (const module of modules.values()) {
      for (const request of module.tree.module.requestPermissions ?? []) {
        if (!found.has(request.name)) {
          found.set(request.name, {
            name: request.name,
            moduleName: module.name,
            reason: request.reason ?? '',
            reasonId: request.reasonId ?? 0,
            usedScene: { abilities: request.usedScene?.abilities ?? [], when: request.usedScene?.when ?? '' },
          });
        }
      }
    }
    return [...found.values()];
  }

  function bundleInfo(flags) {
    const { app } = bundle.main.tree;
    const details = flags & BundleFlag.GET_BUNDLE_INFO_WITH_REQUESTED_PERMISSION ? permissions() : [];
    return {
      name: info.bundleName,
      vendor: app.vendor ?? '',
      versionCode: app.versionCode ?? 0,
      versionName: app.versionName ?? '',
      minCompatibleVersionCode: app.minCompatibleVersionCode ?? app.versionCode ?? 0,
      targetVersion: app.targetAPIVersion ?? 0,
      appInfo: flags & BundleFlag.GET_BUNDLE_INFO_WITH_APPLICATION ? bundle.applicationInfo() : undefined,
      hapModulesInfo: flags & BundleFlag.GET_BUNDLE_INFO_WITH_HAP_MODULE
        ? info.modules.filter((module) => module.tree.module.type !== 'shared').map((module) => moduleInfo(module.name, flags))
        : [],
      reqPermissionDetails: details,
      permissionGrantStates: details.map((detail) => (isGranted(detail.name) ? 0 : -1)),
      signatureInfo: { appId: `${info.bundleName}_`, fingerprint: '', appIdentifier: '' },
      installTime: info.startTime,
      updateTime: info.startTime,
      routerMap: flags & BundleFlag.GET_BUNDLE_INFO_WITH_ROUTER_MAP
        ? info.modules.flatMap((module) => bundle.routerMap(module.name)) : [],
      appIndex: 0,
      firstInstallTime: info.startTime,
    };
  }

  // The access control kit decides; without it only what was granted on the command line counts.
  function isGranted(name) {
    return info.grants.includes('all') || info.grants.includes(name);
  }

  function profiles(moduleName, elementName, metadataName, list, absent) {
    if (typeof moduleName !== 'string' || typeof elementName !== 'string' ||
        (metadataName !== undefined && typeof metadataName !== 'string' && typeof metadataName !== 'function')) {
      throw invalid('The module name, the ability name and the metadata name must be strings.');
    }
    const module = modules.get(moduleName);
    if (!module) {
      throw new BusinessError(17700002, `The specified moduleName is not existed: ${moduleName}.`);
    }
    const element = (module.tree.module[list] ?? []).find((entry) => entry.name === elementName);
    if (!element) {
      throw new BusinessError(17700003, `${absent}: ${elementName}.`);
    }
    const named = (element.metadata ?? []).filter((entry) => !metadataName || entry.name === metadataName);
    if (metadataName && named.length === 0) {
      throw new BusinessError(17700024, 'Failed to get the profile because there is no profile in the HAP.');
    }
    const texts = named.map((entry) => profile(moduleName, entry.resource ?? '')).filter((text) => text !== undefined);
    if (texts.length === 0) {
      throw new BusinessError(17700024, 'Failed to get the profile because there is no profile in the HAP.');
    }
    // As the system stores them: without white space between the tokens.
    return texts.map((text) => {
      try {
        return JSON.stringify(JSON.parse(text));
      } catch {
        return text;
      }
    });
  }

  function abilityProfiles(moduleName, abilityName, metadataName) {
    return profiles(moduleName, abilityName, metadataName, 'abilities', 'The specified abilityName is not existed');
  }

  function extensionProfiles(moduleName, name, metadataName) {
    return profiles(moduleName, name, metadataName, 'extensionAbilities', 'The specified extensionAbilityName is not existed');
  }

  const withMetadata = (read) => (moduleName, name, first, second) => {
    const metadataName = typeof first === 'function' ? undefined : first;
    return system.async(() => read(moduleName, name, metadataName), typeof first === 'function' ? first : second);
  };

  // Schemes may only be asked for when module.json lists them.
  function canOpenLink(link) {
    if (typeof link !== 'string') {
      throw invalid('The link must be a string.');
    }
    const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(link)?.[1];
    if (scheme === undefined) {
      throw new BusinessError(17700055, 'The specified link is invalid.');
    }
    const declared = info.modules.some((module) => (module.tree.module.querySchemes ?? []).includes(scheme));
    if (!declared) {
      throw new BusinessError(17700056, 'The scheme of the specified link is not in the querySchemes.');
    }
    const want = wants.normalize({ uri: link, action: 'ohos.want.action.viewData' });
    return info.modules.some((module) => (module.tree.module.abilities ?? []).some((ability) =>
      (ability.skills ?? []).some((skill) => wants.matchSkill(want, skill))));
  }

  const denied = (permission) => () => {
    throw new BusinessError(201, `Permission denied: ${permission}.`);
  };
  const systemOnly = () => {
    throw new BusinessError(202, 'Permission denied, non-system app called system api.');
  };
  const privileged = denied('ohos.permission.GET_BUNDLE_INFO_PRIVILEGED');

  return {
    ...enums,
    getBundleInfoForSelf(flags, callback) {
      checkFlags(flags);
      return system.async(() => bundleInfo(flags), callback);
    },
    getBundleInfoForSelfSync(flags) {
      checkFlags(flags);
      return bundleInfo(flags);
    },
    getProfileByAbility: withMetadata(abilityProfiles),
    getProfileByAbilitySync: abilityProfiles,
    getProfileByExtensionAbility: withMetadata(extensionProfiles),
    getProfileByExtensionAbilitySync: extensionProfiles,
    canOpenLink,
    getLaunchWant() {
      const module = bundle.main;
      return {
        bundleName: info.bundleName, moduleName: module.name, abilityName: module.tree.module.mainElement ?? '',
        action: 'action.system.home', entities: ['entity.system.home'],
      };
    },
    getBundleNameByUid: (uid, callback) => system.async(() => {
      if (uid !== info.uid) {
        throw new BusinessError(17700021, 'The uid is not found.');
      }
      return info.bundleName;
    }, callback),
    getBundleNameByUidSync(uid) {
      if (uid !== info.uid) {
        throw new BusinessError(17700021, 'The uid is not found.');
      }
      return info.bundleName;
    },
    isApplicationEnabled: (name, callback) => system.async(() => name === info.bundleName, callback),
    isApplicationEnabledSync: (name) => name === info.bundleName,
    isAbilityEnabled: (ability, callback) => system.async(() => ability?.enabled === true, callback),
    isAbilityEnabledSync: (ability) => ability?.enabled === true,
    async cleanBundleCacheFilesForSelf() {
      system.report('@ohos:bundle.bundleManager:cleanBundleCacheFilesForSelf');
    },
    getSignatureInfo: () => ({ appId: `${info.bundleName}_`, fingerprint: '', appIdentifier: '' }),
    getBundleInfo: privileged,
    getBundleInfoSync: privileged,
    getApplicationInfo: privileged,
    getApplicationInfoSync: privileged,
    queryAbilityInfo: systemOnly,
    queryAbilityInfoSync: systemOnly,
    queryExtensionAbilityInfo: systemOnly,
    queryExtensionAbilityInfoSync: systemOnly,
    getAllBundleInfo: systemOnly,
    getAllApplicationInfo: systemOnly,
    setApplicationEnabled: systemOnly,
    setAbilityEnabled: systemOnly,
    getPermissionDef: systemOnly,
    getPermissionDefSync: systemOnly,
    getAbilityLabel: privileged,
    getAbilityIcon: privileged,
    getLaunchWantForBundle: privileged,
    getLaunchWantForBundleSync: privileged,
    getBundleArchiveInfo: systemOnly,
    cleanBundleCacheFiles: systemOnly,
  };
})
