"""Settings of the process: float type, fuzz factor, image layout, dtype policy, limits."""

import warnings

from addax import dtype_policies
from addax.core import dtypes, settings
from addax.core.dtypes import dtype_policy as dtype_policy
from addax.core.settings import epsilon as epsilon
from addax.core.settings import floatx as floatx
from addax.core.settings import image_data_format as image_data_format
from addax.core.settings import set_epsilon as set_epsilon
from addax.core.settings import set_floatx as set_floatx
from addax.core.settings import set_image_data_format as set_image_data_format


def backend() -> str:
    """ "jax"."""
    return "jax"


def set_backend(backend: str) -> None:
    """Accepts "jax". ValueError for another: there is one backend."""
    if backend != "jax":
        raise ValueError(f"Addax has one backend, 'jax'; received {backend!r}.")


def set_dtype_policy(policy: "str | dtypes.DTypePolicy") -> None:
    """Set `dtype_policy()`, the policy of layers that name none."""
    if not isinstance(policy, str | dtypes.DTypePolicy):
        raise ValueError(f"A dtype policy is a name or a DTypePolicy; received {policy!r}.")
    dtypes.set_dtype_policy(dtype_policies.get(policy))


def enable_interactive_logging() -> None:
    """Print progress to the screen (the default)."""
    settings.set_setting("interactive_logging", True)


def disable_interactive_logging() -> None:
    """Send progress to Python's logging instead of the screen."""
    settings.set_setting("interactive_logging", False)


def is_interactive_logging_enabled() -> bool:
    """Whether progress is printed to the screen."""
    return settings.setting("interactive_logging")


def enable_traceback_filtering() -> None:
    """Leave the library's own frames out of tracebacks."""
    settings.set_setting("traceback_filtering", True)


def disable_traceback_filtering() -> None:
    """Show every frame in tracebacks."""
    settings.set_setting("traceback_filtering", False)


def is_traceback_filtering_enabled() -> bool:
    """Whether the library's own frames are left out of tracebacks."""
    return settings.setting("traceback_filtering")


def enable_flash_attention() -> None:
    """Let attention layers ask for the fused kernel."""
    settings.set_setting("flash_attention", True)


def disable_flash_attention() -> None:
    """Keep attention layers from asking for the fused kernel."""
    settings.set_setting("flash_attention", False)


def is_flash_attention_enabled() -> bool | None:
    """What was chosen; None while nobody has chosen."""
    return settings.setting("flash_attention")


def is_nnx_enabled() -> bool:
    """False: Addax keeps its own state, not Flax's."""
    return False


def enable_unsafe_deserialization() -> None:
    """Does nothing but warn: no file can run code here, so there is nothing to enable."""
    warnings.warn(
        "Addax has no unsafe mode: a model file is data. Pass the functions and classes it names "
        "as custom_objects when loading.",
        stacklevel=2,
    )


def max_epochs() -> int | None:
    """The most epochs that a call of fit runs; None: as many as it asks for."""
    return settings.setting("max_epochs")


def set_max_epochs(max_epochs: int | None) -> None:
    """Set `max_epochs()`, to try a long program quickly; KERAS_MAX_EPOCHS does so at the start."""
    settings.set_setting("max_epochs", _limit("max_epochs", max_epochs))


def max_steps_per_epoch() -> int | None:
    """The most batches of an epoch; None: all of them."""
    return settings.setting("max_steps_per_epoch")


def set_max_steps_per_epoch(max_steps_per_epoch: int | None) -> None:
    """Set `max_steps_per_epoch()`; KERAS_MAX_STEPS_PER_EPOCH does so at the start."""
    limit = _limit("max_steps_per_epoch", max_steps_per_epoch)
    settings.set_setting("max_steps_per_epoch", limit)


def _limit(name: str, value: int | None) -> int | None:
    if value is not None and (not isinstance(value, int) or value < 1):
        raise ValueError(f"{name} is a positive integer or None; received {value!r}.")
    return value
