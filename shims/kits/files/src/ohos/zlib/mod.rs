//! `@ohos:zlib`.

use std::cell::RefCell;

use concord_ability::open_files::OpenFiles;
use concord_engine::{Call, Context, JsResult, Value};
use concord_runtime::FaceModule;
use concord_runtime::face::{bytes_arg, face, full, index_arg, partial, type_error, uint8_array};
use concord_zstream::{Header, Kind, Moved, Stream};

use crate::job::{Answer, Work, leaves, work};

mod archive;
mod gzip;

pub(super) static MODULES: [FaceModule; 4] = [
    FaceModule {
        request: "@ohos:zlib",
        source: include_str!("../zlib.js"),
        natives: leaves! {
            "compress" => archive::compress,
            "decompress" => archive::decompress,
            "size" => archive::size,
        },
        apis: &[
            full("*"),
            partial("zlib.Options.memLevel", "without effect: it decides about speed and memory only"),
            partial("zlib.Options.strategy", "without effect on archives"),
            partial("zlib.Options.parallel", "without effect: archives are opened by one thread"),
            partial(
                "zlib.Checksum.crc64",
                "the polynomial of xz; the documentation does not say which one devices have",
            ),
            partial("zlib.Checksum.getCrc64Table", "of the polynomial of xz"),
            partial("zlib.Zip.inflateBackInit", "the window is kept inside, the given one stays as it is"),
        ],
    },
    FaceModule {
        request: "@concord:zlib.streams",
        source: include_str!("streams.js"),
        natives: &[
            ("make", make),
            ("call", call_stream),
            ("info", info),
            ("move", move_bytes),
            ("dictionary", dictionary),
            ("copy", copy),
            ("setHeader", set_header),
            ("header", header),
            ("version", version),
            ("sum", sum),
            ("packLater", |call| crate::job::later(call, pack)),
            ("unpackLater", |call| crate::job::later(call, unpack)),
        ],
        apis: &[],
    },
    FaceModule { request: "@concord:zlib.gzip", source: include_str!("gzip.js"), natives: gzip::NATIVES, apis: &[] },
    face("@concord:zlib.printf", include_str!("printf.js"), &[]),
];

type Shared = RefCell<Stream>;

fn with<R>(call: &Call<'_>, index: usize, use_it: impl FnOnce(&mut Stream) -> R) -> JsResult<R> {
    let value = call.arg(index);
    match value.native::<Shared>() {
        Some(stream) => Ok(use_it(&mut stream.borrow_mut())),
        None => type_error(call.context, "not a stream of zlib"),
    }
}

fn int_arg(call: &Call<'_>, index: usize) -> i32 {
    // Wraps as ToInt32 does for what C takes for an int; what is no number is 0.
    call.arg(index).as_f64().map_or(0, |number| number as i64 as i32)
}

fn numbers(context: &Context, numbers: &[f64]) -> Value {
    let numbers: Vec<_> = numbers.iter().map(|number| context.number(*number)).collect();
    context.array(&numbers)
}

/// make() → stream
fn make(call: &Call<'_>) -> JsResult {
    Ok(call.context.native_object(Box::new(Shared::default()), None))
}

/// call(stream, function of zlib, numbers…) → its result
fn call_stream(call: &Call<'_>) -> JsResult {
    let name = call.arg(1).to_js_string()?;
    let number = |index: usize| int_arg(call, index + 2);
    let result = with(call, 0, |stream| {
        Some(f64::from(match name.as_str() {
            "deflateInit2" => stream.deflate_init(number(0), number(1), number(2), number(3), number(4)),
            "inflateInit2" => stream.inflate_init(number(0)),
            "deflateEnd" if stream.kind() != Kind::Inflate => stream.end(),
            "inflateEnd" if stream.kind() != Kind::Deflate => stream.end(),
            "deflateEnd" | "inflateEnd" => concord_zstream::STREAM_ERROR,
            "deflateReset" => stream.deflate_reset(),
            "deflateResetKeep" => stream.deflate_reset_keep(),
            "deflateTune" => stream.deflate_tune(number(0), number(1), number(2), number(3)),
            "deflatePrime" => stream.deflate_prime(number(0), number(1)),
            "inflateReset" => stream.inflate_reset(),
            "inflateReset2" => stream.inflate_reset_with(number(0)),
            "inflateResetKeep" => stream.inflate_reset_keep(),
            "inflatePrime" => stream.inflate_prime(number(0), number(1)),
            "inflateValidate" => stream.inflate_validate(number(0) != 0),
            "inflateSyncPoint" => stream.inflate_sync_point(),
            "inflateGetHeader" => stream.want_header(),
            "inflateMark" => return Some(stream.inflate_mark() as f64),
            "inflateCodesUsed" => return Some(stream.inflate_codes_used() as f64),
            "deflateBound" => return Some(stream.deflate_bound(index_arg(call, 2) as u64) as f64),
            _ => return None,
        }))
    })?;
    match result {
        Some(number) => Ok(call.context.number(number)),
        None => type_error(call.context, "zlib has no such function"),
    }
}

