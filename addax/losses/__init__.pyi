# Written by tools/stubs.py from the constructors; `make stubs` writes it again.

"""Losses: what training minimizes."""

from addax.core.types import Axis as Axis
from addax.core.types import DType as DType
from addax.core.types import Reduction as Reduction
from addax.losses import loss as _loss
from addax.losses.functions import binary_crossentropy as binary_crossentropy
from addax.losses.functions import binary_focal_crossentropy as binary_focal_crossentropy
from addax.losses.functions import categorical_crossentropy as categorical_crossentropy
from addax.losses.functions import categorical_focal_crossentropy as categorical_focal_crossentropy
from addax.losses.functions import categorical_generalized_cross_entropy as categorical_generalized_cross_entropy
from addax.losses.functions import categorical_hinge as categorical_hinge
from addax.losses.functions import circle as circle
from addax.losses.functions import cosine_similarity as cosine_similarity
from addax.losses.functions import ctc as ctc
from addax.losses.functions import dice as dice
from addax.losses.functions import hinge as hinge
from addax.losses.functions import huber as huber
from addax.losses.functions import kl_divergence as kl_divergence
from addax.losses.functions import log_cosh as log_cosh
from addax.losses.functions import mean_absolute_error as mean_absolute_error
from addax.losses.functions import mean_absolute_percentage_error as mean_absolute_percentage_error
from addax.losses.functions import mean_squared_error as mean_squared_error
from addax.losses.functions import mean_squared_logarithmic_error as mean_squared_logarithmic_error
from addax.losses.functions import poisson as poisson
from addax.losses.functions import sparse_categorical_crossentropy as sparse_categorical_crossentropy
from addax.losses.functions import squared_hinge as squared_hinge
from addax.losses.functions import tversky as tversky
from addax.losses.loss import Loss as Loss
from addax.losses.loss import LossFunctionWrapper as LossFunctionWrapper
from addax.losses.loss import deserialize as deserialize
from addax.losses.loss import get as get
from addax.losses.loss import serialize as serialize
from addax.targets import check_targets as check_targets

class CTC(_loss.FunctionLoss):
    """-log probability of label sequences over all alignments (Graves et al. 2006).

    Labels (batch, length), padded with 0, which is also the blank; logits (batch, time, k).
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "ctc",
        dtype: DType = None,
    ) -> None: ...

class BinaryCrossentropy(_loss.FunctionLoss):
    """Mean of -y log p - (1 - y) log(1 - p) over `axis`; p = sigmoid(y_pred) from logits.
    """

    def __init__(
        self,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "binary_crossentropy",
        dtype: DType = None,
    ) -> None: ...

class BinaryFocalCrossentropy(_loss.FunctionLoss):
    """Binary cross-entropy times (1 - p of the right class)^gamma; `alpha` weighs class 1.

    Lin et al. 2017, https://arxiv.org/abs/1708.02002.
    """

    def __init__(
        self,
        apply_class_balancing: bool = False,
        alpha: float = 0.25,
        gamma: float = 2.0,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "binary_focal_crossentropy",
        dtype: DType = None,
    ) -> None: ...

class CategoricalCrossentropy(_loss.FunctionLoss):
    """-sum of y_true log p over the classes along `axis`: (..., k), (..., k) -> (...).
    """

    def __init__(
        self,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "categorical_crossentropy",
        dtype: DType = None,
    ) -> None: ...

class CategoricalFocalCrossentropy(_loss.FunctionLoss):
    """-alpha sum of (1 - p)^gamma y_true log p over the classes: (..., k), (..., k) -> (...).

    Lin et al. 2017, https://arxiv.org/abs/1708.02002.
    """

    def __init__(
        self,
        alpha: float = 0.25,
        gamma: float = 2.0,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "categorical_focal_crossentropy",
        dtype: DType = None,
    ) -> None: ...

class CategoricalGeneralizedCrossEntropy(_loss.FunctionLoss):
    """(1 - p^q) / q for the probability p of the class numbers `y_true`: robust to wrong labels.

    Zhang & Sabuncu 2018, https://arxiv.org/abs/1805.07836.
    """

    def __init__(
        self,
        q: float = 0.5,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "categorical_generalized_cross_entropy",
        dtype: DType = None,
    ) -> None: ...

class CategoricalHinge(_loss.FunctionLoss):
    """max(1 + best wrong class - right class, 0) for one-hot labels: (..., k) -> (...).
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "categorical_hinge",
        dtype: DType = None,
    ) -> None: ...

