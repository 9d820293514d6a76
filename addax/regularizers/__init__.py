"""Regularizers: penalties on weights."""

from addax.core import absent as _absent
from addax.regularizers.rules import L1 as L1
from addax.regularizers.rules import L1L2 as L1L2
from addax.regularizers.rules import L2 as L2
from addax.regularizers.rules import OrthogonalRegularizer as OrthogonalRegularizer
from addax.regularizers.rules import Regularizer as Regularizer
from addax.regularizers.rules import deserialize as deserialize
from addax.regularizers.rules import get as get
from addax.regularizers.rules import l1 as l1
from addax.regularizers.rules import l1_l2 as l1_l2
from addax.regularizers.rules import l2 as l2
from addax.regularizers.rules import orthogonal_regularizer as orthogonal_regularizer
from addax.regularizers.rules import serialize as serialize

__getattr__ = _absent.names_of(__name__)
