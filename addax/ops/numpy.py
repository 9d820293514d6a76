"""Keras's NumPy namespace."""

from addax.ops.arrays import *  # noqa: F403
from addax.ops.elementwise import *  # noqa: F403
from addax.ops.linalg import slogdet as slogdet
from addax.ops.products import *  # noqa: F403
from addax.ops.reduce import *  # noqa: F403
