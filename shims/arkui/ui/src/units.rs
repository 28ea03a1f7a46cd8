//! Lengths as the app gives them, and the environment that gives them meaning.

use crate::geometry::Edges;
use crate::value::Value;

/// What a window tells its nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Environment {
    /// px per vp.
    pub density: f32,
    /// vp per fp.
    pub font_scale: f32,
    /// Width of the window in px, for lpx.
    pub window_width: f32,
    /// Width of the app's design in lpx (`window.designWidth` of the module, 720 by default).
    pub design_width: f32,
    /// Whether colours are the dark ones.
    pub dark: bool,
    /// Whether the reading direction of the locale is right to left.
    pub right_to_left: bool,
    /// The API level that the app was made for (`targetAPIVersion` modulo 1000).
    pub target_api: u32,
    /// What bars of the system cover at the edges of the window, in px; pages lie inside.
    pub avoid_area: Edges,
    /// Whether things move; without that, everything is where it ends at once.
    pub animations: bool,
    /// The locale, for instance `en-US`.
    pub locale: String,
}

impl Default for Environment {
    fn default() -> Environment {
        Environment {
            density: 3.0,
            font_scale: 1.0,
            window_width: 1080.0,
            design_width: 720.0,
            dark: false,
            right_to_left: false,
            target_api: 20,
            avoid_area: Edges::default(),
            animations: true,
            locale: "en-US".to_owned(),
        }
    }
}

impl Environment {
    /// vp to px.
    pub fn vp(&self, vp: f32) -> f32 {
        vp * self.density
    }

    /// fp to px.
    pub fn fp(&self, fp: f32) -> f32 {
        fp * self.density * self.font_scale
    }
}

/// Units of lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Device pixels.
    Px,
    /// Virtual pixels.
    Vp,
    /// Font pixels.
    Fp,
    /// Logical pixels: parts of the design width.
    Lpx,
    /// Parts of the reference; 1.0 is all of it.
    Percent,
}

/// A length.
#[derive(Debug, Clone, PartialEq)]
pub enum Length {
    /// A number with a unit.
    Plain(f32, Unit),
    /// `calc(…)`: a sum of terms, parsed once.
    Calc(Box<Calc>),
    /// Size policies of API 15: as large as the parent.
    MatchParent,
    /// As large as the content, within the parent.
    WrapContent,
    /// As large as the content, whatever the parent.
    FixAtIdealSize,
}

/// An expression of `calc`.
#[derive(Debug, Clone, PartialEq)]
pub enum Calc {
    /// A length, or a bare number (as px).
    Term(f32, Unit),
    /// Left plus right.
    Add(Box<Calc>, Box<Calc>),
    /// Left minus right.
    Subtract(Box<Calc>, Box<Calc>),
    /// Left times right.
    Multiply(Box<Calc>, Box<Calc>),
    /// Left divided by right.
    Divide(Box<Calc>, Box<Calc>),
}

impl Length {
    /// Nothing.
    pub const ZERO: Length = Length::Plain(0.0, Unit::Px);

    /// vp.
    pub const fn vp(vp: f32) -> Length {
        Length::Plain(vp, Unit::Vp)
    }

    /// px.
    pub const fn px(px: f32) -> Length {
        Length::Plain(px, Unit::Px)
    }

    /// A length from what the app gave: a number is in `unit`, a string has its own, `LengthMetrics` is an object with
    /// `value` and `unit` (the numbers of `LengthUnit`), `LayoutPolicy` an object with `id_`.
    pub fn from_value(value: &Value, unit: Unit) -> Option<Length> {
        match value {
            Value::Number(number) if number.is_finite() => Some(Length::Plain(*number as f32, unit)),
            Value::String(text) => Length::parse(text, unit),
            Value::Object(_) => {
                if let Some(policy) = value.get("id_").as_str() {
                    return match policy {
                        "matchParent" => Some(Length::MatchParent),
                        "wrapContent" => Some(Length::WrapContent),
                        "fixAtIdealSize" => Some(Length::FixAtIdealSize),
                        _ => None,
                    };
                }
                let number = value.get("value").as_f32()?;
                let unit = match value.get("unit").as_i32()? {
                    0 => Unit::Px,
                    1 => Unit::Vp,
                    2 => Unit::Fp,
                    3 => Unit::Percent,
                    4 => Unit::Lpx,
                    _ => return None,
                };
                Some(Length::Plain(number, unit))
            }
            _ => None,
        }
    }

