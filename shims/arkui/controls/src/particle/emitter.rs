//! An emitter and its particles. In vp and seconds; ages are ms.

use super::fields::Fields;
use super::options::{Annulus, Change, Kind, Options, Place, Property, Shape, color_at, number_at};
use super::random::Random;
use concord_paint::Color;
use concord_paint::kurbo::{Point, Size, Vec2};
use concord_ui::pictures::Loaded;
use concord_ui::units::{Environment, Length};
use std::f64::consts::{PI, TAU};
use std::rc::Rc;

/// Most particles of one emitter at a time.
const MOST_ALIVE: usize = 5000;

/// See the module.
#[derive(Debug)]
pub(super) struct Emitter {
    pub(super) options: Options,
    /// Where it emits now; `emitter` changes it.
    pub(super) place: Place,
    /// The picture of each particle; none until it is laid out.
    pub(super) picture: Option<Option<Rc<Loaded>>>,
    pub(super) alive: Vec<Particle>,
    emitted: u64,
    /// Part of a particle that is due.
    due: f64,
}

/// A number that changes at a speed of its own.
#[derive(Debug, Clone, Copy)]
struct Varying {
    value: f64,
    speed: f64,
}

/// One of them.
#[derive(Debug, Clone)]
pub(super) struct Particle {
    pub(super) position: Point,
    velocity: Vec2,
    acceleration: Varying,
    acceleration_angle: Varying,
    spin: Varying,
    opacity: Varying,
    scale: Varying,
    first_color: Color,
    /// Red, green, blue, alpha: 0 to 255.
    color: [Varying; 4],
    age: f64,
    /// None lives for ever.
    lifetime: Option<f64>,
}

impl Particle {
    /// What it looks like.
    pub(super) fn color(&self) -> Color {
        let [r, g, b, a] = self.color.map(|channel| channel.value.round() as u8);
        Color { r, g, b, a }
    }

    /// 0 to 1.
    pub(super) fn opacity(&self) -> f64 {
        self.opacity.value
    }

    /// Factor of its size.
    pub(super) fn scale(&self) -> f64 {
        self.scale.value
    }

    /// Degrees.
    pub(super) fn spin(&self) -> f64 {
        self.spin.value
    }

    /// Whether it has faded or shrunk away for good.
    fn is_gone(&self, options: &Options) -> bool {
        let gone = |varying: &Varying, property: &Property| {
            matches!(property.change, Change::Random(_)) && varying.value <= 0.0 && varying.speed <= 0.0
        };
        gone(&self.opacity, &options.opacity) || gone(&self.scale, &options.scale)
    }
}

impl Property {
    fn begin(&self, random: &mut Random) -> Varying {
        let speed = if let Change::Random(range) = &self.change { random.between(*range) } else { 0.0 };
        Varying { value: random.between(self.range), speed }
    }

    fn advance(&self, varying: &mut Varying, age: f64, seconds: f64) {
        match &self.change {
            Change::None => {}
            Change::Random(_) => {
                varying.value = (varying.value + varying.speed * seconds).clamp(self.limits[0], self.limits[1]);
            }
            Change::Curve(segments) => varying.value = number_at(segments, age).unwrap_or(0.0),
        }
    }
}

fn channels(color: Color) -> [f64; 4] {
    [color.r, color.g, color.b, color.a].map(f64::from)
}

impl Place {
    /// Where the next particle begins.
    fn pick(&self, room: Size, environment: &Environment, random: &mut Random) -> Point {
        let density = environment.density.max(f32::MIN_POSITIVE);
        let vp = |length: &Length, whole: f64| {
            let px = length.resolve(environment, whole as f32 * density).unwrap_or(0.0);
            f64::from(px / density)
        };
        let size = Size::new(vp(&self.size[0], room.width), vp(&self.size[1], room.height));
        let corner = Point::new(vp(&self.position[0], room.width), vp(&self.position[1], room.height));
        let center = corner + size.to_vec2() / 2.0;
        match self.shape {
            Shape::Rectangle => corner + Vec2::new(size.width * random.unit(), size.height * random.unit()),
            Shape::Circle => {
                let angle = TAU * random.unit();
                center + Vec2::from_angle(angle) * (size.min_side() / 2.0 * random.unit())
            }
            Shape::Ellipse => {
                let (sin, cos) = (TAU * random.unit()).sin_cos();
                center + Vec2::new(cos * size.width / 2.0 * random.unit(), sin * size.height / 2.0 * random.unit())
            }
            Shape::Annulus => {
                let Some(Annulus { center, radii, angles }) = &self.annulus else { return Point::ZERO };
                let center = Point::new(vp(&center[0], room.width), vp(&center[1], room.height));
                // As many on every part of the area.
                let squares = [&radii[0], &radii[1]].map(|radius| vp(radius, 0.0).powi(2));
                let radius = random.between(squares).sqrt();
                center + Vec2::from_angle(random.between(*angles) * PI / 180.0) * radius
            }
        }
    }
}

