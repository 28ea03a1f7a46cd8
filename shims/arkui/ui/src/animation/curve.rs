//! Curves: how far an animation is (0 at its beginning, 1 at its end) by the time that has passed.

use super::spring::Spring;
use crate::value::Value;
use std::rc::Rc;

/// Most samples of a curve of the app.
const MAX_SAMPLES: usize = 4096;

/// A curve.
#[derive(Debug, Clone, PartialEq)]
pub enum Curve {
    /// A cubic Bézier curve through (0, 0) and (1, 1), by its two other points; the x of both are in 0 to 1.
    Bezier([f64; 4]),
    /// Equal steps; the first at once when `at_start`.
    Steps {
        /// How many, at least 1.
        count: u32,
        /// Whether each interval has the value of its end.
        at_start: bool,
    },
    /// `springCurve`: a spring that is brought into the duration of the animation.
    Spring(Spring),
    /// `springMotion`, `responsiveSpringMotion`: a spring with a duration of its own, which takes over the speed of the spring
    /// that it replaces.
    Motion(Spring),
    /// `interpolatingSpring`: a spring with a duration of its own, which begins with the speed that it is told.
    Interpolating(Spring),
    /// A curve of the app, by its values at equal distances.
    Samples(Rc<[f64]>),
}

impl Curve {
    /// The straight line.
    pub const LINEAR: Curve = Curve::Bezier([0.0, 0.0, 1.0, 1.0]);
    /// `Curve.EaseInOut`, the default of `animateTo`.
    pub const EASE_IN_OUT: Curve = Curve::Bezier([0.42, 0.0, 0.58, 1.0]);

    /// By the name of a member of `Curve`, as the platform writes it.
    pub fn named(name: &str) -> Option<Curve> {
        Some(Curve::Bezier(match name {
            "linear" => return Some(Curve::LINEAR),
            "ease" => [0.25, 0.1, 0.25, 1.0],
            "ease-in" => [0.42, 0.0, 1.0, 1.0],
            "ease-out" => [0.0, 0.0, 0.58, 1.0],
            "ease-in-out" => return Some(Curve::EASE_IN_OUT),
            "fast-out-slow-in" => [0.4, 0.0, 0.2, 1.0],
            "linear-out-slow-in" => [0.0, 0.0, 0.2, 1.0],
            "fast-out-linear-in" => [0.4, 0.0, 1.0, 1.0],
            "extreme-deceleration" => [0.0, 0.0, 0.0, 1.0],
            "sharp" => [0.33, 0.0, 0.67, 1.0],
            "rhythm" => [0.7, 0.0, 0.2, 1.0],
            "smooth" => [0.4, 0.0, 0.4, 1.0],
            "friction" => [0.2, 0.0, 0.2, 1.0],
            _ => return None,
        }))
    }

    /// A spring by its response in seconds and its damping ratio, as `springMotion` is told.
    pub fn motion(response: f64, damping: f64) -> Curve {
        Curve::Motion(Spring::of_response(response, damping))
    }

    /// From a name, or `[kind, …numbers]` with the kinds `bezier`, `steps`, `spring`, `motion`, `interpolating` and `samples`.
    pub fn from_value(value: &Value) -> Option<Curve> {
        if let Some(name) = value.as_str() {
            return Curve::named(name).or_else(|| Curve::from_text(name));
        }
        let items = value.as_array()?;
        let kind = items.first()?.as_str()?;
        let number = |index: usize| items.get(index).and_then(Value::as_f64);
        let spring = || Some(Spring::of_mass(number(1)?, number(2)?, number(3)?, number(4)?));
        match kind {
            "bezier" => Some(Curve::bezier(number(1)?, number(2)?, number(3)?, number(4)?)),
            "steps" => Some(Curve::steps(number(1)?, items.get(2)?.as_bool()?)),
            "spring" => spring().map(Curve::Spring),
            "motion" => Some(Curve::motion(number(1)?, number(2)?)),
            "interpolating" => spring().map(Curve::Interpolating),
            "samples" => {
                let samples: Option<Vec<f64>> = items.iter().skip(1).take(MAX_SAMPLES).map(Value::as_f64).collect();
                samples.filter(|samples| samples.len() > 1).map(|samples| Curve::Samples(samples.into()))
            }
            _ => None,
        }
    }

    /// A Bézier curve; x are brought into 0 to 1.
    pub fn bezier(x1: f64, y1: f64, x2: f64, y2: f64) -> Curve {
        Curve::Bezier([x1.clamp(0.0, 1.0), y1, x2.clamp(0.0, 1.0), y2])
    }

    /// Steps; at least one.
    pub fn steps(count: f64, at_start: bool) -> Curve {
        Curve::Steps { count: if count >= 1.0 { count.min(1e6) as u32 } else { 1 }, at_start }
    }