    /// A length from text: `10`, `10px`, `10vp`, `10fp`, `10lpx`, `50%`, `calc(100% - 10vp)`, `auto`.
    pub fn parse(text: &str, unit: Unit) -> Option<Length> {
        let text = text.trim();
        if text == "auto" {
            return Some(Length::WrapContent);
        }
        if let Some(expression) = text.strip_prefix("calc(").and_then(|rest| rest.strip_suffix(')')) {
            return parse_calc(expression).map(|calc| Length::Calc(Box::new(calc)));
        }
        let (number, unit) = parse_term(text, unit)?;
        Some(Length::Plain(number, unit))
    }

    /// The length in px. `reference` is what 100 % is, infinite or NaN where there is none; a percentage of nothing is `None`.
    pub fn resolve(&self, environment: &Environment, reference: f32) -> Option<f32> {
        match self {
            Length::Plain(number, unit) => resolve_term(*number, *unit, environment, reference),
            Length::Calc(calc) => calc.resolve(environment, reference),
            Length::MatchParent | Length::WrapContent | Length::FixAtIdealSize => None,
        }
    }

    /// The length in px where percentages mean nothing: they count as zero.
    pub fn to_px(&self, environment: &Environment) -> f32 {
        self.resolve(environment, 0.0).unwrap_or(0.0)
    }

    /// Whether it depends on the parent's size.
    pub fn is_relative(&self) -> bool {
        match self {
            Length::Plain(_, unit) => *unit == Unit::Percent,
            Length::Calc(calc) => calc.is_relative(),
            Length::MatchParent | Length::WrapContent | Length::FixAtIdealSize => false,
        }
    }
}

/// The longest length in px: what is added up of such lengths is finite too.
const MOST_PX: f32 = Value::MOST as f32;

fn resolve_term(number: f32, unit: Unit, environment: &Environment, reference: f32) -> Option<f32> {
    let px = match unit {
        Unit::Px => number,
        Unit::Vp => environment.vp(number),
        Unit::Fp => environment.fp(number),
        Unit::Lpx => number * environment.window_width / environment.design_width,
        Unit::Percent => number * reference,
    };
    px.is_finite().then(|| px.clamp(-MOST_PX, MOST_PX))
}

impl Calc {
    fn resolve(&self, environment: &Environment, reference: f32) -> Option<f32> {
        let value = match self {
            Calc::Term(number, unit) => resolve_term(*number, *unit, environment, reference)?,
            Calc::Add(a, b) => a.resolve(environment, reference)? + b.resolve(environment, reference)?,
            Calc::Subtract(a, b) => a.resolve(environment, reference)? - b.resolve(environment, reference)?,
            Calc::Multiply(a, b) => a.resolve(environment, reference)? * b.resolve(environment, reference)?,
            Calc::Divide(a, b) => a.resolve(environment, reference)? / b.resolve(environment, reference)?,
        };
        value.is_finite().then(|| value.clamp(-MOST_PX, MOST_PX))
    }

    fn is_relative(&self) -> bool {
        match self {
            Calc::Term(_, unit) => *unit == Unit::Percent,
            Calc::Add(a, b) | Calc::Subtract(a, b) | Calc::Multiply(a, b) | Calc::Divide(a, b) => {
                a.is_relative() || b.is_relative()
            }
        }
    }
}

fn parse_term(text: &str, default: Unit) -> Option<(f32, Unit)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let number: f32 = number.parse().ok().filter(|number: &f32| number.is_finite())?;
    Some(match unit.trim() {
        "" => (number, default),
        "px" => (number, Unit::Px),
        "vp" => (number, Unit::Vp),
        "fp" => (number, Unit::Fp),
        "lpx" => (number, Unit::Lpx),
        "%" => (number / 100.0, Unit::Percent),
        _ => return None,
    })
}

