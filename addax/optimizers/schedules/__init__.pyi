# Written by tools/stubs.py from the constructors; `make stubs` writes it again.

"""Learning rates that change with the step."""

from addax.optimizers.schedules import rules as _rules
from addax.optimizers.schedules.rules import LearningRateSchedule as LearningRateSchedule
from addax.optimizers.schedules.rules import deserialize as deserialize
from addax.optimizers.schedules.rules import serialize as serialize
from collections.abc import Sequence

class CosineDecay(_rules.CosineDecay):
    """From the initial rate to `alpha` of it along half a cosine (Loshchilov and Hutter 2016).

    With `warmup_target`, first in a line from the initial rate to it, during `warmup_steps`; the
    decay then starts from the target.
    """

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        alpha: float = 0.0,
        name: str = "CosineDecay",
        warmup_target: float | None = None,
        warmup_steps: float = 0,
    ) -> None: ...

class CosineDecayRestarts(_rules.CosineDecayRestarts):
    """Half cosines one after the other, each `t_mul` times longer and `m_mul` times lower (SGDR).

    Loshchilov and Hutter 2016, https://arxiv.org/abs/1608.03983
    """

    def __init__(
        self,
        initial_learning_rate: float,
        first_decay_steps: float,
        t_mul: float = 2.0,
        m_mul: float = 1.0,
        alpha: float = 0.0,
        name: str = "SGDRDecay",
    ) -> None: ...

class ExponentialDecay(_rules.ExponentialDecay):
    """initial · decay_rate^(step / decay_steps); `staircase` rounds the exponent down.
    """

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        decay_rate: float,
        staircase: bool = False,
        name: str = "ExponentialDecay",
    ) -> None: ...

class InverseTimeDecay(_rules.InverseTimeDecay):
    """initial / (1 + decay_rate · step / decay_steps); `staircase` rounds the fraction down.
    """

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        decay_rate: float,
        staircase: bool = False,
        name: str = "InverseTimeDecay",
    ) -> None: ...

class PiecewiseConstantDecay(_rules.PiecewiseConstantDecay):
    """values[0] up to and including step boundaries[0], then values[1], and so on.
    """

    def __init__(
        self,
        boundaries: Sequence[float],
        values: Sequence[float],
        name: str = "PiecewiseConstant",
    ) -> None: ...

class PolynomialDecay(_rules.PolynomialDecay):
    """end + (initial - end) (1 - step / decay_steps)^power, then `end`.

    With `cycle`, decay_steps grows to its next multiple instead.
    """

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        end_learning_rate: float = 0.0001,
        power: float = 1.0,
        cycle: bool = False,
        name: str = "PolynomialDecay",
    ) -> None: ...
