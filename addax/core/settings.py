"""Settings of the process: the default float type, the fuzz factor, the image layout, switches."""

import os
from typing import Any

FLOATS = ("float16", "bfloat16", "float32", "float64")
LAYOUTS = ("channels_last", "channels_first")


def _limit(name: str) -> int | None:
    value = os.environ.get(name)
    return int(value) if value else None


_settings: dict[str, Any] = {
    "floatx": "float32",
    "epsilon": 1e-7,
    "image_data_format": "channels_last",
    "interactive_logging": True,
    "traceback_filtering": True,
    "flash_attention": None,  # None: where it is known to be quicker
    "max_epochs": _limit("KERAS_MAX_EPOCHS"),
    "max_steps_per_epoch": _limit("KERAS_MAX_STEPS_PER_EPOCH"),
}


def setting(name: str) -> Any:
    """The value of one of the settings above."""
    return _settings[name]


def set_setting(name: str, value: Any) -> None:
    """Set it; whoever calls has checked the value."""
    _settings[name] = value


def _set_choice(setting: str, value: str, allowed: tuple[str, ...]) -> None:
    value = str(value)
    if value not in allowed:
        raise ValueError(f"{setting} must be one of {', '.join(allowed)}; received {value!r}.")
    _settings[setting] = value


def floatx() -> str:
    """The float type of weights and inputs that name none."""
    return _settings["floatx"]


def set_floatx(value: str) -> None:
    """Set `floatx()`. float64 also turns on JAX's 64-bit types, which start disabled."""
    _set_choice("floatx", value, FLOATS)
    if value == "float64":
        import jax

        jax.config.update("jax_enable_x64", True)


def epsilon() -> float:
    """The small number that keeps logarithms and divisions finite."""
    return _settings["epsilon"]


def set_epsilon(value: float) -> None:
    """Set `epsilon()`."""
    _settings["epsilon"] = float(value)


def image_data_format() -> str:
    """The image layout of layers that name none: "channels_last" or "channels_first"."""
    return _settings["image_data_format"]


def set_image_data_format(data_format: str) -> None:
    """Set `image_data_format()`."""
    _set_choice("image_data_format", data_format, LAYOUTS)


def standardize_data_format(data_format: str | None) -> str:
    """`data_format` in lower case, or the default when it is None."""
    data_format = image_data_format() if data_format is None else str(data_format).lower()
    if data_format not in LAYOUTS:
        raise ValueError(f"data_format must be one of {', '.join(LAYOUTS)}; it is {data_format!r}.")
    return data_format
