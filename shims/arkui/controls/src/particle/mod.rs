//! `Particle`: points or pictures that emitters let loose, and what moves them.
//!
//! They move in steps of a sixtieth of a second, by numbers that are the same in every run. Emitters that end are followed to
//! their end; endless ones only while somebody looks, so that an app that snows is idle all the same.

mod emitter;
mod fields;
mod noise;
mod options;
mod random;
#[cfg(test)]
mod tests;

use super::image::place_picture;
use concord_paint::kurbo::{Affine, Circle, Rect, Shape, Size as Extent, Vec2};
use concord_paint::{Brush, LayerStyle, Painter, Sampling};
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::Size;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pictures::Source;
use concord_ui::scene::kurbo_rect;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Environment;
use concord_ui::value::{Args, Value};
use emitter::{Emitter, Particle as One};
use fields::Fields;
use options::{Kind, MOST, Options};
use random::Random;
use std::any::Any;

/// See the module.
pub(crate) struct Particle;

/// A step of time, in ms.
const STEP: f64 = 1000.0 / 60.0;
/// Most steps at a time: what happened longer ago is left out.
const MOST_STEPS: usize = 120;
/// How long endless emitters are followed where nobody looks, in ms.
const UNSEEN: f64 = 3000.0;

#[derive(Debug)]
struct State {
    /// What the emitters were made from.
    told: Value,
    emitters: Vec<Emitter>,
    fields: Fields,
    random: Random,
    /// Time of the clock of the first and of the last step.
    clock: Option<(f64, f64)>,
}

impl Default for State {
    fn default() -> State {
        State {
            told: Value::Undefined,
            emitters: Vec::new(),
            fields: Fields::default(),
            random: Random::new(0),
            clock: None,
        }
    }
}

impl State {
    /// Moves on to a time of the clock.
    fn advance(&mut self, now: f64, room: Extent, environment: &Environment) {
        let (_, last) = self.clock.get_or_insert((now, now));
        let behind = ((now - *last) / STEP + 1e-6).floor().max(0.0);
        *last += behind * STEP;
        for _ in 0..(behind as usize).min(MOST_STEPS) {
            self.fields.advance(STEP / 1000.0);
            for emitter in &mut self.emitters {
                emitter.advance(STEP / 1000.0, room, environment, &self.fields, &mut self.random);
            }
        }
    }

    /// Whether there is anything to follow at a time of the clock.
    fn goes_on(&self, now: f64, watched: bool) -> bool {
        let young = self.clock.is_none_or(|(first, _)| now - first < UNSEEN);
        self.emitters.iter().any(|emitter| emitter.goes_on() && (watched || young || emitter.ends()))
    }
}

impl Component for Particle {
    fn name(&self) -> &'static str {
        "Particle"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let sources: Vec<(usize, Source)> = pass.tree.state::<State>(node).map_or(Vec::new(), |state| {
            let wanted = |(index, emitter): (usize, &Emitter)| match &emitter.options.kind {
                Kind::Image { source: Some(source), .. } if emitter.picture.is_none() => Some((index, source.clone())),
                _ => None,
            };
            state.emitters.iter().enumerate().filter_map(wanted).collect()
        });
        for (index, source) in sources {
            let picture = pass.tree.pictures.load(&source, pass.host).ok();
            let state = pass.tree.state_mut::<State>(node);
            if let Some(emitter) = state.and_then(|state| state.emitters.get_mut(index)) {
                emitter.picture = Some(picture);
            }
        }
        let extent = |max: f32| if max.is_finite() { max } else { 0.0 };
        constraint.fit(Size::new(extent(constraint.max.width), extent(constraint.max.height)))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        let tree = &mut *pass.tree;
        if !tree.environment.animations {
            return;
        }
        let (now, watched) = (tree.now, tree.watched_live);
        let environment = tree.environment.clone();
        let Some(room) = tree.get(node).filter(|node| node.layout.active).map(|node| node.layout.content().size) else {
            // Before the first layout there is no room yet.
            tree.tick_at(node, now + STEP);
            return;
        };
        let density = f64::from(environment.density);
        let room = Extent::new(f64::from(room.width) / density, f64::from(room.height) / density);
        let Some(state) = tree.state_mut::<State>(node) else { return };
        state.advance(now, room, &environment);
        if state.goes_on(now, watched) {
            tree.tick_at(node, now + STEP);
        }
        tree.mark_paint(node);
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(entry)) = (tree.state::<State>(node), tree.get(node)) else { return };
        let origin = kurbo_rect(&entry.layout.content()).origin();
        let density = f64::from(tree.environment.density);
        painter.save();
        painter.transform(Affine::translate(origin.to_vec2()));
        for emitter in &state.emitters {
            for particle in emitter.alive.iter().filter(|one| one.opacity() > 0.0 && one.scale() > 0.0) {
                draw(emitter, particle, &tree.environment, density, painter);
            }
        }
        painter.restore();
    }
}

