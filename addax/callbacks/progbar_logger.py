"""`ProgbarLogger`: the progress bar of `fit`, `evaluate` and `predict`."""

from addax.callbacks.callback import Callback, is_ready
from addax.core.messages import say
from addax.utils.progbar import Progbar


class ProgbarLogger(Callback):
    """Shows steps and results: `verbose` 1 as a bar, 2 as one line an epoch, 0 not at all.

    `verbose` is that of `fit`, `evaluate` or `predict`.
    """

    paced = True

    def __init__(self) -> None:
        self.seen = 0
        self.progbar: Progbar | None = None
        self.target: int | None = None
        self.verbose = 1
        self.epochs = 1
        self._in_fit = self._compiles = False
        self._earlier: dict = {}

    def set_params(self, params: dict) -> None:
        self.params = params
        verbose = params.get("verbose", 1)
        self.verbose = 1 if verbose == "auto" else int(verbose)
        self.epochs = params.get("epochs") or 1
        self.target = params.get("steps")

    def on_train_begin(self, logs: dict | None = None) -> None:
        self._in_fit = True  # validation inside fit is silent
        session = getattr(self.model, "_session", None)
        self._compiles = session is not None and not session.programs

    def on_train_end(self, logs: dict | None = None) -> None:
        self._in_fit = False

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        self._start()
        if self.verbose and self.epochs > 1:
            say(f"Epoch {epoch + 1}/{self.epochs}")
        if self.progbar is not None:
            self.progbar.note("loading...")

    def on_test_begin(self, logs: dict | None = None) -> None:
        if not self._in_fit:
            self._start()

    def on_predict_begin(self, logs: dict | None = None) -> None:
        self._start()

    def on_train_batch_begin(self, batch: int, logs: dict | None = None) -> None:
        if self._compiles and self.progbar is not None:
            self._compiles = False
            self.progbar.note("compiling...")

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        self._update(batch, logs)

    def on_test_batch_end(self, batch: int, logs: dict | None = None) -> None:
        if not self._in_fit:
            self._update(batch, logs)

    def on_predict_batch_end(self, batch: int, logs: dict | None = None) -> None:
        self._update(batch, None)

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        self._finish(logs)

    def on_test_end(self, logs: dict | None = None) -> None:
        if not self._in_fit:
            self._finish(logs)

    def on_predict_end(self, logs: dict | None = None) -> None:
        self._finish(None)

    def _start(self) -> None:
        self.seen, self._earlier = 0, {}
        self.progbar = Progbar(self.target, verbose=self.verbose, stateless_metrics=())

    def _update(self, batch: int, logs: dict | None) -> None:
        if self.progbar is None:
            self._start()
        assert self.progbar is not None
        self.seen = min(batch + 1, self.target or batch + 1)  # an execution may end earlier
        # While the device still works on the newest values the bar shows those before them: to
        # wait for the newest would leave the device idle.
        logs = logs or {}
        shown = logs if all(map(is_ready, logs.values())) else self._earlier
        self._earlier = logs
        values = sorted(shown.items()) if self.progbar.due() else None
        self.progbar.update(self.seen, values, finalize=False)

    def _finish(self, logs: dict | None) -> None:
        if self.progbar is None:
            self._start()
        assert self.progbar is not None
        if self.target is None:
            self.target = self.progbar.target = self.seen
        self.progbar.update(self.target, (logs or {}).items(), finalize=True)
