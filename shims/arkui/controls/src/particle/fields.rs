//! What moves particles besides themselves: fields that push, ripple or carry them while they are inside. In vp and seconds.

use super::noise::Noise;
use super::options::MOST;
use super::random::Random;
use concord_paint::kurbo::{Point, Rect, Vec2};
use concord_ui::value::Value;

/// All fields of a component.
#[derive(Debug, Default)]
pub(super) struct Fields {
    disturbances: Vec<Disturbance>,
    ripples: Vec<Ripple>,
    streams: Vec<Stream>,
}

/// Where a field is: `DisturbanceFieldShape` around a centre.
#[derive(Debug, Clone, PartialEq)]
struct Region {
    round: bool,
    rect: Rect,
}

/// `DisturbanceFieldOptions`.
#[derive(Debug)]
struct Disturbance {
    /// Away from the centre, px per second.
    strength: f64,
    region: Region,
    /// Part of the width at the edge where it grows weaker.
    feather: f64,
    noise: Noise,
}

/// `RippleFieldOptions`, and how long it has been going on.
#[derive(Debug, Clone, PartialEq)]
struct Ripple {
    amplitude: f64,
    wavelength: f64,
    speed: f64,
    attenuation: f64,
    center: Point,
    region: Region,
    age: f64,
}

/// `VelocityFieldOptions`.
#[derive(Debug)]
struct Stream {
    velocity: Vec2,
    region: Region,
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(0.0)
}

/// Not negative; `default` otherwise.
fn positive(value: &Value, default: f64) -> f64 {
    value.as_f64().filter(|number| *number >= 0.0).unwrap_or(default)
}

fn point(value: &Value) -> Point {
    Point::new(number(value.get("x")), number(value.get("y")))
}

impl Region {
    fn from_value(value: &Value) -> Region {
        let size = value.get("size");
        let (mut width, mut height) = (positive(size.get("width"), 0.0), positive(size.get("height"), 0.0));
        let shape = value.get("shape").as_i32();
        if shape == Some(1) {
            (width, height) = (width.min(height), width.min(height));
        }
        let rect = Rect::from_center_size(point(value.get("position")), (width, height));
        Region { round: matches!(shape, Some(1 | 2)), rect }
    }

    fn contains(&self, at: Point) -> bool {
        if self.rect.is_zero_area() {
            return false;
        }
        if !self.round {
            return self.rect.contains(at);
        }
        let away = at - self.rect.center();
        (2.0 * away.x / self.rect.width()).powi(2) + (2.0 * away.y / self.rect.height()).powi(2) <= 1.0
    }

    /// How far it is to the edge of the box in a direction.
    fn to_edge(&self, at: Point, direction: Vec2) -> f64 {
        let along = |at: f64, step: f64, low: f64, high: f64| {
            if step == 0.0 { f64::INFINITY } else { ((if step > 0.0 { high } else { low }) - at) / step }
        };
        let rect = &self.rect;
        let steps = along(at.x, direction.x, rect.x0, rect.x1).min(along(at.y, direction.y, rect.y0, rect.y1));
        if steps.is_finite() { steps.max(0.0) * direction.hypot() } else { 0.0 }
    }
}

impl Disturbance {
    fn at(&self, at: Point, seconds: f64, density: f64) -> Vec2 {
        if !self.region.contains(at) {
            return Vec2::ZERO;
        }
        let away = at - self.region.rect.center();
        let distance = away.hypot();
        let mut push = Vec2::ZERO;
        if self.strength != 0.0 && distance > 0.0 {
            let edge = self.region.to_edge(at, away);
            let strength = self.strength / density;
            // Not beyond the edge, nor beyond the centre.
            let strength =
                if strength < 0.0 { strength.max(-distance / seconds) } else { strength.min(edge / seconds) };
            let soft = self.region.rect.width() * self.feather;
            let soft = if soft > 0.0 { (edge / soft).min(1.0) } else { 1.0 };
            push = away / distance * strength * soft;
        }
        push + self.noise.curl(at.x * density, at.y * density) / density
    }
}

impl Ripple {
    /// The wave has gone as far as its speed allows; it is weaker later, and further out.
    fn at(&self, at: Point, density: f64) -> Vec2 {
        let away = at - self.center;
        let distance = away.hypot();
        if distance == 0.0 || !self.region.contains(at) {
            return Vec2::ZERO;
        }
        let front = self.speed * self.age;
        let width = (0.05 * self.wavelength).max(1.0);
        let passed = ((front + width - distance) / (2.0 * width)).clamp(0.0, 1.0);
        let passed = passed * passed * (3.0 - 2.0 * passed);
        let number = std::f64::consts::TAU / self.wavelength.max(1e-3);
        let wave = (number * distance + number * self.speed * self.age).sin();
        let weaker = (-self.attenuation * self.age.min(50.0)).exp() / (1.0 + 0.002 * distance * density);
        away / distance * (self.amplitude / density * weaker * wave * passed)
    }
}

impl Fields {
    /// `disturbanceFields`.
    pub(super) fn set_disturbances(&mut self, value: &Value) {
        let field = |value: &Value| {
            let feather = value.get("feather").as_f64().map_or(0.0, f64::trunc);
            Disturbance {
                strength: number(value.get("strength")),
                region: Region::from_value(value),
                feather: if (0.0..=100.0).contains(&feather) { feather / 100.0 } else { 0.0 },
                noise: Noise::new(
                    positive(value.get("noiseScale"), 1.0),
                    positive(value.get("noiseFrequency"), 1.0),
                    positive(value.get("noiseAmplitude"), 1.0),
                    &mut Random::new(1),
                ),
            }
        };
        self.disturbances = value.as_array().unwrap_or_default().iter().take(MOST).map(field).collect();
    }

