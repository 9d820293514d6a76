"""Distributions: rules by which a model's variables and batches are split over devices."""

import contextlib
import math
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import jax
import numpy as np

from addax.core import placement
from addax.distribution.layout_map import LayoutMap
from addax.distribution.mesh import DeviceMesh, TensorLayout, list_devices

BATCH = "batch"  # the name of the axis that splits batches, where nobody gave one
SMALL = 1 << 12  # numbers: a variable with fewer is whole on each device


class Distribution:
    """Base of the rules. Subclasses give layouts of variables, and of tensors by their paths.

    Batches (examples, ...) are split along their first axis over the mesh's axis `batch_dim_name`.
    """

    def __init__(
        self,
        device_mesh: DeviceMesh,
        batch_dim_name: str | None = None,
        auto_shard_dataset: bool = True,
    ):
        self.device_mesh = device_mesh
        self.batch_dim_name = batch_dim_name
        self.auto_shard_dataset = auto_shard_dataset

    @property
    def num_processes(self) -> int:
        """How many processes work together."""
        return jax.process_count()

    @property
    def num_model_replicas(self) -> int:
        """How many parts of a batch are worked on at once."""
        raise NotImplementedError

    @property
    def data_shard_id(self) -> int:
        """The number of this process's part of the data."""
        replicas, number = self.num_model_replicas, jax.process_index()
        if replicas >= self.num_processes:
            return number
        return number // (self.num_processes // replicas)

    def get_data_layout(self, data_shape: Any) -> TensorLayout:
        """The layout of a batch of this shape."""
        rest = [None] * (len(data_shape) - 1)
        return TensorLayout([self.batch_dim_name, *rest], self.device_mesh)

    def get_variable_layout(self, variable: Any) -> TensorLayout:
        """The layout of a variable."""
        raise NotImplementedError

    def get_tensor_layout(self, path: str) -> TensorLayout | None:
        """The layout of what a layer with this path gives; None leaves it to the compiler."""
        raise NotImplementedError

    def distribute_dataset(self, dataset: Any) -> Any:
        """This process's part of a data set: every `num_processes`-th element, from its own."""
        if self.num_processes == 1 or not self.auto_shard_dataset:
            return dataset
        if not hasattr(dataset, "shard"):
            raise ValueError(
                f"A {type(dataset).__name__} can't be split over processes: give each its own part "
                "and pass auto_shard_dataset=False."
            )
        parts = min(self.num_processes, self.num_model_replicas)
        return dataset.shard(parts, self.data_shard_id)

    @contextlib.contextmanager
    def scope(self) -> Iterator[None]:
        """Inside, this is the current distribution."""
        before = placement.current()
        placement.set_current(self)
        try:
            yield
        finally:
            placement.set_current(before)

    def _whole(self, variable: Any) -> TensorLayout:
        return TensorLayout([None] * len(variable.shape), self.device_mesh)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} device_mesh={self.device_mesh}>"


class DataParallel(Distribution):
    """The whole model on each device, and a part of each batch: all devices, or those given.

    Gradients are summed over the devices in each step; losses, metrics and batch statistics are
    those of whole batches, so that numbers are those of one device but for rounding. A mesh of
    several axes splits batches along the first, with a warning.
    """

    def __init__(
        self,
        device_mesh: DeviceMesh | None = None,
        devices: Any = None,
        auto_shard_dataset: bool = True,
    ):
        if device_mesh is None:
            names = np.array(list_devices() if devices is None else devices)
            device_mesh = DeviceMesh(names.shape, [BATCH], names)
        elif not isinstance(device_mesh, DeviceMesh):
            raise ValueError(
                f"Expect `device_mesh` to be a DeviceMesh; received {device_mesh!r} (of type "
                f"{type(device_mesh).__name__})."
            )
        super().__init__(device_mesh, device_mesh.axis_names[0], auto_shard_dataset)
        if self.device_mesh.devices.ndim != 1:
            warnings.warn(
                f"The mesh has {self.device_mesh.devices.ndim} axes; the first axis, "
                f"{self.batch_dim_name!r}, will be used to split batches.",
                stacklevel=2,
            )

    @property
    def num_model_replicas(self) -> int:
        return self.device_mesh.devices.size

    def get_variable_layout(self, variable: Any) -> TensorLayout:
        own = getattr(variable, "_layout", None)
        return self._whole(variable) if own is None else own

    def get_tensor_layout(self, path: str) -> TensorLayout | None:
        return None


