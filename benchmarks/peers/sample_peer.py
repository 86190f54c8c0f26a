"""Drawing the negatives of one batch in PyTorch or numpy, as vectorised code does it; the peer of losslab's samplers.

usage: sample_peer.py LIBRARY LAW SIZES   LIBRARY: torch | numpy; LAW: all | unseen | popular; SIZES: JSON
`unseen` redraws what a sorted list of user · items + item holds; `popular` draws in proportion to degrees (torch.multinomial,
numpy: binary search in cumulated degrees) and redraws in the same way.
Answers each line of standard input with the milliseconds of one more batch, so that peers can take turns.
"""
import json
import sys
import time

library, law, sizes = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
U, I, H, B, N = (sizes[name] for name in ("users", "items", "history", "batch", "negatives"))

if library == "torch":
    import torch

    torch.set_num_threads(sizes.get("threads", 2))
    torch.manual_seed(0)
    version = f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads"
    history = (torch.rand(U, H) ** 2 * I).long()
    keys = torch.unique(torch.arange(U).unsqueeze(1) * I + history)
    degrees = torch.bincount(history.flatten(), minlength=I).float()

    def draw(count):
        if law == "popular":
            return torch.multinomial(degrees, count, replacement=True)
        return torch.randint(0, I, (count,))

    def seen(users, items):
        wanted = users * I + items
        at = torch.searchsorted(keys, wanted).clamp(max=len(keys) - 1)
        return torch.nonzero(keys[at] == wanted).squeeze(1)

    def batch_users():
        return torch.randint(0, U, (B,)).repeat_interleave(N)

else:
    import numpy

    version = f"numpy {numpy.__version__}"
    rng = numpy.random.default_rng(0)
    history = (rng.random((U, H)) ** 2 * I).astype(numpy.int64)
    keys = numpy.unique(numpy.arange(U)[:, None] * I + history)
    degrees = numpy.bincount(history.ravel(), minlength=I)
    cumulated = numpy.cumsum(degrees) / degrees.sum()

    def draw(count):
        if law == "popular":
            return numpy.searchsorted(cumulated, rng.random(count), side="right")
        return rng.integers(0, I, count)

    def seen(users, items):
        wanted = users * I + items
        at = numpy.minimum(numpy.searchsorted(keys, wanted), len(keys) - 1)
        return numpy.nonzero(keys[at] == wanted)[0]

    def batch_users():
        return rng.integers(0, U, B).repeat(N)


def run():
    items = draw(B * N)
    if law == "all":
        return
    users = batch_users()
    again = seen(users, items)
    while len(again) > 0:
        items[again] = draw(len(again))
        again = again[seen(users[again], items[again])]


print(json.dumps({"ready": version}), flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    run()
    print(json.dumps({"ms": (time.perf_counter() - start) * 1e3}), flush=True)
