# Written by tools/stubs.py from the constructors; `make stubs` writes it again.

"""Optimizers: how weights follow from gradients."""

from addax.core.names import CustomObjectScope as CustomObjectScope
from addax.core.names import builtin_names as builtin_names
from addax.core.names import publish as publish
from addax.core.types import RateLike as RateLike
from addax.optimizers import rules as _rules
from addax.optimizers import schedules as schedules
from addax.optimizers.base import Optimizer as Optimizer
from addax.optimizers.combined import MultiOptimizer as MultiOptimizer
from addax.optimizers.combined import OptaxOptimizer as OptaxOptimizer
from addax.optimizers.combined import OptimizerMap as OptimizerMap
from addax.optimizers.scaling import LossScaleOptimizer as LossScaleOptimizer
from collections.abc import Sequence
from typing import Any

class SGD(_rules.SGD):
    """p - lr g; with momentum m ← momentum m - lr g, p + m, or Nesterov's p + momentum m - lr g.
    """

    def __init__(
        self,
        learning_rate: RateLike = 0.01,
        momentum: float = 0.0,
        nesterov: bool = False,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: Any = None,
        name: Any = None,
        *,
        lr: Any = None,
        decay: Any = None,
        schedule_decay: Any = None,
        jit_compile: Any = None,
        is_legacy_optimizer: Any = None,
    ) -> None: ...

class Adadelta(_rules.Adadelta):
    """p - lr g rms(d) / rms(g), d the steps so far (Zeiler 2012, https://arxiv.org/abs/1212.5701).
    """

    def __init__(
        self,
        learning_rate: RateLike = 0.001,
        rho: float = 0.95,
        epsilon: float = 1e-07,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: Any = None,
        name: Any = None,
        *,
        lr: Any = None,
        decay: Any = None,
        schedule_decay: Any = None,
        jit_compile: Any = None,
        is_legacy_optimizer: Any = None,
    ) -> None: ...

class Adafactor(_rules.Adafactor):
    """`Adam`'s v kept as the means of its rows and columns (Shazeer and Stern 2018).

    https://arxiv.org/abs/1804.04235; weights of less than two axes keep v itself.
    """

    def __init__(
        self,
        learning_rate: RateLike = 0.001,
        beta_2_decay: float = -0.8,
        epsilon_1: float = 1e-30,
        epsilon_2: float = 0.001,
        clip_threshold: float = 1.0,
        relative_step: bool = True,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: Any = None,
        name: Any = None,
        *,
        lr: Any = None,
        decay: Any = None,
        schedule_decay: Any = None,
        jit_compile: Any = None,
        is_legacy_optimizer: Any = None,
    ) -> None: ...

class Adagrad(_rules.Adagrad):
    """s ← s + g², p - lr g / sqrt(s + epsilon) (Duchi et al. 2011).
    """

    def __init__(
        self,
        learning_rate: RateLike = 0.001,
        initial_accumulator_value: float = 0.1,
        epsilon: float = 1e-07,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: Any = None,
        name: Any = None,
        *,
        lr: Any = None,
        decay: Any = None,
        schedule_decay: Any = None,
        jit_compile: Any = None,
        is_legacy_optimizer: Any = None,
    ) -> None: ...

class Adam(_rules.Adam):
    """p - a m / (sqrt(v) + epsilon), a = lr sqrt(1 - β₂ᵗ) / (1 - β₁ᵗ) (Kingma and Ba 2015).

    https://arxiv.org/abs/1412.6980; `epsilon` is the paper's "epsilon hat". `amsgrad` uses the
    largest v so far.
    """

    def __init__(
        self,
        learning_rate: RateLike = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-07,
        amsgrad: bool = False,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: Any = None,
        name: Any = None,
        *,
        lr: Any = None,
        decay: Any = None,
        schedule_decay: Any = None,
        jit_compile: Any = None,
        is_legacy_optimizer: Any = None,
    ) -> None: ...

class Adamax(_rules.Adamax):
    """`Adam` with u ← max(β₂ u, |g|) instead of sqrt(v) (Kingma and Ba 2015, section 7).
    """

    def __init__(
        self,
        learning_rate: RateLike = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-07,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: Any = None,
        name: Any = None,
        *,
        lr: Any = None,
        decay: Any = None,
        schedule_decay: Any = None,
        jit_compile: Any = None,
        is_legacy_optimizer: Any = None,
    ) -> None: ...

class AdamW(Adam, _rules.AdamW):
    """`Adam` after p ← p - lr weight_decay p (Loshchilov and Hutter 2019).
    """

    def __init__(
        self,
        learning_rate: RateLike = 0.001,
        weight_decay: float = 0.004,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-07,
        amsgrad: bool = False,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: Any = None,
        name: Any = None,
        *,
        lr: Any = None,
        decay: Any = None,
        schedule_decay: Any = None,
        jit_compile: Any = None,
        is_legacy_optimizer: Any = None,
    ) -> None: ...

