"""Preparing data, under the names of older Keras programs."""

import typing as _typing

from addax.core import absent as _absent
from addax.preprocessing import image as image
from addax.preprocessing import sequence as sequence
from addax.preprocessing import text as text
from addax.utils.folders import image_dataset_from_directory as image_dataset_from_directory
from addax.utils.folders import text_dataset_from_directory as text_dataset_from_directory
from addax.utils.series import timeseries_dataset_from_array as timeseries_dataset_from_array

if not _typing.TYPE_CHECKING:  # else every name would pass
    __getattr__ = _absent.names_of(__name__)
