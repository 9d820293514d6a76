"""Search spaces and searches that KerasTuner and Addax both make."""

import numpy as np

PROBABILITIES = [0.0, 0.05, 0.3, 0.5, 0.77, 0.999]
KINDS = [
    ("Int", {"min_value": 3, "max_value": 12}),
    ("Int", {"min_value": 6, "max_value": 13, "step": 3}),
    ("Int", {"min_value": 2, "max_value": 32, "step": 2, "sampling": "log"}),
    ("Int", {"min_value": 1, "max_value": 500, "sampling": "log", "default": 7}),
    ("Int", {"min_value": 1, "max_value": 50, "sampling": "reverse_log"}),
    ("Int", {"min_value": 1, "max_value": 64, "step": 4, "sampling": "reverse_log"}),
    ("Int", {"min_value": 5, "max_value": 5}),
    ("Float", {"min_value": -1, "max_value": 2}),
    ("Float", {"min_value": 0.0, "max_value": 0.5, "step": 0.1}),
    ("Float", {"min_value": 1e-4, "max_value": 1e-1, "sampling": "log"}),
    ("Float", {"min_value": 1e-3, "max_value": 10, "step": 10, "sampling": "log"}),
    ("Float", {"min_value": 0.1, "max_value": 5.0, "sampling": "reverse_log", "default": 1.0}),
    ("Choice", {"values": ["a", "b", "c"]}),
    ("Choice", {"values": [16, 32, 64], "default": 32}),
    ("Choice", {"values": [0.1, 0.01], "ordered": False}),
    ("Choice", {"values": [True, False]}),
    ("Boolean", {}),
    ("Boolean", {"default": True}),
    ("Fixed", {"value": "adam"}),
    ("Fixed", {"value": 0.5}),
]


def space(hp):
    """A space with conditions and scopes; what it builds is nothing."""
    kind = hp.Choice("kind", ["mlp", "cnn"])
    hp.Int("layers", 1, 3)
    with hp.conditional_scope("kind", ["mlp"]):
        if kind == "mlp":
            hp.Int("units", 8, 32, step=8)
    with hp.conditional_scope("kind", ["cnn"]):
        if kind == "cnn":
            hp.Float("dropout", 0.0, 0.5, step=0.25)
            hp.Boolean("pool")
    with hp.name_scope("optimizer"):
        hp.Float("rate", 1e-4, 1e-1, sampling="log")
        hp.Fixed("name", "adam")


def small(hp):
    """A space that a grid goes through, with an entry that only some trials ask for."""
    hp.Choice("a", [3, 1, 2], default=1)
    if hp.Boolean("b"):
        hp.Int("c", 1, 2)


def score(hp):
    """A number that depends on what is there."""
    numbers = [float(v) for v in hp.values.values() if isinstance(v, (int, float))]
    return sum(np.sin(3 * n + i) for i, n in enumerate(numbers))


SEARCHES = {
    "random": ("RandomSearch", {"max_trials": 14, "seed": 7}),
    "exhausted": ("RandomSearch", {"max_trials": 100, "seed": 1, "hypermodel": small}),
    "grid": ("GridSearch", {"hypermodel": small}),
    "grid cut short": ("GridSearch", {"max_trials": 4, "hypermodel": small}),
    "hyperband": ("Hyperband", {"max_epochs": 9, "seed": 3}),
    "hyperband by 2": ("Hyperband", {"max_epochs": 5, "factor": 2, "seed": 3}),
}

# Networks by the values that are not the defaults.
NETWORKS = {
    "resnet v1": ("HyperResNet", {"version": "v1"}),
    "resnet v2": ("HyperResNet", {}),
    "resnext": ("HyperResNet", {"version": "next", "pooling": "max"}),
    "xception": ("HyperXception", {}),
    "xception selu": ("HyperXception", {"activation": "selu", "pooling": "flatten"}),
}

_random = np.random.default_rng(0)
X = _random.normal(size=(32, 3)).astype("float32")
Y = X.sum(1, keepdims=True)
