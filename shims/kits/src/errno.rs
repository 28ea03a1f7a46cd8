//! Texts of system error numbers, as `@ohos:util`'s `errnoToString` words them: those of libuv, which the platform uses.

/// Positive Linux numbers and texts, and libuv's own codes.
const TEXTS: &[(i64, &str)] = &[
    (1, "operation not permitted"),
    (2, "no such file or directory"),
    (3, "no such process"),
    (4, "interrupted system call"),
    (5, "i/o error"),
    (6, "no such device or address"),
    (7, "argument list too long"),
    (9, "bad file descriptor"),
    (11, "resource temporarily unavailable"),
    (12, "not enough memory"),
    (13, "permission denied"),
    (14, "bad address in system call argument"),
    (16, "resource busy or locked"),
    (17, "file already exists"),
    (18, "cross-device link not permitted"),
    (19, "no such device"),
    (20, "not a directory"),
    (21, "illegal operation on a directory"),
    (22, "invalid argument"),
    (23, "file table overflow"),
    (24, "too many open files"),
    (25, "inappropriate ioctl for device"),
    (26, "text file is busy"),
    (27, "file too large"),
    (28, "no space left on device"),
    (29, "invalid seek"),
    (30, "read-only file system"),
    (31, "too many links"),
    (32, "broken pipe"),
    (33, "numerical argument out of domain"),
    (34, "result too large"),
    (36, "name too long"),
    (38, "function not implemented"),
    (39, "directory not empty"),
    (40, "too many symbolic links encountered"),
    (49, "protocol driver not attached"),
    (61, "no data available"),
    (64, "machine is not on the network"),
    (71, "protocol error"),
    (75, "value too large for defined data type"),
    (84, "illegal byte sequence"),
    (88, "socket operation on non-socket"),
    (89, "destination address required"),
    (90, "message too long"),
    (91, "protocol wrong type for socket"),
    (92, "protocol not available"),
    (93, "protocol not supported"),
    (94, "socket type not supported"),
    (95, "operation not supported on socket"),
    (97, "address family not supported"),
    (98, "address already in use"),
    (99, "address not available"),
    (100, "network is down"),
    (101, "network is unreachable"),
    (103, "software caused connection abort"),
    (104, "connection reset by peer"),
    (105, "no buffer space available"),
    (106, "socket is already connected"),
    (107, "socket is not connected"),
    (108, "cannot send after transport endpoint shutdown"),
    (110, "connection timed out"),
    (111, "connection refused"),
    (112, "host is down"),
    (113, "host is unreachable"),
    (114, "connection already in progress"),
    (121, "remote I/O error"),
    (125, "operation canceled"),
    (3000, "address family not supported"),
    (3001, "temporary failure"),
    (3002, "bad ai_flags value"),
    (3003, "request canceled"),
    (3004, "permanent failure"),
    (3005, "ai_family not supported"),
    (3006, "out of memory"),
    (3007, "no address"),
    (3008, "unknown node or service"),
    (3009, "argument buffer overflow"),
    (3010, "service not available for socket type"),
    (3011, "socket type not supported"),
    (3013, "invalid value for hints"),
    (3014, "resolved protocol is unknown"),
    (4094, "unknown error"),
    (4095, "end of file"),
];

/// The text of a negated error number.
pub fn text(errno: f64) -> String {
    let number = errno as i64;
    TEXTS
        .iter()
        .find(|(positive, _)| number == -positive && errno.fract() == 0.0)
        .map_or_else(|| format!("Unknown system error {number}"), |(_, text)| (*text).to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn documented_texts() {
        assert_eq!(super::text(-1.0), "operation not permitted");
        assert_eq!(super::text(-100.0), "network is down");
        assert_eq!(super::text(5.0), "Unknown system error 5");
    }
}
