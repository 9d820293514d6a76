"""The classes that configurations name for functions are Keras's own."""

import importlib
import inspect

import pytest
from keras.src.ops.operation import Operation

from addax.models import op_names

MODULES = ["core", "image", "math", "nn", "numpy", "linalg"]
KERAS = {
    (module, name): value
    for module in MODULES
    for name, value in vars(importlib.import_module(f"keras.src.ops.{module}")).items()
    if inspect.isclass(value) and issubclass(value, Operation) and name != "Operation"
}
# Functions that Keras's graphs don't hold, or that take functions.
WITHOUT_CLASS = """arange vectorized_map scan while_loop fori_loop rearrange batch_normalization
rms_normalization layer_normalization bartlett blackman hamming hanning kaiser empty eye
identity ones tri zeros extract_patches_3d""".split()


def parameters(method):
    return [n for n in inspect.signature(method).parameters if n not in ("self", "name")]


@pytest.mark.parametrize("fn", op_names._homes(), ids=lambda fn: fn.__name__)
def test_class_and_arguments(fn):
    if fn.__name__ in WITHOUT_CLASS:
        return
    module = op_names.home(fn).rsplit(".", 1)[1]
    cls = KERAS[module, op_names.class_name(fn)]
    made, called = parameters(cls.__init__), parameters(cls.call)
    for name, parameter in inspect.signature(fn).parameters.items():
        required = parameter.default is parameter.empty
        various = parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
        if various or (name in made and name in called):
            continue
        ours = name in op_names.constructed.get(fn.__name__, ()) or (
            not required and name not in op_names.called.get(fn.__name__, ())
        )
        assert (name in made) == ours or name not in made + called, name
