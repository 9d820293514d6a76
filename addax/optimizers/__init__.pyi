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
    """Gradient descent, `w - lr * g`, with momentum if asked for.

    `m = momentum * m - lr * g`, then `w + m` or, with `nesterov`, `w + momentum * m - lr * g`.

    ValueError for a momentum outside 0 to 1. Sutskever et al. 2013, "On the importance of
    initialization and momentum in deep learning".

    Arguments:
        learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without
            arguments.
        momentum: Share of the last step that is added to the next one, from 0 to 1.
        nesterov: Whether to look ahead along the momentum, after Nesterov.
        weight_decay: Share of each weight, times the learning rate, taken off it in every step;
            None decays nothing.
        clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no
            bound.
        clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
        global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no
            bound.
        use_ema: Whether to keep exponential moving averages of the weights.
        ema_momentum: Share of the average that each step keeps.
        ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for
            the end.
        loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
        gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each
            batch.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`w - lr * g * rms(d) / rms(g)`, where d are the steps so far and rms moves with `rho`.

    Zeiler 2012, https://arxiv.org/abs/1212.5701, algorithm 1, which has lr = 1.

    Arguments:
        learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without
            arguments.
        rho: Share of the mean squared gradient that each step keeps.
        epsilon: Small number in the divisor of a step, which keeps steps finite near gradient 0.
        weight_decay: Share of each weight, times the learning rate, taken off it in every step;
            None decays nothing.
        clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no
            bound.
        clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
        global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no
            bound.
        use_ema: Whether to keep exponential moving averages of the weights.
        ema_momentum: Share of the average that each step keeps.
        ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for
            the end.
        loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
        gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each
            batch.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`Adam`'s v kept as the means of its rows and columns, for less memory.

    Steps are scaled by the root mean square of the weight, and cut at `clip_threshold`; weights of
    fewer than two axes keep v itself. Shazeer and Stern 2018, https://arxiv.org/abs/1804.04235.

    Arguments:
        learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without
            arguments.
        beta_2_decay: Exponent of the step number in the share of the mean squares that is given up.
        epsilon_1: Small number added to squared gradients.
        epsilon_2: Least size of a weight, as a root mean square, that scales its step.
        clip_threshold: Largest root mean square of a step before the learning rate.
        relative_step: Whether the learning rate is at most `1 / sqrt(step)`.
        weight_decay: Share of each weight, times the learning rate, taken off it in every step;
            None decays nothing.
        clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no
            bound.
        clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
        global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no
            bound.
        use_ema: Whether to keep exponential moving averages of the weights.
        ema_momentum: Share of the average that each step keeps.
        ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for
            the end.
        loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
        gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each
            batch.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`s = s + g^2`, then `w - lr * g / sqrt(s + epsilon)`.

    Duchi et al. 2011, https://jmlr.org/papers/v12/duchi11a.html.

    Arguments:
        learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without
            arguments.
        initial_accumulator_value: First value of the sums of squared gradients.
        epsilon: Small number in the divisor of a step, which keeps steps finite near gradient 0.
        weight_decay: Share of each weight, times the learning rate, taken off it in every step;
            None decays nothing.
        clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no
            bound.
        clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
        global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no
            bound.
        use_ema: Whether to keep exponential moving averages of the weights.
        ema_momentum: Share of the average that each step keeps.
        ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for
            the end.
        loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
        gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each
            batch.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`w - a * m / (sqrt(v) + epsilon)`, with m and v the moving means of g and `g^2`.

    `a = lr * sqrt(1 - beta_2^t) / (1 - beta_1^t)` corrects their start at 0 in step t; `epsilon` is
    the paper's "epsilon hat". `amsgrad` takes the largest v so far (Reddi et al. 2018). Kingma and
    Ba 2015, https://arxiv.org/abs/1412.6980, section 2.

    Arguments:
        learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without
            arguments.
        beta_1: Share of the mean gradient that each step keeps.
        beta_2: Share of the mean squared gradient that each step keeps.
        epsilon: Small number in the divisor of a step, which keeps steps finite near gradient 0.
        amsgrad: Whether to divide by the largest mean squared gradient so far.
        weight_decay: Share of each weight, times the learning rate, taken off it in every step;
            None decays nothing.
        clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no
            bound.
        clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
        global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no
            bound.
        use_ema: Whether to keep exponential moving averages of the weights.
        ema_momentum: Share of the average that each step keeps.
        ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for
            the end.
        loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
        gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each
            batch.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`Adam` with the largest gradient, `u = max(beta_2 * u, |g|)`, in place of `sqrt(v)`.

    Kingma and Ba 2015, https://arxiv.org/abs/1412.6980, algorithm 2.

    Arguments:
        learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without
            arguments.
        beta_1: Share of the mean gradient that each step keeps.
        beta_2: Share of the mean squared gradient that each step keeps.
        epsilon: Small number in the divisor of a step, which keeps steps finite near gradient 0.
        weight_decay: Share of each weight, times the learning rate, taken off it in every step;
            None decays nothing.
        clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no
            bound.
        clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
        global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no
            bound.
        use_ema: Whether to keep exponential moving averages of the weights.
        ema_momentum: Share of the average that each step keeps.
        ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for
            the end.
        loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
        gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each
            batch.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`Adam` after `w = w - lr * weight_decay * w`.

    ValueError for `weight_decay=None`. Loshchilov and Hutter 2019,
    https://arxiv.org/abs/1711.05101.

    Arguments:
        learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without
            arguments.
        weight_decay: Share of each weight, times the learning rate, taken off it in every step;
            None decays nothing.
        beta_1: Share of the mean gradient that each step keeps.
        beta_2: Share of the mean squared gradient that each step keeps.
        epsilon: Small number in the divisor of a step, which keeps steps finite near gradient 0.
        amsgrad: Whether to divide by the largest mean squared gradient so far.
        clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no
            bound.
        clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
        global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no
            bound.
        use_ema: Whether to keep exponential moving averages of the weights.
        ema_momentum: Share of the average that each step keeps.
        ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for
            the end.
        loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
        gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each
            batch.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Follow the regularized leader: sparse weights by L1, a learning rate for each weight.

    `lr / s^(-learning_rate_power)` is the rate for a sum s of squared gradients.

    ValueError for a `learning_rate_power` above 0, and for a negative strength or first value.
    McMahan et al. 2013, "Ad click prediction: a view from the trenches".

    Arguments:
        learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without
            arguments.
        learning_rate_power: Exponent of the decay of each weight's learning rate, at most 0.
        initial_accumulator_value: First value of the sums of squared gradients.
        l1_regularization_strength: Factor of `sum(|w|)`, which leaves weights at exactly 0.
        l2_regularization_strength: Factor of `sum(w**2)`.
        l2_shrinkage_regularization_strength: Factor of a penalty `sum(w**2)` that goes by way of
            the gradient.
        beta: Added to the L2 penalty as `beta / (2 * learning_rate)`.
        weight_decay: Share of each weight, times the learning rate, taken off it in every step;
            None decays nothing.
        clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no
            bound.
        clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
        global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no
            bound.
        use_ema: Whether to keep exponential moving averages of the weights.
        ema_momentum: Share of the average that each step keeps.
        ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for
            the end.
        loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
        gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each
            batch.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`Adam`'s step, scaled to the norm of the weight: `w - lr * step * |w| / |step|`.

    You et al. 2019, https://arxiv.org/abs/1904.00962, algorithm 2.

    Arguments:
        learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without
            arguments.
        beta_1: Share of the mean gradient that each step keeps.
        beta_2: Share of the mean squared gradient that each step keeps.
        epsilon: Small number in the divisor of a step, which keeps steps finite near gradient 0.
        weight_decay: Share of each weight, times the learning rate, taken off it in every step;
            None decays nothing.
        clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no
            bound.
        clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
        global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no
            bound.
        use_ema: Whether to keep exponential moving averages of the weights.
        ema_momentum: Share of the average that each step keeps.
        ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for
            the end.
        loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
        gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each
            batch.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`w - lr * sign(beta_1 * m + (1 - beta_1) * g)`, then `m = beta_2 * m + (1 - beta_2) * g`.

    ValueError for a `beta_1` that is not above 0 and at most 1. Chen et al. 2023,
    https://arxiv.org/abs/2302.06675.

    Arguments:
        learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without
            arguments.
        beta_1: Weight of the mean gradient against the newest one in the sign of a step.
        beta_2: Share of the mean gradient that each step keeps.
        weight_decay: Share of each weight, times the learning rate, taken off it in every step;
            None decays nothing.
        clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no
            bound.
        clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
        global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no
            bound.
        use_ema: Whether to keep exponential moving averages of the weights.
        ema_momentum: Share of the average that each step keeps.
        ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for
            the end.
        loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
        gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each
            batch.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Momentum steps of matrices made orthogonal by Newton-Schulz iterations.

    The other weights, and those that the arguments exclude, go to `AdamW`. Jordan et al. 2024,
    https://kellerjordan.github.io/posts/muon.

    Arguments:
        learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without
            arguments.
        adam_beta_1: `beta_1` of the weights that AdamW takes care of.
        adam_beta_2: `beta_2` of the weights that AdamW takes care of.
        adam_weight_decay: `weight_decay` of the weights that AdamW takes care of.
        epsilon: Small number in the divisor of a step, which keeps steps finite near gradient 0.
        weight_decay: Share of each weight, times the learning rate, taken off it in every step;
            None decays nothing.
        exclude_layers: Regular expressions; weights whose path holds a match go to AdamW.
        exclude_embeddings: Whether weights with "embedding" in their path go to AdamW.
        muon_a: Coefficient of X in the Newton-Schulz step `a X + (b A + c A A) X`, where `A = X
            X^T`.
        muon_b: Coefficient of A in the Newton-Schulz step.
        muon_c: Coefficient of A A in the Newton-Schulz step.
        adam_lr_ratio: Learning rate of AdamW as a multiple of the other one.
        momentum: Share of the last step that is added to the next one, from 0 to 1.
        ns_steps: Number of Newton-Schulz steps.
        nesterov: Whether to look ahead along the momentum, after Nesterov.
        rms_rate: Root mean square of steps, `rms_rate * sqrt(longer side)`; None leaves them
            orthogonal.
        clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no
            bound.
        clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
        global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no
            bound.
        use_ema: Whether to keep exponential moving averages of the weights.
        ema_momentum: Share of the average that each step keeps.
        ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for
            the end.
        loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
        gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each
            batch.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`Adam` with Nesterov's momentum, which grows as `beta_1 * (1 - 0.96^t / 2)` in step t.

    Dozat 2015, "Incorporating Nesterov momentum into Adam".

    Arguments:
        learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without
            arguments.
        beta_1: Share of the mean gradient that each step keeps.
        beta_2: Share of the mean squared gradient that each step keeps.
        epsilon: Small number in the divisor of a step, which keeps steps finite near gradient 0.
        weight_decay: Share of each weight, times the learning rate, taken off it in every step;
            None decays nothing.
        clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no
            bound.
        clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
        global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no
            bound.
        use_ema: Whether to keep exponential moving averages of the weights.
        ema_momentum: Share of the average that each step keeps.
        ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for
            the end.
        loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
        gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each
            batch.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`v = rho * v + (1 - rho) * g^2`, then `w - lr * g / sqrt(v + epsilon)`.

    `centered` subtracts the squared moving mean of g from v; with momentum `m = momentum * m +
    step` is the step. Tieleman and Hinton 2012; centered: Graves 2013,
    https://arxiv.org/abs/1308.0850.

    Arguments:
        learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without
            arguments.
        rho: Share of the mean squared gradient that each step keeps.
        momentum: Share of the last step that is added to the next one, from 0 to 1.
        epsilon: Small number in the divisor of a step, which keeps steps finite near gradient 0.
        centered: Whether to divide by the variance of gradients, not by their mean square.
        weight_decay: Share of each weight, times the learning rate, taken off it in every step;
            None decays nothing.
        clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no
            bound.
        clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
        global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no
            bound.
        use_ema: Whether to keep exponential moving averages of the weights.
        ema_momentum: Share of the average that each step keeps.
        ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for
            the end.
        loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
        gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each
            batch.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`Adam` without a schedule: steps z, their mean x, and gradients between the two.

    The weight is `y = beta_1 * x + (1 - beta_1) * z`, the slot "momentum" z. Defazio et al. 2024,
    https://arxiv.org/abs/2405.15682.

    Arguments:
        learning_rate: Size of a step: a number, a LearningRateSchedule, or a function without
            arguments.
        beta_1: Weight of the averaged weights against the newest ones where gradients are taken.
        beta_2: Share of the mean squared gradient that each step keeps.
        epsilon: Small number in the divisor of a step, which keeps steps finite near gradient 0.
        warmup_steps: Steps in which the learning rate rises from 0 in a line.
        weight_decay: Share of each weight, times the learning rate, taken off it in every step;
            None decays nothing.
        clipnorm: Largest norm of each weight's gradient, which is scaled down to it; None sets no
            bound.
        clipvalue: Largest absolute value of a gradient's elements; None sets no bound.
        global_clipnorm: Largest norm of all gradients together, scaled down to it; None sets no
            bound.
        use_ema: Whether to keep exponential moving averages of the weights.
        ema_momentum: Share of the average that each step keeps.
        ema_overwrite_frequency: Steps after which the averages replace the weights; None waits for
            the end.
        loss_scale_factor: What the loss is multiplied and gradients are divided by; None means 1.
        gradient_accumulation_steps: Batches whose mean gradient makes one step; None steps for each
            batch.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