    /// `cubic-bezier(…)`, `steps(…)`, `spring-motion(…)` and their like, as curves are written as text.
    fn from_text(text: &str) -> Option<Curve> {
        let (name, rest) = text.split_once('(')?;
        let parts: Vec<&str> = rest.trim_end().strip_suffix(')')?.split(',').map(str::trim).collect();
        let number = |index: usize| parts.get(index)?.parse::<f64>().ok().filter(|number| number.is_finite());
        let spring = || Some(Spring::of_mass(number(0)?, number(1)?, number(2)?, number(3)?));
        match name.trim() {
            "cubic-bezier" => Some(Curve::bezier(number(0)?, number(1)?, number(2)?, number(3)?)),
            "steps" => Some(Curve::steps(number(0)?, parts.get(1) == Some(&"start"))),
            "spring" => spring().map(Curve::Spring),
            "interpolating-spring" => spring().map(Curve::Interpolating),
            "spring-motion" => Some(Curve::motion(number(0).unwrap_or(0.55), number(1).unwrap_or(0.825))),
            "responsive-spring-motion" => Some(Curve::motion(number(0).unwrap_or(0.15), number(1).unwrap_or(0.86))),
            _ => None,
        }
    }

    /// How long a spring takes, in ms; `None` for curves that last as long as they are told.
    pub fn own_duration(&self) -> Option<f64> {
        match self {
            Curve::Motion(spring) | Curve::Interpolating(spring) => Some(spring.settling_time(1.0) * 1000.0),
            _ => None,
        }
    }

    /// Where it is when `fraction` (0 to 1) of its duration has passed.
    pub fn at(&self, fraction: f64) -> f64 {
        let x = fraction.clamp(0.0, 1.0);
        match self {
            Curve::Bezier(points) => bezier_at(*points, x),
            Curve::Steps { count, at_start } => {
                let count = f64::from(*count);
                let step = if *at_start { (x * count).floor() + 1.0 } else { (x * count).floor() };
                (step / count).min(1.0)
            }
            Curve::Spring(spring) | Curve::Motion(spring) | Curve::Interpolating(spring) => {
                if x >= 1.0 {
                    1.0
                } else {
                    spring.progress(x * spring.settling_time(1.0))
                }
            }
            Curve::Samples(samples) => {
                let at = x * (samples.len() - 1) as f64;
                let value = |index: usize| samples.get(index).or(samples.last()).copied().unwrap_or(1.0);
                let (low, part) = (at.floor(), at.fract());
                value(low as usize) * (1.0 - part) + value(low as usize + 1) * part
            }
        }
    }
}

/// The y of a curve where its x has a value. x grows along the curve, so halving finds it; 60 halves are exact.
fn bezier_at([x1, y1, x2, y2]: [f64; 4], x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 || [x1, y1, x2, y2] == [0.0, 0.0, 1.0, 1.0] {
        return x;
    }
    let on = |a: f64, b: f64, t: f64| {
        let s = 1.0 - t;
        3.0 * a * t * s * s + 3.0 * b * t * t * s + t * t * t
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if on(x1, x2, middle) < x {
            low = middle;
        } else {
            high = middle;
        }
    }
    on(y1, y2, (low + high) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-3, "{found} instead of {expected}");
    }

    #[test]
    fn bezier_curves_have_their_known_values() {
        // Values of CSS `ease`, `ease-in` and `ease-in-out`, which are the same curves.
        near(Curve::named("ease").map_or(0.0, |curve| curve.at(0.5)), 0.8024);
        near(Curve::named("ease-in").map_or(0.0, |curve| curve.at(0.5)), 0.3154);
        near(Curve::EASE_IN_OUT.at(0.25), 0.1292);
        near(Curve::EASE_IN_OUT.at(0.5), 0.5);
        near(Curve::LINEAR.at(0.3), 0.3);
    }

    #[test]
    fn all_named_curves_begin_and_end() {
        let names = "linear ease ease-in ease-out ease-in-out fast-out-slow-in linear-out-slow-in fast-out-linear-in \
                     extreme-deceleration sharp rhythm smooth friction";
        for name in names.split_whitespace() {
            let curve = Curve::named(name);
            assert_eq!(curve.as_ref().map(|curve| (curve.at(0.0), curve.at(1.0))), Some((0.0, 1.0)), "{name}");
        }
    }

    #[test]
    fn steps_jump_at_their_ends_or_at_their_starts() {
        let (end, start) = (Curve::steps(4.0, false), Curve::steps(4.0, true));
        assert_eq!([0.0, 0.24, 0.25, 0.9, 1.0].map(|x| end.at(x)), [0.0, 0.0, 0.25, 0.75, 1.0]);
        assert_eq!([0.0, 0.24, 0.25, 0.9, 1.0].map(|x| start.at(x)), [0.25, 0.25, 0.5, 1.0, 1.0]);
    }

    #[test]
    fn samples_are_joined_by_lines() {
        let curve = Curve::Samples(vec![0.0, 1.0, 0.5].into());
        assert_eq!([0.0, 0.25, 0.5, 0.75, 1.0].map(|x| curve.at(x)), [0.0, 0.5, 1.0, 0.75, 0.5]);
    }

    #[test]
    fn curves_are_read_from_text() {
        assert_eq!(Curve::from_text("cubic-bezier(0.1, 0.2, 0.3, 0.4)"), Some(Curve::bezier(0.1, 0.2, 0.3, 0.4)));
        assert_eq!(Curve::from_text("spring-motion()"), Some(Curve::motion(0.55, 0.825)));
        assert_eq!(Curve::from_text("spring(1, 2"), None);
    }
}
