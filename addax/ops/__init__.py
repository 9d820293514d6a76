"""The mathematics: every function takes arrays, Variables, numbers, lists and symbolic tensors."""

import typing as _typing

from addax.core import absent as _absent
from addax.ops import image as image
from addax.ops import linalg as linalg
from addax.ops import nn as nn
from addax.ops import numpy as numpy
from addax.ops import operators as operators
from addax.ops import recurrent as recurrent
from addax.ops.arrays import rearrange as rearrange
from addax.ops.core import *  # noqa: F403
from addax.ops.linalg import *  # noqa: F403
from addax.ops.math import *  # noqa: F403
from addax.ops.nn import *  # noqa: F403
from addax.ops.numpy import *  # noqa: F403
from addax.ops.signal import *  # noqa: F403

if not _typing.TYPE_CHECKING:  # else every name would pass
    __getattr__ = _absent.names_of(__name__)
