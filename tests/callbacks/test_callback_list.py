from types import SimpleNamespace

import pytest

from addax import callbacks
from addax.callbacks import Callback, CallbackList, History, LambdaCallback, ProgbarLogger


class Recorder(Callback):
    def __init__(self, seen):
        self.seen = seen

    def on_epoch_end(self, epoch, logs=None):
        self.seen.append((epoch, logs))
        logs["added"] = 1.0


def with_hook(name, **attributes):
    made = type("Hooked", (Callback,), {name: lambda self, *args: None, **attributes})
    return made()


WANTS = [
    (Callback(), ""),
    (with_hook("on_epoch_end"), ""),
    (with_hook("on_train_batch_end"), "train"),
    (with_hook("on_train_batch_begin"), "train"),
    (with_hook("on_batch_end"), "train"),
    (with_hook("on_batch_begin"), "train"),
    (with_hook("on_test_batch_end"), "test"),
    (with_hook("on_predict_batch_begin"), "predict"),
    (with_hook("on_train_batch_end", paced=True), ""),
    (LambdaCallback(on_epoch_end=print), ""),
    (LambdaCallback(on_train_batch_end=print), "train"),
    (LambdaCallback(on_test_batch_begin=print), "test"),
    (callbacks.EarlyStopping(), ""),
    (callbacks.ModelCheckpoint("a.keras"), ""),
    (callbacks.ModelCheckpoint("a.keras", save_freq=5), "train"),
    (callbacks.TerminateOnNaN(), ""),
    (callbacks.CSVLogger("a.csv"), ""),
    (History(), ""),
    (ProgbarLogger(), ""),
]


@pytest.mark.parametrize("callback, kind", WANTS, ids=lambda x: getattr(x, "__class__", x).__name__)
def test_who_wants_each_batch(callback, kind):
    both = CallbackList([callback], add_history=True, add_progbar=True)
    assert [k for k in ("train", "test", "predict") if both.wants_batches(k)] == kind.split()


def test_default_callbacks_come_last_and_once():
    own = History()
    made = CallbackList([[Callback()], own], add_history=True, add_progbar=True).callbacks
    assert [type(c) for c in made] == [Callback, History, ProgbarLogger]
    assert made[1] is own


def test_model_and_params_reach_everyone_also_late_ones(fake):
    model = fake.Model()
    both = CallbackList([Callback()], add_history=True, model=model, epochs=3, verbose=0)
    both.append(Callback())
    assert all(c.model is model and c.params["epochs"] == 3 for c in both.callbacks)
    assert model.history is both.callbacks[1]


def test_epoch_logs_are_sorted_floats_that_later_callbacks_see_extended(fake):
    seen = []
    both = CallbackList([Recorder(seen), Recorder(seen)], add_history=True, model=fake.Model())
    both.on_train_begin()
    both.on_epoch_end(4, {"loss": fake.OnDevice(0.5), "acc": 1, "more": {"b": fake.OnDevice(2)}})
    assert list(seen[0][1]) == ["acc", "loss", "b", "added"]
    assert seen[1] == (4, {"acc": 1.0, "loss": 0.5, "b": 2.0, "added": 1.0})
    assert all(type(v) is float for v in seen[1][1].values())
    history = both.callbacks[-1]
    assert history.history == {"acc": [1.0], "loss": [0.5], "b": [2.0], "added": [1.0]}
    assert history.epoch == [4]


def test_batch_logs_are_fetched_once_for_callbacks_that_want_them_and_never_for_paced_ones(fake):
    value, seen = fake.OnDevice(0.5), []
    paced = with_hook("on_train_batch_end", paced=True)
    CallbackList([paced]).on_train_batch_end(3, {"loss": value})
    assert value.reads == 0
    eager = [LambdaCallback(on_train_batch_end=lambda b, logs: seen.append(logs)) for _ in "ab"]
    CallbackList([paced, *eager]).on_train_batch_end(3, {"loss": value})
    assert value.reads == 1
    assert seen == [{"loss": 0.5}] * 2


HOOKS = [name for name in dir(Callback) if name.startswith("on_")]


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_is_passed_on_with_its_arguments(hook):
    calls = []
    index = () if hook.split("_")[-2] in ("train", "test", "predict") else (7,)
    both = CallbackList([LambdaCallback(**{hook: lambda *args: calls.append(args)})])
    getattr(both, hook)(*index, {"loss": 1})
    getattr(both, hook)(*index)
    assert calls == [(*index, {"loss": 1.0}), (*index, {})]


def test_the_old_batch_hooks_are_called_for_train_batches():
    calls = []
    both = CallbackList([LambdaCallback(on_batch_end=lambda *args: calls.append(args))])
    both.on_train_batch_end(2, {"loss": 1})
    both.on_test_batch_end(2, {"loss": 1})
    assert calls == [(2, {"loss": 1.0})]


def test_predictions_stay_arrays(fake):
    seen = []
    both = CallbackList([LambdaCallback(on_predict_batch_end=lambda b, logs: seen.append(logs))])
    both.on_predict_batch_end(0, {"outputs": fake.OnDevice([[1.0]])})
    assert seen[0]["outputs"].shape == (1, 1)


@pytest.mark.parametrize(
    "wrong, message",
    [
        (callbacks.EarlyStopping, r"callbacks are Callback objects.*EarlyStopping.*add \(\)"),
        (print, "callbacks are Callback objects; received <built-in function print>"),
        (["loss"], "callbacks are Callback objects; received 'loss'"),
    ],
)
def test_what_is_no_callback(wrong, message):
    with pytest.raises(TypeError, match=message):
        CallbackList(wrong)


def test_an_object_with_some_hooks_is_a_callback():
    calls = []
    duck = SimpleNamespace(
        on_epoch_end=lambda *args: calls.append(args),
        set_model=lambda model: None,
        set_params=lambda params: None,
    )
    both = CallbackList([duck], epochs=1)
    both.on_train_begin()
    both.on_epoch_end(0, {"loss": 1})
    assert calls == [(0, {"loss": 1.0})]


def test_a_misspelt_hook():
    with pytest.raises(TypeError, match=r"no hook 'on_epochs_end'\. Did you mean 'on_epoch_end'"):
        LambdaCallback(on_epochs_end=print)
