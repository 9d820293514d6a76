"""Losses: what training minimizes."""

from addax.core import absent as _absent
from addax.losses.functions import binary_crossentropy as binary_crossentropy
from addax.losses.functions import binary_focal_crossentropy as binary_focal_crossentropy
from addax.losses.functions import categorical_crossentropy as categorical_crossentropy
from addax.losses.functions import categorical_focal_crossentropy as categorical_focal_crossentropy
from addax.losses.functions import (
    categorical_generalized_cross_entropy as categorical_generalized_cross_entropy,
)
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
from addax.losses.functions import (
    sparse_categorical_crossentropy as sparse_categorical_crossentropy,
)
from addax.losses.functions import squared_hinge as squared_hinge
from addax.losses.functions import tversky as tversky
from addax.losses.loss import CTC as CTC
from addax.losses.loss import BinaryCrossentropy as BinaryCrossentropy
from addax.losses.loss import BinaryFocalCrossentropy as BinaryFocalCrossentropy
from addax.losses.loss import CategoricalCrossentropy as CategoricalCrossentropy
from addax.losses.loss import CategoricalFocalCrossentropy as CategoricalFocalCrossentropy
from addax.losses.loss import (
    CategoricalGeneralizedCrossEntropy as CategoricalGeneralizedCrossEntropy,
)
from addax.losses.loss import CategoricalHinge as CategoricalHinge
from addax.losses.loss import Circle as Circle
from addax.losses.loss import CosineSimilarity as CosineSimilarity
from addax.losses.loss import Dice as Dice
from addax.losses.loss import Hinge as Hinge
from addax.losses.loss import Huber as Huber
from addax.losses.loss import KLDivergence as KLDivergence
from addax.losses.loss import LogCosh as LogCosh
from addax.losses.loss import Loss as Loss
from addax.losses.loss import LossFunctionWrapper as LossFunctionWrapper
from addax.losses.loss import MeanAbsoluteError as MeanAbsoluteError
from addax.losses.loss import MeanAbsolutePercentageError as MeanAbsolutePercentageError
from addax.losses.loss import MeanSquaredError as MeanSquaredError
from addax.losses.loss import MeanSquaredLogarithmicError as MeanSquaredLogarithmicError
from addax.losses.loss import Poisson as Poisson
from addax.losses.loss import SparseCategoricalCrossentropy as SparseCategoricalCrossentropy
from addax.losses.loss import SquaredHinge as SquaredHinge
from addax.losses.loss import Tversky as Tversky
from addax.losses.loss import deserialize as deserialize
from addax.losses.loss import get as get
from addax.losses.loss import serialize as serialize
from addax.targets import check_targets as check_targets

__getattr__ = _absent.names_of(__name__)
