"""An epoch of implicit's BPR, or an iteration of its ALS, on the interactions that losslab trains on.

usage: implicit_peer.py bpr|als SIZES   SIZES: JSON, {"users", "items", "dimension", "threads", "indptr", "indices"},
the last two files of 32-bit integers (compressed sparse rows).
Answers each line of standard input with the milliseconds of one more epoch: see torch_peer.py.
"""
import json
import os
import sys
import time

work, sizes = sys.argv[1], json.loads(sys.argv[2])
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # implicit brings threads of its own
import implicit
import numpy as np
from scipy.sparse import csr_matrix

indptr, indices = (np.fromfile(sizes[name], dtype=np.int32) for name in ("indptr", "indices"))
shape = (sizes["users"], sizes["items"])
interactions = csr_matrix((np.ones(len(indices), dtype=np.float32), indices, indptr), shape=shape)
given = {"factors": sizes["dimension"], "iterations": 1, "num_threads": sizes["threads"], "random_state": 0}
if work == "bpr":
    from implicit.cpu.bpr import BayesianPersonalizedRanking

    model, about = BayesianPersonalizedRanking(**given), "BPR, an epoch of SGD pair by pair"
else:
    from implicit.cpu.als import AlternatingLeastSquares

    model, about = AlternatingLeastSquares(**given), "ALS, an iteration; no counterpart in this case"

print(json.dumps({"ready": f"implicit {implicit.__version__} {about}, {sizes['threads']} threads"}), flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    model.fit(interactions, show_progress=False)
    print(json.dumps({"ms": (time.perf_counter() - start) * 1e3}), flush=True)
