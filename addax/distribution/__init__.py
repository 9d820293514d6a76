"""The devices of this process."""

import typing as _typing

import jax

from addax.core import absent as _absent
from addax.core.devices import PLATFORMS
from addax.runtime import start


def list_devices(device_type: str | None = None) -> list[str]:
    """Names such as "cpu:0" of the devices of a type ("cpu", "gpu", "tpu"); the best by default."""
    start()
    try:
        found = jax.devices(device_type and PLATFORMS.get(device_type.lower(), device_type.lower()))
    except RuntimeError:
        return []
    return [f"{device.platform}:{device.id}" for device in found]


def get_device_count(device_type: str | None = None) -> int:
    """How many devices of a type there are."""
    return len(list_devices(device_type))


if not _typing.TYPE_CHECKING:  # else every name would pass
    __getattr__ = _absent.names_of(__name__)
