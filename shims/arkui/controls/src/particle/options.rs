//! What the app says of particles: `ParticleOptions`. Lengths are vp, angles degrees (clockwise from the right), times ms.

use concord_paint::Color;
use concord_ui::animation::Curve;
use concord_ui::common::parse_color;
use concord_ui::pictures::Source;
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;

/// Most emitters, fields and parts of a curve that are looked at.
pub(super) const MOST: usize = 64;

/// An emitter and what it emits.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) kind: Kind,
    /// How many it emits in all; `None` for ever.
    pub(super) count: Option<u64>,
    /// How long one lives; `None` for ever.
    pub(super) lifetime: Option<[f64; 2]>,
    pub(super) place: Place,
    pub(super) color: ColorProperty,
    pub(super) opacity: Property,
    pub(super) scale: Property,
    pub(super) speed: [f64; 2],
    pub(super) angle: [f64; 2],
    pub(super) acceleration: Property,
    pub(super) acceleration_angle: Property,
    pub(super) spin: Property,
}

/// What particles look like.
#[derive(Debug)]
pub(super) enum Kind {
    /// A circle of a radius.
    Point(f64),
    /// A picture in a box.
    Image { source: Option<Source>, size: [Option<Length>; 2], fit: i32 },
}

/// Where and how often an emitter emits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    /// Particles per second.
    pub(super) rate: f64,
    pub(super) shape: Shape,
    pub(super) position: [Length; 2],
    pub(super) size: [Length; 2],
    pub(super) annulus: Option<Annulus>,
}

/// `ParticleEmitterShape`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Rectangle,
    Circle,
    Ellipse,
    Annulus,
}

/// `ParticleAnnulusRegion`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Annulus {
    pub(super) center: [Length; 2],
    /// Inner and outer.
    pub(super) radii: [Length; 2],
    pub(super) angles: [f64; 2],
}

/// A number of a particle: what it begins with, and how it changes.
#[derive(Debug)]
pub(super) struct Property {
    pub(super) range: [f64; 2],
    pub(super) limits: [f64; 2],
    pub(super) change: Change<f64, [f64; 2]>,
}

/// The colour of a particle.
#[derive(Debug)]
pub(super) struct ColorProperty {
    pub(super) range: [Color; 2],
    /// Colours in the middle of the range are the most frequent.
    pub(super) bell: bool,
    /// By chance: of red, green, blue and alpha, per second.
    pub(super) change: Change<Color, [[f64; 2]; 4]>,
}

/// `ParticleUpdater`.
#[derive(Debug)]
pub(super) enum Change<T, R> {
    None,
    /// At a speed per second that each particle gets by chance.
    Random(R),
    Curve(Vec<Segment<T>>),
}

/// `ParticlePropertyAnimation`.
#[derive(Debug)]
pub(super) struct Segment<T> {
    from: T,
    to: T,
    start: f64,
    end: f64,
    curve: Curve,
}

impl<T: Copy> Segment<T> {
    /// What is shown at an age: both ends, and how far it is from the first to the second.
    fn at(&self, age: f64) -> Option<(T, T, f64)> {
        let length = self.end - self.start;
        let part = if length > 0.0 { self.curve.at((age - self.start) / length) } else { 0.0 };
        (self.start..=self.end).contains(&age).then_some((self.from, self.to, part))
    }
}

/// A number at an age; outside of all segments there is none.
pub(super) fn number_at(segments: &[Segment<f64>], age: f64) -> Option<f64> {
    let (from, to, part) = segments.iter().find_map(|segment| segment.at(age))?;
    Some(from + (to - from) * part)
}

/// A colour at an age; outside of all segments there is none.
pub(super) fn color_at(segments: &[Segment<Color>], age: f64) -> Option<Color> {
    let (from, to, part) = segments.iter().find_map(|segment| segment.at(age))?;
    Some(from.lerp(to, part as f32))
}

fn pair(value: &Value) -> Option<[f64; 2]> {
    let items = value.as_array()?;
    Some([items.first()?.as_f64()?, items.get(1)?.as_f64()?])
}

/// A range whose ends are in order.
fn range(value: &Value) -> Option<[f64; 2]> {
    pair(value).filter(|[least, most]| least <= most)
}

fn lengths(value: &Value) -> Option<[Length; 2]> {
    let items = value.as_array()?;
    Some([Length::from_value(items.first()?, Unit::Vp)?, Length::from_value(items.get(1)?, Unit::Vp)?])
}

fn segments<T>(value: &Value, read: impl Fn(&Value) -> T) -> Vec<Segment<T>> {
    let time = |value: &Value| value.as_f64().unwrap_or(0.0).max(0.0);
    let segment = |value: &Value| Segment {
        from: read(value.get("from")),
        to: read(value.get("to")),
        start: time(value.get("startMillis")),
        end: time(value.get("endMillis")),
        curve: Curve::from_value(value.get("curve")).unwrap_or(Curve::LINEAR),
    };
    value.as_array().unwrap_or_default().iter().take(MOST).map(segment).collect()
}

impl Property {
    fn from_value(value: &Value, default: f64, limits: [f64; 2]) -> Property {
        let [least, most] = limits;
        let range = range(value.get("range")).filter(|[a, b]| *a >= least && *b <= most).unwrap_or([default, default]);
        let updater = value.get("updater");
        let config = updater.get("config");
        let change = match updater.get("type").as_str() {
            Some("random") => Change::Random(pair(config).unwrap_or_default()),
            Some("curve") => {
                Change::Curve(segments(config, |value| value.as_f64().map_or(default, |n| n.clamp(least, most))))
            }
            _ => Change::None,
        };
        Property { range, limits, change }
    }
}

