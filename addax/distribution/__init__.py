"""Training on several devices and in several processes."""

import typing as _typing

from addax.core import absent as _absent
from addax.distribution.layout_map import LayoutMap as LayoutMap
from addax.distribution.mesh import DeviceMesh as DeviceMesh
from addax.distribution.mesh import TensorLayout as TensorLayout
from addax.distribution.mesh import distribute_tensor as distribute_tensor
from addax.distribution.mesh import get_device_count as get_device_count
from addax.distribution.mesh import list_devices as list_devices
from addax.distribution.processes import initialize as initialize
from addax.distribution.strategies import DataParallel as DataParallel
from addax.distribution.strategies import Distribution as Distribution
from addax.distribution.strategies import FullyShardedDataParallel as FullyShardedDataParallel
from addax.distribution.strategies import ModelParallel as ModelParallel
from addax.distribution.strategies import TensorParallel as TensorParallel
from addax.distribution.strategies import distribution as distribution
from addax.distribution.strategies import set_distribution as set_distribution

if not _typing.TYPE_CHECKING:  # else every name would pass
    __getattr__ = _absent.names_of(__name__)
