//! What pickers do and look like, besides turning.

use super::tests::{BLUE, RED, WHITE, assert_pixel, attribute, click, draw, flag, number, scene, text};
use concord_ui::value::Value;

fn time(hour: f64, minute: f64) -> Value {
    Value::object([("hour", number(hour)), ("minute", number(minute)), ("second", number(0.0))])
}

fn day(year: f64, month: f64, day: f64) -> Value {
    Value::object([("year", number(year)), ("month", number(month)), ("day", number(day))])
}

#[test]
fn what_passes_the_middle_is_told_before_what_is_chosen() {
    let range = Value::array(["a", "b", "c", "d"].map(text));
    let (mut scene, node) = scene("TextPicker", Value::object([("range", range)]));
    for event in ["onChange", "onScrollStop", "onEnterSelectedArea"] {
        scene.listen(node, event);
    }
    scene.size(node, 100.0, 200.0);
    scene.pull(node, 0.0, -36.0);
    assert_eq!(scene.heard(), ["onEnterSelectedArea ? 1"]);
    scene.release(node);
    assert_eq!(scene.heard(), ["onChange ? 1", "onScrollStop ? 1"]);
}

#[test]
fn a_column_rolls_to_what_is_chosen() {
    let range = Value::array((0..9).map(|item| text(&format!("{item}"))));
    let (mut scene, node) = scene("TextPicker", Value::object([("range", range), ("selected", number(4.0))]));
    scene.size(node, 100.0, 200.0);
    let before = draw(&mut scene);
    click(&mut scene, node, 0.5, 0.9);
    assert_eq!(attribute(&scene, node, "selected"), "6");
    let shot = |frame: &concord_paint::Frame| -> Vec<u32> {
        (0..300).map(|y| (0..300).map(|x| frame.pixel(x, y).to_argb() & 0xff).sum()).collect()
    };
    let first = draw(&mut scene);
    scene.rest();
    let rested = draw(&mut scene);
    assert_ne!(shot(&first), shot(&rested), "on its way");
    assert_ne!(shot(&before), shot(&rested));
    assert!(scene.tree.ticker.next().is_none());
}

#[test]
fn columns_are_as_wide_as_the_app_says() {
    let column = || Value::array(["a", "b", "c"].map(text));
    let range = Value::array([column(), column()]);
    let widths = Value::array([text("60vp")]);
    let (mut scene, node) = scene("TextPicker", Value::object([("range", range), ("columnWidths", widths)]));
    scene.size(node, 300.0, 200.0);
    // Beyond the first column, which would reach to 150 vp.
    click(&mut scene, node, 0.3, 0.7);
    assert_eq!(attribute(&scene, node, "selected"), "0,1");
    click(&mut scene, node, 0.1, 0.7);
    assert_eq!(attribute(&scene, node, "selected"), "1,1");
}

#[test]
fn lines_and_a_box_mark_what_is_chosen() {
    let range = Value::array([text("")]);
    let (mut scene, node) = scene("TextPicker", Value::object([("range", range)]));
    scene.size(node, 90.0, 90.0);
    scene.set(node, "defaultPickerItemHeight", &[number(30.0)]);
    scene.set(node, "divider", &[Value::object([("strokeWidth", number(4.0)), ("color", text("#ff0000"))])]);
    scene.set(
        node,
        "selectedBackgroundStyle",
        &[Value::object([("color", text("#0000ff")), ("borderRadius", number(0.0))])],
    );
    let frame = draw(&mut scene);
    assert_pixel(&frame, 135, 90, RED);
    assert_pixel(&frame, 135, 180, RED);
    assert_pixel(&frame, 135, 135, BLUE);
    scene.set(node, "divider", &[Value::Null]);
    let frame = draw(&mut scene);
    assert_pixel(&frame, 135, 84, WHITE);
}