impl ColorProperty {
    fn from_value(value: &Value) -> ColorProperty {
        let items = value.get("range").as_array().unwrap_or_default();
        let end = |index: usize| items.get(index).and_then(parse_color).unwrap_or(Color::WHITE);
        let updater = value.get("updater");
        let config = updater.get("config");
        let change = match updater.get("type").as_str() {
            Some("random") => {
                Change::Random(["r", "g", "b", "a"].map(|channel| pair(config.get(channel)).unwrap_or_default()))
            }
            Some("curve") => Change::Curve(segments(config, |value| parse_color(value).unwrap_or(Color::WHITE))),
            _ => Change::None,
        };
        let bell = value.get("distributionType").as_i32() == Some(1);
        ColorProperty { range: [end(0), end(1)], bell, change }
    }
}

impl Annulus {
    /// From `{ center, outerRadius, innerRadius, startAngle, endAngle }`.
    pub(super) fn from_value(value: &Value) -> Option<Annulus> {
        value.as_object()?;
        let center = |name: &str| {
            Length::from_value(value.get("center").get(name), Unit::Vp).unwrap_or(Length::Plain(0.5, Unit::Percent))
        };
        let radius = |name: &str| super::super::length(value.get(name)).unwrap_or(Length::ZERO);
        let angle = |name: &str, default: f64| value.get(name).as_f64().unwrap_or(default);
        Some(Annulus {
            center: [center("x"), center("y")],
            radii: [radius("innerRadius"), radius("outerRadius")],
            angles: [angle("startAngle", 0.0), angle("endAngle", 360.0)],
        })
    }
}

impl Place {
    fn from_value(emitter: &Value) -> Place {
        Place {
            rate: rate(emitter.get("emitRate")).unwrap_or(RATE),
            shape: match emitter.get("shape").as_str() {
                Some("circle") => Shape::Circle,
                Some("ellipse") => Shape::Ellipse,
                Some("annulus") => Shape::Annulus,
                _ => Shape::Rectangle,
            },
            position: lengths(emitter.get("position")).unwrap_or([Length::ZERO, Length::ZERO]),
            size: lengths(emitter.get("size"))
                .unwrap_or([Length::Plain(1.0, Unit::Percent), Length::Plain(1.0, Unit::Percent)]),
            annulus: Annulus::from_value(emitter.get("annulusRegion")),
        }
    }

    /// Takes over what an `EmitterProperty` says.
    pub(super) fn update(&mut self, property: &Value) {
        if let Some(number) = property.get("emitRate").as_f64() {
            self.rate = if number >= 0.0 { number } else { RATE };
        }
        let two = |value: &Value, x: &str, y: &str| Some([value.get(x).as_f64()?, value.get(y).as_f64()?]);
        if let Some(position) = two(property.get("position"), "x", "y") {
            self.position = position.map(|number| Length::vp(number as f32));
        }
        if let Some(size) = two(property.get("size"), "width", "height").filter(|size| size.iter().all(|n| *n > 0.0)) {
            self.size = size.map(|number| Length::vp(number as f32));
        }
        if let Some(annulus) = Annulus::from_value(property.get("annulusRegion")) {
            self.annulus = Some(annulus);
        }
    }
}

/// Particles per second where nothing is said.
const RATE: f64 = 5.0;

fn rate(value: &Value) -> Option<f64> {
    value.as_f64().filter(|rate| *rate >= 0.0)
}

impl Options {
    /// From one of `particles`.
    pub(super) fn from_value(value: &Value) -> Options {
        let emitter = value.get("emitter");
        let particle = emitter.get("particle");
        let config = particle.get("config");
        let kind = if particle.get("type").as_str() == Some("image") {
            let size = config.get("size").as_array().unwrap_or_default();
            let side = |index: usize| size.get(index).and_then(|value| Length::from_value(value, Unit::Vp));
            Kind::Image {
                source: Source::from_value(config.get("src")),
                size: [side(0), side(1)],
                fit: config.get("objectFit").as_i32().unwrap_or(2),
            }
        } else {
            let radius = Length::from_value(config.get("radius"), Unit::Vp);
            let vp = match radius {
                Some(Length::Plain(number, Unit::Vp)) => f64::from(number),
                _ => 0.0,
            };
            Kind::Point(vp.max(0.0))
        };
        let count = particle.get("count").as_f64().unwrap_or(0.0);
        let lifetime = particle.get("lifetime").as_f64().filter(|time| *time >= 0.0 || *time == -1.0).unwrap_or(1000.0);
        let spread = particle.get("lifetimeRange").as_f64().unwrap_or(0.0).max(0.0);
        let endless = lifetime < 0.0;
        let (velocity, acceleration) = (value.get("velocity"), value.get("acceleration"));
        let turn = [-10_000.0, 10_000.0];
        Options {
            kind,
            count: (count != -1.0).then_some(count.max(0.0) as u64),
            lifetime: (!endless).then_some([(lifetime - spread).max(0.0), lifetime + spread]),
            place: Place::from_value(emitter),
            color: ColorProperty::from_value(value.get("color")),
            opacity: Property::from_value(value.get("opacity"), 1.0, [0.0, 1.0]),
            scale: Property::from_value(value.get("scale"), 1.0, [0.0, 10_000.0]),
            speed: range(velocity.get("speed")).unwrap_or_default(),
            angle: range(velocity.get("angle")).unwrap_or_default(),
            acceleration: Property::from_value(acceleration.get("speed"), 0.0, [0.0, 10_000.0]),
            acceleration_angle: Property::from_value(acceleration.get("angle"), 0.0, turn),
            spin: Property::from_value(value.get("spin"), 0.0, turn),
        }
    }
}
