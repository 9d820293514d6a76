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
    """Minus the log probability of label sequences, summed over all alignments with the input.

    Labels `(batch, length)`, padded with 0, which is also the blank, and logits `(batch, time, k)`
    -> `(batch,)`.

    ValueError for other ranks. Graves et al. 2006, "Connectionist temporal classification".

    Arguments:
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "ctc",
        dtype: DType = None,
    ) -> None: ...

class BinaryCrossentropy(_loss.FunctionLoss):
    """Mean of `-y * log(p) - (1 - y) * log(1 - p)` over `axis`: `(..., d)`, `(..., d)` -> `(...)`.

    p is the prediction, or its sigmoid if it is a logit.

    Arguments:
        from_logits: Whether predictions are logits, before sigmoid or softmax, and not
            probabilities.
        label_smoothing: Share of each label, from 0 to 1, that is spread evenly over the classes.
        axis: Axis along which the vectors, or classes, lie.
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
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
    """Binary cross-entropy times `(1 - p of the right class)^gamma`, a mean over `axis`.

    `(..., d)`, `(..., d)` -> `(...)`. Lin et al. 2017, https://arxiv.org/abs/1708.02002, equations
    4 and 5.

    Arguments:
        apply_class_balancing: Whether `alpha` weighs class 1 and `1 - alpha` class 0.
        alpha: Weight of class 1, from 0 to 1, where classes are balanced.
        gamma: Power of `1 - p` by which examples that are easy already count less; 0 counts all
            alike.
        from_logits: Whether predictions are logits, before sigmoid or softmax, and not
            probabilities.
        label_smoothing: Share of each label, from 0 to 1, that is spread evenly over the classes.
        axis: Axis along which the vectors, or classes, lie.
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
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
    """Minus the sum of `y_true * log(p)` over the classes: `(..., k)`, `(..., k)` -> `(...)`.

    p is the prediction, scaled to sum 1, or its softmax if it holds logits. A SyntaxWarning where
    there is one class only.

    Arguments:
        from_logits: Whether predictions are logits, before sigmoid or softmax, and not
            probabilities.
        label_smoothing: Share of each label, from 0 to 1, that is spread evenly over the classes.
        axis: Axis along which the vectors, or classes, lie.
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
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
    """Minus alpha times the sum of `(1 - p)^gamma * y_true * log(p)` over the classes.

    `(..., k)`, `(..., k)` -> `(...)`. A SyntaxWarning where there is one class only. Lin et al.
    2017, https://arxiv.org/abs/1708.02002.

    Arguments:
        alpha: Factor of all terms.
        gamma: Power of `1 - p` by which examples that are easy already count less; 0 counts all
            alike.
        from_logits: Whether predictions are logits, before sigmoid or softmax, and not
            probabilities.
        label_smoothing: Share of each label, from 0 to 1, that is spread evenly over the classes.
        axis: Axis along which the vectors, or classes, lie.
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
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
    """`(1 - p^q) / q` for the probability p of the class numbers: `(...)`, `(..., k)` -> `(...)`.

    Robust to wrong labels. ValueError unless q is between 0 and 1. Zhang and Sabuncu 2018,
    https://arxiv.org/abs/1805.07836.

    Arguments:
        q: Robustness, between 0 (cross-entropy) and 1 (mean absolute error).
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        q: float = 0.5,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "categorical_generalized_cross_entropy",
        dtype: DType = None,
    ) -> None: ...

class CategoricalHinge(_loss.FunctionLoss):
    """`max(1 + best wrong class - right class, 0)` for one-hot labels: `(..., k)` twice -> `(...)`.

    Crammer and Singer 2001.

    Arguments:
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "categorical_hinge",
        dtype: DType = None,
    ) -> None: ...

class Circle(_loss.FunctionLoss):
    """Pulls unit embeddings of one class together, pushes the others apart.

    `(n,)`, `(n, d)` -> `(n,)`: `softplus(logsumexp(far) + logsumexp(near))` over the similarities s
    of each example with the references, by default the batch itself; with m the margin, near is
    `-gamma * (1 + m - s) * (s - 1 + m)` and far `gamma * (s + m) * (s - m)`. Sun et al. 2020,
    https://arxiv.org/abs/2002.10857.

    Arguments:
        gamma: Scale of the similarities before the softplus.
        margin: How far a similarity may fall short of its best value at no cost.
        remove_diagonal: Whether an example is not compared with itself.
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
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

    `(..., d)`, `(..., d)` -> `(...)`; 0 where one vector is zero.

    Arguments:
        axis: Axis along which the vectors, or classes, lie.
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        axis: int = -1,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "cosine_similarity",
        dtype: DType = None,
    ) -> None: ...

class Dice(_loss.FunctionLoss):
    """`1 - 2 * sum(y_true * y_pred) / (sum(y_true) + sum(y_pred))`, summed over `axis`.

    Of masks `(batch, height, width, k)`: one number, or what `axis` leaves. Milletari et al. 2016,
    https://arxiv.org/abs/1606.04797, without the squares.

    Arguments:
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        axis: Axes to sum over; None sums over everything, the batch included.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "dice",
        axis: Axis = None,
        dtype: DType = None,
    ) -> None: ...

class Hinge(_loss.FunctionLoss):
    """Mean of `max(1 - y_true * y_pred, 0)` over the last axis, for labels -1 and 1, or 0 and 1.

    `(..., d)`, `(..., d)` -> `(...)`.

    Arguments:
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "hinge",
        dtype: DType = None,
    ) -> None: ...

