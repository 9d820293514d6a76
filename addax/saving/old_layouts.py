"""Weights as Keras 1, Theano and cuDNN laid them out, as today's layers have them."""

from collections.abc import Callable
from typing import Any

import numpy as np

from addax.saving.guard import Stored

Named = list[tuple[str, Stored]]
GATES = {"LSTM": (0, 6, 3, 9), "GRU": (0, 3, 6)}  # where i, f, c, o and z, r, h begin
FORWARD = ("Conv1D", "Conv2D", "Conv3D")
BACKWARD = ("Conv2DTranspose", "Conv3DTranspose")


def modern(layer: Any, tensors: Named, version: str, backend: str | None) -> Named:
    """What a group of an old file holds for `layer`, in today's shapes and order."""
    kind = type(layer).__name__
    if kind == "Bidirectional":
        half = len(tensors) // 2
        sides = (layer.forward_layer, tensors[:half]), (layer.backward_layer, tensors[half:])
        return [t for inner, part in sides for t in modern(inner, part, version, backend)]
    if kind == "TimeDistributed":
        return modern(layer.layer, tensors, version, backend)
    if version.startswith("1"):
        starts = GATES.get(kind, ())
        if starts and len(tensors) == 3 * len(starts):
            return [_joined([tensors[s + i] for s in starts]) for i in range(3)]
        if kind in (*FORWARD, *BACKWARD) and tensors:
            tensors = [_changed(tensors[0], _kernel(layer, tensors[0][1].shape)), *tensors[1:]]
    if (
        kind in GATES
        and len(tensors) == 3
        and tensors[2][1].shape == (2 * len(GATES[kind]) * layer.units,)
    ):
        return _from_cudnn(tensors, len(GATES[kind]))
    if backend == "theano" and kind in (*FORWARD, *BACKWARD) and tensors:
        axes = tuple(range(len(tensors[0][1].shape) - 2))
        tensors = [_changed(tensors[0], lambda k: np.flip(k, axes)), *tensors[1:]]
    return tensors


def _from_cudnn(tensors: Named, gates: int) -> Named:
    """cuDNN has the kernels of each gate transposed, and two biases."""

    def each_gate(change: Callable) -> Callable:
        return lambda k: np.hstack([change(part) for part in np.hsplit(k, gates)])

    def biases(b: np.ndarray) -> np.ndarray:  # a GRU that resets after the product keeps both
        return b.reshape(2, -1) if gates == 3 else b.reshape(2, -1).sum(axis=0)

    kernel, recurrent, bias = tensors
    return [
        _changed(kernel, each_gate(lambda k: k.T.reshape(k.shape, order="F"))),
        _changed(recurrent, each_gate(np.transpose)),
        _changed(bias, biases),
    ]


def _kernel(layer: Any, shape: tuple[int, ...]) -> Callable[[np.ndarray], np.ndarray]:
    """Theano has (filters, channels, sizes...), TensorFlow (sizes..., channels, filters)."""
    if type(layer).__name__ == "Conv1D":  # which Keras 1 computed in two dimensions
        plain = shape[:2] == (layer.kernel_size[0], 1) and shape[3] == layer.filters
        return lambda k: (k if plain else k.transpose(2, 3, 1, 0))[:, 0]
    rank = len(shape) - 2
    first = layer.data_format == "channels_first"
    if type(layer).__name__ in BACKWARD:
        axes = (*range(2, rank + 2), 0, 1) if first else (*range(rank), rank + 1, rank)
    else:
        axes = (*range(2, rank + 2), 1, 0) if first else tuple(range(rank + 2))
    return lambda k: k.transpose(axes)


def _changed(named: tuple[str, Stored], change: Callable) -> tuple[str, Stored]:
    name, stored = named
    shape = change(np.broadcast_to(np.float32(0), stored.shape)).shape
    return name, stored._replace(shape=shape, read=lambda: change(stored.read()))


def _joined(parts: Named) -> tuple[str, Stored]:
    name, first = parts[0]
    stored = [s for _, s in parts]
    shape = (*first.shape[:-1], sum(s.shape[-1] for s in stored))
    read = lambda: np.concatenate([s.read() for s in stored], axis=-1)  # noqa: E731
    return name, Stored(shape, first.dtype, sum(s.nbytes for s in stored), read)
