"""From files and arrays in memory to batches, on the host and without TensorFlow: `Dataset`."""

from addax.data.dataset import AUTOTUNE as AUTOTUNE
from addax.data.dataset import INFINITE_CARDINALITY as INFINITE_CARDINALITY
from addax.data.dataset import UNKNOWN_CARDINALITY as UNKNOWN_CARDINALITY
from addax.data.dataset import Dataset as Dataset
from addax.data.elements import TensorSpec as TensorSpec
