// Nanoseconds per call of the functions of addon.c, the best of forty short ones, which a busy machine disturbs least. What the loop itself costs counts in both engines.
(native => {
    const best = (times, run) => {
        let least = Infinity;
        for (let round = 0; round < 40; round++) {
            const start = Date.now();
            run(times);
            least = Math.min(least, Date.now() - start);
        }
        return least * 1e6 / times;
    };
    const { empty, add, echo, object } = native;
    const wrapped = native.wrap({ method: native.method });
    if (empty() !== undefined || add(2, 3) !== 5 || echo("täxt") !== "täxt" || wrapped.method() !== 7 || object().x !== 1) throw new Error("wrong results");
    return {
        empty_ns: best(1e6, n => { for (let i = 0; i < n; i++) empty(); }),
        integers_ns: best(4e5, n => { let sum = 0; for (let i = 0; i < n; i++) sum = add(i, 1); return sum; }),
        string_ns: best(1e5, n => { let text = "sixteen letters!"; for (let i = 0; i < n; i++) text = echo(text); return text; }),
        method_ns: best(2e5, n => { let sum = 0; for (let i = 0; i < n; i++) sum += wrapped.method(); return sum; }),
        object_ns: best(5e4, n => { let last; for (let i = 0; i < n; i++) last = object(); return last; }),
    };
})
