// @concord:arkui/state/properties: state variables of the first generation.
//
// A variable has *readers* (elements), one owner whose @Watch function hears of changes at once, and *peers*: variables that
// follow it (@Link, @Prop, storages). The order after a change is: readers, owner, peers.
(function (host, system) {
  'use strict';
  const tracking = system.require('@concord:arkui/state/tracking');
  const { observe, isObserved, subscribe, unsubscribe } = system.require('@concord:arkui/state/observed-object');
  const { deepCopy } = system.require('@concord:arkui/state/copy');

  let nextId = 1;

  class ObservedPropertyAbstract {
    constructor(owner, name) {
      this.id_ = nextId++;
      this.owner_ = owner;
      this.name_ = name;
      this.readers_ = new tracking.Source();
      this.peers_ = undefined;
    }

    id__() {
      return this.id_;
    }

    info() {
      return this.name_;
    }

    setInfo(name) {
      this.name_ = name;
    }

    // Elements follow the variables of components; what a storage gives out by itself is not followed.
    get() {
      if (this.owner_ !== undefined) {
        this.readers_.read();
      }
      return this.getUnmonitored();
    }

    addPeer(peer) {
      this.peers_ ??= new Set();
      this.peers_.add(peer);
    }

    removePeer(peer) {
      this.peers_?.delete(peer);
    }

    numberOfSubscrbers() {
      return this.peers_?.size ?? 0;
    }

    // Everybody hears that the value is another one, or that something in it changed.
    notify(elements = true) {
      if (elements) {
        this.readers_.changed();
      }
      this.owner_?.propertyChanged__?.(this.name_);
      if (this.peers_) {
        for (const peer of [...this.peers_]) {
          peer.sourceChanged(this, elements);
        }
      }
    }

    createLink(owner, name) {
      return new SynchedPropertyTwoWay(this, owner, name);
    }

    createProp(owner, name) {
      return new SynchedPropertyOneWay(this, owner, name);
    }

    createTwoWaySync(owner, name) {
      return this.createLink(owner, name);
    }

    createOneWaySync(owner, name) {
      return this.createProp(owner, name);
    }

    // Dependencies are kept by element id for all variables at once (tracking), so these have nothing to do.
    purgeDependencyOnElmtId() {}

    updateElmtId() {}

    markDependentElementsDirty() {
      this.readers_.changed();
    }

    aboutToBeDeleted() {
      this.peers_ = undefined;
      this.owner_ = undefined;
    }
  }

  function checkSupported(value, owner, name) {
    if (typeof value === 'function' && owner !== undefined) {
      throw new system.BusinessError(140115, `Illegal variable value error with decorated variable '${name}' of ` +
        `${owner.constructor.name}: functions cannot be state`);
    }
  }

  // @State, @Provide, and the properties of storages: owns its value.
  class ObservedProperty extends ObservedPropertyAbstract {
    constructor(value, owner, name) {
      super(owner, name);
      checkSupported(value, owner, name);
      this.value_ = observe(value);
      subscribe(this.value_, this);
    }

    getUnmonitored() {
      return this.value_;
    }

    set(value) {
      checkSupported(value, this.owner_, this.name_);
      const observed = observe(value);
      if (observed !== this.value_) {
        this.replace(observed);
        this.notify();
      }
    }

    replace(observed) {
      unsubscribe(this.value_, this);
      this.value_ = observed;
      subscribe(observed, this);
    }

    // Something in the object changed.
    objectChanged(name, elements) {
      this.notify(elements);
    }

    // Used by old pages where a @State variable is given anew.
    reset(value) {
      this.set(value);
    }

    aboutToBeDeleted() {
      unsubscribe(this.value_, this);
      super.aboutToBeDeleted();
    }
  }

  // @Link, @Consume, @StorageLink: the value of another variable.
  class SynchedPropertyTwoWay extends ObservedPropertyAbstract {
    constructor(source, owner, name) {
      super(owner, name);
      if (source === undefined || source === null) {
        throw new ReferenceError(`${owner?.constructor?.name ?? ''}: @Link '${name}' is not given a state variable of the parent; ` +
          'it cannot be initialised');
      }
      // A plain value (an object that the parent does not keep in a variable) gets a variable of its own.
      this.source_ = source instanceof ObservedPropertyAbstract ? source : new ObservedProperty(source, undefined, name);
      this.source_.addPeer(this);
    }

    getUnmonitored() {
      return this.source_?.getUnmonitored();
    }

    set(value) {
      this.source_?.set(value);
    }

    reset(value) {
      this.set(value);
    }

    sourceChanged(source, elements) {
      this.notify(elements);
    }

    aboutToBeDeleted() {
      this.source_?.removePeer(this);
      super.aboutToBeDeleted();
    }
  }

  // @Prop, @StorageProp: a copy of its own, made anew whenever the original changes. Its own changes stay here.
  class SynchedPropertyOneWay extends ObservedProperty {
    constructor(source, owner, name) {
      const variable = source instanceof ObservedPropertyAbstract ? source : undefined;
      const original = variable ? variable.getUnmonitored() : observe(source);
      super(deepCopy(original), owner, name);
      this.source_ = variable;
      variable?.addPeer(this);
      this.original_ = undefined;
      if (!variable) {
        this.follow(original);
      }
    }

    // The parent gives the object itself; what changes in it later concerns the copy too.
    follow(original) {
      unsubscribe(this.original_, this.follower_);
      this.original_ = original;
      if (isObserved(original)) {
        this.follower_ ??= { objectChanged: () => this.renew(this.original_) };
        subscribe(original, this.follower_);
      }
    }

    renew(original) {
      const copy = observe(deepCopy(original));
      if (copy !== this.value_) {
        this.replace(copy);
        this.notify();
      }
    }

    // The parent was rendered again. The same value leaves the copy, changed here or not, as it is.
    reset(value) {
      const original = observe(value);
      if (original !== this.original_) {
        this.follow(original);
        this.renew(original);
      }
    }

    sourceChanged(source) {
      this.renew(source.getUnmonitored());
    }

    aboutToBeDeleted() {
      unsubscribe(this.original_, this.follower_);
      this.source_?.removePeer(this);
      super.aboutToBeDeleted();
    }
  }

  // @ObjectLink: one observed object, which the parent may exchange.
  class SynchedPropertyNested extends ObservedPropertyAbstract {
    constructor(object, owner, name) {
      super(owner, name);
      this.value_ = object;
      subscribe(object, this);
    }

    getUnmonitored() {
      return this.value_;
    }

    set(object) {
      if (object !== this.value_) {
        unsubscribe(this.value_, this);
        this.value_ = object;
        subscribe(object, this);
        this.notify();
      }
    }

    reset(object) {
      this.set(object);
    }

    objectChanged(name, elements) {
      this.notify(elements);
    }

    aboutToBeDeleted() {
      unsubscribe(this.value_, this);
      super.aboutToBeDeleted();
    }
  }

  // Compiled pages name the class by the kind of the value and the age of the compiler; they are all the same here.
  const named = (name, Base) => ({ [name]: class extends Base {} })[name];
  const table = {};
  const declare = (Base, ...names) => {
    for (const name of names) {
      table[name] = named(name, Base);
    }
  };
  declare(ObservedProperty, 'ObservedPropertySimplePU', 'ObservedPropertyObjectPU', 'ObservedPropertySimple', 'ObservedPropertyObject',
    'ObservedPropertyPU');
  declare(SynchedPropertyTwoWay, 'SynchedPropertySimpleTwoWayPU', 'SynchedPropertyObjectTwoWayPU', 'SynchedPropertySimpleTwoWay',
    'SynchedPropertyObjectTwoWay', 'SynchedPropertyTwoWayPU');
  declare(SynchedPropertyOneWay, 'SynchedPropertySimpleOneWayPU', 'SynchedPropertyObjectOneWayPU', 'SynchedPropertySimpleOneWay',
    'SynchedPropertyObjectOneWay', 'SynchedPropertySimpleOneWaySubscribing', 'SynchedPropertyOneWayPU');
  declare(SynchedPropertyNested, 'SynchedPropertyNesedObjectPU', 'SynchedPropertyNesedObject', 'SynchedPropertyNestedObjectPU',
    'SynchedPropertyNestedObject');
  table.ObservedPropertyAbstract = ObservedPropertyAbstract;

  return { ObservedPropertyAbstract, ObservedProperty, SynchedPropertyTwoWay, SynchedPropertyOneWay, SynchedPropertyNested, table };
})
