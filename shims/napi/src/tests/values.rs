use super::*;

#[test]
fn strings_are_cut_at_whole_characters() {
    let (_context, env) = environment!();
    env.with_scope(|| {
        let e = env.pointer();
        let read = |text: &str, size: usize| {
            let (mut buffer, mut count) = ([0xaau8; 64], 99usize);
            assert_eq!(napi!(napi_get_value_string_utf8(e, string(e, text), buffer.as_mut_ptr(), size, &mut count)), 0);
            assert_eq!(buffer[size], 0xaa, "written beyond the buffer");
            assert!(size == 0 || buffer[count] == 0);
            String::from_utf8(buffer[..count].to_vec()).unwrap()
        };
        assert_eq!(read("aé€", 4), "aé");
        assert_eq!(read("aé€", 3), "a");
        assert_eq!(read("aé€", 7), "aé€");
        assert_eq!(read("é", 2), "");
        assert_eq!(read("😀", 4), "");
        assert_eq!(read("😀", 5), "😀");
        assert_eq!(read("plain", 5), "plai");
        assert_eq!(read("plain", 1), "");
        assert_eq!(read("plain", 0), "");
        assert_eq!(read("nul\0in", 10), "nul\0in");
        let mut lone: Value = 0;
        assert_eq!(napi!(napi_create_string_utf16(e, [0x61u16, 0xd800, 0x62].as_ptr(), 3usize, &mut lone)), 0);
        for (size, wanted) in [(64usize, "a\u{fffd}b"), (4, "a"), (5, "a\u{fffd}"), (6, "a\u{fffd}b")] {
            let (mut buffer, mut count) = ([0xaau8; 65], 0usize);
            assert_eq!(napi!(napi_get_value_string_utf8(e, lone, buffer.as_mut_ptr(), size, &mut count)), 0);
            assert_eq!((&buffer[..count], buffer[count], buffer[size]), (wanted.as_bytes(), 0, 0xaa), "{size}");
        }
        let mut length = 0usize;
        assert_eq!(napi!(napi_get_value_string_utf8(e, lone, 0usize, 0usize, &mut length)), 0);
        assert_eq!(length, 5);
        let long = string(e, &"é".repeat(5000));
        assert_eq!(napi!(napi_get_value_string_utf8(e, long, 0usize, 0usize, &mut length)), 0);
        assert_eq!(length, 10_000);
        let (mut units, mut count) = ([0xaaaau16; 8], 0usize);
        assert_eq!(
            napi!(napi_get_value_string_utf16(e, string(e, "hello"), units.as_mut_ptr(), 4usize, &mut count)),
            0
        );
        assert_eq!((count, units[3], units[4]), (3, 0, 0xaaaa));
        let (mut bytes, mut count) = ([0xaau8; 8], 0usize);
        assert_eq!(napi!(napi_get_value_string_latin1(e, string(e, "é"), bytes.as_mut_ptr(), 8usize, &mut count)), 0);
        assert_eq!((count, bytes[0], bytes[1]), (1, 0xe9, 0));
    });
}