class Circle(_loss.FunctionLoss):
    """Pulls unit embeddings of one class together, pushes the others apart: (n,), (n, d) -> (n,).

    Each example is compared with the references, by default the batch itself.
    Sun et al. 2020, https://arxiv.org/abs/2002.10857.
    """

    def __init__(
        self,
        gamma: float = 80.0,
        margin: float = 0.4,
        remove_diagonal: bool = True,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "circle",
        dtype: DType = None,
    ) -> None: ...

class CosineSimilarity(_loss.FunctionLoss):
    """Minus the cosine of the angle between the vectors along `axis`: -1 where they agree.
    """

    def __init__(
        self,
        axis: int = -1,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "cosine_similarity",
        dtype: DType = None,
    ) -> None: ...

class Dice(_loss.FunctionLoss):
    """1 - 2 sum(y_true y_pred) / (sum(y_true) + sum(y_pred)) over `axis` (None: everything).
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "dice",
        axis: Axis = None,
        dtype: DType = None,
    ) -> None: ...

class Hinge(_loss.FunctionLoss):
    """Mean of max(1 - y_true y_pred, 0) over the last axis, for labels -1, 1 (or 0, 1).
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "hinge",
        dtype: DType = None,
    ) -> None: ...

class Huber(_loss.FunctionLoss):
    """Quadratic within `delta`, linear beyond (Huber 1964): (..., d), (..., d) -> (...).
    """

    def __init__(
        self,
        delta: float = 1.0,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "huber_loss",
        dtype: DType = None,
    ) -> None: ...

class KLDivergence(_loss.FunctionLoss):
    """Sum of y_true log(y_true / y_pred) over the last axis: (..., k), (..., k) -> (...).
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "kl_divergence",
        dtype: DType = None,
    ) -> None: ...

class LogCosh(_loss.FunctionLoss):
    """Mean of log(cosh(y_pred - y_true)) over the last axis: (..., d), (..., d) -> (...).
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "log_cosh",
        dtype: DType = None,
    ) -> None: ...

class MeanAbsoluteError(_loss.FunctionLoss):
    """Mean of |y_true - y_pred| over the last axis: (..., d), (..., d) -> (...).
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "mean_absolute_error",
        dtype: DType = None,
    ) -> None: ...

class MeanAbsolutePercentageError(_loss.FunctionLoss):
    """100 mean of |(y_true - y_pred) / y_true| over the last axis, in percent.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "mean_absolute_percentage_error",
        dtype: DType = None,
    ) -> None: ...

class MeanSquaredError(_loss.FunctionLoss):
    """Mean of (y_true - y_pred)^2 over the last axis: (..., d), (..., d) -> (...).
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "mean_squared_error",
        dtype: DType = None,
    ) -> None: ...

class MeanSquaredLogarithmicError(_loss.FunctionLoss):
    """Mean of (log(1 + y_true) - log(1 + y_pred))^2 over the last axis; negatives count as 0.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "mean_squared_logarithmic_error",
        dtype: DType = None,
    ) -> None: ...

class Poisson(_loss.FunctionLoss):
    """Mean of y_pred - y_true log(y_pred) over the last axis: counts and their expected rates.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "poisson",
        dtype: DType = None,
    ) -> None: ...

class SparseCategoricalCrossentropy(_loss.FunctionLoss):
    """-log p of the class numbers `y_true`: (...), (..., k) -> (...).

    Labels equal to `ignore_class` give 0 and leave a mask, so that means do not count them.
    """

    def __init__(
        self,
        from_logits: bool = False,
        ignore_class: int | None = None,
        reduction: Reduction = "sum_over_batch_size",
        axis: int = -1,
        name: str | None = "sparse_categorical_crossentropy",
        dtype: DType = None,
    ) -> None: ...

class SquaredHinge(_loss.FunctionLoss):
    """Mean of max(1 - y_true y_pred, 0)^2 over the last axis, for labels -1, 1 (or 0, 1).
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "squared_hinge",
        dtype: DType = None,
    ) -> None: ...

class Tversky(_loss.FunctionLoss):
    """1 - both / (both + alpha missed + beta invented), summed over `axis` (None: everything).

    Salehi et al. 2017, https://arxiv.org/abs/1706.05721, with `alpha` and `beta` exchanged.
    """

    def __init__(
        self,
        alpha: float = 0.5,
        beta: float = 0.5,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "tversky",
        axis: Axis = None,
        dtype: DType = None,
    ) -> None: ...
