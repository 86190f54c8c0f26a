"""Reads a CSV of user,item,rating, as Python's own libraries do; the peer of losslab's reader.

usage: read_peer.py csv|loadtxt|pandas FILE
Answers each line of standard input with the milliseconds of one more reading: see torch_peer.py.
"""
import json
import sys
import time

library, path = sys.argv[1:]
if library == "pandas":
    import pandas

    name, read = f"pandas {pandas.__version__} read_csv", lambda: pandas.read_csv(path)
elif library == "loadtxt":
    import numpy

    name, read = f"numpy {numpy.__version__} loadtxt", lambda: numpy.loadtxt(path, delimiter=",", skiprows=1)
else:
    import array
    import csv

    name = f"Python {sys.version.split()[0]} csv, into arrays"

    def read():
        users, items, ratings = array.array("i"), array.array("i"), array.array("f")
        with open(path, newline="") as file:
            rows = csv.reader(file)
            next(rows)
            for user, item, rating in rows:
                users.append(int(user))
                items.append(int(item))
                ratings.append(float(rating))


print(json.dumps({"ready": name}), flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    read()
    print(json.dumps({"ms": (time.perf_counter() - start) * 1e3}), flush=True)
