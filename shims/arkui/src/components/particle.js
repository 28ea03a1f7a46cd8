// @concord:arkui/components/particle: the class of `Particle`. Curves in its options become what the engine understands.
(function (host, system) {
  'use strict';
  const { describe } = system.require('@concord:arkui/animation/curves');

  // `ParticlePropertyOptions` with its curves described.
  function property(value) {
    const config = value?.updater?.config;
    if (!Array.isArray(config)) {
      return value;
    }
    const segment = (part) => (typeof part === 'object' && part !== null ? { ...part, curve: describe(part.curve) } : part);
    return { ...value, updater: { ...value.updater, config: config.map(segment) } };
  }

  const options = (one) => ({
    ...one,
    color: property(one?.color),
    opacity: property(one?.opacity),
    scale: property(one?.scale),
    spin: property(one?.spin),
    acceleration: one?.acceleration && { speed: property(one.acceleration.speed), angle: property(one.acceleration.angle) },
  });

  return (Class) => {
    const { create } = Class;
    Class.create = (value) => create({ particles: Array.isArray(value?.particles) ? value.particles.map(options) : [] });
  };
})
