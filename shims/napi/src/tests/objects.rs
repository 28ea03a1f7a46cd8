use super::*;

#[repr(C)]
#[derive(Default)]
struct Descriptor {
    utf8name: usize,
    name: Value,
    method: usize,
    getter: usize,
    setter: usize,
    value: Value,
    attributes: i32,
    data: usize,
}

fn method(name: &CStr, method: Callback, attributes: i32) -> Descriptor {
    Descriptor { utf8name: name.as_ptr() as usize, method: method as usize, attributes, ..Descriptor::default() }
}

extern "C" fn finalize(_env: EnvPointer, data: *mut c_void, _hint: *mut c_void) {
    // SAFETY: made by `construct`.
    drop(unsafe { Box::from_raw(data.cast::<i32>()) });
}

extern "C" fn construct(env: EnvPointer, info: *mut c_void) -> Value {
    let ([n], _, this) = arguments::<1>(env, info);
    let data = Box::into_raw(Box::new(as_int(env, n)));
    assert_eq!(napi!(napi_wrap(env, this, data, finalize as *const c_void, 0usize, 0usize)), 0);
    this
}

fn wrapped(env: EnvPointer, this: Value) -> *mut i32 {
    let mut data: *mut i32 = std::ptr::null_mut();
    assert_eq!(napi!(napi_unwrap(env, this, &mut data)), 0);
    data
}

extern "C" fn get(env: EnvPointer, info: *mut c_void) -> Value {
    let data = wrapped(env, arguments::<0>(env, info).2);
    // SAFETY: null or made by `construct`.
    int(env, unsafe { data.as_ref() }.copied().unwrap_or(-1))
}

extern "C" fn set(env: EnvPointer, info: *mut c_void) -> Value {
    let ([n], _, this) = arguments::<1>(env, info);
    // SAFETY: as above.
    if let Some(data) = unsafe { wrapped(env, this).as_mut() } {
        *data = as_int(env, n);
    }
    0
}

extern "C" fn of(env: EnvPointer, info: *mut c_void) -> Value {
    let ([n], _, class) = arguments::<1>(env, info);
    let (arguments, mut made): ([Value; 1], Value) = ([n], 0);
    assert_eq!(napi!(napi_new_instance(env, class, 1usize, arguments.as_ptr(), &mut made)), 0);
    made
}

fn define_counter(context: &Context, env: &Env) {
    env.with_scope(|| {
        let e = env.pointer();
        let properties = [
            Descriptor {
                utf8name: c"value".as_ptr() as usize,
                getter: get as *const () as usize,
                setter: set as *const () as usize,
                attributes: 2,
                ..Descriptor::default()
            },
            method(c"get", get, 0),
            method(c"of", of, 1 << 10),
            Descriptor { name: string(e, "FIVE"), value: int(e, 5), attributes: 1 << 10 | 2, ..Descriptor::default() },
        ];
        let (mut class, mut global): (Value, Value) = (0, 0);
        let construct = construct as *const c_void;
        assert_eq!(
            napi!(napi_define_class(
                e,
                c"Counter",
                AUTO,
                construct,
                0usize,
                properties.len(),
                properties.as_ptr(),
                &mut class
            )),
            0
        );
        assert_eq!(napi!(napi_get_global(e, &mut global)), 0);
        assert_eq!(napi!(napi_set_named_property(e, global, c"Counter", class)), 0);
    });
    assert!(context.roots().is_empty());
}

#[test]
fn classes_can_be_extended() {
    let (context, env) = environment!();
    define_counter(&context, &env);
    for (source, wanted) in [
        (
            "let c = new Counter(10); [c instanceof Counter, c.value, Counter.name, typeof Counter].join()",
            "true,10,Counter,function",
        ),
        ("c.value = 20; [c.get(), c.value, Object.keys(c).length].join()", "20,20,0"),
        ("[Counter.FIVE, c.FIVE, Counter.of(3).value, Object.keys(Counter)].join()", "5,,3,FIVE"),
        (
            "class Sub extends Counter { twice() { return this.value * 2 } } let s = new Sub(21); [s.twice(), s instanceof Sub, s instanceof Counter, Sub.of(4) instanceof Sub, Sub.of(4).twice()].join()",
            "42,true,true,true,8",
        ),
        ("Object.getOwnPropertyDescriptor(Counter.prototype, 'value').get.call({})", "-1"),
        ("Counter.prototype.constructor === Counter", "true"),
        ("for (let i = 0; i < 20000; i++) new Counter(i); new Counter(7).value", "7"),
    ] {
        assert_eq!(text(&context, source), wanted, "{source}");
    }
}

#[test]
fn properties_and_keys() {
    let (context, env) = environment!();
    let source = "const sym = Symbol('s'); const o = Object.create({ up: 1 }); o.x = 1; o[3] = 2; o[sym] = 3; \
                  Object.defineProperty(o, 'hidden', { value: 1 }); o";
    let object = context.eval(source, "t").unwrap();
    env.with_scope(|| {
        let e = env.pointer();
        let object = env.keep(env.locals().local(&object)).word();
        let names = |mode: i32, filter: i32, conversion: i32| {
            let (mut list, mut global): (Value, Value) = (0, 0);
            assert_eq!(napi!(napi_get_all_property_names(e, object, mode, filter, conversion, &mut list)), 0);
            assert_eq!(napi!(napi_get_global(e, &mut global)), 0);
            assert_eq!(napi!(napi_set_named_property(e, global, c"names", list)), 0);
            text(&context, "names.map(x => typeof x === 'symbol' ? 'sym' : typeof x === 'number' ? `#${x}` : x).join()")
        };
        assert_eq!(names(1, 2 | 16, 1), "3,x");
        assert_eq!(names(1, 2 | 16, 0), "#3,x");
        assert_eq!(names(1, 0, 1), "3,x,hidden,sym");
        assert_eq!(names(1, 8, 0), "sym");
        assert_eq!(names(0, 2 | 16, 1), "3,x,up");
        assert_eq!(names(1, 1 | 4 | 16, 1), "3,x");
        assert_eq!(napi!(napi_get_all_property_names(e, object, 2, 0, 0, &mut 0usize)), Status::InvalidArg as i32);
        let (tag, other) = ([1u64, 2], [1u64, 3]);
        let mut same = false;
        assert_eq!(napi!(napi_check_object_type_tag(e, object, &tag, &mut same)), 0);
        assert!(!same);
        assert_eq!(napi!(napi_type_tag_object(e, object, &tag)), 0);
        assert_eq!(napi!(napi_type_tag_object(e, object, &other)), Status::InvalidArg as i32);
        assert_eq!(napi!(napi_check_object_type_tag(e, object, &tag, &mut same)), 0);
        assert!(same);
        assert_eq!(napi!(napi_check_object_type_tag(e, object, &other, &mut same)), 0);
        assert!(!same);
        assert_eq!(napi!(napi_object_freeze(e, object)), 0);
        let mut deleted = true;
        assert_eq!(napi!(napi_delete_property(e, object, string(e, "x"), &mut deleted)), 0);
        assert!(!deleted);
    });
}
