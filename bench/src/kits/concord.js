// Modules of the platform, as work.js wants them.
(require, now, folder, url, context) => {
    const fs = require("@ohos:file.fs"), http = require("@ohos:net.http"), { Base64Helper } = require("@ohos:util");
    const { TextEncoder, TextDecoder } = require("@ohos:util");
    const store = require("@ohos:data.relationalStore");
    const base64 = new Base64Helper(), encoder = new TextEncoder(), decoder = TextDecoder.create("utf-8");
    const { CREATE, READ_WRITE, TRUNC, READ_ONLY } = fs.OpenMode;
    return {
        folder, url, now,
        create: path => fs.openSync(path, CREATE | READ_WRITE | TRUNC),
        open: path => fs.openSync(path, READ_ONLY),
        write: (file, buffer) => fs.writeSync(file.fd, buffer),
        read: (file, buffer) => fs.readSync(file.fd, buffer),
        close: file => fs.closeSync(file),
        remove: path => fs.unlinkSync(path),
        async get(url) {
            const request = http.createHttp();
            const { result } = await request.request(url, { expectDataType: http.HttpDataType.STRING });
            request.destroy();
            return result;
        },
        toBase64: bytes => base64.encodeToStringSync(bytes),
        fromBase64: text => base64.decodeSync(text),
        encode: text => encoder.encodeInto(text),
        decode: bytes => decoder.decodeToString(bytes),
        async inserts(count) {
            const config = { name: "bench.db", securityLevel: store.SecurityLevel.S1 };
            const rows = await store.getRdbStore(context, config);
            await rows.executeSql("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, amount REAL)");
            rows.beginTransaction();
            for (let i = 0; i < count; i++) rows.insertSync("t", { name: `name ${i}`, amount: i / 2 });
            rows.commit();
            await rows.close();
            await store.deleteRdbStore(context, config);
        },
    };
}
