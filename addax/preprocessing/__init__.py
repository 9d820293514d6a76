"""Preparing data, under the names of older Keras programs."""

import typing as _typing

from addax.core import absent as _absent
from addax.preprocessing import sequence as sequence

if not _typing.TYPE_CHECKING:  # else every name would pass
    __getattr__ = _absent.names_of(__name__)