#[test]
fn options_fade_towards_the_ends() {
    let range = Value::array(["█", "█", "█", "█", "█"].map(text));
    let options = Value::object([("range", range), ("selected", number(2.0))]);
    let dark = |height: Value| {
        let (mut scene, node) = scene("TextPicker", options.clone());
        scene.size(node, 90.0, 90.0);
        scene.set(node, "defaultPickerItemHeight", &[number(18.0)]);
        scene.set(node, "gradientHeight", &[height]);
        let frame = draw(&mut scene);
        // The outermost option.
        (0..54)
            .flat_map(|y| (0..270).map(move |x| (x, y)))
            .map(|(x, y)| 255 - (frame.pixel(x, y).to_argb() & 0xff))
            .max()
    };
    let (plain, faded) = (dark(number(0.0)), dark(number(45.0)));
    assert!(plain > Some(150) && faded < plain.map(|dark| dark / 2 + 20), "{plain:?} {faded:?}");
}

#[test]
fn hours_that_turn_past_noon_take_the_half_of_the_day_along() {
    let (mut scene, node) = scene("TimePicker", Value::object([("selected", time(11.0, 0.0))]));
    scene.size(node, 300.0, 200.0);
    click(&mut scene, node, 0.5, 0.7);
    assert_eq!(attribute(&scene, node, "selected"), "00:00:00");
    scene.set(node, "create", &[Value::object([("selected", time(11.0, 0.0))])]);
    scene.set(node, "enableCascade", &[flag(true)]);
    click(&mut scene, node, 0.5, 0.7);
    assert_eq!(attribute(&scene, node, "selected"), "12:00:00");
    click(&mut scene, node, 0.5, 0.3);
    assert_eq!(attribute(&scene, node, "selected"), "11:00:00");
}

#[test]
fn times_stay_between_their_ends() {
    let options = [("selected", time(8.0, 0.0)), ("start", time(9.0, 30.0)), ("end", time(17.0, 15.0))];
    let (mut scene, node) = scene("TimePicker", Value::object(options));
    scene.set(node, "useMilitaryTime", &[flag(true)]);
    scene.size(node, 300.0, 200.0);
    assert_eq!(attribute(&scene, node, "selected"), "09:30:00");
    // There is nothing before the first hour.
    click(&mut scene, node, 0.25, 0.3);
    assert_eq!(attribute(&scene, node, "selected"), "09:30:00");
    click(&mut scene, node, 0.25, 0.7);
    assert_eq!(attribute(&scene, node, "selected"), "10:30:00");
}

#[test]
fn dates_are_written_as_the_language_does() {
    let months = Value::array(["Jan", "Feb", "Mar"].map(text));
    let language =
        [("order", Value::array(["month", "day", "year"].map(text))), ("months", months), ("day", text("."))];
    let options = [("selected", day(2024.0, 1.0, 3.0)), ("language", Value::object(language))];
    let (mut scene, node) = scene("DatePicker", Value::object(options));
    assert_eq!(attribute(&scene, node, "columns"), "Feb 3. 2024");
    scene.size(node, 300.0, 200.0);
    click(&mut scene, node, 0.9, 0.7);
    assert_eq!(attribute(&scene, node, "selected"), "2025-2-3");
}

#[test]
fn lunar_days_are_days_of_lunar_months() {
    let (mut scene, node) = scene("DatePicker", Value::object([("selected", day(2023.0, 2.0, 22.0))]));
    // The second month of 2023, its leap month from March 22 on, and the third.
    let months =
        [[2023, 2, 0, 30, 19_408], [2023, 2, 1, 29, 19_438], [2023, 3, 0, 29, 19_467], [2024, 2, 0, 30, 19_792]];
    let numbers = months.iter().flatten().map(|part| number(f64::from(*part)));
    scene.command(node, "lunarMonths", &[Value::array(numbers.collect::<Vec<_>>())]);
    scene.set(node, "lunar", &[flag(true)]);
    scene.size(node, 300.0, 200.0);
    assert_eq!(attribute(&scene, node, "columns"), "2023 闰二月 初一");
    click(&mut scene, node, 0.9, 0.7);
    assert_eq!(attribute(&scene, node, "selected"), "2023-3-23");
    click(&mut scene, node, 0.5, 0.7);
    assert_eq!(attribute(&scene, node, "columns"), "2023 三月 初二");
    click(&mut scene, node, 0.5, 0.3);
    click(&mut scene, node, 0.1, 0.7);
    assert_eq!(attribute(&scene, node, "columns"), "2024 二月 初二", "without a leap month in that year");
}
