"""A small model that learns from a large one."""

import typing as _typing

from addax.core import absent as _absent
from addax.core.names import publish as _publish
from addax.distillation.distiller import Distiller as Distiller
from addax.distillation.losses import DistillationLoss as DistillationLoss
from addax.distillation.losses import FeatureDistillation as FeatureDistillation
from addax.distillation.losses import LogitsDistillation as LogitsDistillation

_publish(
    "keras.distillation", (DistillationLoss, Distiller, FeatureDistillation, LogitsDistillation)
)

if not _typing.TYPE_CHECKING:  # else every name would pass
    __getattr__ = _absent.names_of(__name__)
