"""The networks of Keras and of Addax side by side: names, shapes, files, predictions."""

import contextlib
import gc
import importlib
import inspect
import time
from types import SimpleNamespace
from unittest import mock

import h5py
import numpy as np

from addax import applications, utils

NAMES = [name for name in applications.__all__ if name[0].isupper()]
LEAST = {"Xception": 71, "InceptionV3": 75, "InceptionResNetV2": 75}
WORST = 1e-4  # relative to the largest logit


def module(name):
    """The module of the network."""
    return applications._MODULES[name]


def arguments(name, **changed):
    """Arguments for the smallest images, random weights and logits."""
    side = LEAST.get(name, 32)
    usual = {
        "weights": None,
        "input_shape": (side, side, 3),
        "classifier_activation": None,
    }
    return usual | changed


def ours(name, **changed):
    """Addax's network, and the seconds that it took."""
    utils.clear_session()
    return timed(getattr(applications, name), arguments(name, **changed))


def theirs(name, **changed):
    """Keras's network, and the seconds that it took."""
    import keras

    keras.utils.clear_session()
    return timed(getattr(keras.applications, name), arguments(name, **changed))


@contextlib.contextmanager
def undrawn():
    """Keras begins with zeros: to draw takes most of the time in which it builds."""
    from keras.src import random

    with contextlib.ExitStack() as stack:
        for name in ("normal", "truncated_normal", "uniform"):
            zeros = lambda shape, *args, **kwargs: np.zeros(shape, "float32")  # noqa: E731
            stack.enter_context(mock.patch.object(random, name, zeros))
        yield


def timed(build, given):
    gc.collect()
    start = time.perf_counter()
    model = build(**given)
    return model, time.perf_counter() - start


def described(model):
    """Names of the layers, and names and shapes of their weights, in order."""
    layers = [(layer.name, [tuple(w.shape) for w in layer.weights]) for layer in model.layers]
    return {"layers": layers, "parameters": model.count_params()}


def draw(model, seed=0):
    """Random weights, moving statistics included, that keep signals alive in deep networks."""
    rng = np.random.default_rng(seed)
    drawn = []
    for weight in model.weights:
        shape, name = tuple(weight.shape), weight.path.split("/")[-1]
        if "variance" in name or name in ("gamma", "count"):
            value = rng.uniform(0.5, 1.5, shape)
        elif len(shape) < 2:
            value = 0.1 * rng.standard_normal(shape)
        else:
            inputs = np.prod(shape[:2]) if "depthwise" in name else np.prod(shape[:-1])
            value = np.sqrt(2 / inputs) * rng.standard_normal(shape, "float32")
        drawn.append(np.asarray(value, weight.dtype))
    model.set_weights(drawn)


def images(model, count=2):
    return np.random.default_rng(1).uniform(0, 255, (count, *model.input_shape[1:])).astype("f4")


def write_as_official(model, path):
    """A file of weights by layer, as Keras's official ones are."""
    from keras.src.legacy.saving import legacy_h5_format

    with h5py.File(path, "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, model)


def error(found, expected):
    """The largest difference, relative to the largest number."""
    assert np.isfinite(expected).all() and np.ptp(expected) > 0
    return np.abs(found - expected).max() / np.abs(expected).max()


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def same_weights(one, other):
    pairs = zip(one.get_weights(), other.get_weights(), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


def compare(name, folder, **changed):
    """What `gallery` prints of a network; AssertionError where the two differ."""
    k, keras_seconds = theirs(name, **changed)
    a, seconds = ours(name, **changed)
    assert described(a) == described(k)
    draw(k)
    official, plain = folder / f"{name}.h5", folder / f"{name}.weights.h5"
    write_as_official(k, official)
    k.save_weights(plain)

    a, _ = ours(name, weights=official, **changed)
    x = images(a)
    logits, expected = a.predict(x, verbose=0), k.predict(x, verbose=0)
    worst = error(logits, expected), error(softmax(logits), softmax(expected))
    assert max(worst) < WORST, worst

    back = folder / f"{name}-back.h5", folder / f"{name}-back.weights.h5"
    for path in back:
        a.save_weights(path)
    draw(a, seed=1)
    a.load_weights(plain)
    assert same_weights(a, k)
    for path in back:
        draw(k, seed=2)
        k.load_weights(path)
        assert same_weights(a, k)
    for path in (official, plain, *back):
        path.unlink()
    return SimpleNamespace(
        name=name,
        parameters=a.count_params(),
        error=worst[0],
        seconds=seconds,
        keras_seconds=keras_seconds,
        lines=lines(name),
    )


def lines(name):
    source = inspect.getsource(importlib.import_module(f"addax.applications.{module(name)}"))
    return len(source.splitlines())
