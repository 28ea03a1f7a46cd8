//! What folding may put into one expression, and what has to stay a statement of its own: the order of what can be observed
//! is that of the code.

mod support;

/// The body of a function of two parameters, `p0` in v13 and `p1` in v14, as text.
fn body(code: &str) -> String {
    let program = format!(
        "record t (script)\nmethod func_main_0 (function)\n  registers 10 arguments 5\n{}\n  return\n",
        code.lines().map(|line| format!("  {}", line.trim())).collect::<Vec<_>>().join("\n")
    );
    let text = support::text(&program);
    let start = text.find("{\n").map_or(0, |at| at + 2);
    text.get(start..).unwrap_or_default().trim_end().to_owned()
}

fn has(code: &str, wanted: &str) {
    let text = body(code);
    assert!(text.contains(wanted), "no {wanted:?} in\n{text}");
}

#[test]
fn loads_in_order_become_one_expression() {
    has("lda v13\nldobjbyname \"a\"\nsta v0\nlda v14\nldobjbyname \"b\"\nadd2 v0", "return p0.a + p1.b;");
}

#[test]
fn a_load_that_is_used_first_but_done_last_waits_in_a_variable() {
    let text = body("lda v13\nldobjbyname \"a\"\nsta v0\nlda v14\nldobjbyname \"b\"\nsta v1\nlda v0\nadd2 v1");
    let (first, second) = (text.find("p0.a").expect("a load"), text.find("p1.b").expect("a load"));
    assert!(first < second && text.contains("= p0.a;"), "{text}");
}

#[test]
fn a_load_stays_before_the_call_that_may_change_it() {
    has("lda v13\nldobjbyname \"a\"\nsta v0\nlda v14\ncallarg0\nlda v0", "let v0 = p0.a;\n  p1();\n  return v0;");
}

#[test]
fn a_call_whose_result_nobody_uses_stays() {
    has("lda v13\ncallarg0\nldai 1", "p0();\n  return 1;");
}

#[test]
fn a_load_whose_result_nobody_uses_stays() {
    has("lda v13\nldobjbyname \"a\"\nldai 1", "p0.a;\n  return 1;");
}

#[test]
fn constants_go_where_they_are_used() {
    has("ldai 7\nsta v0\nlda v13\ncallarg0\nsta v1\nlda v0\nadd2 v1", "return p0() + 7;");
}

#[test]
fn a_value_that_is_used_twice_is_computed_once() {
    let text = body("lda v13\ncallarg0\nsta v0\nlda v0\nadd2 v0");
    assert_eq!(text.matches("p0()").count(), 1, "{text}");
}

#[test]
fn a_parameter_that_is_set_keeps_its_old_value_for_what_read_it() {
    let text = body("mov v0, v13\nldai 1\nsta v13\nlda v13\nadd2 v0\nsta v1\nlda v14\ncallarg1 v13\nlda v1");
    assert!(!text.contains("p0 + p0") && !text.contains("1 + p0"), "{text}");
    assert!(text.contains("p1(1)"), "{text}");
}

#[test]
fn deep_expressions_go_through_variables() {
    let mut code = String::from("lda v13\ncallarg0\n");
    for _ in 0..60 {
        code.push_str("sta v0\nlda v14\nadd2 v0\n");
    }
    let text = body(&code);
    let longest = text.lines().map(|line| line.matches("p1").count()).max();
    assert!(longest.is_some_and(|n| n < 40), "{text}");
    assert_eq!(text.matches("p1").count(), 60 + 1, "{text}");
}

#[test]
fn a_method_is_called_on_the_object_it_was_loaded_from() {
    has("lda v13\nldobjbyname \"f\"\ncallthis1 v13, v14", "return p0.f(p1);");
    has("lda v13\nldobjbyname \"f\"\ncallthis1 v14, v13", "$.call(p0.f, p1, p0)");
    has("lda v13\nldobjbyname \"f\"\ncallarg1 v14", "(0, p0.f)(p1)");
}