fn draw(emitter: &Emitter, particle: &One, environment: &Environment, density: f64, painter: &mut Painter) {
    let at = (particle.position.to_vec2() * density).to_point();
    match &emitter.options.kind {
        Kind::Point(radius) => {
            let color = particle.color().multiply_alpha(particle.opacity() as f32);
            let circle = Circle::new(at, radius * particle.scale() * density);
            painter.fill(circle.to_path(0.1), &Brush::Solid(color));
        }
        Kind::Image { size, fit, .. } => {
            let Some(Some(loaded)) = &emitter.picture else { return };
            let side = |index: usize| {
                let px = size.get(index).and_then(Option::as_ref).map_or(0.0, |length| length.to_px(environment));
                f64::from(px) * particle.scale()
            };
            let space = Rect::from_origin_size(at, (side(0), side(1)));
            if space.is_zero_area() {
                return;
            }
            let own = loaded.size();
            let target = place_picture(*fit, own, space);
            let Some(picture) = loaded.picture(target.width() as f32, target.height() as f32, None) else { return };
            let faded = particle.opacity() < 1.0;
            painter.save();
            let middle: Vec2 = space.center().to_vec2();
            painter.transform(
                Affine::translate(middle) * Affine::rotate(particle.spin().to_radians()) * Affine::translate(-middle),
            );
            painter.clip_rect(space);
            if faded {
                painter.push_layer(LayerStyle { opacity: particle.opacity() as f32, ..LayerStyle::default() });
            }
            painter.picture(&picture, picture.rect(), target, Sampling::Mipmap, None);
            if faded {
                painter.pop_layer();
            }
            painter.restore();
        }
    }
}

/// Changes the fields, which the next step knows.
fn fields(node: &mut Setter<'_>, change: impl FnOnce(&mut Fields)) -> Value {
    if let Some(state) = node.tree.state_mut::<State>(node.node) {
        change(&mut state.fields);
    }
    wake(node)
}

fn wake(node: &mut Setter<'_>) -> Value {
    let now = node.tree.now;
    node.tree.tick_at(node.node, now);
    node.tree.needs_frame = true;
    Value::Undefined
}

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let particles = args.get(0).get("particles");
    let seed = node.tree.number(node.node);
    let Some(state) = node.tree.state_mut::<State>(node.node) else { return Value::Undefined };
    if state.told == *particles {
        return Value::Undefined;
    }
    state.told = particles.clone();
    let options = particles.as_array().unwrap_or_default().iter().take(MOST).map(Options::from_value);
    state.emitters = options.map(Emitter::new).collect();
    (state.random, state.clock) = (Random::new(seed), None);
    node.tree.mark_measure(node.node);
    wake(node)
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "emitter",
        apply: |node, args| {
            if let Some(state) = node.tree.state_mut::<State>(node.node) {
                for property in args.get(0).as_array().unwrap_or_default() {
                    let index = property.get("index").as_f64().filter(|index| *index >= 0.0).unwrap_or(0.0).round();
                    if let Some(emitter) = state.emitters.get_mut(index as usize) {
                        emitter.place.update(property);
                    }
                }
            }
            wake(node)
        },
    },
    Method { name: "disturbanceFields", apply: |node, args| fields(node, |all| all.set_disturbances(args.get(0))) },
    Method { name: "rippleFields", apply: |node, args| fields(node, |all| all.set_ripples(args.get(0))) },
    Method { name: "velocityFields", apply: |node, args| fields(node, |all| all.set_streams(args.get(0))) },
];
