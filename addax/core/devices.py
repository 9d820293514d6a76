"""Choosing the device that arrays are made on."""

from typing import Any

import jax

from addax.runtime import start

PLATFORMS = {"cuda": "gpu", "xpu": "gpu", "mps": "gpu"}


def device(device_name: Any):
    """A context in which arrays are made on "cpu", "gpu:1", "tpu:0" or a JAX device.

    Raises ValueError for a device that this machine does not have.
    """
    if not isinstance(device_name, str):
        return jax.default_device(device_name)
    start()
    kind, _, index = device_name.lower().strip("/").replace("device:", "").partition(":")
    try:
        found = jax.devices(PLATFORMS.get(kind, kind))[int(index or 0)]
    except (RuntimeError, IndexError, ValueError):
        known = [f"{d.platform}:{d.id}" for d in jax.devices()]
        raise ValueError(f"There is no device {device_name!r}; there are {known}.") from None
    return jax.default_device(found)


def spec_on_device(shape: tuple, dtype: Any) -> jax.ShapeDtypeStruct:
    """The shape and dtype of an array that is to be whole on the first device."""
    device = jax.sharding.SingleDeviceSharding(jax.devices()[0])
    return jax.ShapeDtypeStruct(shape, dtype, sharding=device)
