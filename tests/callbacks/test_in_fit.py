"""Callbacks at work in real trainings."""

import keras
import numpy as np
import pytest

import addax
from addax import callbacks, layers, models, optimizers

RNG = np.random.default_rng(0)
X = RNG.normal(size=(64, 3)).astype("float32")
Y = X @ np.array([[1.0], [2.0], [-1.0]], "float32")


@pytest.fixture
def model():
    model = models.Sequential([layers.Input((3,)), layers.Dense(1, kernel_initializer="zeros")])
    model.compile(optimizers.SGD(0.1), "mse")
    return model


def fit(model, *given, epochs=4, **options):
    options = {"verbose": 0, "batch_size": 16, "shuffle": False} | options
    return model.fit(X, Y, epochs=epochs, callbacks=list(given), **options)


def test_history_and_its_names(model):
    history = fit(model, validation_split=0.25)
    assert history is model.history
    assert sorted(history.history) == ["loss", "val_loss"]
    assert history.epoch == [0, 1, 2, 3]
    assert all(type(v) is float for values in history.history.values() for v in values)
    assert history.params["epochs"] == 4


def test_hooks_with_several_steps_per_execution(model):
    seen = []
    hooks = callbacks.LambdaCallback(
        on_train_batch_begin=lambda batch, logs: seen.append(batch),
        on_train_batch_end=lambda batch, logs: seen.append(batch),
    )
    model.compile(optimizers.SGD(0.1), "mse", steps_per_execution=3)
    fit(model, hooks, epochs=1, batch_size=8)
    assert seen == [0, 2, 3, 5, 6, 8]  # Keras's numbers, though there are 8 steps
    assert int(model.optimizer.iterations) == 8


@pytest.mark.parametrize("eager", [True, False])
@pytest.mark.parametrize("steps", [1, 3, 20])
def test_hooks_and_logs_of_executions_are_keras_s(steps, eager):
    """The last batch is ragged, and belongs to an execution of whole ones."""
    x, y = X[:22], Y[:22]

    def run(library):
        seen = []

        def note(hook):
            return lambda self, batch, logs=None: seen.append((hook, batch))

        def note_end(hook):
            def method(self, batch, logs=None):
                values = {k: np.shape(v) if k == "outputs" else v for k, v in logs.items()}
                seen.append((hook, batch, *values.items()))

            return method

        hooks = {}
        for kind in ("train", "test", "predict"):
            hooks[f"on_{kind}_batch_begin"] = note(f"{kind} begins")
            hooks[f"on_{kind}_batch_end"] = note_end(f"{kind} ends")
        noting = type("Noting", (library.callbacks.Callback,), hooks)()
        model = library.Sequential([library.Input(X.shape[1:]), library.layers.Dense(1)])
        model.set_weights([np.full((X.shape[1], 1), 0.1), np.zeros(1)])
        sgd = library.optimizers.SGD(0.05)
        options = {"metrics": ["mae"], "steps_per_execution": steps, "run_eagerly": eager}
        model.compile(sgd, "mse", **options)
        options = {"batch_size": 4, "verbose": 0, "callbacks": [noting]}
        history = model.fit(x, y, epochs=2, shuffle=False, **options).history
        seen.extend(history.items())
        seen.append(model.evaluate(x, y, **options))
        seen.append(model.predict(x, **options).tolist())
        return seen

    ours, theirs = flat(run(addax)), flat(run(keras))
    assert [isinstance(x, str) and x for x in ours] == [isinstance(x, str) and x for x in theirs]
    numbers = [[x for x in found if not isinstance(x, str)] for found in (ours, theirs)]
    assert numbers[0] == pytest.approx(numbers[1], rel=1e-4)


def flat(part):
    if isinstance(part, (list, tuple)):
        return [x for inner in part for x in flat(inner)]
    return [part if isinstance(part, str) else float(part)]


def test_a_batch_hook_runs_at_each_step_and_sees_the_weights_of_that_step(model):
    kernels, losses = [], []

    def look(batch, logs):
        kernels.append(model.layers[0].kernel.numpy().copy())
        losses.append((batch, logs["loss"]))

    fit(model, callbacks.LambdaCallback(on_train_batch_end=look), epochs=2)
    assert [batch for batch, _ in losses] == [0, 1, 2, 3] * 2
    assert all(type(loss) is float for _, loss in losses)
    assert len({k.tobytes() for k in kernels}) == 8