class ModelParallel(Distribution):
    """Variables split as a LayoutMap says, and batches along one axis of its mesh, the first.

    A variable that no key matches is whole on each device; `unmatched` lists those that are large,
    and keys that match nothing.
    """

    def __init__(
        self,
        *,
        layout_map: LayoutMap | None = None,
        batch_dim_name: str | None = None,
        auto_shard_dataset: bool = True,
        **kwargs: Any,
    ):
        kwargs.pop("device_mesh", None)
        if layout_map is None:
            raise ValueError("You must specify a layout_map argument.")
        if not isinstance(layout_map, LayoutMap):
            raise ValueError(
                f"Argument `layout_map` must be a `LayoutMap` instance; received {layout_map!r}."
            )
        mesh = layout_map.device_mesh
        super().__init__(mesh, batch_dim_name or mesh.axis_names[0], auto_shard_dataset)
        self._layout_map = layout_map

    @property
    def num_model_replicas(self) -> int:
        names = list(self.device_mesh.axis_names)
        return self.device_mesh.shape[names.index(self.batch_dim_name or names[0])]

    def get_variable_layout(self, variable: Any) -> TensorLayout:
        own = getattr(variable, "_layout", None)
        layout = self._layout_map[variable.path] if own is None else own
        if layout is None:
            return self._whole(variable)
        if len(layout.axes) != len(variable.shape):
            raise ValueError(
                f"The layout of {variable.path!r} has {len(layout.axes)} axes, {layout.axes}; the "
                f"variable has the shape {tuple(variable.shape)}."
            )
        return layout

    def get_tensor_layout(self, path: str) -> TensorLayout | None:
        return self._layout_map[path]

    def unmatched(self, model: Any) -> dict[str, list[str]]:
        """What a map may have missed: keys without a variable, and large variables without a key.

        A variable is large if it has at least 4,096 numbers.
        """
        paths = [v.path for v in model.variables]
        keys = [k for k in self._layout_map if k not in paths and not self._used(k, paths)]
        large = [
            v.path
            for v in model.variables
            if math.prod(v.shape) >= SMALL and self._layout_map[v.path] is None
        ]
        return {"keys": keys, "variables": large}

    def _used(self, key: str, paths: list[str]) -> bool:
        return any(key in self._layout_map.matching(path) for path in paths)


class FullyShardedDataParallel(DataParallel):
    """Batches and variables split over the same devices ("FSDP", ZeRO stage 3).

    Each large variable, with its optimizer's state, is split along its longest axis that the number
    of devices divides; it is gathered where a layer needs it. Rajbhandari et al. 2020, "ZeRO".
    """

    def get_variable_layout(self, variable: Any) -> TensorLayout:
        axes = _split_longest(variable.shape, self.num_model_replicas, self.batch_dim_name)
        return TensorLayout(axes, self.device_mesh)


class TensorParallel(Distribution):
    """Large variables split along their last axis that can be, over the axis `model` of the mesh.

    `TensorParallel({"data": 4, "model": 2})` uses 8 devices: four parts of a batch, and two of each
    matrix. The compiler adds what the devices must send each other (GSPMD, Xu et al. 2021).
    """

    def __init__(self, sizes: Mapping[str, int], devices: Any = None):
        if not sizes or len(sizes) > 2:
            raise ValueError(
                "The sizes of the axes are a dictionary with the axis that splits batches first, "
                f'as {{"data": 4, "model": 2}}; received {sizes!r}.'
            )
        needed = math.prod(sizes.values())
        names = list_devices() if devices is None else list(devices)
        mesh = DeviceMesh(tuple(sizes.values()), tuple(sizes), names[:needed])
        super().__init__(mesh, next(iter(sizes)))

    @property
    def num_model_replicas(self) -> int:
        return self.device_mesh.shape[0]

    def get_variable_layout(self, variable: Any) -> TensorLayout:
        name, parts = self.device_mesh.axis_names[-1], self.device_mesh.shape[-1]
        shape = tuple(variable.shape)
        axes: list[str | None] = [None] * len(shape)
        divisible = [i for i, size in enumerate(shape) if size % parts == 0]
        if math.prod(shape) >= SMALL and divisible and len(self.device_mesh.shape) > 1:
            axes[divisible[-1]] = name
        return TensorLayout(axes, self.device_mesh)

    def get_tensor_layout(self, path: str) -> TensorLayout | None:
        return None


def _split_longest(shape: Any, parts: int, name: str | None) -> list[str | None]:
    axes: list[str | None] = [None] * len(shape)
    divisible = [(size, i) for i, size in enumerate(shape) if size % parts == 0]
    if math.prod(shape) >= SMALL and divisible:
        axes[max(divisible)[1]] = name
    return axes


def distribution() -> Distribution | None:
    """The current distribution."""
    return placement.current()


def set_distribution(value: Distribution | None) -> None:
    """Make `value` the current distribution: models train by it that were not given their own."""
    if value is not None and not isinstance(value, Distribution):
        raise ValueError(f"A Distribution or None is expected; received {value!r}.")
    placement.set_current(value)


def of_devices(devices: Any) -> Distribution:
    """What `fit(devices=...)` means: "all", a number of devices, or their names."""
    known = list_devices()
    if devices == "all":
        return DataParallel(devices=known)
    if isinstance(devices, int):
        if not 1 <= devices <= len(known):
            raise ValueError(f"devices is a number from 1 to {len(known)}; received {devices}.")
        return DataParallel(devices=known[:devices])
    names = [devices] if isinstance(devices, str) else list(devices)
    if wrong := [n for n in names if n not in known]:
        raise ValueError(f'devices is "all", a number, or some of {known}; received {wrong}.')
    return DataParallel(devices=names)


def of_shard(shard: Any) -> Distribution:
    """What `compile(shard=...)` means: a Distribution, "data", "fsdp", or sizes of axes."""
    if isinstance(shard, Distribution):
        return shard
    if isinstance(shard, Mapping):
        return TensorParallel(shard)
    kinds = {"data": DataParallel, "fsdp": FullyShardedDataParallel}
    if shard not in kinds:
        raise ValueError(
            f"shard is a Distribution, {', '.join(map(repr, kinds))}, or sizes of axes as "
            f'{{"data": 4, "model": 2}}; received {shard!r}.'
        )
    return kinds[shard]()
