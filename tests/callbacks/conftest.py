from types import SimpleNamespace

import pytest

from addax.utils.progbar import Progbar


class FakeModel:
    """What callbacks ask of a model, and a note of what they did to it."""

    def __init__(self, **more):
        self.stop_training = False
        self.optimizer = SimpleNamespace(learning_rate=1.0)
        self.metrics = []
        self.weights_now = 0
        self.restored = None
        self.saved = []
        self.__dict__.update(more)

    def get_weights(self):
        return [self.weights_now]

    def set_weights(self, weights):
        self.restored = weights[0]

    def save(self, path, overwrite):
        self.saved.append(path)

    def save_weights(self, path, overwrite):
        self.saved.append(f"weights {path}")


class OnDevice:
    """A number that is still being computed until `ready`, and counts how often it is read."""

    def __init__(self, value, ready=True):
        self.value, self.ready, self.reads = value, ready, 0

    def is_ready(self):
        return self.ready

    def __array__(self, dtype=None, copy=None):
        import numpy as np

        self.reads += 1
        return np.asarray(self.value, dtype)

    def __float__(self):
        self.reads += 1
        return float(self.value)


def run_epochs(callback, epochs, model=None):
    """Feed `callback` (ours or Keras's) with the logs of some epochs; returns the model."""
    model = model or FakeModel()
    callback.set_model(model)
    callback.set_params({"epochs": len(epochs), "steps": 1, "verbose": 0})
    callback.on_train_begin({})
    for epoch, logs in enumerate(epochs):
        model.weights_now = epoch
        callback.on_epoch_begin(epoch, {})
        callback.on_epoch_end(epoch, logs)
        if model.stop_training:
            break
    callback.on_train_end({})
    return model


@pytest.fixture
def fake():
    return SimpleNamespace(Model=FakeModel, OnDevice=OnDevice, run=run_epochs)


@pytest.fixture
def always_due(monkeypatch):
    """Bars that draw at each update, as on a terminal that is looked at all the time."""
    monkeypatch.setattr(Progbar, "due", lambda self, finalize=False: self.verbose > 0)
