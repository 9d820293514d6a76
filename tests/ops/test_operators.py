"""Python's operators on symbolic tensors, and what ops accept beside arrays."""

import operator

import jax.numpy as jnp
import keras
import numpy as np
import pytest

from addax import ops
from addax.core.graph import node_of
from addax.core.symbol import KerasTensor
from addax.core.variable import Variable
from addax.ops import keras_classes

BINARY = "add sub mul truediv floordiv mod pow ne lt le gt ge".split()
LOGIC = "and_ or_ xor".split()


def name_and_spec(tensor, class_name):
    return class_name, tensor.shape, keras.backend.standardize_dtype(tensor.dtype)


def ours(tensor):
    return name_and_spec(tensor, keras_classes.CLASS_NAMES[node_of(tensor).operation.fn][1])


def theirs(tensor):
    return name_and_spec(tensor, type(tensor._keras_history.operation).__name__)


@pytest.mark.parametrize("name", BINARY + LOGIC)
@pytest.mark.parametrize("other", ["symbol", "number"])
def test_binary(name, other):
    fn = getattr(operator, name)
    dtype = "bool" if name in LOGIC else "float32"
    results = []
    for make, describe in ((KerasTensor, ours), (keras.KerasTensor, theirs)):
        x = make((None, 3), dtype)
        y = make((3,), dtype) if other == "symbol" else (True if name in LOGIC else 2.0)
        results.append([describe(fn(x, y)), describe(fn(y, x))])
    assert results[0] == results[1]


@pytest.mark.parametrize("fn", [operator.neg, abs, round, lambda x: x[:, 0], lambda x: x @ x[0]])
def test_others(fn):
    assert ours(fn(KerasTensor((2, 3)))) == theirs(fn(keras.KerasTensor((2, 3))))


def test_invert():
    assert ours(~KerasTensor((3,), "bool")) == theirs(~keras.KerasTensor((3,), "bool"))


def test_methods():
    x = KerasTensor((None, 1, 3))
    assert x.T.shape == (3, 1, None)
    assert x.reshape((-1, 3)).shape == (None, 3)
    assert x.squeeze(1).shape == (None, 3)


def test_equality_is_identity_so_that_tensors_can_be_keys():
    x, y = KerasTensor((3,)), KerasTensor((3,))
    assert {x: 1, y: 2}[x] == 1
    assert (x == x) is True
    assert (x == y) is False


INPUTS = {
    "variable": Variable(np.arange(3.0), dtype="float32"),
    "numpy": np.arange(3.0, dtype="float32"),
    "list": [0.0, 1.0, 2.0],
    "list of arrays": [jnp.zeros(()), jnp.ones(()), np.float32(2.0)],
    "list of variables": [Variable(v, dtype="float32") for v in (0.0, 1.0, 2.0)],
}


@pytest.mark.parametrize("kind", INPUTS)
def test_what_ops_accept(kind):
    x = INPUTS[kind]
    assert ops.add(x, 1).tolist() == [1.0, 2.0, 3.0]
    assert ops.add(x1=1, x2=x).tolist() == [1.0, 2.0, 3.0]
    assert float(ops.sum(x)) == 3.0
    assert ops.relu(x).tolist() == [0.0, 1.0, 2.0]
    assert ops.concatenate([x, x], axis=0).shape == (6,)
    assert ops.stack([x, x]).shape == (2, 3)
    assert ops.where([True, False, True], x, x).shape == (3,)
    assert ops.cast(x, "int32").tolist() == [0, 1, 2]
    assert ops.take(x, [0, 2], axis=0).tolist() == [0.0, 2.0]


def test_numpy_arrays_leave_operators_to_symbols():
    assert (np.ones((2, 3), "float32") @ KerasTensor((3, None))).shape == (2, None)
    assert (np.ones(3, "float32") + KerasTensor((None, 3))).shape == (None, 3)


def test_python_numbers_stay_weak():
    x = jnp.ones(2, "bfloat16")
    assert (x * ops.convert_to_tensor(2.0)).dtype == "bfloat16"
    assert ops.multiply(x, 2.0).dtype == "bfloat16"
    assert ops.power(x, 2).dtype == "bfloat16"


DTYPES = "bool uint8 uint32 int8 int32 float16 bfloat16 float32".split()


@pytest.mark.parametrize("name", LOGIC)
@pytest.mark.parametrize("dtype", DTYPES)
def test_logic_of_variables(name, dtype):
    fn = getattr(operator, name)
    results = []
    for make in (Variable, keras.Variable):
        x = make(np.array([0, 1, 2]), dtype=dtype)
        others = [make(np.array([1, 0, 1]), dtype=d) for d in DTYPES]
        others += [True, 2, 0.5, [1, 0, 1], jnp.array([0.0, 1.0, 0.0])]
        pairs = [(x, other) for other in others] + [(other, x) for other in others[:-1]]
        results.append([(str(y.dtype), y.tolist()) for y in (fn(*pair) for pair in pairs)])
    assert results[0] == results[1]


@pytest.mark.parametrize("name", LOGIC)
def test_logic_of_variables_and_symbols(name):
    x, y = Variable(np.array([True, False]), dtype="bool"), KerasTensor((None, 2), "bool")
    fn = getattr(operator, name)
    assert ours(fn(x, y)) == ours(fn(y, x))
    assert ours(fn(x, y))[1:] == ((None, 2), "bool")


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int32"])
def test_inverted_variables(dtype):
    results = [
        (~make(np.array([0, 1]), dtype=dtype)).tolist() for make in (Variable, keras.Variable)
    ]
    assert results[0] == results[1]


@pytest.mark.parametrize("name", ["add", "sub", "mul", "truediv", "mod", "pow", "eq", "lt"])
def test_variables_and_lists(name):
    fn, results = getattr(operator, name), []
    for make in (Variable, keras.Variable):
        x = make(np.array([3.0, 1.0, 2.0]), dtype="bfloat16")
        results.append([(str(y.dtype), y.tolist()) for y in (fn(x, [1, 2, 3]), fn([1, 2, 3], x))])
    assert results[0] == results[1]
