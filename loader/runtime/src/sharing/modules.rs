//! Records and the classes in them, as other threads know them.

use crate::modules::{Key, Kind, Module};
use crate::runtime::Inner;
use concord_engine::{ErrorKind, JsResult, Value};
use std::rc::Rc;

impl Inner {
    /// Names the record of a module in all threads: `undefined` for what is none.
    pub(crate) fn shared_key(&self, module: &Module) -> Value {
        match module.kind {
            Kind::Es(file, _) | Kind::CommonJs(file, _) | Kind::Script(file, _) => {
                let store = self.store.borrow();
                // The bytes of a file stay where they are until the process ends.
                let address = store.files.get(file).map_or(0, |abc| abc.bytes.as_ptr() as usize);
                self.context.string(&format!("{address:x}/{}", module.name))
            }
            Kind::Json(..) | Kind::System(_) | Kind::Library(..) => self.context.undefined(),
        }
    }

    /// Runs the record that a class `key#place` is written in, so that the class is known here.
    pub(crate) fn load_shared_class(self: &Rc<Self>, key: &str) -> JsResult {
        let place = key.rsplit_once('#').and_then(|(record, _)| record.split_once('/'));
        let address = place.and_then(|(address, name)| Some((usize::from_str_radix(address, 16).ok()?, name)));
        let record = address.and_then(|(address, name)| self.store.borrow().by_address(address, name));
        let Some((file, index)) = record else {
            let name = place.map_or(key, |(_, name)| name);
            return Err(self.throw(
                ErrorKind::ReferenceError,
                &format!("the module '{name}' of a sendable class is not loaded in this thread"),
            ));
        };
        let id = self.module_of(Key::Record(file, index))?;
        self.run(id)?;
        Ok(self.context.undefined())
    }
}
