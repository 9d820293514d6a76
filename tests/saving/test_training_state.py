"""Optimizers, losses and metrics in files: training goes on in the other library."""

import inspect

import keras
import numpy as np
import pytest

RANDOM = np.random.default_rng(3)
X = RANDOM.normal(size=(8, 4)).astype("float32")
Y = np.eye(3, dtype="float32")[RANDOM.integers(0, 3, 8)]

OPTIMIZERS = {
    "SGD": lambda o: o.SGD(0.05),
    "SGD momentum": lambda o: o.SGD(0.05, momentum=0.9, nesterov=True, weight_decay=0.01),
    "RMSprop": lambda o: o.RMSprop(0.01, momentum=0.5, centered=True),
    "Adam": lambda o: o.Adam(0.01, clipnorm=1.0),
    "Adam amsgrad": lambda o: o.Adam(0.01, amsgrad=True),
    "Adam accumulated": lambda o: o.Adam(0.01, gradient_accumulation_steps=2),
    "AdamW": lambda o: o.AdamW(0.01, weight_decay=0.1),
    "Adamax": lambda o: o.Adamax(0.01),
    "Nadam": lambda o: o.Nadam(0.01),
    "Adagrad": lambda o: o.Adagrad(0.1),
    "Adadelta": lambda o: o.Adadelta(1.0),
    "Adafactor": lambda o: o.Adafactor(0.1),
    "Ftrl": lambda o: o.Ftrl(0.1),
    "Lion": lambda o: o.Lion(0.01),
    "Lamb": lambda o: o.Lamb(0.01),
    "Muon": lambda o: o.Muon(0.01),
    "ScheduleFreeAdamW": lambda o: o.ScheduleFreeAdamW(0.01),
    "LossScaleOptimizer": lambda o: o.LossScaleOptimizer(o.Adam(0.01)),
    "ExponentialDecay": lambda o: o.SGD(o.schedules.ExponentialDecay(0.1, 2, 0.5)),
    "CosineDecay": lambda o: o.Adam(o.schedules.CosineDecay(0.1, 10, warmup_steps=2)),
    "CosineDecayRestarts": lambda o: o.SGD(o.schedules.CosineDecayRestarts(0.1, 3)),
    "InverseTimeDecay": lambda o: o.SGD(o.schedules.InverseTimeDecay(0.1, 2, 0.5)),
    "PiecewiseConstantDecay": lambda o: o.SGD(
        o.schedules.PiecewiseConstantDecay([1, 3], [0.1, 0.05, 0.01])
    ),
    "PolynomialDecay": lambda o: o.SGD(o.schedules.PolynomialDecay(0.1, 5)),
}


def built(k, **arguments):
    rows = [k.Input((4,)), k.layers.Dense(5, "tanh"), k.layers.Dense(3, "softmax")]
    model = k.Sequential(rows)
    model.compile(**arguments)
    return model


def losses(model, steps=3):
    """As JAX's compiled step gives them, one after the other."""
    return [
        float(model.fit(X, Y, verbose=0, batch_size=8).history["loss"][0]) for _ in range(steps)
    ]


@pytest.mark.parametrize("ending", ["keras", "h5"])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_training_goes_on(name, ending, direction, tmp_path):
    writer, reader = direction
    if ending == "h5" and (reader is keras or name == "Adafactor"):
        pytest.skip("Keras 3.15 starts its optimizers anew, and can't write Adafactor's state.")
    model = built(writer, optimizer=OPTIMIZERS[name](writer.optimizers), loss="mse")
    losses(model)
    model.save(tmp_path / f"m.{ending}")
    other = reader.saving.load_model(tmp_path / f"m.{ending}")
    np.testing.assert_allclose(losses(other), losses(model), rtol=1e-4)


# Their arguments, of those that need some; and those that are bases, or take other targets.
ARGUMENTS = {
    "MeanIoU": [3], "IoU": [3, [0]], "OneHotIoU": [3, [0, 1]], "OneHotMeanIoU": [3],
    "SensitivityAtSpecificity": [0.5], "SpecificityAtSensitivity": [0.5],
    "PrecisionAtRecall": [0.5], "RecallAtPrecision": [0.5], "MeanRelativeError": [[1.0, 1.0, 1.0]],
}  # fmt: skip
OTHERS = """Loss Metric CTC Circle Mean Sum MeanMetricWrapper
    CategoricalGeneralizedCrossEntropy""".split()


def classes(module, sparse):
    names = [n for n, c in vars(module).items() if inspect.isclass(c) and n not in OTHERS]
    return sorted(n for n in names if ("Sparse" in n) == sparse)


def evaluated(model, y):
    logs = model.evaluate(X, y, verbose=0, return_dict=True)
    return {name: np.asarray(value) for name, value in logs.items()}


@pytest.mark.parametrize("sparse", [False, True], ids=["dense", "sparse"])
def test_losses_and_metrics(sparse, direction, tmp_path):
    """All losses at once, each of an output of its own, and all metrics."""
    writer, reader = direction
    names, x = classes(keras.losses, sparse), writer.Input((4,))
    outputs = [writer.layers.Dense(3, "softmax", name=n.lower())(x) for n in names]
    model = writer.Model(x, outputs)
    metrics = [
        getattr(writer.metrics, n)(*ARGUMENTS.get(n, ())) for n in classes(keras.metrics, sparse)
    ]
    model.compile(
        "sgd",
        [getattr(writer.losses, n)() for n in names],
        metrics=[metrics] + [[] for _ in names[1:]],
    )
    y = [Y.argmax(-1) if sparse else Y] * len(names)
    want = evaluated(model, y)
    for ending in ("keras", "h5"):
        model.save(tmp_path / f"m.{ending}")
        found = evaluated(reader.saving.load_model(tmp_path / f"m.{ending}"), y)
        assert list(found) == list(want)
        for name, value in want.items():
            np.testing.assert_allclose(found[name], value, rtol=1e-4, atol=1e-6, err_msg=name)