/// info(stream) → [bytes in, bytes out, kind of data, checksum, pending status, pending bytes, pending bits]
fn info(call: &Call<'_>) -> JsResult {
    let found = with(call, 0, |stream| {
        let (status, bytes, bits) = stream.deflate_pending();
        [
            stream.total_in() as f64,
            stream.total_out() as f64,
            f64::from(stream.data_type()),
            stream.adler() as f64,
            f64::from(status),
            f64::from(bytes),
            f64::from(bits),
        ]
    })?;
    Ok(numbers(call.context, &found))
}

/// move(stream, function, input or undefined, output or undefined, numbers…) → [status, bytes taken, bytes given]
fn move_bytes(call: &Call<'_>) -> JsResult {
    let name = call.arg(1).to_js_string()?;
    let input = call.arg(2).bytes().unwrap_or_default();
    let run = |stream: &mut Stream, output: &mut [u8]| match name.as_str() {
        "deflate" => stream.deflate(&input, output, int_arg(call, 4)),
        "inflate" => stream.inflate(&input, output, int_arg(call, 4)),
        "deflateParams" => stream.deflate_params(&input, output, int_arg(call, 4), int_arg(call, 5)),
        _ => stream.inflate_sync(&input),
    };
    // Straight into the guest's memory. No script can run meanwhile.
    let moved = with(call, 0, |stream| {
        let written = call.arg(3).with_bytes_mut(|output| run(stream, output));
        written.unwrap_or_else(|| run(stream, &mut []))
    })?;
    Ok(numbers(call.context, &[f64::from(moved.status), moved.taken as f64, moved.given as f64]))
}

fn kind_arg(call: &Call<'_>, index: usize) -> Kind {
    if call.arg(index).to_boolean() { Kind::Deflate } else { Kind::Inflate }
}

/// dictionary(stream, of deflate, bytes) → status; without bytes [status, Uint8Array]
fn dictionary(call: &Call<'_>) -> JsResult {
    let kind = kind_arg(call, 1);
    if let Some(bytes) = call.arg(2).bytes() {
        let status = with(call, 0, |stream| stream.set_dictionary(kind, &bytes))?;
        return Ok(call.context.number(f64::from(status)));
    }
    let (status, bytes) = with(call, 0, |stream| stream.dictionary(kind))?;
    Ok(call.context.array(&[call.context.number(f64::from(status)), uint8_array(call.context, bytes)]))
}

/// copy(target, of deflate, source) → status
fn copy(call: &Call<'_>) -> JsResult {
    let kind = kind_arg(call, 1);
    let (target, source) = (call.arg(0), call.arg(2));
    let (Some(target), Some(source)) = (target.native::<Shared>(), source.native::<Shared>()) else {
        return type_error(call.context, "not a stream of zlib");
    };
    // A stream is already what it is.
    let status = match source.try_borrow_mut() {
        Ok(mut source) => match target.try_borrow_mut() {
            Ok(mut target) => target.copy_from(kind, &mut source),
            Err(_) => concord_zstream::OK,
        },
        Err(_) => concord_zstream::OK,
    };
    Ok(call.context.number(f64::from(status)))
}

/// setHeader(stream, header) → status
fn set_header(call: &Call<'_>) -> JsResult {
    let given = call.arg(1);
    let number = |name| Ok(given.get(name)?.as_f64().unwrap_or(0.0));
    let bytes = |name| Ok(given.get(name)?.bytes());
    let header = Header {
        text: given.get("isText")?.to_boolean(),
        time: number("time")? as u64,
        flags: number("xflags")? as i32,
        system: number("os")? as i32,
        extra: bytes("extra")?,
        name: bytes("name")?,
        comment: bytes("comment")?,
        checked: given.get("hcrc")?.to_boolean(),
        done: 0,
    };
    let status = with(call, 0, |stream| stream.set_header(&header))?;
    Ok(call.context.number(f64::from(status)))
}