impl Emitter {
    pub(super) fn new(options: Options) -> Emitter {
        let place = options.place.clone();
        Emitter { options, place, picture: None, alive: Vec::new(), emitted: 0, due: 0.0 }
    }

    /// Whether nothing of what it emits could ever be seen.
    fn is_void(&self) -> bool {
        let never = |property: &Property| match &property.change {
            Change::None => property.range[0] <= 0.0 && property.range[1] <= 0.0,
            Change::Random([least, most]) => property.range[1] <= 0.0 && least.max(*most) <= 0.0,
            Change::Curve(_) => false,
        };
        let nothing = match &self.options.kind {
            Kind::Point(radius) => *radius <= 0.0,
            Kind::Image { .. } => !matches!(self.picture, Some(Some(_))),
        };
        let short = self.options.lifetime.is_some_and(|[_, most]| most <= 0.0);
        nothing || short || never(&self.options.opacity) || never(&self.options.scale)
    }

    /// Whether it has emitted all that it will.
    fn is_spent(&self) -> bool {
        self.is_void() || self.place.rate <= 0.0 || self.options.count.is_some_and(|count| self.emitted >= count)
    }

    /// Whether anything will still happen.
    pub(super) fn goes_on(&self) -> bool {
        !self.is_spent() || !self.alive.is_empty()
    }

    /// Whether it comes to an end by itself.
    pub(super) fn ends(&self) -> bool {
        self.is_void() || (self.options.count.is_some() && self.options.lifetime.is_some() && self.place.rate > 0.0)
    }

    fn emit(&self, room: Size, environment: &Environment, random: &mut Random) -> Particle {
        let options = &self.options;
        let position = self.place.pick(room, environment, random);
        let (speed, angle) = (random.between(options.speed), random.between(options.angle));
        let part = if options.color.bell { random.bell() } else { random.unit() };
        let first_color = options.color.range[0].lerp(options.color.range[1], part as f32);
        let speeds = match &options.color.change {
            Change::Random(ranges) => ranges.map(|range| random.between(range)),
            _ => [0.0; 4],
        };
        let mut color = channels(first_color).map(|value| Varying { value, speed: 0.0 });
        for (channel, speed) in color.iter_mut().zip(speeds) {
            channel.speed = speed;
        }
        Particle {
            position,
            velocity: Vec2::from_angle(angle * PI / 180.0) * speed,
            acceleration: options.acceleration.begin(random),
            acceleration_angle: options.acceleration_angle.begin(random),
            spin: options.spin.begin(random),
            opacity: options.opacity.begin(random),
            scale: options.scale.begin(random),
            first_color,
            color,
            age: 0.0,
            lifetime: options.lifetime.map(|range| random.between(range).round()),
        }
    }

    /// A step of time: new particles begin, the others go on.
    pub(super) fn advance(
        &mut self,
        seconds: f64,
        room: Size,
        environment: &Environment,
        fields: &Fields,
        random: &mut Random,
    ) {
        let options = &self.options;
        self.alive.retain_mut(|particle| {
            step(particle, options, seconds, fields, f64::from(environment.density));
            particle.lifetime.is_none_or(|lifetime| particle.age < lifetime) && !particle.is_gone(options)
        });
        if self.is_spent() {
            return;
        }
        self.due += (self.place.rate * seconds).min(MOST_ALIVE as f64);
        while self.due >= 1.0 && self.options.count.is_none_or(|count| self.emitted < count) {
            self.due -= 1.0;
            self.emitted += 1;
            if self.alive.len() < MOST_ALIVE {
                let particle = self.emit(room, environment, random);
                self.alive.push(particle);
            }
        }
    }
}

fn step(particle: &mut Particle, options: &Options, seconds: f64, fields: &Fields, density: f64) {
    particle.age += seconds * 1000.0;
    let age = particle.age;
    options.acceleration.advance(&mut particle.acceleration, age, seconds);
    options.acceleration_angle.advance(&mut particle.acceleration_angle, age, seconds);
    options.opacity.advance(&mut particle.opacity, age, seconds);
    options.scale.advance(&mut particle.scale, age, seconds);
    options.spin.advance(&mut particle.spin, age, seconds);
    match &options.color.change {
        Change::None => {}
        Change::Random(_) => {
            for channel in &mut particle.color {
                channel.value = (channel.value + channel.speed * seconds).clamp(0.0, 255.0);
            }
        }
        Change::Curve(segments) => {
            let color = color_at(segments, age).unwrap_or(particle.first_color);
            particle.color = channels(color).map(|value| Varying { value, speed: 0.0 });
        }
    }
    let pull = Vec2::from_angle(particle.acceleration_angle.value * PI / 180.0) * particle.acceleration.value;
    particle.velocity += pull * seconds;
    particle.position += (particle.velocity + fields.at(particle.position, seconds, density)) * seconds;
}
