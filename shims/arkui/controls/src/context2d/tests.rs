//! What contexts draw, by pixels.

use super::*;
use concord_paint::{Color, GradientKind};

const RED: Color = Color::from_argb(0xffff_0000);
const BLUE: Color = Color::from_argb(0xff00_00ff);

fn context(scale: f64, side: u32) -> Context2d {
    let mut context = Context2d::new(scale, Fonts::default());
    context.resize(side, side).expect("a surface");
    context
}

fn fill(context: &mut Context2d, color: Color, rect: [f64; 4]) {
    context.set(Property::Fill(CanvasStyle::Color(color)));
    let [x, y, width, height] = rect;
    context.fill_rect(Rect::new(x, y, x + width, y + height));
}

fn pixel(context: &mut Context2d, x: u32, y: u32) -> Color {
    context.pixels().and_then(|pixels| pixels.picture()).expect("pixels").pixel(x, y)
}

#[test]
fn units_and_transforms_multiply() {
    let mut context = context(3.0, 60);
    context.save();
    context.set_transform(Affine::translate((5.0, 5.0)) * Affine::scale(2.0));
    fill(&mut context, RED, [0.0, 0.0, 5.0, 5.0]);
    context.restore();
    assert_eq!(pixel(&mut context, 16, 16), RED);
    assert_eq!(pixel(&mut context, 44, 44), RED);
    assert_eq!(pixel(&mut context, 46, 46), Color::TRANSPARENT);
    assert_eq!(pixel(&mut context, 14, 14), Color::TRANSPARENT);
    context.clear_rect(Rect::new(5.0, 5.0, 10.0, 10.0));
    assert_eq!(pixel(&mut context, 16, 16), Color::TRANSPARENT);
    assert_eq!(pixel(&mut context, 44, 44), RED);
}

#[test]
fn clips_end_with_restore() {
    let mut context = context(1.0, 40);
    context.save();
    context.path().rect(10.0, 10.0, 10.0, 10.0);
    context.clip(None, FillRule::NonZero);
    fill(&mut context, RED, [0.0, 0.0, 40.0, 40.0]);
    context.restore();
    assert_eq!((pixel(&mut context, 15, 15), pixel(&mut context, 5, 5)), (RED, Color::TRANSPARENT));
    fill(&mut context, BLUE, [0.0, 0.0, 5.0, 5.0]);
    assert_eq!(pixel(&mut context, 2, 2), BLUE);
}

#[test]
fn compositing_acts_on_what_is_there() {
    let compose = |operation: &str| {
        let mut context = context(1.0, 30);
        fill(&mut context, RED, [0.0, 0.0, 20.0, 20.0]);
        context.set(Property::Text("globalCompositeOperation".to_owned(), operation.to_owned()));
        fill(&mut context, BLUE, [10.0, 10.0, 20.0, 20.0]);
        [5, 15, 25].map(|at| pixel(&mut context, at, at))
    };
    let none = Color::TRANSPARENT;
    assert_eq!(compose("source-over"), [RED, BLUE, BLUE]);
    assert_eq!(compose("destination-over"), [RED, RED, BLUE]);
    assert_eq!(compose("source-in"), [none, BLUE, none]);
    assert_eq!(compose("destination-in"), [none, RED, none]);
    assert_eq!(compose("source-out"), [none, none, BLUE]);
    assert_eq!(compose("destination-out"), [RED, none, none]);
    assert_eq!(compose("source-atop"), [RED, BLUE, none]);
    assert_eq!(compose("destination-atop"), [none, RED, BLUE]);
    assert_eq!(compose("xor"), [RED, none, BLUE]);
    assert_eq!(compose("copy"), [none, BLUE, BLUE]);
}

#[test]
fn gradients_follow_their_stops() {
    let mut context = context(1.0, 100);
    let mut gradient = StyleKind::gradient(&[0.0, 0.0, 100.0, 0.0]).expect("a gradient");
    gradient.add_stop(Stop { offset: 1.0, color: BLUE });
    gradient.add_stop(Stop { offset: 0.0, color: RED });
    context.set(Property::Fill(CanvasStyle::Shared(Rc::new(RefCell::new(gradient)))));
    context.fill_rect(Rect::new(0.0, 0.0, 100.0, 100.0));
    let [left, right] = [pixel(&mut context, 2, 50), pixel(&mut context, 97, 50)].map(Color::to_argb);
    assert!(left >> 16 & 0xff > 240 && right & 0xff > 240, "{left:x} {right:x}");
    assert!(StyleKind::gradient(&[0.0, f64::NAN, 1.0]).is_none());
    assert!(matches!(StyleKind::gradient(&[0.0, 1.0, 2.0]), Some(StyleKind::Gradient(GradientKind::Sweep { .. }, _))));
}

#[test]
fn shadows_lie_beside_what_throws_them() {
    let mut context = context(2.0, 60);
    context.set(Property::ShadowColor(BLUE));
    context.set(Property::Number("shadowOffsetX".to_owned(), 10.0));
    fill(&mut context, RED, [0.0, 0.0, 10.0, 10.0]);
    assert_eq!((pixel(&mut context, 10, 10), pixel(&mut context, 30, 10)), (RED, BLUE));
    assert_eq!(pixel(&mut context, 50, 10), Color::TRANSPARENT);
}

#[test]
fn alpha_counts_for_pictures_and_colours() {
    let mut source = context(1.0, 10);
    fill(&mut source, RED, [0.0, 0.0, 10.0, 10.0]);
    let picture = source.pixels().and_then(|pixels| pixels.picture()).expect("pixels");
    let mut context = context(1.0, 20);
    context.set(Property::Number("globalAlpha".to_owned(), 0.5));
    context.draw_picture(&picture, picture.rect(), Rect::new(0.0, 0.0, 20.0, 10.0));
    fill(&mut context, BLUE, [0.0, 10.0, 20.0, 10.0]);
    for y in [5, 15] {
        let alpha = pixel(&mut context, 15, y).to_argb() >> 24;
        assert!((127..=129).contains(&alpha), "{alpha}");
    }
}

#[test]
fn text_has_a_width_and_is_drawn_above_its_baseline() {
    let mut context = context(1.0, 100);
    context.set(Property::Text("font".to_owned(), "40px sans-serif".to_owned()));
    let (short, long) = (context.measure_text("ab").width, context.measure_text("abab").width);
    assert!(short > 0.0 && long > short * 1.9, "{short} {long}");
    context.draw_text("HH", Point::new(0.0, 50.0), None, false);
    let inked = |context: &mut Context2d, rows: std::ops::Range<u32>| {
        rows.flat_map(|y| (0..100).map(move |x| (x, y))).any(|(x, y)| pixel(context, x, y) != Color::TRANSPARENT)
    };
    // Without fonts nothing is drawn; then there is nothing to see anywhere.
    if inked(&mut context, 0..100) {
        assert!(inked(&mut context, 25..50) && !inked(&mut context, 55..100));
    }
}

#[test]
fn layers_are_put_down_by_restore() {
    let mut context = context(1.0, 20);
    context.save_layer();
    fill(&mut context, RED, [0.0, 0.0, 20.0, 20.0]);
    context.restore();
    assert_eq!(pixel(&mut context, 10, 10), RED);
    for _ in 0..5000 {
        context.save();
    }
    context.restore();
    context.reset();
    assert_eq!(pixel(&mut context, 10, 10), Color::TRANSPARENT);
}
