// @ohos:contact: the contacts that the app has written down itself; those of the person stay with other programs.
(function (host, system) {
  'use strict';
  const { declare, fail, refuse } = system.require('@concord:kits/declared');

  const Attribute = {
    ATTR_CONTACT_EVENT: 0, ATTR_EMAIL: 1, ATTR_GROUP_MEMBERSHIP: 2, ATTR_IM: 3, ATTR_NAME: 4, ATTR_NICKNAME: 5, ATTR_NOTE: 6,
    ATTR_ORGANIZATION: 7, ATTR_PHONE: 8, ATTR_PORTRAIT: 9, ATTR_POSTAL_ADDRESS: 10, ATTR_RELATION: 11, ATTR_SIP_ADDRESS: 12,
    ATTR_WEBSITE: 13,
  };
  const FilterType = { SHOW_FILTER: 0, DEFAULT_SELECT: 1, SHOW_FILTER_AND_DEFAULT_SELECT: 2 };
  const FilterCondition = { EQUAL_TO: 1, NOT_EQUAL_TO: 2, IN: 3, IS_NOT_NULL: 0, NOT_IN: 4, CONTAINS: 5 };
  const DataField = { PHONE: 1, ORGANIZATION: 2, EMAIL: 0 };

  const WRITE_CONTACTS = 'ohos.permission.WRITE_CONTACTS';
  const READ_CONTACTS = 'ohos.permission.READ_CONTACTS';

  const records = system.require('@concord:kits/records')('contacts', () => ({ next: 1, contacts: [] }));

  // Kinds of what a contact has, and the numbers of their labels.
  const shape = (statics = {}) => Object.assign(class {}, statics);
  const INVALID_LABEL_ID = -1;
  const labels = (prefix, names) => ({
    CUSTOM_LABEL: 0, INVALID_LABEL_ID, ...Object.fromEntries(names.map((name, index) => [`${prefix}_${name}`, index + 1])),
  });
  const Email = shape(labels('EMAIL', ['HOME', 'WORK', 'OTHER']));
  const Event = shape(labels('EVENT', ['ANNIVERSARY', 'OTHER', 'BIRTHDAY']));
  const PhoneNumber = shape(labels('NUM', ['HOME', 'MOBILE', 'WORK', 'FAX_WORK', 'FAX_HOME', 'PAGER', 'OTHER', 'CALLBACK', 'CAR',
    'COMPANY_MAIN', 'ISDN', 'MAIN', 'OTHER_FAX', 'RADIO', 'TELEX', 'TTY_TDD', 'WORK_MOBILE', 'WORK_PAGER', 'ASSISTANT', 'MMS']));
  const PostalAddress = shape(labels('ADDR', ['HOME', 'WORK', 'OTHER']));
  const Relation = shape(labels('RELATION', ['ASSISTANT', 'BROTHER', 'CHILD', 'DOMESTIC_PARTNER', 'FATHER', 'FRIEND', 'MANAGER', 'MOTHER',
    'PARENT', 'PARTNER', 'REFERRED_BY', 'RELATIVE', 'SISTER', 'SPOUSE']));
  const SipAddress = shape(labels('SIP', ['HOME', 'WORK', 'OTHER']));
  const ImAddress = shape({
    CUSTOM_LABEL: -1, IM_AIM: 0, IM_MSN: 1, IM_YAHOO: 2, IM_SKYPE: 3, IM_QQ: 4, IM_ICQ: 6, IM_JABBER: 7, INVALID_LABEL_ID: -2,
  });
  const Contact = shape({ INVALID_CONTACT_ID: -1 });
  const [ContactAttributes, Group, Holder, Name, NickName, Note, Organization, Portrait, Website] = Array.from({ length: 9 }, () => shape());

  // Attribute → where a contact has it, and what it is made of.
  const PARTS = new Map([
    [Attribute.ATTR_CONTACT_EVENT, ['events', Event]], [Attribute.ATTR_EMAIL, ['emails', Email]],
    [Attribute.ATTR_GROUP_MEMBERSHIP, ['groups', Group]], [Attribute.ATTR_IM, ['imAddresses', ImAddress]],
    [Attribute.ATTR_NAME, ['name', Name]], [Attribute.ATTR_NICKNAME, ['nickName', NickName]], [Attribute.ATTR_NOTE, ['note', Note]],
    [Attribute.ATTR_ORGANIZATION, ['organization', Organization]], [Attribute.ATTR_PHONE, ['phoneNumbers', PhoneNumber]],
    [Attribute.ATTR_PORTRAIT, ['portrait', Portrait]], [Attribute.ATTR_POSTAL_ADDRESS, ['postalAddresses', PostalAddress]],
    [Attribute.ATTR_RELATION, ['relations', Relation]], [Attribute.ATTR_SIP_ADDRESS, ['sipAddresses', SipAddress]],
    [Attribute.ATTR_WEBSITE, ['websites', Website]],
  ]);
  const FIELDS = [...PARTS.values()].map(([field]) => field);

  const { info } = system.require('@concord:process');
  const holder = () => Object.assign(new Holder(), { bundleName: info.bundleName, displayName: '', holderId: 1 });

  function checkContact(contact) {
    for (const [field] of PARTS.values()) {
      const part = contact[field];
      if (part !== undefined && part !== null && typeof part !== 'object') {
        fail(401, `Parameter error. The type of "${field}" is wrong.`);
      }
    }
    return Object.fromEntries(FIELDS.filter((field) => contact[field]).map((field) => [field, contact[field]]));
  }

  // A contact as the app gets it, with the attributes that it asks for.
  function shown({ id, ...stored }, attributes) {
    const wanted = attributes?.attributes ?? [...PARTS.keys()];
    const contact = Object.assign(new Contact(), { id, key: String(id) });
    for (const attribute of wanted) {
      const [field, Part] = PARTS.get(attribute) ?? fail(401, 'Parameter error. The attribute is unknown.');
      const part = stored[field];
      if (part !== undefined) {
        contact[field] = Array.isArray(part) ? part.map((item) => Object.assign(new Part(), item)) : Object.assign(new Part(), part);
      }
    }
    return contact;
  }

  // Holder and attributes come in any order, or not at all.
  const isAttributes = (value) => Array.isArray(value?.attributes);
  const find = (matches, ...options) => {
    const owner = options.find((option) => option?.bundleName !== undefined);
    const isOwn = owner === undefined || owner.bundleName === info.bundleName;
    return records.get().contacts.filter((contact) => isOwn && matches(contact)).map((contact) => shown(contact, options.find(isAttributes)));
  };
  const byKey = (key) => (contact) => String(contact.id) === key;
  const digits = (number) => String(number ?? '').replace(/[^0-9+]/g, '');

  function add(context, contact) {
    const parts = checkContact(contact);
    return records.change((all) => {
      const id = all.next++;
      all.contacts.push({ id, ...parts });
      return id;
    });
  }

  function update(context, contact, attributes) {
    const parts = checkContact(contact);
    const wanted = attributes?.attributes?.map((attribute) => PARTS.get(attribute)?.[0]) ?? FIELDS;
    records.change(({ contacts }) => {
      const stored = contacts.find(({ id }) => id === contact.id || String(id) === contact.key) ??
        fail(401, 'Parameter error. There is no such contact.');
      for (const field of wanted.filter((field) => field in parts || attributes !== undefined)) {
        stored[field] = parts[field];
      }
    });
  }

  const cancelled = refuse(16700102, 'Failed to set value to contacts data.');

  return {
    Attribute, FilterType, FilterCondition, DataField, Contact, ContactAttributes, Email, Event, Group, Holder, ImAddress, Name, NickName,
    Note, Organization, PhoneNumber, Portrait, PostalAddress, Relation, SipAddress, Website,
    ...declare([WRITE_CONTACTS], {
      'addContact(context: object, contact: object): Promise': add,
      'deleteContact(context: object, key: string): Promise': (context, key) => records.change((all) => {
        all.contacts = all.contacts.filter((contact) => !byKey(key)(contact));
      }),
      'updateContact(context: object, contact: object, attrs?: object): Promise': update,
    }),
    ...declare([], {
      // Nobody chooses: there is no book of addresses to choose from.
      'selectContacts(options?: object): Promise': () => [],
      'selectContact(): Promise': () => [],
      'saveToExistingContactViaUI(context: object, contact: object): Promise': cancelled,
      'addContactViaUI(context: object, contact: object): Promise': cancelled,
    }),
    ...declare([READ_CONTACTS], {
      'queryContact(context: object, key: string, holder?: object, attrs?: object): Promise': (context, key, ...options) =>
        find(byKey(key), ...options)[0],
      'queryContacts(context: object, holder?: object, attrs?: object): Promise': (context, ...options) => find(() => true, ...options),
      'queryContactsByEmail(context: object, email: string, holder?: object, attrs?: object): Promise': (context, email, ...options) =>
        find(({ emails }) => emails?.some((item) => item.email === email), ...options),
      'queryContactsByPhoneNumber(context: object, phoneNumber: string, holder?: object, attrs?: object): Promise':
        (context, number, ...options) =>
          find(({ phoneNumbers }) => phoneNumbers?.some((item) => digits(item.phoneNumber) === digits(number)), ...options),
      'queryGroups(context: object, holder?: object): Promise': () => [],
      'queryHolders(context: object): Promise': () => [holder()],
      'queryKey(context: object, id: number, holder?: object): Promise': (context, id) =>
        find((contact) => contact.id === id)[0]?.key ?? '',
      'queryMyCard(context: object, attrs?: object): Promise': () => new Contact(),
      'isLocalContact(context: object, id: number): Promise': (context, id) => find((contact) => contact.id === id).length > 0,
      'isMyCard(context: object, id: number): Promise': () => false,
    }),
  };
})
