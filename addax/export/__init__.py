"""Models as files that run without Addax."""

import typing as _typing

from addax.core import absent as _absent

if not _typing.TYPE_CHECKING:  # else every name would pass
    __getattr__ = _absent.names_of(__name__)
