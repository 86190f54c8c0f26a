"""Fitting iALS with `implicit`, or EASE with numpy or LAPACK; the peers of losslab's fitted models.

usage: fitted_peer.py CASE SIZES   CASE: als-cholesky | als-cg | ease-numpy | ease-lapack; SIZES: JSON with users, items, edges (a
file of int32 users and as many items), and dimension, iterations or lambda
Answers each line of standard input with the milliseconds of one more fit, so that peers can take turns.
"""
import json
import os
import sys
import time

case, sizes = sys.argv[1], json.loads(sys.argv[2])
threads = sizes.get("threads", 2)
# implicit has threads of its own, and wants BLAS to have none
os.environ["OPENBLAS_NUM_THREADS"] = "1" if case.startswith("als") else str(threads)
os.environ["MKL_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"]

import numpy as np
import scipy
import scipy.linalg.lapack as lapack
import scipy.sparse as sparse

users, items = np.fromfile(sizes["edges"], dtype=np.int32).reshape(2, -1)
x = sparse.csr_matrix((np.ones(users.size, np.float32), (users, items)), shape=(sizes["users"], sizes["items"]))


def als(use_cg):
    import implicit

    name = "conjugate gradients, 3 steps" if use_cg else "Cholesky"

    def fit():
        model = implicit.als.AlternatingLeastSquares(
            factors=sizes["dimension"],
            iterations=sizes["iterations"],
            regularization=0.01,
            use_cg=use_cg,
            num_threads=threads,
            random_state=1,
        )
        model.fit(x, show_progress=False)

    return f"implicit {implicit.__version__} ({name}), {threads} threads", fit


def gram():
    g = np.asarray((x.T @ x).todense(), dtype=np.float32)
    g[np.diag_indices_from(g)] += sizes["lambda"]
    return g


def weights(p):
    w = p / -np.diag(p)
    np.fill_diagonal(w, 0)
    return w


def ease_numpy():
    return f"numpy {np.__version__} (linalg.inv), {threads} threads", lambda: weights(np.linalg.inv(gram()))


def ease_lapack():
    def fit():
        factor, _ = lapack.spotrf(gram().T, lower=1, overwrite_a=1)
        p, _ = lapack.spotri(factor, lower=1, overwrite_c=1)
        weights(np.tril(p) + np.tril(p, -1).T)

    return f"LAPACK by scipy {scipy.__version__} (potrf, potri), {threads} threads", fit


make = {
    "als-cholesky": lambda: als(False),
    "als-cg": lambda: als(True),
    "ease-numpy": ease_numpy,
    "ease-lapack": ease_lapack,
}
name, run = make[case]()
print(json.dumps({"ready": name}), flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    run()
    print(json.dumps({"ms": (time.perf_counter() - start) * 1e3}), flush=True)
