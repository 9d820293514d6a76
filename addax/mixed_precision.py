"""Mixed precision under its old home: policies, and the optimizer that scales losses."""

from typing import TYPE_CHECKING, Any

from addax.config import dtype_policy as dtype_policy
from addax.config import set_dtype_policy as set_dtype_policy
from addax.core.dtypes import DTypePolicy as DTypePolicy

if TYPE_CHECKING:
    from addax.optimizers import LossScaleOptimizer as LossScaleOptimizer

Policy = DTypePolicy
global_policy = dtype_policy
set_global_policy = set_dtype_policy


def __getattr__(name: str) -> Any:
    if name != "LossScaleOptimizer":
        raise AttributeError(f"module 'addax.mixed_precision' has no attribute {name!r}.")
    from addax.optimizers import LossScaleOptimizer

    return LossScaleOptimizer
