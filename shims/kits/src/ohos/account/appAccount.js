// @ohos:account.appAccount: accounts that the app keeps. No other app is there to share them with, or to check them for it.
(function (host, system) {
  'use strict';
  const { events, fail, methods, refuse } = system.require('@concord:kits/declared');

  const Constants = {
    ACTION_ADD_ACCOUNT_IMPLICITLY: 'addAccountImplicitly', ACTION_AUTHENTICATE: 'authenticate',
    ACTION_CREATE_ACCOUNT_IMPLICITLY: 'createAccountImplicitly', ACTION_AUTH: 'auth',
    ACTION_VERIFY_CREDENTIAL: 'verifyCredential', ACTION_SET_AUTHENTICATOR_PROPERTIES: 'setAuthenticatorProperties',
    KEY_NAME: 'name', KEY_OWNER: 'owner', KEY_TOKEN: 'token', KEY_ACTION: 'action', KEY_AUTH_TYPE: 'authType',
    KEY_SESSION_ID: 'sessionId', KEY_CALLER_PID: 'callerPid', KEY_CALLER_UID: 'callerUid',
    KEY_CALLER_BUNDLE_NAME: 'callerBundleName', KEY_REQUIRED_LABELS: 'requiredLabels', KEY_BOOLEAN_RESULT: 'booleanResult',
  };

  const DISTRIBUTED_DATASYNC = 'ohos.permission.DISTRIBUTED_DATASYNC';

  const { info } = system.require('@concord:process');
  const records = system.require('@concord:kits/records')('accounts', () => ({}));

  const OWNER = info.bundleName;
  const [LONGEST_NAME, LONGEST_VALUE, MOST_ACCOUNTS, MOST_VALUES, MOST_TOKENS] = [512, 1024, 1000, 512, 128];
  // Extensions of other apps that check accounts.
  const noAuthenticator = refuse(12300113, 'The account authenticator service does not exist.');

  const invalid = (name) => fail(12300002, `Invalid ${name}.`);
  const checkName = (text, name) => (text === '' || text.length > LONGEST_NAME ? invalid(name) : text);
  const checkValue = (text, name) => (text.length > LONGEST_VALUE ? invalid(name) : text);
  const checkKey = (text, name) => (text === '' ? invalid(name) : checkValue(text, name));
  const isOwn = (owner) => checkName(owner, 'owner') === OWNER;

  const accountOf = (accounts, name) => {
    checkName(name, 'name');
    return Object.hasOwn(accounts, name) ? accounts[name] : fail(12300003, 'Account not found.');
  };
  // Who else than the owner may see a token: bundle names by the kind of token.
  const empty = () => ({ data: {}, credentials: {}, tokens: {}, visible: {}, apps: [], synchronised: false });
  const read = (name) => accountOf(records.get(), name);
  const change = (name, f) => {
    const result = records.change((accounts) => f(accountOf(accounts, name)));
    tell();
    return result;
  };
  const own = (values, key, error) => (Object.hasOwn(values, key) ? values[key] : error());
  const all = () => Object.keys(records.get()).map((name) => ({ owner: OWNER, name }));
  // Accounts of others do not exist here.
  const foreign = () => fail(12300003, 'Account not found.');
  const noToken = () => fail(12300107, 'The auth token does not exist.');

  function create(name, options) {
    checkName(name, 'name');
    const data = options?.customData ?? {};
    for (const [key, value] of Object.entries(data)) {
      checkKey(key, 'customData');
      checkValue(String(value), 'customData');
    }
    records.change((accounts) => {
      if (Object.hasOwn(accounts, name)) {
        fail(12300004, 'Account already exists.');
      }
      if (Object.keys(accounts).length >= MOST_ACCOUNTS) {
        fail(12300007, 'The number of accounts has reached the upper limit.');
      }
      accounts[name] = { ...empty(), data: { ...data } };
    });
    tell();
  }

  function remove(name) {
    records.change((accounts) => {
      accountOf(accounts, name);
      delete accounts[name];
    });
    tell();
  }

  function setAccess(name, bundle, isAllowed) {
    checkName(bundle, 'bundleName');
    read(name);
    if (bundle === OWNER) {
      invalid('bundleName');
    }
    return isAllowed ? fail(12400001, 'The application does not exist.') : change(name, (account) => {
      account.apps = account.apps.filter((app) => app !== bundle);
    });
  }

  const setData = (name, key, value) => change(name, ({ data }) => {
    checkKey(key, 'key');
    if (!Object.hasOwn(data, key) && Object.keys(data).length >= MOST_VALUES) {
      fail(12400003, 'The number of custom data reaches the upper limit.');
    }
    data[key] = checkValue(value, 'value');
  });
  const getData = (name, key) => own(read(name).data, checkKey(key, 'key'), () => fail(12400002, 'Custom data not found.'));

  const setToken = (name, type, token) => change(name, ({ tokens }) => {
    checkKey(type, 'authType');
    if (!Object.hasOwn(tokens, type) && Object.keys(tokens).length >= MOST_TOKENS) {
      fail(12400004, 'The number of tokens reaches the upper limit.');
    }
    tokens[type] = checkValue(token, 'token');
  });
  const getToken = (name, owner, type) => (isOwn(owner) ? own(read(name).tokens, type, noToken) : foreign());
  const deleteToken = (name, owner, type, token) => (isOwn(owner) ? change(name, ({ tokens }) => {
    if (own(tokens, type, noToken) === token) {
      delete tokens[type];
    }
  }) : foreign());

  function setVisibility(name, type, bundle, isVisible) {
    checkName(bundle, 'bundleName');
    own(read(name).tokens, type, noToken);
    if (bundle !== OWNER && isVisible) {
      fail(12400001, 'The application does not exist.');
    }
    if (bundle === OWNER && !isVisible) {
      invalid('bundleName');
    }
  }

  // `options` may be left out before the callback.
  const ask = (...args) => {
    if (typeof args.findLast((arg) => arg !== undefined)?.onResult !== 'function') {
      fail(401, 'Parameter error. The callback needs onResult.');
    }
    noAuthenticator();
  };

  // Listeners hear of the accounts of the owners that they name.
  const watchers = new Map();
  function tell() {
    for (const [callback, owners] of watchers) {
      if (owners.includes(OWNER)) {
        system.later(callback, all());
      }
    }
  }
  const { on, off } = events(['accountChange'], {
    on: (type, callback, owners) => {
      if (!Array.isArray(owners) || owners.length === 0) {
        invalid('owners');
      }
      watchers.set(callback, owners.includes(OWNER) ? owners : fail(12400001, 'The application does not exist.'));
    },
    off: (type, callback) => (callback === undefined ? watchers.clear() : watchers.delete(callback)),
  });

  class AppAccountManager {}
  Object.assign(AppAccountManager.prototype, { on, off });
  methods(AppAccountManager, [], {
    'createAccount(name: string, options?: object): Promise': create,
    'createAccountImplicitly(owner: string, options: object, callback?: object)': ask,
    'removeAccount(name: string): Promise': remove,
    'setAppAccess(name: string, bundleName: string, isAccessible: boolean): Promise': setAccess,
    'checkAppAccess(name: string, bundleName: string): Promise': (name, bundle) => {
      checkName(bundle, 'bundleName');
      read(name);
      return bundle === OWNER;
    },
    'setCredential(name: string, credentialType: string, credential: string): Promise': (name, type, credential) =>
      change(name, ({ credentials }) => {
        credentials[checkKey(type, 'credentialType')] = checkValue(credential, 'credential');
      }),
    'getCredential(name: string, credentialType: string): Promise': (name, type) =>
      own(read(name).credentials, checkKey(type, 'credentialType'), () => fail(12300102, 'The credential does not exist.')),
    'deleteCredential(name: string, credentialType: string): Promise': (name, type) => change(name, ({ credentials }) => {
      own(credentials, checkKey(type, 'credentialType'), () => fail(12300102, 'The credential does not exist.'));
      delete credentials[type];
    }),
    'setCustomData(name: string, key: string, value: string): Promise': setData,
    'getCustomData(name: string, key: string): Promise': getData,
    'getCustomDataSync(name: string, key: string)': getData,
    'getAllAccounts(): Promise': all,
    'getAccountsByOwner(owner: string): Promise': (owner) =>
      (isOwn(owner) ? all() : fail(12400001, 'The application does not exist.')),
    'auth(name: string, owner: string, authType: string, options: object, callback?: object)': (name, owner, type, ...rest) => {
      read(name);
      ask(...rest);
    },
    'getAuthToken(name: string, owner: string, authType: string): Promise': getToken,
    'setAuthToken(name: string, authType: string, token: string): Promise': setToken,
    'deleteAuthToken(name: string, owner: string, authType: string, token: string): Promise': deleteToken,
    'setAuthTokenVisibility(name: string, authType: string, bundleName: string, isVisible: boolean): Promise': setVisibility,
    'checkAuthTokenVisibility(name: string, authType: string, bundleName: string): Promise': (name, type, bundle) => {
      own(read(name).tokens, type, noToken);
      return checkName(bundle, 'bundleName') === OWNER;
    },
    'getAllAuthTokens(name: string, owner: string): Promise': (name, owner) => (isOwn(owner)
      ? Object.entries(read(name).tokens).map(([authType, token]) => ({ authType, token, account: { name, owner: OWNER } }))
      : foreign()),
    'getAuthList(name: string, authType: string): Promise': (name, type) => {
      own(read(name).tokens, type, noToken);
      return [];
    },
    'getAuthCallback(sessionId: string): Promise': refuse(12300108, 'The auth session does not exist.'),
    'queryAuthenticatorInfo(owner: string): Promise': noAuthenticator,
    'checkAccountLabels(name: string, owner: string, labels: array): Promise': (name) => {
      read(name);
      noAuthenticator();
    },
    'selectAccountsByOptions(options: object): Promise': ({ allowedAccounts, allowedOwners, requiredLabels }) => {
      if (requiredLabels?.length > 0) {
        noAuthenticator();
      }
      const isAllowed = ({ name, owner }) => (allowedOwners?.includes(owner) ?? true) &&
        (allowedAccounts?.some((account) => account.name === name && account.owner === owner) ?? true);
      return all().filter(isAllowed);
    },
    'verifyCredential(name: string, owner: string, options: object, callback?: object)': (name, owner, ...rest) => {
      read(name);
      ask(...rest);
    },
    'setAuthenticatorProperties(owner: string, options: object, callback?: object)': (owner, ...rest) => ask(...rest),
  });
  methods(AppAccountManager, [DISTRIBUTED_DATASYNC], {
    'checkDataSyncEnabled(name: string): Promise': (name) => read(name).synchronised,
    'setDataSyncEnabled(name: string, isEnabled: boolean): Promise': (name, isEnabled) => change(name, (account) => {
      account.synchronised = isEnabled;
    }),
  });

  // What an app overrides that checks accounts for others; nobody asks it.
  const NOT_SUPPORTED = 12300113;
  const answer = (callback) => callback?.onResult?.(NOT_SUPPORTED);
  class Authenticator {
    createAccountImplicitly(options, callback) { answer(callback); }
    auth(name, authType, options, callback) { answer(callback); }
    verifyCredential(name, options, callback) { answer(callback); }
    setProperties(options, callback) { answer(callback); }
    checkAccountLabels(name, labels, callback) { answer(callback); }
    checkAccountRemovable(name, callback) { answer(callback); }
    getRemoteObject() { return undefined; }
  }

  const manager = new AppAccountManager();
  return { Constants, AppAccountManager, Authenticator, createAppAccountManager: () => manager };
})
