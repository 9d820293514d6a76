"""What neural networks are made of."""

from addax.ops.activation import *  # noqa: F403
from addax.ops.conv import *  # noqa: F403
from addax.ops.crossentropy import *  # noqa: F403
from addax.ops.normalization import *  # noqa: F403
