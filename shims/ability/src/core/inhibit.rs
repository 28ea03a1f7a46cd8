//! Leaves of `@concord:inhibit`: what the app keeps from resting.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use concord_desktop::inhibit::{Inhibition, Rest};
use concord_engine::{Call, Context, JsResult};
use concord_runtime::FaceModule;
use rustc_hash::FxHashMap;

use crate::desktop;
use crate::state::AppState;

pub(super) static MODULE: FaceModule = FaceModule {
    request: "@concord:inhibit",
    source: include_str!("inhibit.js"),
    natives: &[("hold", hold), ("release", release)],
    apis: &[],
};

/// What is held, by number.
#[derive(Default)]
struct Held {
    all: RefCell<FxHashMap<u32, Inhibition>>,
    next: Cell<u32>,
}

impl Held {
    fn of(context: &Context) -> Rc<Self> {
        context.host_data::<Self>().unwrap_or_else(|| {
            let held = Rc::new(Self::default());
            context.set_host_data(Rc::clone(&held));
            held
        })
    }
}

/// hold(whether it is the screen and not the machine) → number
fn hold(call: &Call<'_>) -> JsResult {
    let held = Held::of(call.context);
    let rest = if call.arg(0).to_boolean() { Rest::Screen } else { Rest::Machine };
    let app = AppState::of(call.context).map(|state| state.bundle_name().to_owned()).unwrap_or_default();
    let number = held.next.get();
    held.next.set(number.wrapping_add(1));
    let inhibition = desktop::of(call.context).inhibit.inhibit(rest, &format!("{app} is in use"));
    held.all.borrow_mut().insert(number, inhibition);
    Ok(call.context.number(f64::from(number)))
}

/// release(number)
fn release(call: &Call<'_>) -> JsResult {
    if let Some(number) = call.arg(0).as_f64() {
        Held::of(call.context).all.borrow_mut().remove(&(number as u32));
    }
    Ok(call.context.undefined())
}
