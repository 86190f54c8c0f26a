"""One training step in eager PyTorch, dense Adam, as the papers' code has it; the peer of losslab's own step.

usage: torch_peer.py CASE SIZES   CASE: bsl | bpr | rank | loss; SIZES: JSON, e.g. {"users": 31668, "items": 38048, ...}
Answers each line of standard input with the milliseconds of one more step, so that peers can take turns.
"""
import json
import sys
import time

import torch
import torch.nn.functional as F

case, sizes = sys.argv[1], json.loads(sys.argv[2])
torch.set_num_threads(sizes.get("threads", 2))
torch.manual_seed(0)
D, B, N = sizes.get("dimension", 64), sizes.get("batch", 1024), sizes.get("negatives", 1)


def table(rows):
    return torch.nn.Parameter(torch.randn(rows, D) * 0.1)


def trained(loss_of):
    users, items = table(sizes["users"]), table(sizes["items"])
    optimizer = torch.optim.Adam([users, items], lr=1e-3)

    def step():
        u = torch.randint(0, sizes["users"], (B,))
        p = torch.randint(0, sizes["items"], (B,))
        n = torch.randint(0, sizes["items"], (B, N))
        loss = loss_of(users[u], items[p], items[n])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step


def bsl(u, p, n):
    u, i = F.normalize(u, dim=-1), F.normalize(torch.cat([p.unsqueeze(1), n], 1), dim=-1)
    y = torch.bmm(i, u.unsqueeze(-1)).squeeze(-1) / 0.11
    return (-y[:, 0] + 1.1 * torch.logsumexp(y[:, 1:], -1)).mean()


def bpr(u, p, n):
    return F.softplus((u * (n[:, 0] - p)).sum(-1)).mean()


def ranking():
    users, items = torch.randn(sizes["users"], D), torch.randn(sizes["items"], D)

    def run():
        with torch.no_grad():
            for at in range(0, sizes["users"], 1024):
                torch.topk(users[at : at + 1024] @ items.T, 20)

    return run


def loss_alone():
    scores = (torch.randn(B, N + 1) * 0.3).requires_grad_()

    def run():
        y = scores / 0.11
        scores.grad = None
        (-y[:, 0] + 1.1 * torch.logsumexp(y[:, 1:], -1)).mean().backward()

    return run


make = {"bsl": lambda: trained(bsl), "bpr": lambda: trained(bpr), "rank": ranking, "loss": loss_alone}
run = make[case]()
print(json.dumps({"ready": f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads"}), flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    run()
    print(json.dumps({"ms": (time.perf_counter() - start) * 1e3}), flush=True)
