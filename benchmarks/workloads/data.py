"""Data of more than one workload."""

import os
from pathlib import Path

import numpy as np


def mnist() -> tuple[np.ndarray, np.ndarray]:
    """Images (60000, 784) in [0, 1] and one-hot labels (60000, 10), both float32.

    Random arrays of that size unless the folder `ADDAX_DATASETS` has `mnist.npz`.
    """
    file = Path(os.environ.get("ADDAX_DATASETS", ".")) / "mnist.npz"
    if file.exists():
        with np.load(file, allow_pickle=False) as stored:
            images, digits = stored["x_train"].reshape(-1, 784) / 255, stored["y_train"]
    else:
        random = np.random.default_rng(0)
        images, digits = random.random((60000, 784)), random.integers(0, 10, 60000)
    return images.astype("float32"), np.eye(10, dtype="float32")[digits]


def flowers(rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Four numbers a row, and whether their sum is positive, both float32."""
    x = np.random.default_rng(0).standard_normal((rows, 4)).astype("float32")
    return x, (x.sum(axis=1) > 0).astype("float32")
