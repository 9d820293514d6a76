"""train_step by hand in PyTorch: the loop every user writes, eager or through `torch.compile`."""

import signal
import time
from collections.abc import Callable

import numpy as np
import torch
from torch.nn import functional as F

from benchmarks.models import PROBLEMS
from benchmarks.torch_models import NETWORKS
from benchmarks.workloads.serve import Measure, serve
from benchmarks.workloads.train_step import figures

PATIENCE = 180  # seconds until a compilation is not worth its place in the table

# the loss of logits, and which of them are right
LOSSES = {
    "sparse_categorical_crossentropy": (
        F.cross_entropy,
        lambda logits, y: logits.argmax(1) == y,
    ),
    "binary_crossentropy": (
        F.binary_cross_entropy_with_logits,
        lambda logits, y: (logits > 0) == y,
    ),
}


def trainer(
    network: torch.nn.Module,
    optimizer: torch.optim.Optimizer,
    loss: str,
    data: tuple[torch.Tensor, torch.Tensor],
    batch: int,
    compiled: bool,
) -> Callable[[], None]:
    """An epoch of shuffled batches; loss and accuracy stay tensors until its end."""
    (cost, right), (x, y) = LOSSES[loss], data

    def forward(x: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        logits = network(x)
        return cost(logits, y), right(logits, y).float().mean()

    update = optimizer.step
    if compiled:  # each size of batch on its own
        forward = torch.compile(forward, dynamic=False)
        update = update if optimizer.defaults.get("fused") else torch.compile(update)

    def epoch() -> None:
        total, correct = torch.zeros(()), torch.zeros(())
        for rows in torch.randperm(len(x)).split(batch):
            optimizer.zero_grad()
            value, share = forward(x[rows], y[rows])
            value.backward()
            update()
            total += value.detach() * len(rows)
            correct += share * len(rows)
        total.item(), correct.item()

    return epoch


def adam(network: torch.nn.Module) -> torch.optim.Adam:
    """Keras's Adam; fused, which takes less time than its default and than compiling updates."""
    return torch.optim.Adam(network.parameters(), eps=1e-7, fused=True)


def first_call(fit: Callable[[], None]) -> float:
    """Seconds of the first call, which compiles; TimeoutError when that is beyond patience."""

    def give_up(*_) -> None:
        raise TimeoutError(f"torch.compile takes more than {PATIENCE} s")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    start = time.perf_counter()
    fit()
    signal.alarm(0)
    return time.perf_counter() - start


def tensors(
    x: np.ndarray, y: np.ndarray, channels_last: bool = False
) -> tuple[torch.Tensor, torch.Tensor]:
    """Images with the channels first, in one of the two orders in memory; classes as int64."""

    def first(array: np.ndarray) -> torch.Tensor:
        tensor = torch.from_numpy(array)
        if tensor.ndim < 4:
            return tensor
        tensor = tensor.permute(0, 3, 1, 2)  # which is channels-last in memory
        return tensor if channels_last else tensor.contiguous()

    labels = first(y)
    return first(x), labels if labels.is_floating_point() else labels.long()


def prepare(_, model: str, steps: int, compiled: bool = False) -> Measure:
    problem, described = PROBLEMS[model], NETWORKS[model]
    order = torch.channels_last if described.channels_last else torch.contiguous_format
    network = described.build().to(memory_format=order)
    count = steps * problem.batch
    arrays = problem.data((None, *described.inputs), (None, *described.outputs), count)
    data = tensors(*arrays, described.channels_last)
    optimizer = adam(network)
    fit = trainer(network, optimizer, problem.loss, data, problem.batch, compiled)
    first = first_call(fit)
    fit()
    return figures(fit, steps, first)


if __name__ == "__main__":
    serve(prepare)
