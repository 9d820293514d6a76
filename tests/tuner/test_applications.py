"""The ready-made spaces: KerasTuner's weights and choices."""

import json
import sys
import types
from pathlib import Path

import numpy as np
import pytest
from tuner.spaces import NETWORKS

from addax import layers
from addax import tuner as kt
from addax.models import load_model
from addax.utils import set_random_seed

TEXT = (Path(__file__).parents[1] / "data" / "tuner_goldens.json").read_text()
GOLDENS = json.loads(TEXT)["networks"]
SHAPE = (32, 32, 3)


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_have_the_weights_of_kerastuners(name):
    kind, values = NETWORKS[name]
    hp = kt.HyperParameters()
    hp.values = dict(values)
    model = getattr(kt.applications, kind)(input_shape=SHAPE, classes=5).build(hp)
    assert [list(w.shape) for w in model.weights] == GOLDENS[name]["shapes"]
    assert hp.get_config() == GOLDENS[name]["space"]
    assert model.output_shape == (None, 5) and model.compiled


def test_a_network_without_its_top():
    hp = kt.HyperParameters()
    inputs = layers.Input(SHAPE)
    x = layers.Rescaling(1 / 255)(inputs)
    space = kt.applications.HyperXception(include_top=False, input_tensor=x)
    model = space.build(hp)
    assert model.output_shape == (None, 512) and not model.compiled
    assert "dropout_rate" not in hp


AUGMENTS = {
    "by chance": ({}, {"augment_layers": 1, "factor_rotate": 0, "factor_contrast": 0}),
    "between": (
        {"augment_layers": [2, 3], "rotate": [0.2, 0.3], "translate_x": None, "contrast": None},
        {"augment_layers": 2, "factor_rotate": 0.2, "factor_translate_y": 0},
    ),
    "in order": (
        {"augment_layers": 0, "rotate": [0.2, 0.3], "translate_y": None, "contrast": [0.1, 0.2]},
        {"factor_rotate": 0.2, "factor_translate_x": 0, "factor_contrast": 0.1},
    ),
}


@pytest.mark.parametrize("case", AUGMENTS)
def test_augmentations(case, tmp_path):
    given, values = AUGMENTS[case]
    set_random_seed(1)
    hp = kt.HyperParameters()
    model = kt.applications.HyperImageAugment(input_shape=(8, 8, 3), **given).build(hp)
    assert values.items() <= hp.values.items()
    x = np.random.default_rng(0).random((4, 8, 8, 3)).astype("float32")
    once = np.asarray(model(x, training=True))
    assert once.shape == x.shape
    model.save(tmp_path / "augment.keras")
    assert load_model(tmp_path / "augment.keras").output_shape == model.output_shape
    if case != "by chance":  # whose strengths begin at 0
        assert not np.allclose(once, x)


WRONG = {
    "no classes": (lambda: kt.applications.HyperResNet(input_shape=SHAPE), "specify `classes`"),
    "no input": (lambda: kt.applications.HyperXception(classes=3), "either `input_shape` or"),
    "three bounds": (
        lambda: kt.applications.HyperImageAugment(SHAPE, rotate=[0.1, 0.2, 0.3]),
        "rotate must be int or float",
    ),
    "half a layer": (
        lambda: kt.applications.HyperImageAugment(SHAPE, augment_layers=1.5),
        "augment_layers must be int",
    ),
    "no model": (
        lambda: kt.applications.HyperEfficientNet(SHAPE, classes=3, augmentation_model=3),
        "a HyperModel or a Model; received 3",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_refused(case):
    call, said = WRONG[case]
    with pytest.raises(ValueError, match=said):
        call()


def test_an_efficient_net_after_an_augmentation(monkeypatch):
    """The networks themselves are those of `addax.applications`."""

    def network(include_top, input_tensor):
        assert input_tensor.shape == (None, 240, 240, 3) and not include_top
        return types.SimpleNamespace(output=layers.Conv2D(4, 32, strides=32)(input_tensor))

    stand_in = types.SimpleNamespace(EfficientNetB1=network)
    monkeypatch.setitem(sys.modules, "addax.applications", stand_in)
    augment = kt.applications.HyperImageAugment(input_shape=SHAPE, augment_layers=0)
    space = kt.applications.HyperEfficientNet(SHAPE, classes=3, augmentation_model=augment)
    hp = kt.HyperParameters()
    hp.values = {"version": "B1"}
    model = space.build(hp)
    assert model.output_shape == (None, 3) and "factor_rotate" in hp and model.compiled
