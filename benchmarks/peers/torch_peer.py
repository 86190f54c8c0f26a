"""One training step in eager PyTorch, dense Adam, as the papers' code has it; the peer of losslab's own step.

usage: torch_peer.py CASE SIZES   CASE: bsl | mine-plus | bpr | vbpr | neumf | lightgcn-bpr | lightgcn-bsl | nbpo | ig | rank | loss; SIZES: JSON, e.g. {"users": 31668, "items": 38048, ...}
Answers each line of standard input with the milliseconds of one more step, so that peers can take turns.
"""
import json
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

case, sizes = sys.argv[1], json.loads(sys.argv[2])
torch.set_num_threads(sizes.get("threads", 2))
torch.manual_seed(0)
D, B = sizes.get("dimension", 64), sizes.get("batch", 1024)
M, N = sizes.get("positives", 1), sizes.get("negatives", 1)


def table(rows):
    return torch.nn.Parameter(torch.randn(rows, D) * 0.1)


def trained(loss_of):
    users, items = table(sizes["users"]), table(sizes["items"])
    optimizer = torch.optim.Adam([users, items], lr=1e-3, weight_decay=sizes.get("weightDecay", 0))

    def step():
        u = torch.randint(0, sizes["users"], (B,))
        p = torch.randint(0, sizes["items"], (B, M))
        n = torch.randint(0, sizes["items"], (B, N))
        loss = loss_of(users[u], items[p], items[n])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step


def softmax_loss(t, weight):
    def loss(u, p, n):
        u, i = F.normalize(u, dim=-1), F.normalize(torch.cat([p, n], 1), dim=-1)
        y = torch.bmm(i, u.unsqueeze(-1)).squeeze(-1) / t
        return (-y[:, 0] + weight * torch.logsumexp(y[:, 1:], -1)).mean()

    return loss


def bpr(u, p, n):
    return F.softplus((u * (n[:, 0] - p[:, 0])).sum(-1)).mean()


def vbpr(u, p, n):
    s = (u.unsqueeze(1) * torch.cat([p, n], 1)).sum(-1)
    interest = lambda x, c: (x * torch.softmax(x / c, -1)).sum(-1)
    return F.softplus(interest(s[:, M:], 0.1) - interest(s[:, :M], 10)).mean()


def lightgcn(loss_of):
    users, items, layers = sizes["users"], sizes["items"], sizes["layers"]
    edges = torch.from_numpy(np.fromfile(sizes["edges"], dtype=np.int32).astype(np.int64)).view(2, -1)
    u, i = edges[0], edges[1] + users
    rows, columns = torch.cat([u, i]), torch.cat([i, u])
    scale = torch.bincount(rows, minlength=users + items).clamp(min=1).float() ** -0.5
    adjacency = torch.sparse_coo_tensor(
        torch.stack([rows, columns]), scale[rows] * scale[columns], (users + items, users + items)
    )
    adjacency = adjacency.coalesce().to_sparse_csr()
    embeddings = table(users + items)
    optimizer = torch.optim.Adam([embeddings], lr=1e-3)

    def step():
        layer = total = embeddings
        for _ in range(layers):
            layer = torch.sparse.mm(adjacency, layer)
            total = total + layer
        mean = total / (layers + 1)
        drawn = torch.randint(0, u.numel(), (B,))
        loss = loss_of(mean, u[drawn], i[drawn])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step


def lightgcn_bpr(mean, u, p):
    n = torch.randint(sizes["users"], sizes["users"] + sizes["items"], (B,))
    return F.softplus((mean[u] * (mean[n] - mean[p])).sum(-1)).mean()


def lightgcn_bsl(mean, u, p):
    scores = F.normalize(mean[u], dim=-1) @ F.normalize(mean[p], dim=-1).T / 0.12
    others = scores.masked_fill(torch.eye(B, dtype=torch.bool), float("-inf"))
    return (-scores.diagonal() + 0.84 * torch.logsumexp(others, -1)).mean()


def nbpo():
    """An epoch, user by user: eq. 8 by the surrogate gradient, SGD whose decay is over whole matrices."""
    rows, L = sizes["interactions"], sizes["noise"]
    of = lambda count, width: torch.nn.Parameter(torch.rand(count, width) * width**-0.5)
    U, V = of(sizes["users"], D), of(sizes["items"], D)
    P, Q = of(sizes["users"], L), of(sizes["items"], L)
    model = {"params": [U, V], "weight_decay": 1e-4}
    noise = {"params": [P, Q], "weight_decay": 1e-3}
    optimizer = torch.optim.SGD([model, noise], lr=0.05)
    voted = torch.randint(0, sizes["users"], (rows,)).sort()[0], torch.randint(0, sizes["items"], (rows,))

    def sigma(x):  # value σ(x), gradient σ(−x)
        log = F.logsigmoid(x)
        return torch.sigmoid(x).detach() + log - log.detach()

    def scores(left, right, users, items):
        s = (left[users].unsqueeze(1) * right[items]).sum(-1)
        return s[:, :1], s[:, 1:]

    def epoch():
        for part in torch.arange(rows).split(B):
            users, positives = voted[0][part], voted[1][part].unsqueeze(1)
            items = torch.cat([positives, torch.randint(0, sizes["items"], (len(part), N))], 1)
            (r, s), (g, h) = scores(U, V, users, items), scores(P, Q, users, items)
            loss = -((sigma(-g) * sigma(r)).sum() + (sigma(-s) + sigma(h) * sigma(s)).sum()) / len(part)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    return epoch


