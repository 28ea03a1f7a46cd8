// The same work through the modules of either side, in ms: the least of several rounds. What differs is in `peer`.
(async peer => {
    const best = async (rounds, run) => {
        let least = Infinity;
        for (let round = 0; round < rounds; round++) {
            const start = peer.now();
            await run();
            least = Math.min(least, peer.now() - start);
        }
        return least;
    };
    const check = (right, what) => { if (!right) throw new Error(`wrong result: ${what}`); };

    const MEGABYTE = 1 << 20;
    const chunk = new ArrayBuffer(MEGABYTE);
    new Uint8Array(chunk).forEach((_, index, bytes) => { bytes[index] = index * 7; });
    const big = `${peer.folder}/big`;
    const write_ms = await best(4, () => {
        const file = peer.create(big);
        for (let i = 0; i < 64; i++) check(peer.write(file, chunk) === MEGABYTE, "write");
        peer.close(file);
    });
    const into = new ArrayBuffer(MEGABYTE);
    const read_ms = await best(4, () => {
        const file = peer.open(big);
        let sum = 0;
        for (let count; (count = peer.read(file, into)) > 0;) sum += count;
        peer.close(file);
        check(sum === 64 * MEGABYTE, "read");
    });
    peer.remove(big);

    const small = new ArrayBuffer(100);
    const small_files_ms = await best(3, () => {
        for (let i = 0; i < 10000; i++) {
            const file = peer.create(`${peer.folder}/${i}`);
            peer.write(file, small);
            peer.close(file);
        }
        for (let i = 0; i < 10000; i++) {
            const file = peer.open(`${peer.folder}/${i}`);
            check(peer.read(file, into) === 100, "small file");
            peer.close(file);
            peer.remove(`${peer.folder}/${i}`);
        }
    });

    const requests_ms = await best(3, async () => {
        for (let i = 0; i < 1000; i++) check(await peer.get(peer.url) === "hello", "answer");
    });

    const bytes = new Uint8Array(chunk);
    const base64_ms = await best(8, () => {
        const text = peer.toBase64(bytes);
        check(peer.fromBase64(text).length === MEGABYTE, "Base64");
    });
    const text = "The quick brown fox — and 狐 🦊 — jumps. ".repeat(20000);
    const text_ms = await best(8, () => {
        check(peer.decode(peer.encode(text)) === text, "text");
    });
    const inserts_ms = peer.inserts ? await best(3, () => peer.inserts(10000)) : null;
    return { write_ms, read_ms, small_files_ms, requests_ms, base64_ms, text_ms, inserts_ms };
})
