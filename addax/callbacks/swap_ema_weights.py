"""`SwapEMAWeights`: evaluate with the moving averages of the weights."""

from typing import Any

from addax.callbacks.callback import Callback, optimizers_of


class SwapEMAWeights(Callback):
    """Puts the averages that an optimizer with `use_ema=True` keeps into the model, and back.

    They are in the model while it evaluates or predicts and, if asked for, between epochs, for
    callbacks that save the model.

    ValueError if no optimizer has `use_ema=True`.
    """

    _kept = ("_swapped",)

    def __init__(self, swap_on_epoch: bool = False):
        self.swap_on_epoch = swap_on_epoch
        self._swapped = False

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        if self.swap_on_epoch:
            self._swap(False)

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        if not self.swap_on_epoch:
            return
        self._swap(True)
        if epoch == self.params["epochs"] - 1 or self.model.stop_training:
            for weight, average in self._pairs():  # fit ends by copying averages into weights
                average.assign(weight.value)

    def on_test_begin(self, logs: dict | None = None) -> None:
        self._swap(True)

    def on_test_end(self, logs: dict | None = None) -> None:
        self._swap(False)

    def on_predict_begin(self, logs: dict | None = None) -> None:
        self._swap(True)

    def on_predict_end(self, logs: dict | None = None) -> None:
        self._swap(False)

    def _swap(self, averages_in: bool) -> None:
        if averages_in == self._swapped:
            return
        for weight, average in self._pairs():
            kept = weight.numpy()
            weight.assign(average.value)
            average.assign(kept)
        self._swapped = averages_in

    def _pairs(self) -> list[tuple[Any, Any]]:
        optimizers = optimizers_of(self.model).values()
        optimizers = [getattr(o, "inner_optimizer", o) for o in optimizers]
        averaging = [o for o in optimizers if o is not None and o.use_ema]
        if not averaging:
            raise ValueError("SwapEMAWeights needs an optimizer that was made with use_ema=True.")
        return [pair for o in averaging for pair in o._averaged()]
