//! `napi_ref`.

use crate::env::Env;
use crate::status::{Outcome, Status};
use concord_engine::{Local, Value, Weak};
use std::cell::RefCell;

/// A counted reference: strong while the count is not 0.
struct Reference {
    count: u32,
    strong: Option<Value>,
    weak: Weak,
}

#[derive(Default)]
struct Slot {
    /// Grows with every use of the slot, so that a name that was deleted is known as such.
    generation: u32,
    reference: Option<Reference>,
}

/// The references of an environment. Guests name them by numbers, so that deleting one twice harms nobody.
#[derive(Default)]
pub(crate) struct References {
    slots: RefCell<Vec<Slot>>,
    free: RefCell<Vec<u32>>,
}

impl References {
    pub(crate) fn clear(&self) {
        let slots = std::mem::take(&mut *self.slots.borrow_mut());
        self.free.borrow_mut().clear();
        drop(slots);
    }
}

impl Env {
    /// A new reference.
    pub fn new_reference(&self, value: Local<'_>, count: u32) -> Outcome<usize> {
        let strong = (count > 0).then(|| self.locals().value(value));
        let reference = Reference { count, strong, weak: self.context().weak(value) };
        let mut slots = self.references.slots.borrow_mut();
        let index = match self.references.free.borrow_mut().pop() {
            Some(index) => index,
            None => {
                let index = u32::try_from(slots.len()).map_err(|_| Status::GenericFailure)?;
                slots.push(Slot::default());
                index
            }
        };
        let slot = slots.get_mut(index as usize).ok_or(Status::GenericFailure)?;
        slot.reference = Some(reference);
        Ok((slot.generation as usize) << 36 | (index as usize + 1) << 4)
    }

    fn with_reference<R>(&self, name: usize, work: impl FnOnce(&mut Reference) -> R) -> Outcome<R> {
        let mut slots = self.references.slots.borrow_mut();
        let slot = (name >> 4 & 0xffff_ffff).checked_sub(1).and_then(|index| slots.get_mut(index));
        slot.filter(|slot| slot.generation as usize & 0xfff_ffff == name >> 36)
            .and_then(|slot| slot.reference.as_mut())
            .map(work)
            .ok_or(Status::InvalidArg)
    }

    /// The value; `None` when the reference is weak and its value has died.
    pub fn reference_value(&self, name: usize) -> Outcome<Option<Local<'_>>> {
        self.with_reference(name, |reference| {
            // SAFETY: the value is alive, and about to be on the stack of the caller.
            reference.weak.get().and_then(|local| unsafe { Local::from_raw(local.raw()) })
        })
    }

    /// Counts up; the new count. A value that has died stays dead.
    pub fn reference_up(&self, name: usize) -> Outcome<u32> {
        self.with_reference(name, |reference| {
            if reference.strong.is_none() {
                let Some(value) = reference.weak.get() else { return 0 };
                reference.strong = Some(value.to_value(self.context()));
            }
            reference.count = reference.count.saturating_add(1);
            reference.count
        })
    }

    /// Counts down; the new count. At 0 the reference becomes weak; below, nothing happens.
    pub fn reference_down(&self, name: usize) -> Outcome<u32> {
        let (count, released) = self.with_reference(name, |reference| {
            reference.count = reference.count.saturating_sub(1);
            (reference.count, if reference.count == 0 { reference.strong.take() } else { None })
        })?;
        drop(released);
        Ok(count)
    }

    /// How many references keep their values alive.
    pub fn strong_references(&self) -> usize {
        let slots = self.references.slots.borrow();
        slots.iter().filter(|slot| slot.reference.as_ref().is_some_and(|reference| reference.strong.is_some())).count()
    }

    /// Forgets the reference.
    pub fn delete_reference(&self, name: usize) -> Outcome {
        self.with_reference(name, |_| ())?;
        let index = (name >> 4 & 0xffff_ffff).saturating_sub(1);
        let released = self.references.slots.borrow_mut().get_mut(index).and_then(|slot| {
            slot.generation = slot.generation.wrapping_add(1) & 0xfff_ffff;
            slot.reference.take()
        });
        self.references.free.borrow_mut().push(u32::try_from(index).unwrap_or(u32::MAX));
        drop(released);
        Ok(())
    }
}
