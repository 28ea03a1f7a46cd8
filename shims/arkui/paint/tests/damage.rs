//! Pictures that are painted in parts must be those that are painted whole, whatever changes.

mod support;

use concord_paint::kurbo::{Affine, Circle, RoundedRect, Shape};
use concord_paint::{Color, CpuRaster, DisplayList, Filter, LayerStyle, Painter, Surface};
use support::{TOLERANCE, difference, record, rect, render, solid};

const SIDE: u32 = 160;

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn number(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * self.below(1000) as f64 / 1000.0
    }
}

/// A box with boxes inside, like a node.
#[derive(Clone)]
struct Node {
    kind: u64,
    at: (f64, f64),
    size: (f64, f64),
    color: u32,
    inner: Vec<Node>,
}

impl Node {
    fn random(random: &mut Random, effects: bool, depth: u32) -> Node {
        let count = if depth == 0 { 0 } else { random.below(5) };
        Node {
            kind: random.below(if effects { 9 } else { 5 }),
            at: (random.number(-10.0, 90.0), random.number(-10.0, 90.0)),
            size: (random.number(5.0, 90.0), random.number(5.0, 90.0)),
            color: random.below(u64::from(u32::MAX)) as u32 | 0x6000_0000,
            inner: (0..count).map(|_| Node::random(random, effects, depth - 1)).collect(),
        }
    }

    /// Changes one thing somewhere.
    fn change(&mut self, random: &mut Random, effects: bool) {
        let next = random.below(self.inner.len() as u64 + 1) as usize;
        if let Some(inner) = self.inner.get_mut(next) {
            return inner.change(random, effects);
        }
        match random.below(6) {
            0 => self.color ^= 0x0055_aa55,
            1 => self.at.0 += random.number(-20.0, 20.0),
            2 => self.size.1 = random.number(5.0, 90.0),
            3 => self.kind = random.below(if effects { 9 } else { 5 }),
            4 => self.inner.push(Node::random(random, effects, 1)),
            _ => drop(self.inner.pop()),
        }
    }

    fn paint(&self, p: &mut Painter) {
        let (width, height) = self.size;
        let bounds = rect(0.0, 0.0, width, height);
        let round = RoundedRect::from_rect(bounds, 6.0);
        let color = Color::from_argb(self.color);
        p.save();
        p.translate(self.at.0, self.at.1);
        let style = |filters| Some(LayerStyle { opacity: 0.8, filters, ..LayerStyle::default() });
        let layer = match self.kind {
            1 => style(Vec::new()),
            5 => style(vec![Filter::Blur { sigma: 4.0 }]),
            _ => None,
        };
        match self.kind {
            2 => p.clip_rounded(round),
            3 => p.transform(Affine::rotate(0.3)),
            6 => p.shadow(round, 8.0, Color::BLACK, (3.0, 5.0), true),
            7 => p.backdrop(round.to_path(0.1), &[Filter::Blur { sigma: 5.0 }]),
            _ => {}
        }
        if let Some(layer) = layer.clone() {
            p.push_layer(layer);
        }
        p.fill_rounded(round, &solid(color));
        p.fill(Circle::new((width / 2.0, height / 2.0), 4.0).to_path(0.1), &solid(Color::WHITE));
        if self.kind == 4 {
            p.append(&record(|p| self.inner.iter().for_each(|inner| inner.paint(p))));
        } else {
            self.inner.iter().for_each(|inner| inner.paint(p));
        }
        if layer.is_some() {
            p.pop_layer();
        }
        p.restore();
    }

    fn list(&self) -> DisplayList {
        record(|p| {
            p.fill_rect(rect(0.0, 0.0, f64::from(SIDE), f64::from(SIDE)), &solid(Color::WHITE));
            self.paint(p);
        })
    }
}

/// Random changes, one after the other, on one surface. Returns the largest difference from a whole picture, and how much was
/// painted, as a part of painting all.
fn changes(seed: u64, effects: bool) -> (u8, f64) {
    let mut random = Random(seed);
    let mut node = Node::random(&mut random, effects, 4);
    let mut surface = Surface::new(CpuRaster::new(), SIDE, SIDE).expect("a size that is allowed");
    surface.show(&node.list());
    let (mut most, mut painted) = (0, 0.0);
    for _ in 0..30 {
        node.change(&mut random, effects);
        let list = node.list();
        painted += surface.show(&list).iter().map(|rect| rect.area()).sum::<f64>();
        most = most.max(difference(&render(&list, SIDE, SIDE), surface.frame()).0);
    }
    (most, painted / (30.0 * f64::from(SIDE * SIDE)))
}

#[test]
fn after_any_change_the_picture_is_that_of_a_whole_painting() {
    let mut all = 0.0;
    for seed in 0..40 {
        let (most, painted) = changes(seed, false);
        assert!(most <= TOLERANCE, "seed {seed}: {most}");
        all += painted;
    }
    assert!(all / 40.0 < 0.5, "most of a picture stays as it is: {}", all / 40.0);
}

#[test]
fn what_blurs_reach_is_painted_too() {
    for seed in 100..140 {
        let (most, _) = changes(seed, true);
        // Each blur on top of another rounds once more.
        assert!(most <= TOLERANCE + 1, "seed {seed}: {most}");
    }
}

#[test]
fn what_is_the_same_is_not_painted() {
    let node = Node::random(&mut Random(7), true, 4);
    let mut surface = Surface::new(CpuRaster::new(), SIDE, SIDE).unwrap();
    assert_eq!(surface.show(&node.list()), [rect(0.0, 0.0, f64::from(SIDE), f64::from(SIDE))]);
    assert_eq!(surface.show(&node.list()), []);
}

#[test]
fn distant_changes_are_painted_apart() {
    let page = |clock: Color, bar: f64| {
        record(|p| {
            for (at, color) in [(0.0, clock), (60.0, Color::BLACK), (120.0, Color::BLACK)] {
                p.save();
                p.translate(0.0, at);
                p.fill_rect(rect(0.0, 0.0, if at > 100.0 { bar } else { 30.0 }, 10.0), &solid(color));
                p.restore();
            }
        })
    };
    let (red, black) = (Color::rgb8(255, 0, 0), Color::BLACK);
    assert_eq!(page(red, 30.0).damage(&page(black, 50.0)), [rect(0.0, 0.0, 30.0, 10.0), rect(0.0, 120.0, 50.0, 10.0)]);
}
