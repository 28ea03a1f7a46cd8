// Modules of node, as work.js wants them: node node.js FOLDER URL.
const fs = require("fs"), http = require("http");
const [folder, url] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true });
const encoder = new TextEncoder(), decoder = new TextDecoder();
WORK({
    folder, url,
    now: () => performance.now(),
    create: path => fs.openSync(path, "w"),
    open: path => fs.openSync(path, "r"),
    write: (file, buffer) => fs.writeSync(file, new Uint8Array(buffer)),
    read: (file, buffer) => fs.readSync(file, new Uint8Array(buffer)),
    close: file => fs.closeSync(file),
    remove: path => fs.unlinkSync(path),
    get: url => new Promise((resolve, reject) => {
        http.get(url, { agent }, response => {
            let text = "";
            response.setEncoding("utf8");
            response.on("data", part => { text += part; });
            response.on("end", () => resolve(text));
        }).on("error", reject);
    }),
    toBase64: bytes => Buffer.from(bytes.buffer).toString("base64"),
    fromBase64: text => Buffer.from(text, "base64"),
    encode: text => encoder.encode(text),
    decode: bytes => decoder.decode(bytes),
}).then(costs => { console.log(JSON.stringify(costs)); process.exit(0); });
