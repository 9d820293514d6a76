"""`addax.config` beside Keras's."""

import warnings

import jax
import keras
import pytest

import addax
from addax import config
from addax.core import settings


@pytest.fixture(autouse=True)
def restored(monkeypatch):
    monkeypatch.setattr(settings, "_settings", dict(settings._settings))
    x64 = jax.config.jax_enable_x64
    yield
    jax.config.update("jax_enable_x64", x64)
    addax.core.dtypes.set_dtype_policy(None)


READ = """backend dtype_policy epsilon floatx image_data_format is_flash_attention_enabled
    is_interactive_logging_enabled is_nnx_enabled max_epochs max_steps_per_epoch""".split()


@pytest.mark.parametrize("name", READ)
def test_defaults_are_keras_s(name):
    ours, theirs = getattr(config, name)(), getattr(keras.config, name)()
    assert getattr(ours, "name", ours) == getattr(theirs, "name", theirs)


@pytest.mark.parametrize("name", ["interactive_logging", "traceback_filtering", "flash_attention"])
def test_switches(name):
    for verb, value in (("disable", False), ("enable", True)):
        getattr(config, f"{verb}_{name}")()
        assert getattr(config, f"is_{name}_enabled")() is value


VALUES = {
    "epsilon": 1e-3,
    "floatx": "bfloat16",
    "image_data_format": "channels_first",
    "max_epochs": 3,
    "max_steps_per_epoch": 7,
}


@pytest.mark.parametrize("name", VALUES)
def test_setters(name):
    getattr(config, f"set_{name}")(VALUES[name])
    assert getattr(config, name)() == VALUES[name]


def test_limits_can_be_taken_away():
    config.set_max_epochs(3)
    config.set_max_epochs(None)
    assert config.max_epochs() is None


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("backend", "torch", "one backend, 'jax'"),
        ("floatx", "int8", "floatx must be one of"),
        ("image_data_format", "nchw", "image_data_format must be one of"),
        ("max_epochs", 0, "positive integer or None; received 0"),
        ("max_steps_per_epoch", "3", "positive integer or None; received '3'"),
        ("dtype_policy", 5, "received 5"),
        ("dtype_policy", "mixed_float13", "Unknown dtype"),
    ],
)
def test_wrong_values_change_nothing(name, value, message):
    before = {n: getattr(config, n)() for n in READ}
    with pytest.raises(ValueError, match=message):
        getattr(config, f"set_{name}")(value)
    assert {n: getattr(config, n)() for n in READ} == before


@pytest.mark.parametrize("name", ["mixed_bfloat16", "int8_from_mixed_bfloat16"])
def test_policies_by_name(name):
    config.set_dtype_policy(name)
    assert config.dtype_policy().name == name
    assert config.dtype_policy().compute_dtype == "bfloat16"


def test_float64_after_the_backend_has_started():
    assert addax.ops.ones(2).dtype == "float32"
    config.set_floatx("float64")
    assert addax.ops.ones(2).dtype == "float64"
    assert float(addax.ops.add(addax.ops.ones(()), 1e-12)) > 1
    config.set_floatx("float32")
    assert addax.ops.ones(2).dtype == "float32"


def test_there_is_no_unsafe_mode():
    with pytest.warns(UserWarning, match="no unsafe mode"):
        config.enable_unsafe_deserialization()
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("default")
        for _ in range(3):
            config.enable_unsafe_deserialization()
    assert len(seen) == 1
