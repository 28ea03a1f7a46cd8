//! `@concord:arkui/exchange`: what goes between the app and other programs of the desktop: the clipboard and the primary
//! selection. Drags are in `desktop_drag.rs`.

use super::{Ui, nothing, report};
use concord_ability::event_loop::EventLoop;
use concord_desktop::exchange::{Channel, Delivery, Form, HTML, Offer, TEXT, URIS};
use concord_engine::{Call, Context, Exception, JsResult, Value as Js};
use concord_runtime::{FaceModule, Native};
use std::time::Duration;

pub(super) const FACE: FaceModule =
    FaceModule { request: "@concord:arkui/exchange", source: include_str!("exchange.js"), natives: NATIVES, apis: &[] };

const NATIVES: &[(&str, Native)] = &[
    ("offer", offer),
    ("offered", offered),
    ("receive", receive),
    ("receiveLater", receive_later),
    ("onOffered", on_offered),
    ("onTake", on_take),
];

/// How long the app stands still for another program that hands something over; how long it waits without standing still.
const PATIENCE: Duration = Duration::from_millis(500);
const LONG_PATIENCE: Duration = Duration::from_secs(10);

/// Types that are text.
fn is_text(mime: &str) -> bool {
    matches!(mime, TEXT | HTML | URIS)
}

/// What came, as the library wants it: a string or a buffer.
pub(super) fn to_js(context: &Context, mime: &str, bytes: Vec<u8>) -> Js {
    match is_text(mime) {
        true if mime == URIS => context.string(&super::uris::for_app(context, &String::from_utf8_lossy(&bytes))),
        // NUL at the end comes from programs that count it in.
        true => context.string(String::from_utf8_lossy(&bytes).trim_end_matches('\0')),
        false => context.array_buffer(bytes),
    }
}

/// The forms that the library gives: `[type, value, type, value …]` with strings and buffers.
pub(super) fn forms(list: &Js) -> JsResult<Offer> {
    const MOST: u32 = 64;
    let count = if list.is_array() { list.array_len()? } else { 0 };
    let mut forms = Vec::new();
    for index in (0..count.min(MOST)).step_by(2) {
        let (mime, value) = (list.get_index(index)?.as_string().unwrap_or_default(), list.get_index(index + 1)?);
        let bytes = match value.as_string() {
            Some(list) if mime == URIS => super::uris::for_others(value.context(), &list).into_bytes(),
            Some(text) => text.into_bytes(),
            None => value.bytes().unwrap_or_default(),
        };
        forms.push(Form { mime, bytes: bytes.into() });
    }
    Ok(Offer { forms })
}

fn channel(call: &Call<'_>) -> Channel {
    match call.arg(0).as_string().as_deref() {
        Some("primary") => Channel::Primary,
        Some("drag") => Channel::Drag,
        _ => Channel::Clipboard,
    }
}

impl Ui {
    /// Asks for what is offered.
    pub(super) fn receive(&self, channel: Channel, mime: &str) -> Option<Delivery> {
        self.desktop.borrow_mut().as_mut()?.display.receive(channel, mime)
    }

    /// The library hears that another program offers something.
    pub(super) fn offered(&self, context: &Context, channel: Channel) {
        let name = match channel {
            Channel::Clipboard => "clipboard",
            Channel::Primary => "primary",
            Channel::Drag => return,
        };
        let listener = self.desktop.borrow().as_ref().and_then(|desktop| desktop.on_offered.clone());
        if let Some(listener) = listener
            && let Err(exception) = listener.call(&context.undefined(), &[context.string(name)])
        {
            report(context, exception);
        }
    }

    /// What has been selected by hand is offered for the middle button of the mouse.
    pub(super) fn offer_selected(&self) {
        if self.desktop.borrow().is_none() {
            return;
        }
        let selected = self.with_tree(concord_ui::Tree::take_selected);
        if let (Some(text), Some(desktop)) = (selected, self.desktop.borrow_mut().as_mut()) {
            desktop.display.offer(Channel::Primary, Offer::text(&text));
        }
    }
}

/// Calls `done` with a delivery once it is whole, or with nothing.
pub(super) fn deliver(
    context: &Context,
    delivery: Option<Delivery>,
    done: impl FnOnce(&Context, Option<Vec<u8>>) -> JsResult<()> + 'static,
) -> JsResult<()> {
    let Some(event_loop) = EventLoop::of(context) else { return Ok(()) };
    match delivery {
        Some(delivery @ Delivery::Pipe(_)) => event_loop
            .offload(move || delivery.wait(LONG_PATIENCE), done)
            .map_err(|error| Exception(context.error(concord_engine::ErrorKind::Error, &error.to_string()))),
        other => {
            let here = other.and_then(|delivery| delivery.wait(Duration::ZERO));
            event_loop.post(move |context| done(context, here));
            Ok(())
        }
    }
}

/// `offer(channel, [type, value …])`: strings and buffers for other programs.
fn offer(call: &Call<'_>) -> JsResult {
    let offer = forms(&call.arg(1))?;
    if let Some(desktop) = Ui::of(call.context).desktop.borrow_mut().as_mut() {
        desktop.display.offer(channel(call), offer);
    }
    nothing(call.context)
}

/// `offered(channel) → [type]`.
fn offered(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let types = ui.desktop.borrow().as_ref().map(|desktop| desktop.display.offered(channel(call)));
    let types: Vec<Js> = types.unwrap_or_default().iter().map(|mime| call.context.string(mime)).collect();
    Ok(call.context.array(&types))
}

/// `receive(channel, type) → string | ArrayBuffer | undefined`: waits for the other program for a moment.
fn receive(call: &Call<'_>) -> JsResult {
    let mime = call.arg(1).as_string().unwrap_or_default();
    let delivery = Ui::of(call.context).receive(channel(call), &mime);
    let bytes = delivery.and_then(|delivery| delivery.wait(PATIENCE));
    Ok(bytes.map_or_else(|| call.context.undefined(), |bytes| to_js(call.context, &mime, bytes)))
}

/// `receiveLater(channel, type, done)`: `done(string | ArrayBuffer | undefined)` is called when it is there.
fn receive_later(call: &Call<'_>) -> JsResult {
    let mime = call.arg(1).as_string().unwrap_or_default();
    let delivery = Ui::of(call.context).receive(channel(call), &mime);
    let callback = call.arg(2);
    deliver(call.context, delivery, move |context, bytes| {
        let value = bytes.map_or_else(|| context.undefined(), |bytes| to_js(context, &mime, bytes));
        callback.call(&context.undefined(), &[value]).map(drop)
    })?;
    nothing(call.context)
}

/// `onOffered(f)`: `f(channel)` is called when another program offers something.
fn on_offered(call: &Call<'_>) -> JsResult {
    if let Some(desktop) = Ui::of(call.context).desktop.borrow_mut().as_mut() {
        desktop.on_offered = Some(call.arg(0));
    }
    nothing(call.context)
}

/// `onTake(f)`: `f(primary) → string` gives the text that is inserted into fields.
fn on_take(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    if let Some(callback) = super::convert::to_ui(&ui, &call.arg(0))?.as_callback() {
        ui.with_tree(|tree| tree.set_on_paste(callback.clone()));
    }
    nothing(call.context)
}
