"""`RemoteMonitor`: the epochs' results sent to a server."""

import json
import urllib.parse
import urllib.request
import warnings

import numpy as np

from addax.callbacks.callback import Callback

SECONDS = 10  # a server that does not answer must not stop the training


class RemoteMonitor(Callback):
    """Sends `epoch` and the logs to `root + path` by HTTP POST at the end of each epoch.

    The body is a form with the logs as JSON in `field`, or JSON itself with `send_as_json`. A
    server that can't be reached, refuses, or is silent for ten seconds gives a warning.
    """

    def __init__(
        self,
        root: str = "http://localhost:9000",
        path: str = "/publish/epoch/end/",
        field: str = "data",
        headers: dict[str, str] | None = None,
        send_as_json: bool = False,
    ):
        self.root, self.path, self.field = root, path, field
        self.headers = headers
        self.send_as_json = send_as_json

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        values = {name: np.asarray(value).tolist() for name, value in (logs or {}).items()}
        text = json.dumps({"epoch": epoch} | values)
        kind = "application/json" if self.send_as_json else "application/x-www-form-urlencoded"
        body = text if self.send_as_json else urllib.parse.urlencode({self.field: text})
        headers = {"Content-Type": kind} | (self.headers or {})
        try:
            request = urllib.request.Request(self.root + self.path, body.encode(), headers)
            urllib.request.urlopen(request, timeout=SECONDS).close()
        except (OSError, ValueError) as error:  # urllib's errors are OSErrors
            warnings.warn(f"RemoteMonitor could not reach {self.root}: {error}.", stacklevel=2)
