# Written by tools/stubs.py from the constructors; `make stubs` writes it again.

"""Constraints: what weights are brought back to after each update."""

from addax.constraints import rules as _rules
from addax.constraints.rules import Constraint as Constraint
from addax.constraints.rules import NonNeg as NonNeg
from addax.constraints.rules import deserialize as deserialize
from addax.constraints.rules import get as get
from addax.constraints.rules import serialize as serialize
from collections.abc import Sequence

class MaxNorm(_rules.MaxNorm):
    """w scaled so that its norm along `axis` is at most `max_value` (Srivastava et al. 2014).

    Arguments:
        max_value: Largest norm.
        axis: Axis, or axes, that a norm is over: 0 for the inputs of a dense kernel.
    """

    def __init__(
        self,
        max_value: float = 2,
        axis: int | Sequence[int] = 0,
    ) -> None: ...

class MinMaxNorm(_rules.MinMaxNorm):
    """w scaled by `rate` of the way to a norm along `axis` in [min_value, max_value].

    Arguments:
        min_value: Lower bound of the norm.
        max_value: Upper bound of the norm.
        rate: Share of the way to the bounds that each update goes, from 0 to 1.
        axis: Axis, or axes, that a norm is over: 0 for the inputs of a dense kernel.
    """

    def __init__(
        self,
        min_value: float = 0.0,
        max_value: float = 1.0,
        rate: float = 1.0,
        axis: int | Sequence[int] = 0,
    ) -> None: ...

class UnitNorm(_rules.UnitNorm):
    """w scaled to the norm 1 along `axis`.

    Arguments:
        axis: Axis, or axes, that a norm is over: 0 for the inputs of a dense kernel.
    """

    def __init__(
        self,
        axis: int | Sequence[int] = 0,
    ) -> None: ...

max_norm = MaxNorm
min_max_norm = MinMaxNorm
non_neg = NonNeg
unit_norm = UnitNorm
