//! Things of one context that guests name by numbers, and that stay on its thread.

use crate::env::Env;
use crate::status::{Outcome, Status};
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The things of a type.
pub(crate) struct Table<T> {
    things: RefCell<FxHashMap<usize, T>>,
    next: Cell<usize>,
}

impl<T: 'static> Table<T> {
    /// That of an environment's context.
    pub(crate) fn of(env: &Env) -> Rc<Table<T>> {
        env.context().host_data().unwrap_or_else(|| {
            // Aligned like pointers, and never 0.
            let table = Rc::new(Table { things: RefCell::default(), next: Cell::new(0x1000) });
            env.context().set_host_data(Rc::clone(&table));
            table
        })
    }

    /// Adds a thing; the number that names it from now on. It is never used again.
    pub(crate) fn add(&self, thing: T) -> usize {
        let number = self.next.get();
        self.next.set(number + 16);
        self.things.borrow_mut().insert(number, thing);
        number
    }

    /// Puts a thing under a number of the caller's.
    pub(crate) fn set(&self, number: usize, thing: T) {
        self.things.borrow_mut().insert(number, thing);
    }

    /// Takes a thing out.
    pub(crate) fn take(&self, number: usize) -> Outcome<T> {
        self.things.borrow_mut().remove(&number).ok_or(Status::InvalidArg)
    }

    /// Looks at a thing. `look` must not use the table.
    pub(crate) fn with<R>(&self, number: usize, look: impl FnOnce(&mut T) -> R) -> Outcome<R> {
        self.things.borrow_mut().get_mut(&number).map(look).ok_or(Status::InvalidArg)
    }
}
