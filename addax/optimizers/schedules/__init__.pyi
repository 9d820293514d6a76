# Written by tools/stubs.py from the constructors; `make stubs` writes it again.

"""Learning rates that change with the step."""

from addax.optimizers.schedules import rules as _rules
from addax.optimizers.schedules.rules import LearningRateSchedule as LearningRateSchedule
from addax.optimizers.schedules.rules import deserialize as deserialize
from addax.optimizers.schedules.rules import serialize as serialize
from collections.abc import Sequence

class CosineDecay(_rules.CosineDecay):
    """Down to `alpha` of the initial rate along half a cosine, after a warm-up if asked for.

    `initial * ((1 - alpha) * (1 + cos(pi * step / decay_steps)) / 2 + alpha)`; with `warmup_target`
    the rate first rises to that in a line, and decays from there.

    ValueError for `decay_steps` that are not positive. Loshchilov and Hutter 2016,
    https://arxiv.org/abs/1608.03983.

    Arguments:
        initial_learning_rate: Learning rate at step 0.
        decay_steps: Number of steps that the decay is measured in.
        alpha: Lowest learning rate, as a share of the highest.
        name: Name in the configuration; nothing else depends on it.
        warmup_target: Learning rate after the warm-up, where the decay starts; None has no warm-up.
        warmup_steps: Steps in which the rate rises in a line to `warmup_target`.
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
    """Half cosines one after the other, each `t_mul` times as long, `m_mul` times as high.

    Known as SGDR. ValueError for `first_decay_steps` that are not positive. Loshchilov and Hutter
    2016, https://arxiv.org/abs/1608.03983, equation 5.

    Arguments:
        initial_learning_rate: Learning rate at step 0.
        first_decay_steps: Steps of the first cosine.
        t_mul: How many times as long each cosine is as the one before.
        m_mul: How many times as high each cosine starts as the one before.
        alpha: Lowest learning rate, as a share of the highest.
        name: Name in the configuration; nothing else depends on it.
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
    """`initial * decay_rate^(step / decay_steps)`; `staircase` rounds the exponent down.

    ValueError for `decay_steps` that are not positive.

    Arguments:
        initial_learning_rate: Learning rate at step 0.
        decay_steps: Number of steps that the decay is measured in.
        decay_rate: How much the rate falls in `decay_steps` steps.
        staircase: Whether the rate falls all at once after each `decay_steps` steps.
        name: Name in the configuration; nothing else depends on it.
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
    """`initial / (1 + decay_rate * step / decay_steps)`; `staircase` rounds the fraction down.

    ValueError for `decay_steps` that are not positive.

    Arguments:
        initial_learning_rate: Learning rate at step 0.
        decay_steps: Number of steps that the decay is measured in.
        decay_rate: How much the rate falls in `decay_steps` steps.
        staircase: Whether the rate falls all at once after each `decay_steps` steps.
        name: Name in the configuration; nothing else depends on it.
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
    """`values[0]` up to and including step `boundaries[0]`, then `values[1]`, and so on.

    ValueError unless there is one value more than boundaries.

    Arguments:
        boundaries: Steps after which the next value holds, in rising order.
        values: Learning rates, one more than boundaries.
        name: Name in the configuration; nothing else depends on it.
    """

    def __init__(
        self,
        boundaries: Sequence[float],
        values: Sequence[float],
        name: str = "PiecewiseConstant",
    ) -> None: ...

class PolynomialDecay(_rules.PolynomialDecay):
    """`end + (initial - end) * (1 - step / decay_steps)^power`, then `end`.

    With `cycle`, decay_steps grows to its next multiple instead. ValueError for `decay_steps` that
    are not positive.

    Arguments:
        initial_learning_rate: Learning rate at step 0.
        decay_steps: Number of steps that the decay is measured in.
        end_learning_rate: Learning rate after the decay.
        power: Exponent of the part of the decay that is left; 1 falls in a line.
        cycle: Whether the decay starts again, each time longer.
        name: Name in the configuration; nothing else depends on it.
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
