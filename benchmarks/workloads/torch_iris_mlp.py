"""iris_mlp by hand in PyTorch, eager or through `torch.compile`."""

from benchmarks.torch_models import mlp
from benchmarks.workloads.data import flowers
from benchmarks.workloads.iris_mlp import BATCH, ROWS
from benchmarks.workloads.serve import Measure, seconds, serve
from benchmarks.workloads.torch_train_step import adam, first_call, tensors, trainer


def prepare(_, compiled: bool = False) -> Measure:
    x, y = flowers(ROWS)
    network = mlp(4, 10, 1)
    data, optimizer = tensors(x, y[:, None]), adam(network)
    fit = trainer(network, optimizer, "binary_crossentropy", data, BATCH, compiled)
    first_call(fit)
    return lambda: {"step": 1e6 * seconds(fit) / (ROWS // BATCH)}


if __name__ == "__main__":
    serve(prepare)
