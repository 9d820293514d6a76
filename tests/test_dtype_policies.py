"""Dtype policies beside Keras's."""

import keras
import numpy as np
import pytest

import addax
from addax import dtype_policies, mixed_precision
from addax.core import dtypes

NAMES = """float32 bfloat16 mixed_float16 mixed_bfloat16 int8_from_float32
    int8_from_mixed_bfloat16 float8_from_bfloat16 int4_from_float32 int4/128_from_float32
    int4/-1_from_mixed_bfloat16 gptq/4/128_from_float32 gptq/8/-1_from_bfloat16
    awq/4/64_from_float32""".split()


@pytest.fixture(autouse=True)
def restored():
    yield
    dtypes.set_dtype_policy(None)


@pytest.mark.parametrize("name", NAMES)
def test_policies(name):
    ours, theirs = dtype_policies.get(name), keras.dtype_policies.get(name)
    for fact in "name compute_dtype variable_dtype quantization_mode".split():
        assert getattr(ours, fact) == getattr(theirs, fact)
    for fact in "block_size weight_bits group_size amax_history_length".split():
        assert getattr(ours, fact, None) == getattr(theirs, fact, None)
    assert dtype_policies.serialize(ours) == keras.dtype_policies.serialize(theirs)
    again = dtype_policies.deserialize(keras.dtype_policies.serialize(theirs))
    assert again == ours and hash(again) == hash(ours)
    assert repr(ours).replace("'", '"') == repr(theirs)


@pytest.mark.parametrize(
    ("name", "arguments", "error"),
    [
        ("QuantizedDTypePolicy", ("int9",), "int8, float8"),
        ("QuantizedDTypePolicy", ("int8", "mixed_float16"), "overflow float16"),
        ("Int4DTypePolicy", ("int4",), "int4/<block_size>"),
        ("Int4DTypePolicy", ("int4/x",), "int4/<block_size>"),
        ("Int4DTypePolicy", ("int4/0",), "positive or -1"),
        ("Int4DTypePolicy", ("int8/4",), "int4/<block_size>"),
        ("GPTQDTypePolicy", ("gptq/5/128",), r"one of \(2, 3, 4, 8\)"),
        ("GPTQDTypePolicy", ("gptq/4",), "gptq/<weight_bits>/<group_size>"),
        ("AWQDTypePolicy", ("awq/8/128",), r"one of \(4,\)"),
        ("AWQDTypePolicy", ("awq/4/-2",), "positive or -1"),
        ("QuantizedFloat8DTypePolicy", ("float8", None, "9"), "is an integer"),
        ("DTypePolicyMap", (None, [1]), "policy_map is a dictionary"),
        ("DTypePolicy", (32,), "named by a string"),
    ],
)
def test_wrong_arguments(name, arguments, error):
    with pytest.raises((ValueError, TypeError)) as theirs:
        getattr(keras.dtype_policies, name)(*arguments)
    with pytest.raises(theirs.type, match=error):
        getattr(dtype_policies, name)(*arguments)


@pytest.mark.parametrize("identifier", [None, "float16", np.float32, np.dtype("float64")], ids=str)
def test_get(identifier):
    assert dtype_policies.get(identifier).name == keras.dtype_policies.get(identifier).name


def test_get_of_a_policy_is_that_policy():
    policy = dtype_policies.DTypePolicy("bfloat16")
    assert dtype_policies.get(policy) is policy


def test_deserialize_refuses_what_is_no_policy():
    with pytest.raises(ValueError, match="no dtype policy"):
        dtype_policies.deserialize(addax.layers.serialize(addax.layers.Dense(2)))


def make_map(module):
    policies = {"encoder/dense": "bfloat16", "encoder/.*": "float16", "decoder": "mixed_float16"}
    made = module.DTypePolicyMap(module.DTypePolicy("float32"))
    for key, name in policies.items():
        made[key] = module.DTypePolicy(name)
    return made


@pytest.mark.parametrize(
    "path", ["encoder/dense", "encoder/attention/query", "decoder", "decoder/dense", "other"]
)
def test_map_by_path(path):
    ours, theirs = make_map(dtype_policies), make_map(keras.dtype_policies)
    assert ours[path].name == theirs[path].name
    assert (path in ours) == (path in theirs)


def test_map_is_a_mapping():
    policies = make_map(dtype_policies)
    assert len(policies) == 3 and next(iter(policies)) == "encoder/dense"
    assert policies.name == "map_float32" and policies.compute_dtype == "float32"
    assert policies.pop("decoder").name == "mixed_float16" and policies.pop("none", 3) == 3
    with pytest.raises(ValueError, match="already has a policy"):
        policies["encoder/dense"] = "float16"
    policies["encoder/a.*"] = "bfloat16"
    with pytest.raises(ValueError, match="several keys"):
        policies["encoder/attention"]


def test_map_round_trip():
    policies = make_map(dtype_policies)
    config = dtype_policies.serialize(policies)
    assert config == keras.dtype_policies.serialize(make_map(keras.dtype_policies))
    assert dtype_policies.deserialize(config) == policies


def test_map_without_default_follows_the_global_policy_and_keeps_its_own():
    policies = dtype_policies.DTypePolicyMap(policy_map={"a": "bfloat16"})
    mixed_precision.set_global_policy("mixed_float16")
    assert policies["b"].name == "mixed_float16"
    again = dtype_policies.deserialize(dtype_policies.serialize(policies))
    assert again["a"].name == "bfloat16"  # Keras forgets it here


@pytest.mark.parametrize("dtype", ["int8", "foo", 3], ids=str)
def test_what_is_no_policy_is_none_for_losses_and_metrics_either(dtype):
    for library in (addax, keras):
        for cls in (library.losses.Huber, library.metrics.Mean, library.layers.Dropout):
            with pytest.raises(ValueError):
                cls(1, dtype=dtype) if "Dropout" in cls.__name__ else cls(dtype=dtype)


def test_mixed_precision_names():
    mixed_precision.set_dtype_policy(mixed_precision.Policy("mixed_bfloat16"))
    assert mixed_precision.global_policy() is addax.config.dtype_policy()
    assert addax.layers.Dense(2).compute_dtype == "bfloat16"
    assert mixed_precision.LossScaleOptimizer is addax.optimizers.LossScaleOptimizer
    with pytest.raises(AttributeError, match="no attribute 'x'"):
        _ = mixed_precision.x
