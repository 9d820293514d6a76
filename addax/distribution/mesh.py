"""Devices as a grid with named axes, and how arrays are split over it."""

import math
from collections.abc import Sequence
from typing import Any

import jax
import numpy as np
from jax.core import Tracer

from addax.core.devices import PLATFORMS
from addax.core.errors import suggest
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


class DeviceMesh:
    """Devices in a grid of this `shape`, whose axes have names.

    `DeviceMesh((2, 4), ("batch", "model"))` takes all eight devices, unless `devices` names some.
    ValueError if their number is not that of the grid, or a name comes twice.
    """

    def __init__(
        self,
        shape: Sequence[int],
        axis_names: Sequence[str],
        devices: Any = None,
    ):
        if not shape or not axis_names:
            raise ValueError(
                "shape and axis_names say the sizes and names of the mesh's axes, at least one; "
                f"received shape={shape}, axis_names={axis_names}."
            )
        if len(shape) != len(axis_names) or len(set(axis_names)) != len(axis_names):
            raise ValueError(
                "shape and axis_names should have the same size, and each axis a name of its own; "
                f"received shape={shape}, axis_names={axis_names}."
            )
        given = np.array(list_devices() if devices is None else devices)
        if math.prod(shape) != given.size:
            raise ValueError(
                f"Shape {tuple(shape)} does not match the number of devices: it needs "
                f"{math.prod(shape)}, there are {given.size}. On a CPU, "
                "XLA_FLAGS=--xla_force_host_platform_device_count=8 set before the start makes 8."
            )
        self.shape = tuple(shape)
        self.axis_names = list(axis_names) if isinstance(axis_names, list) else tuple(axis_names)
        self.devices = given.reshape(self.shape)
        self._mesh: Any = None

    @property
    def backend_mesh(self) -> jax.sharding.Mesh:
        """The mesh as JAX has it."""
        if self._mesh is None:
            devices = np.array([_device(name) for name in self.devices.flat])
            self._mesh = jax.sharding.Mesh(devices.reshape(self.shape), tuple(self.axis_names))
        return self._mesh

    def __repr__(self) -> str:
        return f"<DeviceMesh shape={self.shape}, axis_names={self.axis_names}>"


def _device(name: Any) -> Any:
    if isinstance(name, jax.Device):
        return name
    kind, _, number = str(name).partition(":")
    for device in jax.devices(PLATFORMS.get(kind, kind)):
        if device.id == int(number or 0):
            return device
    raise ValueError(f"There is no device {str(name)!r}; there are {list_devices(kind)}.")


class TensorLayout:
    """Which axis of a mesh splits each axis of an array; None for one that stays whole.

    `TensorLayout((None, "model"), mesh)` splits the columns of a matrix. ValueError for a name that
    the mesh does not have, and for another mesh where there is one.
    """

    def __init__(self, axes: Sequence[str | None], device_mesh: DeviceMesh | None = None):
        self.axes = tuple(axes)
        self._device_mesh = device_mesh
        self._check()

    @property
    def device_mesh(self) -> DeviceMesh | None:
        return self._device_mesh

    @device_mesh.setter
    def device_mesh(self, device_mesh: DeviceMesh) -> None:
        if self._device_mesh is not None:
            raise ValueError(
                f"Cannot override the device mesh of a layout: it is {self._device_mesh}."
            )
        self._device_mesh = device_mesh
        self._check()

    @property
    def backend_layout(self) -> jax.sharding.NamedSharding:
        """The layout as JAX has it. ValueError as long as there is no mesh."""
        if self._device_mesh is None:
            raise ValueError(
                f"{self} can't be used when the device mesh is not set: pass device_mesh, or put "
                "it in a LayoutMap that has one."
            )
        spec = jax.sharding.PartitionSpec(*self.axes)
        return jax.sharding.NamedSharding(self._device_mesh.backend_mesh, spec)

    def _check(self) -> None:
        if self._device_mesh is None:
            return
        known = set(self._device_mesh.axis_names)
        wrong = [a for a in self.axes if a is not None and a not in known]
        if wrong:
            raise ValueError(
                f"Invalid axis names for Layout: {wrong}. The mesh has {sorted(known)}."
                + suggest(str(wrong[0]), known)
            )

    def __repr__(self) -> str:
        return f"<TensorLayout axes={self.axes}, device_mesh={self.device_mesh}>"


def distribute_tensor(tensor: Any, layout: Any) -> Any:
    """The tensor, laid out over the devices as `layout` says; within compiled functions too."""
    from addax.core.symbol import KerasTensor

    if isinstance(tensor, KerasTensor):
        return tensor
    sharding = getattr(layout, "backend_layout", layout)
    if isinstance(tensor, Tracer):
        return jax.lax.with_sharding_constraint(tensor, sharding)
    return jax.device_put(tensor, sharding)
