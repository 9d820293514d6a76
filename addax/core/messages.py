"""What the library tells a person: on the screen, or in Python's log when that is switched off."""

import logging
import sys

from addax.core import settings

logger = logging.getLogger("addax")


def say(text: str, end: str = "\n") -> None:
    """Print `text`; after `config.disable_interactive_logging()` log it at level INFO."""
    if settings.setting("interactive_logging"):
        print(_encodable(text), end=end, file=sys.stdout, flush=True)
    elif text.strip():
        logger.info(text.strip("\n"))


def _encodable(text: str) -> str:
    """`text` without characters that the output can't show."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)