#[test]
fn numbers_convert_as_documented() {
    let (context, env) = environment!();
    env.with_scope(|| {
        let e = env.pointer();
        let value = |source: &str| {
            let value = context.eval(source, "t").unwrap();
            env.keep(env.locals().local(&value)).word()
        };
        let int32 = |source| as_int(e, value(source));
        assert_eq!(int32("3.9"), 3);
        assert_eq!(int32("-3.9"), -3);
        assert_eq!(int32("4294967301"), 5);
        assert_eq!(int32("2147483648"), i32::MIN);
        assert_eq!(int32("1e300"), 0);
        assert_eq!(int32("NaN") + int32("Infinity") + int32("-Infinity"), 0);
        let int64 = |source| {
            let mut n = 7i64;
            assert_eq!(napi!(napi_get_value_int64(e, value(source), &mut n)), 0);
            n
        };
        assert_eq!(int64("9007199254740991"), 9_007_199_254_740_991);
        assert_eq!((int64("1e300"), int64("-1e300"), int64("Infinity"), int64("-1.5")), (i64::MAX, i64::MIN, 0, -1));
        let mut n = 7i32;
        assert_eq!(napi!(napi_get_value_int32(e, value("'1'"), &mut n)), Status::NumberExpected as i32);
        assert_eq!(n, 7);
        let mut info: *const [usize; 3] = std::ptr::null();
        assert_eq!(napi!(napi_get_last_error_info(e, &mut info)), 0);
        // SAFETY: the structure has three words: text, reserved, two numbers of 32 bits.
        let [message, _, codes] = unsafe { *info };
        // SAFETY: a text that is never freed.
        assert_eq!(unsafe { CStr::from_ptr(message as *const c_char) }, c"A number was expected");
        assert_eq!(codes >> 32, Status::NumberExpected as usize);
        for (source, words) in
            [("0n", vec![]), ("-5n", vec![5]), ("2n ** 64n + 1n", vec![1, 1]), ("2n ** 64n - 1n", vec![u64::MAX])]
        {
            let (mut sign, mut count, mut all) = (9i32, 4usize, [0u64; 4]);
            assert_eq!(
                napi!(napi_get_value_bigint_words(e, value(source), &mut sign, &mut count, all.as_mut_ptr())),
                0
            );
            assert_eq!((&all[..count], sign), (&*words, i32::from(source.starts_with('-'))));
        }
        let int64 = |source| {
            let (mut n, mut lossless) = (0i64, false);
            assert_eq!(napi!(napi_get_value_bigint_int64(e, value(source), &mut n, &mut lossless)), 0);
            (n, lossless)
        };
        assert_eq!(int64("-(2n ** 63n)"), (i64::MIN, true));
        assert_eq!(int64("2n ** 63n"), (i64::MIN, false));
        assert_eq!(int64("-(2n ** 63n) - 1n"), (i64::MAX, false));
        assert_eq!(int64("-5n"), (-5, true));
        let mut made: Value = 0;
        assert_eq!(napi!(napi_create_bigint_words(e, 1, 2usize, [1u64, 1].as_ptr(), &mut made)), 0);
        assert!(env.locals().strict_equals(local(&env, made), local(&env, value("-18446744073709551617n"))));
    });
}

fn local(env: &Env, value: Value) -> concord_engine::Local<'_> {
    crate::args::Handle::from_bits(value as u64).get(env).unwrap()
}

#[test]
fn kinds_and_wrong_arguments() {
    let (context, env) = environment!();
    env.with_scope(|| {
        let e = env.pointer();
        let list =
            context.eval("[undefined, null, true, 1.5, 's', Symbol(), {}, () => 0, 0, 3n, [], class {}]", "t").unwrap();
        let mut external: Value = 0;
        assert_eq!(napi!(napi_create_external(e, 4usize, 0usize, 0usize, &mut external)), 0);
        for (index, kind) in (0..).zip([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 6, 7]) {
            let value = list.get_index(index).unwrap();
            let value = if kind == 8 { external } else { env.keep(env.locals().local(&value)).word() };
            let mut found = -1i32;
            assert_eq!(napi!(napi_typeof(e, value, &mut found)), 0);
            assert_eq!(found, kind);
        }
        let mut data = 0usize;
        assert_eq!((napi!(napi_get_value_external(e, external, &mut data)), data), (0, 4));
        let mut out = 0usize;
        let invalid = Status::InvalidArg as i32;
        assert_eq!(napi!(napi_typeof(e, 0usize, 0usize)), invalid);
        assert_eq!(napi!(napi_typeof(0usize, external, &mut out)), invalid);
        assert_eq!(napi!(napi_create_int32(e, 1, 0usize)), invalid);
        assert_eq!(napi!(napi_set_named_property(e, int(e, 1), c"x", int(e, 1))), Status::ObjectExpected as i32);
        assert_eq!(napi!(napi_get_array_length(e, external, &mut out)), Status::ArrayExpected as i32);
        assert_eq!(
            napi!(napi_call_function(e, external, external, 0usize, 0usize, &mut out)),
            Status::FunctionExpected as i32
        );
        assert_eq!(napi!(napi_has_own_property(e, external, int(e, 1), &mut out)), Status::NameExpected as i32);
        assert_eq!(napi!(napi_create_string_utf8(e, 0usize, AUTO, &mut out)), invalid);
        assert_eq!(napi!(napi_create_string_utf8(e, 0usize, 0usize, &mut out)), 0);
        let pointer = e;
        let elsewhere = std::thread::scope(|scope| {
            let word = pointer.word();
            // SAFETY: the word of an environment that is alive.
            scope.spawn(move || napi!(napi_create_object(unsafe { EnvPointer::from_word(word) }, &mut 0usize))).join()
        });
        assert_eq!(elsewhere.unwrap(), Status::GenericFailure as i32);
    });
}
