"""What a trial may raise, and what becomes of the search.

FailedTrialError     the trial has failed, without a second try; the search goes on
FatalError           the search ends: FatalValueError, FatalTypeError, FatalRuntimeError
any other exception  the trial is tried again up to `max_retries_per_trial` times
"""


class FailedTrialError(Exception):
    """This set of values is not worth another try: a model that is too slow, too large..."""


class FatalError(Exception):
    """Something that every trial would run into; the search ends with this error."""


class FatalValueError(FatalError, ValueError):
    """A FatalError that is a ValueError, too."""


class FatalTypeError(FatalError, TypeError):
    """A FatalError that is a TypeError, too."""


class FatalRuntimeError(FatalError, RuntimeError):
    """A FatalError that is a RuntimeError, too."""