/// header(stream) → what was read of it; undefined when nobody asked
fn header(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let Some(header) = with(call, 0, |stream| stream.header())? else { return Ok(context.undefined()) };
    let object = context.object();
    let extra_length = header.extra.as_ref().map_or(0, Vec::len);
    object.set("isText", &context.boolean(header.text))?;
    object.set("os", &context.number(f64::from(header.system)))?;
    object.set("time", &context.number(header.time as f64))?;
    object.set("xflags", &context.number(f64::from(header.flags)))?;
    object.set("extraLen", &context.number(extra_length as f64))?;
    for (name, bytes) in [("extra", header.extra), ("name", header.name), ("comment", header.comment)] {
        if let Some(bytes) = bytes {
            object.set(name, &context.array_buffer(bytes))?;
        }
    }
    object.set("hcrc", &context.boolean(header.checked))?;
    object.set("done", &context.boolean(header.done == 1))?;
    Ok(object)
}

/// version() → [text, flags of the compilation]
fn version(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let flags = concord_zstream::compile_flags() as f64;
    Ok(context.array(&[context.string(concord_zstream::version()), context.number(flags)]))
}

/// sum(kind, start or first sum, bytes or second sum, length of the second) → number
fn sum(call: &Call<'_>) -> JsResult {
    let number = |index| call.arg(index).as_f64().map_or(0, |number: f64| number as i64 as u32);
    let length = call.arg(3).as_f64().unwrap_or(0.0) as i64;
    let result = match call.arg(0).to_js_string()?.as_str() {
        "adler32" => concord_zstream::adler32(number(1), &bytes_arg(call, 2)?),
        "crc32" => concord_zstream::crc32(number(1), &bytes_arg(call, 2)?),
        "adler32Combine" => concord_zstream::adler32_combine(number(1), number(2), length),
        _ => concord_zstream::crc32_combine(number(1), number(2), length),
    };
    Ok(call.context.number(f64::from(result)))
}

/// Status, bytes that were taken, the result.
struct Packed(i32, usize, Vec<u8>);

impl Answer for Packed {
    fn value(self, context: &Context) -> JsResult {
        let numbers = [context.number(f64::from(self.0)), context.number(self.1 as f64)];
        let [status, taken] = numbers;
        Ok(context.array(&[status, taken, uint8_array(context, self.2)]))
    }
}

fn finish(moved: Moved, mut bytes: Vec<u8>) -> Packed {
    bytes.truncate(moved.given);
    let status = match moved.status {
        concord_zstream::STREAM_END => concord_zstream::OK,
        // Neither an end nor an error: there was no room.
        concord_zstream::OK => concord_zstream::BUF_ERROR,
        other => other,
    };
    Packed(status, moved.taken, bytes)
}

/// pack(bytes, level, room) → [status, bytes taken, Uint8Array]
fn pack(call: &Call<'_>) -> JsResult<Work> {
    let (bytes, level, room) = (bytes_arg(call, 0)?, int_arg(call, 1), index_arg(call, 2));
    work(move || {
        let mut stream = Stream::default();
        let status = stream.deflate_init(level, 8, 15, 8, 0);
        if status != concord_zstream::OK {
            return Ok(Packed(status, 0, Vec::new()));
        }
        let bound = usize::try_from(stream.deflate_bound(bytes.len() as u64)).unwrap_or(usize::MAX);
        let mut output = vec![0; room.min(bound)];
        Ok(finish(stream.deflate(&bytes, &mut output, 4), output))
    })
}

/// unpack(bytes, room) → [status, bytes taken, Uint8Array]
fn unpack(call: &Call<'_>) -> JsResult<Work> {
    // The guest has a buffer of this size.
    let (bytes, room) = (bytes_arg(call, 0)?, index_arg(call, 1).min(1 << 30));
    work(move || {
        let mut stream = Stream::default();
        let status = stream.inflate_init(15);
        if status != concord_zstream::OK {
            return Ok(Packed(status, 0, Vec::new()));
        }
        let mut output = vec![0; room];
        let moved = stream.inflate(&bytes, &mut output, 4);
        // Data that ends too early is damaged; with no room left it is the buffer that is wrong.
        let ended = moved.status == concord_zstream::BUF_ERROR && moved.given < room;
        let moved = if ended { Moved { status: concord_zstream::DATA_ERROR, ..moved } } else { moved };
        Ok(finish(moved, output))
    })
}

/// The file of a descriptor, which the app gives away.
fn take_file(call: &Call<'_>, index: usize) -> Option<std::fs::File> {
    let files = OpenFiles::of(call.context);
    let file = files.remove(call.arg(index).as_i64().and_then(|fd| i32::try_from(fd).ok())?)?;
    std::sync::Arc::try_unwrap(file).or_else(|shared| shared.try_clone()).ok()
}