class Huber(_loss.FunctionLoss):
    """Quadratic within `delta`, linear beyond, a mean over the last axis.

    `(..., d)`, `(..., d)` -> `(...)`: `e^2 / 2` for an error `|e| <= delta`, else `delta * (|e| -
    delta / 2)`. Huber 1964, "Robust estimation of a location parameter".

    Arguments:
        delta: Error at which the loss turns from quadratic to linear.
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        delta: float = 1.0,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "huber_loss",
        dtype: DType = None,
    ) -> None: ...

class KLDivergence(_loss.FunctionLoss):
    """Sum of `y_true * log(y_true / y_pred)` over the last axis: `(..., k)`, `(..., k)` -> `(...)`.

    Both are distributions, cut to `epsilon()` and 1. Kullback and Leibler 1951.

    Arguments:
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "kl_divergence",
        dtype: DType = None,
    ) -> None: ...

class LogCosh(_loss.FunctionLoss):
    """Mean of `log(cosh(y_pred - y_true))` over the last axis: `(..., d)`, `(..., d)` -> `(...)`.

    About `e^2 / 2` for small errors e and `|e| - log 2` for large ones.

    Arguments:
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "log_cosh",
        dtype: DType = None,
    ) -> None: ...

class MeanAbsoluteError(_loss.FunctionLoss):
    """Mean of `|y_true - y_pred|` over the last axis: `(..., d)`, `(..., d)` -> `(...)`.

    Arguments:
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "mean_absolute_error",
        dtype: DType = None,
    ) -> None: ...

class MeanAbsolutePercentageError(_loss.FunctionLoss):
    """100 times the mean of `|(y_true - y_pred) / y_true|` over the last axis, in percent.

    `(..., d)`, `(..., d)` -> `(...)`; targets nearer to 0 than `epsilon()` count as that.

    Arguments:
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "mean_absolute_percentage_error",
        dtype: DType = None,
    ) -> None: ...

class MeanSquaredError(_loss.FunctionLoss):
    """Mean of `(y_true - y_pred)^2` over the last axis: `(..., d)`, `(..., d)` -> `(...)`.

    Arguments:
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "mean_squared_error",
        dtype: DType = None,
    ) -> None: ...

class MeanSquaredLogarithmicError(_loss.FunctionLoss):
    """Mean of `(log(1 + y_true) - log(1 + y_pred))^2` over the last axis.

    `(..., d)`, `(..., d)` -> `(...)`; negative numbers count as 0.

    Arguments:
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "mean_squared_logarithmic_error",
        dtype: DType = None,
    ) -> None: ...

class Poisson(_loss.FunctionLoss):
    """Mean of `y_pred - y_true * log(y_pred)` over the last axis.

    `(..., d)`, `(..., d)` -> `(...)`: the negative log likelihood of counts, given their expected
    numbers, without its constant.

    Arguments:
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "poisson",
        dtype: DType = None,
    ) -> None: ...

class SparseCategoricalCrossentropy(_loss.FunctionLoss):
    """`-log(p)` of the class numbers `y_true`: `(...)`, `(..., k)` -> `(...)`.

    Labels may be `(..., 1)` as well; those equal to `ignore_class` give 0 and leave a mask, so that
    means do not count them.

    Arguments:
        from_logits: Whether predictions are logits, before sigmoid or softmax, and not
            probabilities.
        ignore_class: Label that doesn't count, such as -1 or 255; None counts all.
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        axis: Axis along which the vectors, or classes, lie.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
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
    """Mean of `max(1 - y_true * y_pred, 0)^2` over the last axis, for labels -1 and 1, or 0 and 1.

    `(..., d)`, `(..., d)` -> `(...)`.

    Arguments:
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of the computation; None means the global float dtype.
    """

    def __init__(
        self,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = "squared_hinge",
        dtype: DType = None,
    ) -> None: ...

class Tversky(_loss.FunctionLoss):
    """`1 - both / (both + alpha * missed + beta * invented)`, summed over `axis`.

    both is `y_true * y_pred`, missed `y_true * (1 - y_pred)`, invented `(1 - y_true) * y_pred`; of
    masks `(batch, height, width, k)` one number, or what `axis` leaves. Salehi et al. 2017,
    https://arxiv.org/abs/1706.05721, with alpha and beta exchanged.

    Arguments:
        alpha: Weight of what the prediction missed.
        beta: Weight of what the prediction invented.
        reduction: One number of all values: "sum_over_batch_size" or "mean" divides by their count,
            "mean_with_sample_weight" by their weights, "sum" by nothing; "none" or None keeps them.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        axis: Axes to sum over; None sums over everything, the batch included.
        dtype: Dtype of the computation; None means the global float dtype.
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
