# Rows into SQLite one by one, in one transaction: ms, the least of several rounds.
import os, sqlite3, sys, time

least = float("inf")
for _ in range(3):
    start = time.perf_counter()
    rows = sqlite3.connect(sys.argv[1], isolation_level=None)
    rows.execute("PRAGMA journal_mode = WAL")
    rows.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, amount REAL)")
    rows.execute("BEGIN IMMEDIATE")
    for i in range(10000):
        rows.execute("INSERT INTO t (name, amount) VALUES (?, ?)", (f"name {i}", i / 2))
    rows.execute("COMMIT")
    rows.close()
    os.remove(sys.argv[1])
    least = min(least, (time.perf_counter() - start) * 1000)
print(least)
