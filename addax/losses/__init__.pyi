# Written by tools/stubs.py from the constructors; `make stubs` writes it again.

"""Losses: what training minimizes."""

from addax.losses import functions as _functions
from addax.losses.functions import Loss as Loss
from addax.losses.functions import LossFunctionWrapper as LossFunctionWrapper
from addax.losses.functions import binary_crossentropy as binary_crossentropy
from addax.losses.functions import binary_focal_crossentropy as binary_focal_crossentropy
from addax.losses.functions import categorical_crossentropy as categorical_crossentropy
from addax.losses.functions import categorical_focal_crossentropy as categorical_focal_crossentropy
from addax.losses.functions import categorical_generalized_cross_entropy as categorical_generalized_cross_entropy
from addax.losses.functions import categorical_hinge as categorical_hinge
from addax.losses.functions import circle as circle
from addax.losses.functions import cosine_similarity as cosine_similarity
from addax.losses.functions import ctc as ctc
from addax.losses.functions import deserialize as deserialize
from addax.losses.functions import dice as dice
from addax.losses.functions import get as get
from addax.losses.functions import hinge as hinge
from addax.losses.functions import huber as huber
from addax.losses.functions import kl_divergence as kl_divergence
from addax.losses.functions import log_cosh as log_cosh
from addax.losses.functions import mean_absolute_error as mean_absolute_error
from addax.losses.functions import mean_absolute_percentage_error as mean_absolute_percentage_error
from addax.losses.functions import mean_squared_error as mean_squared_error
from addax.losses.functions import mean_squared_logarithmic_error as mean_squared_logarithmic_error
from addax.losses.functions import poisson as poisson
from addax.losses.functions import serialize as serialize
from addax.losses.functions import sparse_categorical_crossentropy as sparse_categorical_crossentropy
from addax.losses.functions import squared_hinge as squared_hinge
from addax.losses.functions import tversky as tversky
from addax.targets import check_targets as check_targets
from typing import Any

class CTC(_functions.FunctionLoss):
    """-log probability of label sequences over all alignments (Graves et al. 2006).

    Labels (batch, length), padded with 0, which is also the blank; logits (batch, time, k).
    """

    def __init__(
        self,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "ctc",
        dtype: Any = None,
    ) -> None: ...

class BinaryCrossentropy(_functions.FunctionLoss):
    """Mean of -y log p - (1 - y) log(1 - p) over `axis`; p = sigmoid(y_pred) from logits.
    """

    def __init__(
        self,
        from_logits: Any = False,
        label_smoothing: Any = 0.0,
        axis: Any = -1,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "binary_crossentropy",
        dtype: Any = None,
    ) -> None: ...

class BinaryFocalCrossentropy(_functions.FunctionLoss):
    """Binary cross-entropy times (1 - p of the right class)^gamma; `alpha` weighs class 1.

    Lin et al. 2017, https://arxiv.org/abs/1708.02002.
    """

    def __init__(
        self,
        apply_class_balancing: Any = False,
        alpha: Any = 0.25,
        gamma: Any = 2.0,
        from_logits: Any = False,
        label_smoothing: Any = 0.0,
        axis: Any = -1,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "binary_focal_crossentropy",
        dtype: Any = None,
    ) -> None: ...

class CategoricalCrossentropy(_functions.FunctionLoss):
    """-sum of y_true log p over the classes along `axis`: (..., k), (..., k) -> (...).
    """

    def __init__(
        self,
        from_logits: Any = False,
        label_smoothing: Any = 0.0,
        axis: Any = -1,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "categorical_crossentropy",
        dtype: Any = None,
    ) -> None: ...

class CategoricalFocalCrossentropy(_functions.FunctionLoss):
    """-alpha sum of (1 - p)^gamma y_true log p over the classes: (..., k), (..., k) -> (...).

    Lin et al. 2017, https://arxiv.org/abs/1708.02002.
    """

    def __init__(
        self,
        alpha: Any = 0.25,
        gamma: Any = 2.0,
        from_logits: Any = False,
        label_smoothing: Any = 0.0,
        axis: Any = -1,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "categorical_focal_crossentropy",
        dtype: Any = None,
    ) -> None: ...

class CategoricalGeneralizedCrossEntropy(_functions.FunctionLoss):
    """(1 - p^q) / q for the probability p of the class numbers `y_true`: robust to wrong labels.

    Zhang & Sabuncu 2018, https://arxiv.org/abs/1805.07836.
    """

    def __init__(
        self,
        q: Any = 0.5,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "categorical_generalized_cross_entropy",
        dtype: Any = None,
    ) -> None: ...

class CategoricalHinge(_functions.FunctionLoss):
    """max(1 + best wrong class - right class, 0) for one-hot labels: (..., k) -> (...).
    """

    def __init__(
        self,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "categorical_hinge",
        dtype: Any = None,
    ) -> None: ...

