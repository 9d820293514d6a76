"""Low-rank adaptation equals Keras's."""

from typing import Any

import keras
import numpy as np
import pytest
from layer_pairs import equal, equal_gradients
from layer_rows import comparable, share_weights

import addax

LAYERS = [
    ("Dense", {"units": 4, "kernel_regularizer": "l2"}, (2, 3)),
    ("EinsumDense", {"equation": "abc,cde->abde", "output_shape": (5, 2, 4)}, (2, 5, 3)),
    ("Conv1D", {"filters": 4, "kernel_size": 3, "padding": "causal"}, (2, 5, 3)),
    ("Conv2D", {"filters": 4, "kernel_size": 3, "groups": 2}, (2, 5, 5, 4)),
    ("Conv3D", {"filters": 2, "kernel_size": 2}, (1, 3, 3, 3, 2)),
    ("Embedding", {"input_dim": 7, "output_dim": 4}, (2, 5)),
    ("ReversibleEmbedding", {"input_dim": 7, "output_dim": 4, "lora_rank": 2}, (2, 5)),
]


def data(name: str, shape: tuple) -> np.ndarray:
    rng = np.random.default_rng(0)
    return rng.integers(0, 7, shape) if "Emb" in name else rng.normal(size=shape).astype("float32")


@pytest.mark.parametrize("name, kwargs, shape", LAYERS, ids=str)
def test_adapted_layers_equal_keras(name, kwargs, shape):
    x = data(name, shape)
    ours, theirs = (getattr(m.layers, name)(**kwargs, name="a") for m in (addax, keras))
    for layer in (ours, theirs):
        layer(x)
        if "lora_rank" not in kwargs:
            layer.enable_lora(2, lora_alpha=6)
    facts = [[(w.path, tuple(w.shape), w.trainable) for w in lay.weights] for lay in (ours, theirs)]
    assert facts[0] == facts[1]
    share_weights(ours, theirs)
    equal_gradients(ours, theirs, x)
    equal(ours.losses, theirs.losses)
    assert comparable(ours.get_config()) == comparable(theirs.get_config())
    assert comparable(type(ours).from_config(ours.get_config()).get_config()) == comparable(
        ours.get_config()
    )


def test_constructors_take_the_rank():
    for name, kwargs, shape in LAYERS[:4]:
        layer = getattr(addax.layers, name)(**kwargs, lora_rank=2, lora_alpha=4)
        layer(data(name, shape))
        assert layer.lora_enabled and layer.lora_alpha == 4  # Keras's Dense forgets alpha
        assert [w.name for w in layer.trainable_weights][-2:] == ["lora_kernel_a", "lora_kernel_b"]


def test_files_hold_the_merged_weight(tmp_path):
    x = data("Dense", (2, 3))

    def make(library) -> Any:
        return library.Sequential([library.Input((3,)), library.layers.Dense(4)])

    model = make(addax)
    before = model(x)
    model.layers[0].enable_lora(2)
    np.testing.assert_array_equal(model(x), before)  # b is zero at first
    model.layers[0].lora_kernel_b.assign(np.ones((2, 4)))
    y = model(x)  # through a new program: the old one knows two weights
    assert not np.allclose(y, before)
    kernel = model.layers[0].uncompressed.numpy()
    model.compile("sgd", "mse")
    model.fit(x, np.ones((2, 4)), verbose=0)
    np.testing.assert_array_equal(model.layers[0].uncompressed, kernel)
    y = model(x)
    model.save_weights(tmp_path / "a.weights.h5")
    for library in (addax, keras):
        plain = make(library)
        plain.load_weights(tmp_path / "a.weights.h5")
        np.testing.assert_allclose(plain(x), y, rtol=1e-5)
    model.save(tmp_path / "a.keras")
    again = addax.saving.load_model(tmp_path / "a.keras")
    np.testing.assert_allclose(again(x), y, rtol=1e-5)
    dense: Any = again.layers[0]
    assert dense.lora_enabled and not dense.lora_kernel_b.numpy().any()
    assert dense.lora_kernel_a.numpy().any()  # both at zero would never learn


def test_half_precision():
    layer = addax.layers.Dense(4, dtype="mixed_bfloat16", lora_rank=1)
    assert layer(np.ones((1, 3))).dtype == "bfloat16"
    assert layer.lora_kernel_a.dtype == "float32" and layer.kernel.dtype == "bfloat16"


def test_refusals():
    layer = addax.layers.Dense(2)
    with pytest.raises(ValueError, match="build it first"):
        layer.enable_lora(1)
    with pytest.raises(AttributeError, match="no kernel before it is built"):
        _ = layer.kernel
    layer.build((None, 3))
    with pytest.raises(ValueError, match="rank is a positive integer; received 0"):
        layer.enable_lora(0)
    layer.enable_lora(1)
    with pytest.raises(ValueError, match="adapted already"):
        layer.enable_lora(1)
    bound = addax.layers.Embedding(3, 2, embeddings_constraint="non_neg")
    bound.build()
    with pytest.raises(ValueError, match="embeddings_constraint"):
        bound.enable_lora(1)
    with pytest.raises(NotImplementedError, match="Addax has no quantization"):
        addax.layers.Dense(2, quantization_config={"mode": "int8"})
    with pytest.raises(NotImplementedError, match="Addax has no quantization"):
        layer.quantize("int8")
    quantized = addax.layers.Dense(2, dtype="int8_from_float32")
    with pytest.raises(NotImplementedError, match="Addax has no quantization"):
        quantized(np.ones((1, 3)))
