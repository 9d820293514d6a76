# Written by tools/stubs.py from the constructors; `make stubs` writes it again.

"""Regularizers: penalties on weights."""

from addax.regularizers import rules as _rules
from addax.regularizers.rules import Regularizer as Regularizer
from addax.regularizers.rules import deserialize as deserialize
from addax.regularizers.rules import get as get
from addax.regularizers.rules import serialize as serialize
from typing import Literal

class L1(_rules.L1):
    """l1 Σ|x|.

    Arguments:
        l1: Factor of `sum(|x|)` in the penalty.
    """

    def __init__(
        self,
        l1: float = 0.01,
    ) -> None: ...

class L1L2(_rules.L1L2):
    """l1 Σ|x| + l2 Σx².

    Arguments:
        l1: Factor of `sum(|x|)` in the penalty.
        l2: Factor of `sum(x**2)` in the penalty.
    """

    def __init__(
        self,
        l1: float = 0.0,
        l2: float = 0.0,
    ) -> None: ...

class L2(_rules.L2):
    """l2 Σx².

    Arguments:
        l2: Factor of `sum(x**2)` in the penalty.
    """

    def __init__(
        self,
        l2: float = 0.01,
    ) -> None: ...

class OrthogonalRegularizer(_rules.OrthogonalRegularizer):
    """`factor` times the mean |cosine| between different rows (or columns) of a matrix.

    ValueError for a tensor of another rank.

    Arguments:
        factor: Factor of the penalty.
        mode: What should be orthogonal to one another, "rows" or "columns".
    """

    def __init__(
        self,
        factor: float = 0.01,
        mode: Literal['rows', 'columns'] | str = "rows",
    ) -> None: ...

l1 = L1
l1_l2 = L1L2
l2 = L2
orthogonal_regularizer = OrthogonalRegularizer