/// Most terms and deepest nesting of parentheses in `calc`; apps write two or three.
const CALC_LIMIT: usize = 32;

fn parse_calc(text: &str) -> Option<Calc> {
    let mut parser = CalcParser { rest: text, depth: 0, terms: 0 };
    let calc = parser.sum()?;
    parser.rest.trim().is_empty().then_some(calc)
}

struct CalcParser<'a> {
    rest: &'a str,
    depth: usize,
    terms: usize,
}

impl CalcParser<'_> {
    fn take(&mut self, operators: &[char]) -> Option<char> {
        self.rest = self.rest.trim_start();
        let first = self.rest.chars().next().filter(|c| operators.contains(c))?;
        self.rest = &self.rest[first.len_utf8()..];
        Some(first)
    }

    fn sum(&mut self) -> Option<Calc> {
        let mut left = self.product()?;
        while let Some(operator) = self.take(&['+', '-']) {
            let right = Box::new(self.product()?);
            left = match operator {
                '+' => Calc::Add(Box::new(left), right),
                _ => Calc::Subtract(Box::new(left), right),
            };
        }
        Some(left)
    }

    fn product(&mut self) -> Option<Calc> {
        let mut left = self.factor()?;
        while let Some(operator) = self.take(&['*', '/']) {
            let right = Box::new(self.factor()?);
            left = match operator {
                '*' => Calc::Multiply(Box::new(left), right),
                _ => Calc::Divide(Box::new(left), right),
            };
        }
        Some(left)
    }

    fn factor(&mut self) -> Option<Calc> {
        if self.take(&['(']).is_some() {
            self.depth += 1;
            if self.depth > CALC_LIMIT {
                return None;
            }
            let inner = self.sum()?;
            self.depth -= 1;
            self.take(&[')'])?;
            return Some(inner);
        }
        self.terms += 1;
        if self.terms > CALC_LIMIT {
            return None;
        }
        let rest = self.rest.trim_start();
        let sign = usize::from(rest.starts_with(['-', '+']));
        let length = rest.get(sign..)?.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '%')));
        let (term, rest) = rest.split_at(length.map_or(rest.len(), |length| length + sign));
        self.rest = rest;
        let (number, unit) = parse_term(term, Unit::Px)?;
        Some(Calc::Term(number, unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn px(text: &str, reference: f32) -> Option<f32> {
        Length::parse(text, Unit::Vp)?.resolve(&Environment::default(), reference)
    }

    #[test]
    fn units_have_their_meaning() {
        assert_eq!(px("10", 0.0), Some(30.0));
        assert_eq!(px("10px", 0.0), Some(10.0));
        assert_eq!(px("10fp", 0.0), Some(30.0));
        assert_eq!(px("10lpx", 0.0), Some(15.0));
        assert_eq!(px("50%", 200.0), Some(100.0));
        assert_eq!(px("-2.5vp", 0.0), Some(-7.5));
    }

    #[test]
    fn calc_has_precedence_and_parentheses() {
        assert_eq!(px("calc(100% - 10vp * 2)", 200.0), Some(140.0));
        assert_eq!(px("calc((50% + 10px) / 2)", 200.0), Some(55.0));
        assert_eq!(px("calc(-10px + 30px)", 0.0), Some(20.0));
    }

    #[test]
    fn nonsense_is_no_length() {
        for text in ["", "abc", "10 apples", "calc()", "calc(1px +", "calc(1px / 0)"] {
            assert_eq!(px(text, 100.0), None, "{text}");
        }
        assert_eq!(px(&format!("calc({}1px{})", "(".repeat(100), ")".repeat(100)), 0.0), None);
    }

    #[test]
    fn a_percentage_of_nothing_is_none() {
        assert_eq!(px("50%", f32::INFINITY), None);
    }
}
