"""Exported models give the model's outputs in a process that has only JAX."""

import json
import subprocess
import sys

import jax
import numpy as np
import pytest

import addax
from addax import layers

pytest.importorskip("flatbuffers")


def sequential(*parts):
    return addax.Sequential(list(parts))


def images():
    convolutions = [layers.Conv2D(4, 3), layers.MaxPooling2D(), layers.DepthwiseConv2D(3)]
    more = [layers.SeparableConv2D(4, 3, strides=2), layers.Conv2DTranspose(2, 3, strides=2)]
    normal = [layers.BatchNormalization(), layers.AveragePooling2D(), layers.Dropout(0.5)]
    last = [layers.Flatten(), layers.Dense(3, "softmax")]
    return sequential(addax.Input((16, 16, 1)), *convolutions, *more, *normal, *last)


def attention():
    words = addax.Input((None,), dtype="int32")
    x = layers.Embedding(9, 8, mask_zero=True)(words)
    x = layers.LayerNormalization()(x + layers.MultiHeadAttention(2, 4)(x, x))
    return addax.Model(words, layers.GlobalAveragePooling1D()(x))


def several():
    a, b = addax.Input((4,), name="a"), addax.Input((4,), name="b")
    return addax.Model([a, b], {"sum": layers.Add()([a, b]), "dense": layers.Dense(2)(a)})


class Own(addax.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)

    def call(self, x, training=False):
        return self.dense(x) * (2 if training else 1)


def built():
    model = Own()
    model(np.ones((1, 3)))
    return model


RNG = np.random.default_rng(0)
ROWS = {  # a model, inputs, and what is passed besides
    "images": (images, RNG.normal(size=(3, 16, 16, 1)), {}),
    "lstm": (
        lambda: sequential(addax.Input((None, 3)), layers.LSTM(4), layers.Dense(1)),
        RNG.normal(size=(2, 7, 3)),
        {},
    ),
    "one step": (
        lambda: sequential(addax.Input((None, 3)), layers.GRU(4, return_sequences=True)),
        RNG.normal(size=(2, 1, 3)),
        {},
    ),
    "both ways": (
        lambda: sequential(addax.Input((5, 3)), layers.Bidirectional(layers.SimpleRNN(2))),
        RNG.normal(size=(2, 5, 3)),
        {},
    ),
    "attention": (attention, RNG.integers(0, 9, (4, 6)).astype("int32"), {}),
    "several": (several, [RNG.normal(size=(2, 4)), RNG.normal(size=(2, 4))], {}),
    "own class": (
        built,
        RNG.normal(size=(5, 3)),
        {"input_signature": [addax.InputSpec(shape=(None, 3), dtype="float32")]},
    ),
    "one platform": (
        lambda: sequential(addax.Input((3,)), layers.Dense(1)),
        RNG.normal(size=(5, 3)),
        {"platforms": ["cpu"], "verify": False},
    ),
}


def small(x):
    return jax.tree.map(lambda a: np.asarray(a, "float32" if a.dtype == "float64" else None), x)


@pytest.mark.parametrize("name", ROWS)
def test_the_file_computes_what_the_model_does(name, tmp_path):
    build, x, options = ROWS[name]
    model, x = build(), small(x)
    path = tmp_path / "m.stablehlo"
    model.export(path, format="stablehlo", verbose=False, **options)
    run = jax.export.deserialize(bytearray(path.read_bytes())).call
    found, wanted = run(x), model(x, training=False)
    assert jax.tree.structure(found) == jax.tree.structure(wanted)
    for one, other in zip(jax.tree.leaves(found), jax.tree.leaves(wanted), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5)


def test_a_process_without_addax(tmp_path, capsys):
    model = sequential(addax.Input((3,)), layers.Dense(2, "tanh"))
    model.export(tmp_path / "m.stablehlo", format="stablehlo")
    assert "Saved" in capsys.readouterr().out
    program = (
        "import sys, json, numpy as np; from jax import export; "
        "f = export.deserialize(bytearray(open(sys.argv[1], 'rb').read())); "
        "y = f.call(np.ones((2, 3), 'float32')); "
        "print(json.dumps([np.asarray(y).tolist(), 'addax' in sys.modules]))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "m.stablehlo")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    outputs, has_addax = json.loads(done.stdout)
    np.testing.assert_allclose(outputs, model(np.ones((2, 3))), rtol=1e-5)
    assert not has_addax


def wrong_program(monkeypatch):
    from addax.export import stablehlo

    real = stablehlo.render

    def render(*args, **kwargs):
        content, run = real(*args, **kwargs)
        return content, lambda x: run(x) * 1.01

    monkeypatch.setattr(stablehlo, "render", render)


def test_what_differs_is_not_written(tmp_path, monkeypatch):
    wrong_program(monkeypatch)
    model = sequential(addax.Input((3,)), layers.Dense(2))
    with pytest.raises(RuntimeError, match=r"differs from the model's by 1\.0e-02"):
        model.export(tmp_path / "m", format="stablehlo")
    assert not list(tmp_path.iterdir())


WRONG = [
    ("tf_saved_model", built, "'tf_saved_model' is not there yet: format=\"stablehlo\""),
    ("onnx", built, "'onnx' is not there yet"),
    ("stablehl", built, "Did you mean 'stablehlo'"),
    ("stablehlo", built, "are not known: it is no graph. Pass input_signature"),
]


@pytest.mark.parametrize("format, build, words", WRONG)
def test_wrong_use(format, build, words, tmp_path):
    with pytest.raises(ValueError, match=words):
        build().export(tmp_path / "m", format=format)
    assert not list(tmp_path.iterdir())
