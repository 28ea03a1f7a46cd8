//! Classes and their methods as the faces of the library declare them, read from their sources: `class Name { … }` and
//! `const Name = { … }` at the level of the module, whose members stand one level further in.

/// `Name`, and `Name.member` for each of its public methods and accessors.
pub(super) fn declared(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut owner: Option<&str> = None;
    for line in source.lines() {
        let depth = line.len() - line.trim_start().len();
        let text = line.trim_start();
        match depth {
            2 => {
                owner = class_of(text).filter(|name| name.starts_with(|first: char| first.is_ascii_uppercase()));
                if let Some(name) = owner {
                    found.push(name.to_owned());
                    // Small classes stand on one line.
                    if let Some((_, body)) = text.split_once('{') {
                        found.extend(members_of_line(body).map(|member| format!("{name}.{member}")));
                    }
                }
            }
            // What a constructor gives its object.
            6.. => {
                let assigned = text.strip_prefix("this.").and_then(|rest| rest.split_once(" = "));
                if let (Some(owner), Some((name, _))) = (owner, assigned)
                    && name.chars().all(|c| c.is_alphanumeric())
                {
                    found.push(format!("{owner}.{name}"));
                }
            }
            4 => {
                if let (Some(name), Some(member)) = (owner, member_of(text)) {
                    found.push(format!("{name}.{member}"));
                }
            }
            _ => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn class_of(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("class ").or_else(|| text.strip_prefix("const "))?;
    let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    let opens = text.trim_end().ends_with('{') || text.starts_with("class ");
    let object = text.starts_with("class ") || rest.get(name.len()..)?.trim_start().starts_with("= {");
    (opens && object && !name.is_empty()).then_some(name)
}

/// The name of the method, accessor or function that a line begins.
fn member_of(text: &str) -> Option<&str> {
    const WORDS: [&str; 4] = ["static ", "async ", "get ", "set "];
    const KEYWORDS: [&str; 6] = ["if", "for", "while", "switch", "return", "super"];
    let mut rest = text;
    while let Some(word) = WORDS.iter().find(|word| rest.starts_with(**word) && !rest.starts_with("get (")) {
        rest = rest.get(word.len()..)?;
    }
    let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    let after = rest.get(name.len()..)?;
    let is_member = after.starts_with('(') || after.starts_with(": (") || after.starts_with(": function");
    let is_field = after.starts_with(" = ") || after.starts_with(';');
    // What ends with an underscore is the library's own.
    let public = !name.is_empty() && !name.ends_with('_') && !KEYWORDS.contains(&name);
    (public && (is_member || is_field)).then_some(name)
}

fn members_of_line(body: &str) -> impl Iterator<Item = &str> {
    body.split('}').filter_map(|part| member_of(part.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_the_members_that_stand_in_them() {
        let source = "(function () {
  class Scroller extends Base {
    #hidden;

    constructor(width) {
      this.width = width;
      this.own_ = 1;
    }

    scrollTo(options) {
      command(this, 'x');
    }

    get offset() {
      if (a) {
        inner(1);
      }
    }

    static of() {}
    bind_() {}
    field = 1;
  }

  const inner = (a) => a;
  const Storage = {
    get: (key) => key,
    size() {},
  };

  class Small { keep() {} }
})";
        let expected = [
            "Scroller",
            "Scroller.constructor",
            "Scroller.field",
            "Scroller.of",
            "Scroller.offset",
            "Scroller.scrollTo",
            "Scroller.width",
            "Small",
            "Small.keep",
            "Storage",
            "Storage.get",
            "Storage.size",
        ];
        assert_eq!(declared(source), expected);
    }
}