    /// `rippleFields`. One that has not changed goes on.
    pub(super) fn set_ripples(&mut self, value: &Value) {
        let before = std::mem::take(&mut self.ripples);
        let ripple = |(index, value): (usize, &Value)| {
            let attenuation = number(value.get("attenuation"));
            let new = Ripple {
                amplitude: positive(value.get("amplitude"), 0.0),
                wavelength: positive(value.get("wavelength"), 0.0),
                speed: positive(value.get("waveSpeed"), 0.0),
                attenuation: if (0.0..=1.0).contains(&attenuation) { attenuation } else { 0.0 },
                center: point(value.get("center")),
                region: Region::from_value(value.get("region")),
                age: 0.0,
            };
            let old = before.get(index).filter(|old| Ripple { age: 0.0, ..(*old).clone() } == new);
            old.cloned().unwrap_or(new)
        };
        self.ripples = value.as_array().unwrap_or_default().iter().take(MOST).enumerate().map(ripple).collect();
    }

    /// `velocityFields`.
    pub(super) fn set_streams(&mut self, value: &Value) {
        let stream = |value: &Value| Stream {
            velocity: point(value.get("velocity")).to_vec2(),
            region: Region::from_value(value.get("region")),
        };
        self.streams = value.as_array().unwrap_or_default().iter().take(MOST).map(stream).collect();
    }

    /// Time goes on.
    pub(super) fn advance(&mut self, seconds: f64) {
        for ripple in &mut self.ripples {
            ripple.age += seconds;
        }
    }

    /// The velocity that a particle gets on top of its own during a step.
    pub(super) fn at(&self, at: Point, seconds: f64, density: f64) -> Vec2 {
        let disturbed = self.disturbances.iter().map(|field| field.at(at, seconds, density));
        let rippled = self.ripples.iter().map(|field| field.at(at, density));
        let carried = self.streams.iter().filter(|field| field.region.contains(at)).map(|field| field.velocity);
        disturbed.chain(rippled).chain(carried).fold(Vec2::ZERO, |sum, velocity| sum + velocity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(number: f64) -> Value {
        Value::Number(number)
    }

    fn region(shape: f64, x: f64, y: f64, width: f64, height: f64) -> [(&'static str, Value); 3] {
        [
            ("shape", n(shape)),
            ("position", Value::object([("x", n(x)), ("y", n(y))])),
            ("size", Value::object([("width", n(width)), ("height", n(height))])),
        ]
    }

    fn disturbance(shape: f64, strength: f64, feather: f64) -> Fields {
        let [a, b, c] = region(shape, 50.0, 50.0, 100.0, 100.0);
        let quiet = ("noiseAmplitude", n(0.0));
        let value = Value::object([a, b, c, ("strength", n(strength)), ("feather", n(feather)), quiet]);
        let mut fields = Fields::default();
        fields.set_disturbances(&Value::array([value]));
        fields
    }

    #[test]
    fn what_pushes_stops_at_the_edge_and_what_pulls_at_the_centre() {
        let at = Point::new(75.0, 50.0);
        assert_eq!(disturbance(0.0, 10.0, 0.0).at(at, 0.1, 1.0), Vec2::new(10.0, 0.0));
        assert_eq!(disturbance(0.0, 1000.0, 0.0).at(at, 0.1, 1.0), Vec2::new(250.0, 0.0));
        assert_eq!(disturbance(0.0, -1000.0, 0.0).at(at, 0.1, 1.0), Vec2::new(-250.0, 0.0));
        assert_eq!(disturbance(0.0, 10.0, 50.0).at(at, 0.1, 1.0), Vec2::new(5.0, 0.0), "softer near the edge");
        assert_eq!(disturbance(0.0, 10.0, 0.0).at(Point::new(150.0, 50.0), 0.1, 1.0), Vec2::ZERO);
        let corner = Point::new(95.0, 95.0);
        assert_eq!(disturbance(1.0, 10.0, 0.0).at(corner, 0.1, 1.0), Vec2::ZERO, "circles have no corners");
    }

    #[test]
    fn ripples_come_with_time_and_go_on_when_they_are_set_again() {
        let [a, b, c] = region(0.0, 50.0, 50.0, 200.0, 200.0);
        let value = Value::array([Value::object([
            ("amplitude", n(10.0)),
            ("wavelength", n(40.0)),
            ("waveSpeed", n(100.0)),
            ("region", Value::object([a, b, c])),
        ])]);
        let mut fields = Fields::default();
        fields.set_ripples(&value);
        let at = Point::new(50.0, 0.0);
        fields.advance(0.1);
        assert_eq!(fields.at(at, 0.1, 1.0), Vec2::ZERO, "not there yet");
        fields.advance(0.93);
        fields.set_ripples(&value);
        let moved = fields.at(at, 0.1, 1.0);
        assert!(moved.x != 0.0 && moved.y == 0.0, "{moved:?}");
    }

    #[test]
    fn streams_carry_what_is_inside() {
        let [a, b, c] = region(2.0, 0.0, 0.0, 20.0, 10.0);
        let velocity = Value::object([("x", n(3.0)), ("y", n(4.0))]);
        let mut fields = Fields::default();
        fields.set_streams(&Value::array([Value::object([
            ("velocity", velocity),
            ("region", Value::object([a, b, c])),
        ])]));
        assert_eq!(fields.at(Point::new(9.0, 0.0), 0.1, 1.0), Vec2::new(3.0, 4.0));
        assert_eq!(fields.at(Point::new(0.0, 9.0), 0.1, 1.0), Vec2::ZERO);
    }
}