def test_the_rate_of_each_epoch_is_the_one_that_trains(model):
    rates = [0.1, 0.0, 0.0]
    scheduler = callbacks.LearningRateScheduler(lambda epoch: rates[epoch])
    kernels = []
    note = callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: kernels.append(model.get_weights()[0])
    )
    history = fit(model, scheduler, note, epochs=3)
    np.testing.assert_allclose(history.history["learning_rate"], rates, rtol=1e-6)
    assert kernels[0].any()
    np.testing.assert_array_equal(kernels[0], kernels[2])


def test_early_stopping_ends_with_the_best_weights(model):
    stopping = callbacks.EarlyStopping("loss", patience=2, restore_best_weights=True)
    # From the third epoch on the weights run away.
    scheduler = callbacks.LearningRateScheduler(lambda epoch: 0.1 if epoch < 2 else 3.0)
    weights = []
    note = callbacks.LambdaCallback(on_epoch_end=lambda *_: weights.append(model.get_weights()))
    history = fit(model, scheduler, stopping, note, epochs=20)
    assert stopping.best_epoch == 1
    assert history.epoch == [0, 1, 2, 3]
    for now, best in zip(model.get_weights(), weights[1], strict=True):
        np.testing.assert_array_equal(now, best)


def test_a_plateau_reduces_the_rate(model):
    plateau = callbacks.ReduceLROnPlateau("loss", patience=1, factor=0.5, min_delta=100.0)
    rates = fit(model, plateau, epochs=3).history["learning_rate"]
    np.testing.assert_allclose(rates, [0.1, 0.1, 0.05], rtol=1e-6)
    assert float(model.optimizer.learning_rate) == pytest.approx(0.025)


def test_stop_training_in_a_batch_stops_after_it(model):
    class Stop(callbacks.Callback):
        seen = 0

        def on_train_batch_end(self, batch, logs=None):
            self.seen += 1
            self.model.stop_training = batch == 1

    stop = Stop()
    history = fit(model, stop)
    assert stop.seen == 2
    assert history.epoch == [0]


@pytest.mark.filterwarnings("ignore:The loss became NaN:RuntimeWarning")
def test_nan_ends_the_training(model):
    x = X.copy()
    x[40] = np.nan
    history = model.fit(
        x, Y, epochs=5, batch_size=16, verbose=0, callbacks=[callbacks.TerminateOnNaN()]
    )
    assert history.epoch == [0]


def test_evaluation_uses_the_averages_and_gives_the_weights_back(model):
    model.compile(optimizers.SGD(0.1, use_ema=True, ema_momentum=0.5), "mse")
    for _ in range(3):  # `fit` would take the averages over at its end
        model.train_on_batch(X, Y)
    (kernel, _), averages = model.get_weights(), [a.numpy() for _, a in model.optimizer._averaged()]
    seen = []
    note = callbacks.LambdaCallback(on_test_batch_end=lambda *_: seen.extend(model.get_weights()))
    plain = model.evaluate(X, Y, verbose=0)
    averaged = model.evaluate(X, Y, verbose=0, callbacks=[callbacks.SwapEMAWeights(), note])
    assert plain != averaged
    np.testing.assert_array_equal(seen[0], averages[0])
    np.testing.assert_array_equal(model.get_weights()[0], kernel)


def test_the_bar_of_a_log_is_one_line_an_epoch(model, capsys):
    fit(model, verbose=1, epochs=2, validation_split=0.25)
    lines = capsys.readouterr().out.splitlines()
    assert [line[:9] for line in lines] == ["Epoch 1/2", "3/3 ━━━━━", "Epoch 2/2", "3/3 ━━━━━"]
    assert "- loss: " in lines[1] and "- val_loss: " in lines[1]


def test_no_printing_at_all(model, capsys):
    fit(model, verbose=0, validation_split=0.25)
    model.evaluate(X, Y, verbose=0)
    model.predict(X, verbose=0)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "name", ["{epoch:02d}-{loss:.2f}.keras", "best.h5", "sub/{epoch}.weights.h5"]
)
def test_a_checkpoint_holds_the_weights_of_its_epoch(name, model, tmp_path):
    checkpoint = callbacks.ModelCheckpoint(
        tmp_path / name, save_weights_only="weights" in name, monitor="loss", save_best_only=True
    )
    fit(model, checkpoint, epochs=2)
    newest = max(tmp_path.rglob("*.*"), key=lambda path: path.stat().st_mtime_ns)
    trained = model.get_weights()
    model.set_weights([0 * w for w in trained])
    model.load_weights(newest)
    np.testing.assert_array_equal(model.get_weights()[0], trained[0])
