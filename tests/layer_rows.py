"""What a layer's row checks, against live Keras with the same weights."""

import json
import re
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import keras
import numpy as np

import addax
from addax.core.symbol import KerasTensor

RTOL = 1e-5


class Case(NamedTuple):
    """A layer's constructor arguments, the shape of its input (or shapes), and what is special."""

    name: str
    shape: Any
    kwargs: dict
    options: dict

    def __str__(self):
        shown = ", ".join(f"{k}={v}" for k, v in self.kwargs.items())
        return f"{self.name}({shown})-{self.shape}"


def case(name: str, shape: Any, *, options: dict | None = None, **kwargs: Any) -> Case:
    """A row. `options`: ints=N (integer inputs below N), training, rtol, mask, extra_config."""
    return Case(name, shape, kwargs, options or {})


def inputs_for(row: Case) -> Any:
    """Random inputs of the row's shapes; the same in every run."""
    rng = np.random.default_rng(7)
    limit = row.options.get("ints")

    def one(shape):
        if limit is not None:
            return rng.integers(0, limit, shape).astype("int32")
        return rng.normal(size=shape).astype("float32")

    shapes = row.shape if isinstance(row.shape, list) else [row.shape]
    made = [one(s) for s in shapes]
    return made if isinstance(row.shape, list) else made[0]


def build(library: Any, row: Case) -> Any:
    return getattr(library.layers, row.name)(**row.kwargs)


def build_for(layer: Any, x: Any) -> None:
    """Build by a symbolic call, which compiles nothing."""
    symbol = KerasTensor if isinstance(layer, addax.Layer) else keras.KerasTensor
    layer(jax.tree.map(lambda a: symbol(a.shape, a.dtype), x))


def share_weights(ours: Any, theirs: Any) -> None:
    """Give both layers the same weights, none of them a special value."""
    rng = np.random.default_rng(3)
    values = [rng.uniform(0.1, 0.9, w.shape).astype(w.dtype) for w in theirs.get_weights()]
    for layer in (ours, theirs):
        layer.set_weights(values)
        for variable in layer.non_trainable_variables:
            if variable.name == "seed_generator_state":
                variable.assign(np.array([11, 0], "uint32"))


def run(layer: Any, x: tuple, **kwargs: Any) -> Any:
    """Outputs of `layer(*x)`, gradients of a fixed weighting of them by inputs and trainable
    weights, and the other variables afterwards."""
    kwargs = {k: v for k, v in kwargs.items() if v is not None}
    state = [
        jnp.asarray(v.numpy() if hasattr(v, "numpy") else v) for v in layer.non_trainable_variables
    ]
    weights = [jnp.asarray(np.asarray(v)) for v in layer.trainable_variables]

    def call(weights, x):
        outputs, after = layer.stateless_call(weights, state, *x, **kwargs)
        flat = jax.tree.leaves(outputs)
        factors = [jnp.cos(jnp.arange(o.size, dtype="float32")).reshape(o.shape) for o in flat]
        total = sum(jnp.sum(o.astype("float32") * f) for o, f in zip(flat, factors, strict=True))
        return total, (outputs, after)

    floats = all("float" in str(a.dtype) for a in jax.tree.leaves(x))
    grad = jax.jit(jax.grad(call, argnums=(0, 1) if floats else (0,), has_aux=True))
    grads, (outputs, after) = grad(weights, jax.tree.map(jnp.asarray, x))
    return outputs, grads, after


def symbolic(library: Any, row: Case, unknown: bool = False) -> Any:
    """Output shapes and dtypes for unknown batch sizes, or for all sizes but the channels'."""
    shapes = row.shape if isinstance(row.shape, list) else [row.shape]
    channels = 1 if row.kwargs.get("data_format") == "channels_first" else -1
    if unknown:
        shapes = [[n if i == channels % len(s) else None for i, n in enumerate(s)] for s in shapes]
    dtype = "int32" if row.options.get("ints") else "float32"
    inputs = [library.Input(s[1:], dtype=dtype) for s in shapes]
    out = build(library, row)(inputs if isinstance(row.shape, list) else inputs[0])
    leaves = jax.tree.leaves(out, is_leaf=lambda t: isinstance(t, KerasTensor | keras.KerasTensor))
    return [(tuple(t.shape), str(t.dtype)) for t in leaves]


def check_symbolic(row: Case) -> None:
    """What symbolic inputs give; with unknown sizes wherever Keras accepts them."""
    assert symbolic(addax, row) == symbolic(keras, row)
    try:
        want = symbolic(keras, row, unknown=True)
    except Exception:
        return
    assert symbolic(addax, row, unknown=True) == want


def paths(layer: Any) -> list[str]:
    """Where the weights stand, without the numbers of automatic names."""
    return [re.sub(r"_\d+(?=/)", "", w.path) for w in layer.weights]


def comparable(config: dict) -> dict:
    """A configuration without automatic names."""
    text = json.dumps(config, sort_keys=True, default=str)
    found = json.loads(text)
    found.pop("name", None)
    return found


def check(row: Case) -> None:
    """Everything a row promises."""
    x = inputs_for(row)
    training, mask = row.options.get("training"), row.options.get("mask")
    half = "float16" in str(row.kwargs.get("dtype"))  # three significant digits, of the largest
    rtol = row.options.get("rtol", 2e-2 if half else RTOL)
    ours, theirs = build(addax, row), build(keras, row)
    build_for(ours, x), build_for(theirs, x)
    assert [w.name for w in ours.weights] == [w.name for w in theirs.weights]
    assert [w.shape for w in ours.weights] == [tuple(w.shape) for w in theirs.weights]
    assert paths(ours) == paths(theirs)
    share_weights(ours, theirs)
    mine, my_grads, my_after = run(ours, (x,), training=training, mask=mask)
    want, want_grads, want_after = run(theirs, (x,), training=training, mask=mask)

    def same(a, b):
        a, b = np.asarray(a).astype("float64"), np.asarray(b).astype("float64")
        scale = max(1.0, np.abs(b).max(initial=0)) if half else 1.0
        np.testing.assert_allclose(a, b, rtol=rtol, atol=rtol * scale)

    jax.tree.map(same, mine, want)
    jax.tree.map(same, my_grads, want_grads)
    jax.tree.map(same, my_after, want_after)
    check_symbolic(row)
    extra = row.options.get("extra_config", {})
    assert comparable(ours.get_config()) == comparable(theirs.get_config()) | extra
    again = type(ours).from_config(ours.get_config())
    assert comparable(again.get_config()) == comparable(ours.get_config())
    eager = ours(x) if mask is None else ours(x, mask=mask)
    if not row.options.get("training"):
        jax.tree.map(same, eager, mine)