class Circle(_functions.FunctionLoss):
    """Pulls unit embeddings of one class together, pushes the others apart: (n,), (n, d) -> (n,).

    Each example is compared with the references, by default the batch itself.
    Sun et al. 2020, https://arxiv.org/abs/2002.10857.
    """

    def __init__(
        self,
        gamma: Any = 80.0,
        margin: Any = 0.4,
        remove_diagonal: Any = True,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "circle",
        dtype: Any = None,
    ) -> None: ...

class CosineSimilarity(_functions.FunctionLoss):
    """Minus the cosine of the angle between the vectors along `axis`: -1 where they agree.
    """

    def __init__(
        self,
        axis: Any = -1,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "cosine_similarity",
        dtype: Any = None,
    ) -> None: ...

class Dice(_functions.FunctionLoss):
    """1 - 2 sum(y_true y_pred) / (sum(y_true) + sum(y_pred)) over `axis` (None: everything).
    """

    def __init__(
        self,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "dice",
        axis: Any = None,
        dtype: Any = None,
    ) -> None: ...

class Hinge(_functions.FunctionLoss):
    """Mean of max(1 - y_true y_pred, 0) over the last axis, for labels -1, 1 (or 0, 1).
    """

    def __init__(
        self,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "hinge",
        dtype: Any = None,
    ) -> None: ...

class Huber(_functions.FunctionLoss):
    """Quadratic within `delta`, linear beyond (Huber 1964): (..., d), (..., d) -> (...).
    """

    def __init__(
        self,
        delta: Any = 1.0,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "huber_loss",
        dtype: Any = None,
    ) -> None: ...

class KLDivergence(_functions.FunctionLoss):
    """Sum of y_true log(y_true / y_pred) over the last axis: (..., k), (..., k) -> (...).
    """

    def __init__(
        self,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "kl_divergence",
        dtype: Any = None,
    ) -> None: ...

class LogCosh(_functions.FunctionLoss):
    """Mean of log(cosh(y_pred - y_true)) over the last axis: (..., d), (..., d) -> (...).
    """

    def __init__(
        self,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "log_cosh",
        dtype: Any = None,
    ) -> None: ...

class MeanAbsoluteError(_functions.FunctionLoss):
    """Mean of |y_true - y_pred| over the last axis: (..., d), (..., d) -> (...).
    """

    def __init__(
        self,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "mean_absolute_error",
        dtype: Any = None,
    ) -> None: ...

class MeanAbsolutePercentageError(_functions.FunctionLoss):
    """100 mean of |(y_true - y_pred) / y_true| over the last axis, in percent.
    """

    def __init__(
        self,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "mean_absolute_percentage_error",
        dtype: Any = None,
    ) -> None: ...

class MeanSquaredError(_functions.FunctionLoss):
    """Mean of (y_true - y_pred)^2 over the last axis: (..., d), (..., d) -> (...).
    """

    def __init__(
        self,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "mean_squared_error",
        dtype: Any = None,
    ) -> None: ...

class MeanSquaredLogarithmicError(_functions.FunctionLoss):
    """Mean of (log(1 + y_true) - log(1 + y_pred))^2 over the last axis; negatives count as 0.
    """

    def __init__(
        self,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "mean_squared_logarithmic_error",
        dtype: Any = None,
    ) -> None: ...

class Poisson(_functions.FunctionLoss):
    """Mean of y_pred - y_true log(y_pred) over the last axis: counts and their expected rates.
    """

    def __init__(
        self,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "poisson",
        dtype: Any = None,
    ) -> None: ...

class SparseCategoricalCrossentropy(_functions.FunctionLoss):
    """-log p of the class numbers `y_true`: (...), (..., k) -> (...).

    Labels equal to `ignore_class` give 0 and leave a mask, so that means do not count them.
    """

    def __init__(
        self,
        from_logits: Any = False,
        ignore_class: Any = None,
        reduction: str | None = "sum_over_batch_size",
        axis: Any = -1,
        name: str | None = "sparse_categorical_crossentropy",
        dtype: Any = None,
    ) -> None: ...

class SquaredHinge(_functions.FunctionLoss):
    """Mean of max(1 - y_true y_pred, 0)^2 over the last axis, for labels -1, 1 (or 0, 1).
    """

    def __init__(
        self,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "squared_hinge",
        dtype: Any = None,
    ) -> None: ...

class Tversky(_functions.FunctionLoss):
    """1 - both / (both + alpha missed + beta invented), summed over `axis` (None: everything).

    Salehi et al. 2017, https://arxiv.org/abs/1706.05721, with `alpha` and `beta` exchanged.
    """

    def __init__(
        self,
        alpha: Any = 0.5,
        beta: Any = 0.5,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = "tversky",
        axis: Any = None,
        dtype: Any = None,
    ) -> None: ...
