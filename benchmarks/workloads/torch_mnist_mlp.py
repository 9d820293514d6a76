"""mnist_mlp by hand in PyTorch, eager or through `torch.compile`."""

import math

import torch

from benchmarks.torch_models import mlp
from benchmarks.workloads.data import mnist
from benchmarks.workloads.mnist_mlp import BATCH
from benchmarks.workloads.serve import Measure, seconds, serve
from benchmarks.workloads.torch_train_step import first_call, tensors, trainer


def prepare(_, epochs: int, compiled: bool = False) -> Measure:
    images, labels = mnist()
    network, data = mlp(784, 512, 10), tensors(images, labels.argmax(1))
    optimizer = torch.optim.RMSprop(network.parameters(), lr=1e-3, alpha=0.9, eps=1e-7)
    fit = trainer(network, optimizer, "sparse_categorical_crossentropy", data, BATCH, compiled)
    first_call(fit)
    return lambda: {"step": 1e6 * seconds(fit) / math.ceil(len(images) / BATCH)}


if __name__ == "__main__":
    serve(prepare)
