//! Which variable a level and a slot mean, and what happens where the code does not say so for certain.

mod support;

use support::text;

#[test]
fn slots_are_variables_of_the_function_that_makes_the_environment() {
    let text = text(
        r##"record t (script)
method func_main_0 (function)
  registers 1 arguments 3
  newlexenv 2
  ldai 1
  stlexvar 0, 0
  ldai 2
  stlexvar 0, 1
  definefunc 0, #*#f
  return
method #*#f (arrow)
  registers 1 arguments 3
  ldlexvar 0, 0
  sta v0
  ldlexvar 0, 1
  add2 v0
  return
"##,
    );
    assert!(text.contains("let x0 = 1;\n  let x1 = 2;"), "{text}");
    assert!(text.contains("() => x0 + x1"), "{text}");
}

#[test]
fn levels_count_the_environments_in_between() {
    let text = text(
        r##"record t (script)
method func_main_0 (function)
  registers 0 arguments 3
  newlexenv 1
  ldai 1
  stlexvar 0, 0
  definefunc 0, #*#f
  return
method #*#f (arrow)
  registers 0 arguments 3
  newlexenv 1
  ldai 2
  stlexvar 0, 0
  definefunc 0, #*#g
  return
method #*#g (arrow)
  registers 1 arguments 3
  ldlexvar 0, 0
  sta v0
  ldlexvar 1, 0
  sub2 v0
  return
"##,
    );
    assert!(text.contains("let x0 = 1;") && text.contains("let x1 = 2;") && text.contains("() => x1 - x0"), "{text}");
}

#[test]
fn an_environment_that_was_left_is_another_one_than_the_next() {
    let text = text(
        r##"record t (script)
method func_main_0 (function)
  registers 2 arguments 3
  newlexenv 1
  ldai 1
  stlexvar 0, 0
  definefunc 0, #*#f
  sta v0
  poplexenv
  newlexenv 1
  ldai 2
  stlexvar 0, 0
  definefunc 0, #*#g
  callarg1 v0
  return
method #*#f (arrow)
  registers 0 arguments 3
  ldlexvar 0, 0
  return
method #*#g (arrow)
  registers 0 arguments 4
  ldlexvar 0, 0
  return
"##,
    );
    assert!(text.contains("=> x0") && text.contains("=> x1"), "{text}");
}

/// Ways with different numbers of environments meet: what a level means is known at run time only.
#[test]
fn chains_that_do_not_agree_make_environment_objects() {
    let text = text(
        r##"record t (script)
method func_main_0 (function)
  registers 0 arguments 4
  newlexenv 1
  ldai 1
  stlexvar 0, 0
  lda v3
  jeqz JOIN
  newlexenv 1
  ldai 2
  stlexvar 0, 0
JOIN:
  ldlexvar 0, 0
  return
"##,
    );
    assert!(text.contains("E = { p: E, _0: hole };") && text.contains("return E._0;"), "{text}");
}

/// Both ways make an environment of the same shape: a joined scope stands for either.
#[test]
fn chains_of_one_shape_are_joined() {
    let text = text(
        r##"record t (script)
method func_main_0 (function)
  registers 0 arguments 4
  lda v3
  jeqz OTHER
  newlexenv 1
  ldai 1
  stlexvar 0, 0
  jmp JOIN
OTHER:
  newlexenv 1
  ldai 2
  stlexvar 0, 0
JOIN:
  definefunc 0, #*#f
  return
method #*#f (arrow)
  registers 0 arguments 3
  ldlexvar 0, 0
  return
"##,
    );
    assert!(!text.contains("E._0") && text.contains("=> x"), "{text}");
}

#[test]
fn levels_that_nobody_made_are_no_reason_to_give_up() {
    let text = text(
        r##"record t (script)
method func_main_0 (function)
  registers 0 arguments 3
  newlexenv 1
  ldlexvar 3, 2
  return
"##,
    );
    assert!(text.contains("E.p.p.p._2"), "{text}");
}
