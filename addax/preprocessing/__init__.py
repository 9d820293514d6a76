"""Preparing data, under the names of older Keras programs."""

from typing import TYPE_CHECKING

from addax.core import absent as _absent
from addax.preprocessing import sequence as sequence

if not TYPE_CHECKING:  # else every name would pass
    __getattr__ = _absent.names_of(__name__)
