"""Constraints: what weights are brought back to after each update."""

from addax.constraints.rules import Constraint as Constraint
from addax.constraints.rules import MaxNorm as MaxNorm
from addax.constraints.rules import MinMaxNorm as MinMaxNorm
from addax.constraints.rules import NonNeg as NonNeg
from addax.constraints.rules import UnitNorm as UnitNorm
from addax.constraints.rules import deserialize as deserialize
from addax.constraints.rules import get as get
from addax.constraints.rules import max_norm as max_norm
from addax.constraints.rules import min_max_norm as min_max_norm
from addax.constraints.rules import non_neg as non_neg
from addax.constraints.rules import serialize as serialize
from addax.constraints.rules import unit_norm as unit_norm
from addax.core import absent as _absent

__getattr__ = _absent.names_of(__name__)
