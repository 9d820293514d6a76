"""one_example by hand in PyTorch."""

import numpy as np
import torch

from benchmarks.torch_models import mlp
from benchmarks.workloads.serve import Measure, seconds, serve


def prepare(_, how: str) -> Measure:
    network = torch.nn.Sequential(mlp(784, 512, 10), torch.nn.Softmax(-1)).eval()
    x = np.random.default_rng(0).random((1, 784), dtype="float32")

    @torch.inference_mode()
    def call() -> np.ndarray:
        return network(torch.from_numpy(x)).numpy()

    seconds(call)
    return lambda: {"call": 1e6 * seconds(call)}


if __name__ == "__main__":
    serve(prepare)
