"""What the wrappers use of scikit-learn, or how to get it."""

try:
    from sklearn.base import BaseEstimator as BaseEstimator
    from sklearn.base import ClassifierMixin as ClassifierMixin
    from sklearn.base import RegressorMixin as RegressorMixin
    from sklearn.base import TransformerMixin as TransformerMixin
    from sklearn.utils.class_weight import compute_sample_weight as compute_sample_weight
    from sklearn.utils.multiclass import type_of_target as type_of_target
    from sklearn.utils.validation import check_is_fitted as check_is_fitted
    from sklearn.utils.validation import validate_data as validate_data
except ImportError as error:
    raise ImportError(
        'Estimators of scikit-learn need it, 1.6 or newer: pip install "addax[sklearn]".'
    ) from error
