"""The formats of `model.export`, and what they share: the inputs, the check of what was made."""

import os
from typing import Any

import jax
import numpy as np

from addax.core import tree
from addax.core.errors import suggest
from addax.core.messages import say
from addax.core.symbol import KerasTensor
from addax.export import stablehlo
from addax.saving.atomic import replacing

WRITERS = {"stablehlo": stablehlo}
INSTEAD = 'format="stablehlo" gives one file that JAX and PJRT run; model.save() keeps the model'
KERAS_FORMATS = ("tf_saved_model", "onnx", "openvino", "litert", "torch")
EXAMPLES, LENGTH = 2, 3  # the sizes with which a file is tried, where the model leaves them open
TOLERANCE = 1e-4


def export(
    model: Any,
    filepath: Any,
    format: str,
    verbose: bool | None = None,
    input_signature: Any = None,
    verify: bool = True,
    **kwargs: Any,
) -> None:
    """Write the model's inference in a format; see `Model.export`.

    `input_signature`: shapes and dtypes of the inputs, None for sizes that vary, where the model
    does not know them. The file is tried on random inputs before it takes its name.
    """
    if format not in WRITERS:
        why = (
            "is not there yet" if format in KERAS_FORMATS else f"is none.{suggest(format, WRITERS)}"
        )
        raise ValueError(f"The format {format!r} {why}: {INSTEAD}.")
    path = os.fspath(filepath)
    signature = _signature(model, input_signature)
    content, run = WRITERS[format].render(model, signature, **kwargs)
    if verify:
        _check(model, run, signature)
    with replacing(path) as temporary, open(temporary, "wb") as file:
        file.write(content)
    if verbose is not False:
        say(f"Saved {len(content):,} bytes to {path!r}.")


def _signature(model: Any, given: Any) -> Any:
    """The inputs as symbols, in the structure in which the model takes them."""
    if given is not None:
        one = len(given) == 1 if isinstance(given, (list, tuple)) else False
        given = given[0] if one else given
        return tree.map_structure(lambda spec: KerasTensor(tuple(spec.shape), _dtype(spec)), given)
    inputs = getattr(model, "_inputs_struct", None) or getattr(model, "inputs", None)
    if not inputs:
        raise ValueError(
            f"The inputs of {model.name!r} are not known: it is no graph. Pass input_signature, as "
            '[keras.InputSpec(shape=(None, 28, 28), dtype="float32")].'
        )
    if isinstance(inputs, list) and len(inputs) == 1:
        return inputs[0]
    return inputs


def _dtype(spec: Any) -> str:
    return getattr(spec.dtype, "name", spec.dtype) or "float32"


def _check(model: Any, run: Any, signature: Any) -> None:
    """RuntimeError unless the file computes what the model does, on one random batch."""
    rng = np.random.default_rng(0)

    def example(spec):
        open_sizes = (EXAMPLES, *(LENGTH for _ in spec.shape[1:]))
        shape = tuple(o if s is None else s for o, s in zip(open_sizes, spec.shape, strict=True))
        if "int" in spec.dtype or spec.dtype == "bool":
            return rng.integers(0, 2, shape).astype(spec.dtype)
        return rng.normal(size=shape).astype(spec.dtype)

    x = tree.map_structure(example, signature)
    wanted, found = model(x, training=False), run(x)
    pairs = zip(jax.tree.leaves(wanted), jax.tree.leaves(found), strict=True)
    for number, (one, other) in enumerate(pairs):
        one, other = np.asarray(one, "float64"), np.asarray(other, "float64")
        scale = max(float(np.abs(one).max(initial=0)), 1e-6)
        error = float(np.abs(one - other).max(initial=0)) / scale
        if not error <= TOLERANCE:
            raise RuntimeError(
                f"Output {number} of the exported program differs from the model's by {error:.1e} "
                "of its largest value; nothing was written."
            )
