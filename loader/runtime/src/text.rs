//! Translated text of records, and source positions of places in it.

use crate::cache::Cache;
use crate::graph::shown;
use crate::runtime::Inner;
use concord_abi::abc::{AbcFile, Record};
use concord_ark::Translation;
use concord_engine::{ErrorKind, JsResult};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// A place in a source file; line and column from 1, 0 when unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Place {
    /// Source file as the compiler recorded it, empty when it did not.
    pub(crate) file: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// What a translator makes of a record.
pub(crate) struct Translated {
    /// The factory.
    pub(crate) text: String,
    /// From line and column (both from 1) of the text to the source.
    pub(crate) locate: Box<dyn Fn(u32, u32) -> Option<Place>>,
}

/// Translates a record. The one of `concord_ark`, except in tests.
pub(crate) type Translator = fn(&AbcFile<'static>, &Record<'static>) -> Result<Translated, String>;

/// Texts and positions by abc file and record.
#[derive(Default)]
pub(crate) struct Texts {
    caches: FxHashMap<usize, Cache>,
    translated: FxHashMap<(usize, usize), Option<Rc<Translated>>>,
}

impl Texts {
    /// Writes what is new to the user's cache.
    pub(crate) fn save(&mut self) {
        self.caches.values_mut().for_each(Cache::save);
    }
}

/// The translator of this build.
pub(crate) fn translate(file: &AbcFile<'static>, record: &Record<'static>) -> Result<Translated, String> {
    let translation = concord_ark::translate(file, record, &concord_ark::Options::default());
    let Translation { text, positions, source_file, .. } = translation.map_err(|error| error.to_string())?;
    let locate = move |line: u32, column: u32| {
        // What lies between two positions belongs to the earlier one.
        let after = positions.partition_point(|position| (position.line, position.column) <= (line, column));
        let position = positions.get(after.checked_sub(1)?)?;
        let file = source_file.clone().unwrap_or_default();
        Some(Place { file, line: position.source_line, column: position.source_column })
    };
    Ok(Translated { text, locate: Box::new(locate) })
}

impl Inner {
    /// Translates a record, or takes its text from the cache.
    pub(crate) fn text(&self, file: usize, index: usize) -> JsResult<Rc<str>> {
        let store = self.store.borrow();
        let record = store.known_record(file, index);
        let Some(abc) = store.files.get(file) else {
            return Err(self.throw(ErrorKind::ReferenceError, "there is no such module"));
        };
        let mut texts = self.texts.borrow_mut();
        let cache = texts.caches.entry(file).or_insert_with(|| match self.cached {
            true => Cache::open(abc.bytes),
            false => Cache::default(),
        });
        if let Some(text) = cache.get(&record.name) {
            return Ok(text);
        }
        let started = std::time::Instant::now();
        let translated = (self.translator)(&abc.file, &record);
        tracing::debug!("translated {} in {:?}", record.name, started.elapsed());
        match translated {
            Ok(translated) => {
                let text: Rc<str> = translated.text.into();
                cache.put(&record.name, text.clone());
                Ok(text)
            }
            Err(error) => {
                let text = format!("the code of '{}' cannot be run: {error}", shown(&record.name));
                Err(self.throw(ErrorKind::SyntaxError, &text))
            }
        }
    }

    /// `file:line:column` in the source of a place in the text of a record.
    ///
    /// Positions are not kept with the text: most runs need none, so the record is translated again for its first one.
    pub(crate) fn source_position(&self, file: usize, index: usize, line: u32, column: u32) -> String {
        let store = self.store.borrow();
        let Some(abc) = store.files.get(file) else { return "?".to_owned() };
        let Some(record) = store.record(file, index) else { return "?".to_owned() };
        let translated = self.texts.borrow().translated.get(&(file, index)).cloned();
        let translated = translated.unwrap_or_else(|| {
            let translated = (self.translator)(&abc.file, &record).ok().map(Rc::new);
            self.texts.borrow_mut().translated.insert((file, index), translated.clone());
            translated
        });
        let place = translated.and_then(|translated| (translated.locate)(line, column)).unwrap_or_default();
        if place.line == 0 {
            let name = if place.file.is_empty() { &record.name } else { place.file.as_str() };
            return format!("{name}:?");
        }
        let maps = abc.source_maps(&self.context);
        let name = match place.file.as_str() {
            "" => maps.and_then(|maps| maps.file_of_record(&record.name)).unwrap_or(&record.name),
            file => file,
        };
        match maps.and_then(|maps| maps.locate(name, place.line, place.column)) {
            Some(position) => format!("{}:{}:{}", position.source, position.line, position.column),
            None => format!("{name}:{}:{}", place.line, place.column),
        }
    }
}