def ig():
    """An epoch of Algorithm 1: BCE on 90 % of the pairs; then candidates by a fresh Adam each, and a labelled step."""
    rows = sizes["interactions"]
    theta = [table(sizes["users"]), table(sizes["items"])]
    optimizer = torch.optim.Adam(theta, lr=1e-3)
    voted = torch.randint(0, sizes["users"], (rows,)), torch.randint(0, sizes["items"], (rows,))
    labels = (torch.arange(rows) % 6 > 0).float()
    kept = rows - rows // 10

    def scores(tables, users, items):
        return (tables[0][users] * tables[1][items]).sum(-1)

    def labelled(tables, part):
        return F.binary_cross_entropy_with_logits(scores(tables, voted[0][part], voted[1][part]), labels[part])

    def dual(tables, users, items):
        s = scores(tables, users, items)
        one, zero = F.softplus(-s), F.softplus(s)
        w = (zero**2 / (zero**2 + one**2)).detach()
        return (w * one + (1 - w) * zero).mean()

    def candidate(gradients, sign):
        moved = [p.detach().clone().requires_grad_() for p in theta]
        for p, g in zip(moved, gradients):
            p.grad = sign * g
        torch.optim.Adam(moved, lr=1e-4).step()
        return moved

    def descend(part):
        loss = labelled(theta, part)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    def epoch():
        for part in torch.randperm(kept).split(B):
            descend(part)
        for part in (kept + torch.randperm(rows - kept)).split(B):
            users = voted[0][part]
            gradients = torch.autograd.grad(dual(theta, users, torch.randint(0, sizes["items"], (len(part),))), theta)
            tried = [theta, candidate(gradients, 1), candidate(gradients, -1)]
            with torch.no_grad():
                best = min(tried, key=lambda tables: labelled(tables, part).item())
                for p, q in zip(theta, best):
                    p.copy_(q)
            descend(part)

    return epoch


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


def products():
    m, k, n = sizes["m"], sizes["k"], sizes["n"]
    x, w, g = torch.randn(m, k), torch.randn(k, n), torch.randn(m, n)

    def run():
        torch.matmul(x, w)
        if sizes["backward"]:
            torch.matmul(g, w.T)
            torch.matmul(x.T, g)

    return run


class NeuMf(torch.nn.Module):
    def __init__(self, widths):
        super().__init__()
        rows = lambda count, width: torch.nn.Embedding(count, width)
        self.users, self.items = rows(sizes["users"], D), rows(sizes["items"], D)
        self.deep_users, self.deep_items = rows(sizes["users"], widths[0]), rows(sizes["items"], widths[0])
        layers = []
        for before, width in zip([2 * widths[0], *widths], widths):
            layers += [torch.nn.Linear(before, width), torch.nn.ReLU()]
        self.tower = torch.nn.Sequential(*layers)
        self.output = torch.nn.Linear(D + widths[-1], 1)

    def forward(self, u, i):
        deep = self.tower(torch.cat([self.deep_users(u), self.deep_items(i)], -1))
        return self.output(torch.cat([self.users(u) * self.items(i), deep], -1)).squeeze(-1)


def neumf():
    model = NeuMf([128, 64, 32])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    labels = torch.cat([torch.ones(B), torch.zeros(B * N)])

    def step():
        u = torch.randint(0, sizes["users"], (B,))
        items = torch.randint(0, sizes["items"], (B * (1 + N),))
        scores = model(torch.cat([u, u.repeat_interleave(N)]), items)
        loss = F.binary_cross_entropy_with_logits(scores, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step


make = {
    "matmul": products,
    
    "bsl": lambda: trained(softmax_loss(0.11, 1.1)),
    "mine-plus": lambda: trained(softmax_loss(0.4, 1.2)),
    "bpr": lambda: trained(bpr),
    "vbpr": lambda: trained(vbpr),
    "neumf": neumf,
    "lightgcn-bpr": lambda: lightgcn(lightgcn_bpr),
    "lightgcn-bsl": lambda: lightgcn(lightgcn_bsl),
    "nbpo": nbpo,
    "ig": ig,
    "rank": ranking,
    "loss": loss_alone,
}
run = make[case]()
print(json.dumps({"ready": f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads"}), flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    run()
    print(json.dumps({"ms": (time.perf_counter() - start) * 1e3}), flush=True)
