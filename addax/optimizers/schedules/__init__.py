"""Learning rates that change with the step."""

from addax.core import absent as _absent
from addax.optimizers.schedules.rules import CosineDecay as CosineDecay
from addax.optimizers.schedules.rules import CosineDecayRestarts as CosineDecayRestarts
from addax.optimizers.schedules.rules import ExponentialDecay as ExponentialDecay
from addax.optimizers.schedules.rules import InverseTimeDecay as InverseTimeDecay
from addax.optimizers.schedules.rules import LearningRateSchedule as LearningRateSchedule
from addax.optimizers.schedules.rules import PiecewiseConstantDecay as PiecewiseConstantDecay
from addax.optimizers.schedules.rules import PolynomialDecay as PolynomialDecay
from addax.optimizers.schedules.rules import deserialize as deserialize
from addax.optimizers.schedules.rules import serialize as serialize

__getattr__ = _absent.names_of(__name__)