class Ftrl(_rules.Ftrl):
    """Follow the regularized leader (McMahan et al. 2013), with shrinkage-type L2 and `beta`.
    """

    def __init__(
        self,
        learning_rate: RateLike = 0.001,
        learning_rate_power: float = -0.5,
        initial_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        l2_shrinkage_regularization_strength: float = 0.0,
        beta: float = 0.0,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: Any = None,
        name: Any = None,
        *,
        lr: Any = None,
        decay: Any = None,
        schedule_decay: Any = None,
        jit_compile: Any = None,
        is_legacy_optimizer: Any = None,
    ) -> None: ...

class Lamb(_rules.Lamb):
    """`Adam`'s step, scaled to the norm of the weight (You et al. 2019).

    https://arxiv.org/abs/1904.00962
    """

    def __init__(
        self,
        learning_rate: RateLike = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-07,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: Any = None,
        name: Any = None,
        *,
        lr: Any = None,
        decay: Any = None,
        schedule_decay: Any = None,
        jit_compile: Any = None,
        is_legacy_optimizer: Any = None,
    ) -> None: ...

class Lion(_rules.Lion):
    """p - lr sign(β₁ m + (1 - β₁) g) (Chen et al. 2023, https://arxiv.org/abs/2302.06675).
    """

    def __init__(
        self,
        learning_rate: RateLike = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.99,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: Any = None,
        name: Any = None,
        *,
        lr: Any = None,
        decay: Any = None,
        schedule_decay: Any = None,
        jit_compile: Any = None,
        is_legacy_optimizer: Any = None,
    ) -> None: ...

class Muon(_rules.Muon):
    """Steps of matrices made orthogonal by Newton-Schulz iterations; `AdamW` for other weights.

    Jordan et al. 2024, https://kellerjordan.github.io/posts/muon. `AdamW` also takes embeddings (if
    `exclude_embeddings`) and weights whose path matches one of the patterns `exclude_layers`.
    """

    def __init__(
        self,
        learning_rate: RateLike = 0.001,
        adam_beta_1: float = 0.9,
        adam_beta_2: float = 0.999,
        adam_weight_decay: float | None = 0.004,
        epsilon: float = 1e-07,
        weight_decay: float | None = 0.004,
        exclude_layers: Sequence[str] | None = None,
        exclude_embeddings: bool = True,
        muon_a: float = 3.4445,
        muon_b: float = -4.775,
        muon_c: float = 2.0315,
        adam_lr_ratio: float = 1,
        momentum: float = 0.95,
        ns_steps: int = 5,
        nesterov: bool = True,
        rms_rate: float | None = 0.2,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: Any = None,
        name: Any = None,
        *,
        lr: Any = None,
        decay: Any = None,
        schedule_decay: Any = None,
        jit_compile: Any = None,
        is_legacy_optimizer: Any = None,
    ) -> None: ...

class Nadam(_rules.Nadam):
    """`Adam` with Nesterov's momentum, on a schedule: β₁ (1 - 0.96ᵗ / 2) (Dozat 2015).
    """

    def __init__(
        self,
        learning_rate: RateLike = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-07,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: Any = None,
        name: Any = None,
        *,
        lr: Any = None,
        decay: Any = None,
        schedule_decay: Any = None,
        jit_compile: Any = None,
        is_legacy_optimizer: Any = None,
    ) -> None: ...

class RMSprop(_rules.RMSprop):
    """p - lr g / sqrt(v + epsilon), v the moving mean of g² (Tieleman and Hinton 2012).

    `centered` subtracts the squared moving mean of g from v.
    """

    def __init__(
        self,
        learning_rate: RateLike = 0.001,
        rho: float = 0.9,
        momentum: float = 0.0,
        epsilon: float = 1e-07,
        centered: bool = False,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: Any = None,
        name: Any = None,
        *,
        lr: Any = None,
        decay: Any = None,
        schedule_decay: Any = None,
        jit_compile: Any = None,
        is_legacy_optimizer: Any = None,
    ) -> None: ...

class ScheduleFreeAdamW(_rules.ScheduleFreeAdamW):
    """`Adam` without a schedule: steps z, their mean x, gradients at y = β₁ x + (1 - β₁) z.

    The weight is y, the slot "momentum" z (Defazio et al. 2024, https://arxiv.org/abs/2405.15682).
    """

    def __init__(
        self,
        learning_rate: RateLike = 0.0025,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-08,
        warmup_steps: int = 0,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: Any = None,
        name: Any = None,
        *,
        lr: Any = None,
        decay: Any = None,
        schedule_decay: Any = None,
        jit_compile: Any = None,
        is_legacy_optimizer: Any = None,
    ) -> None: ...

def get(identifier: Any) -> Any:
    """An optimizer from its name in any case, class, configuration, or an optax transformation."""
    ...

def serialize(optimizer: Any) -> Any:
    """The optimizer as plain data."""
    ...

def deserialize(config: Any, custom_objects: Any = None) -> Any:
    """The optimizer that `serialize` (or Keras) wrote."""
    ...
