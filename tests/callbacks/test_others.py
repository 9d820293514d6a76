"""History, the progress bar, learning rates, CSV, NaN."""

import http.server
import json
import threading
import urllib.parse
from types import SimpleNamespace

import numpy as np
import pytest

from addax.callbacks import (
    CallbackList,
    CSVLogger,
    EarlyStopping,
    LearningRateScheduler,
    ProgbarLogger,
    ReduceLROnPlateau,
    RemoteMonitor,
    SwapEMAWeights,
    TerminateOnNaN,
)

NAN = float("nan")


# Learning rates

SCHEDULES = [
    (lambda epoch, rate: rate * 0.5, [0.5, 0.25]),
    (lambda epoch: 1.0 / (epoch + 1), [1.0, 0.5]),
    (lambda epoch, rate: np.float32(0.25), [0.25, 0.25]),
    (lambda epoch, rate: 2, [2.0, 2.0]),
]


@pytest.mark.parametrize("schedule, rates", SCHEDULES)
def test_learning_rate_scheduler(schedule, rates, fake, capsys):
    logs = [{"loss": 1.0} for _ in rates]
    model = fake.run(LearningRateScheduler(schedule, verbose=1), logs)
    assert [entry["learning_rate"] for entry in logs] == rates
    assert model.optimizer.learning_rate == rates[-1]
    assert f"Epoch 2: setting learning rate to {rates[1]}." in capsys.readouterr().out


@pytest.mark.parametrize("result", [None, "0.1", [0.1], True])
def test_a_schedule_gives_a_number(result, fake):
    model = fake.Model()
    with pytest.raises(ValueError, match="must give a number"):
        fake.run(LearningRateScheduler(lambda epoch, rate: result), [{}], model)
    assert model.optimizer.learning_rate == 1.0


def test_an_error_inside_the_schedule_is_shown_as_it_is(fake):
    def schedule(epoch, rate):
        raise TypeError("mine")

    with pytest.raises(TypeError, match="mine"):
        fake.run(LearningRateScheduler(schedule), [{}])


def test_several_optimizers_have_their_own_rates(fake):
    parts = [
        SimpleNamespace(name="a", learning_rate=1.0),
        SimpleNamespace(name="b", learning_rate=4.0),
    ]
    logs = [{"val_loss": 1.0}, {"val_loss": 2.0}]
    model = fake.Model(optimizer=SimpleNamespace(optimizers=parts))
    fake.run(ReduceLROnPlateau(patience=1, factor=0.5), logs, model)
    assert logs[1] == {"val_loss": 2.0, "learning_rate_a": 1.0, "learning_rate_b": 4.0}
    assert [p.learning_rate for p in parts] == [0.5, 2.0]


def test_reduce_lr_takes_the_old_name_and_no_unknown_one(fake, capsys):
    assert ReduceLROnPlateau(epsilon=0.5).min_delta == 0.5
    with pytest.raises(TypeError, match=r"no argument 'min_lrr'\. Did you mean 'min_lr'"):
        ReduceLROnPlateau(min_lrr=0.1)
    with pytest.raises(ValueError, match="factor is below 1"):
        ReduceLROnPlateau(factor=1.0)
    fake.run(ReduceLROnPlateau(patience=1, verbose=1), [{"val_loss": 1.0}, {"val_loss": 1.0}])
    assert capsys.readouterr().out == "Epoch 2: reducing learning rate to 0.1.\n"


# Stopping


def test_early_stopping_says_what_it_did(fake, capsys):
    stopping = EarlyStopping(verbose=1, patience=1, restore_best_weights=True)
    fake.run(stopping, [{"val_loss": v} for v in (2.0, 1.0, 3.0, 0.0)])
    assert capsys.readouterr().out.splitlines() == [
        "Epoch 3: early stopping",
        "Restoring the weights of the best epoch, 2.",
    ]


BAD = [NAN, float("inf"), -float("inf")]


@pytest.mark.parametrize("loss", BAD)
def test_terminate_on_nan(loss, fake, capsys):
    callback = TerminateOnNaN()
    callback.set_model(model := fake.Model())
    callback.on_train_begin()
    callback.on_train_batch_end(0, {"loss": 1.0})
    assert not model.stop_training
    callback.on_train_batch_end(1, {"loss": loss})
    assert model.stop_training
    assert f"Batch 1: the loss is {loss}" in capsys.readouterr().out


def test_terminate_on_nan_does_not_wait_for_the_device(fake):
    callback, late = TerminateOnNaN(raise_error=True), fake.OnDevice(NAN, ready=False)
    callback.set_model(fake.Model())
    callback.on_train_batch_end(0, {"loss": late})
    callback.on_train_batch_end(1, {"loss": fake.OnDevice(1.0)})
    assert late.reads == 0
    late.ready = True
    with pytest.raises(RuntimeError, match="The loss is nan at batch 0"):
        callback.on_train_batch_end(2, {"loss": fake.OnDevice(1.0, ready=False)})


def test_terminate_on_nan_looks_at_the_epoch_s_end_at_the_latest(fake):
    callback = TerminateOnNaN()
    callback.set_model(model := fake.Model())
    callback.on_train_batch_end(0, {"loss": fake.OnDevice(NAN, ready=False)})
    callback.on_epoch_end(0, {"loss": NAN})
    assert model.stop_training


# The bar


def in_fit(verbose=1, epochs=1, steps=2):
    bar = ProgbarLogger()
    both = CallbackList([bar], verbose=verbose, epochs=epochs, steps=steps)
    both.on_train_begin()
    both.on_epoch_begin(0)
    return both, bar


def test_nothing_is_fetched_for_a_bar_that_is_not_drawn(fake, capsys):
    for verbose in (0, 1, 2):
        both, _ = in_fit(verbose)
        value = fake.OnDevice(0.5)
        both.on_train_batch_end(0, {"loss": value})
        assert value.reads == 0


def test_a_drawn_bar_shows_the_newest_values_that_are_there(fake, always_due, capsys):
    both, _ = in_fit(steps=3)
    early, late = fake.OnDevice(0.5), fake.OnDevice(0.25, ready=False)
    both.on_train_batch_end(0, {"loss": early})
    both.on_train_batch_end(1, {"loss": late})
    assert late.reads == 0
    lines = capsys.readouterr().out.splitlines()
    assert "1/3" in lines[0] and "loss: 0.5000" in lines[0]
    assert "2/3" in lines[1] and "loss: 0.5000" in lines[1]


@pytest.mark.parametrize("verbose, parts", [(0, []), (1, ["2/2", "━"]), (2, ["2/2 - "])])
def test_an_epoch_ends_with_its_own_results(verbose, parts, capsys):
    both, _ = in_fit(verbose, epochs=5)
    both.on_train_batch_end(1, {"loss": 9.0})
    both.on_epoch_end(0, {"loss": 0.5, "val_loss": 0.25})
    out = capsys.readouterr().out
    assert bool(out) == bool(parts)
    assert ("Epoch 1/5" in out) == bool(parts)
    assert all(
        part in out for part in [*parts, *["- loss: 0.5000 - val_loss: 0.2500"] * bool(parts)]
    )


def test_validation_inside_fit_is_silent_and_evaluation_afterwards_is_not(capsys):
    both, bar = in_fit()
    both.on_test_begin()
    both.on_test_batch_end(0, {"loss": 1.0})
    both.on_test_end({"loss": 1.0})
    assert capsys.readouterr().out == ""
    both.on_train_end()
    bar.set_params({"verbose": 1, "steps": None})
    both.on_test_begin()
    both.on_test_batch_end(4, {"loss": 1.0})
    both.on_test_end({"loss": 1.0})
    assert "5/5" in capsys.readouterr().out


def test_predictions_are_not_shown(capsys):
    both = CallbackList(add_progbar=True, verbose="auto", steps=1)
    both.on_predict_begin()
    both.on_predict_batch_end(0, {"outputs": [1.0]})
    both.on_predict_end({"outputs": [1.0]})
    assert capsys.readouterr().out.rstrip().endswith("step")


def test_messages_go_below_the_bar(capsys, fake):
    callback = ReduceLROnPlateau(patience=1, verbose=1)
    both = CallbackList([callback], model=fake.Model(), verbose=1)
    for epoch in range(2):
        both.on_epoch_end(epoch, {"val_loss": 1.0})
    assert capsys.readouterr().out == "\nEpoch 2: reducing learning rate to 0.1.\n"


# Files


def test_csv_keeps_columns_for_a_validation_that_comes_later(tmp_path, fake):
    path = tmp_path / "log.csv"
    fake.run(CSVLogger(path), [{"loss": 0.5}, {"loss": 0.25, "val_loss": [1.0, 2.0]}])
    assert path.read_text().split() == [
        "epoch,loss,val_loss",
        "0,0.5,NA",
        '1,0.25,"""[1.0,',
        '2.0]"""',
    ]


def test_csv_continues_under_the_header_that_is_there(tmp_path, fake):
    path = tmp_path / "log.csv"
    fake.run(CSVLogger(path), [{"a": 1.0, "b": 2.0, "val_a": 3.0}])
    with pytest.warns(UserWarning, match="no column for c: not written"):
        fake.run(CSVLogger(path, append=True), [{"b": 5.0, "c": 6.0}])
    assert path.read_text().split() == ["epoch,a,b,val_a", "0,1.0,2.0,3.0", "0,NA,5.0,NA"]


def test_csv_that_is_not_continued_starts_afresh(tmp_path, fake):
    path = tmp_path / "log.csv"
    for _ in range(2):
        fake.run(CSVLogger(path), [{"val_loss": 1.0}])
    assert path.read_text().split() == ["epoch,val_loss", "0,1.0"]


def test_swap_ema_needs_averages(fake):
    model = fake.Model(optimizer=SimpleNamespace(use_ema=False))
    callback = SwapEMAWeights()
    callback.set_model(model)
    with pytest.raises(ValueError, match="use_ema=True"):
        callback.on_test_begin()


# RemoteMonitor


class Server:
    """A server on this machine that keeps what it is sent."""

    def __enter__(self):
        received = self.received = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                received.append((self.path, self.headers["Content-Type"], self.headers["X"], body))
                self.send_response(500 if "refused" in self.path else 200)
                self.end_headers()

            def log_message(self, *args): ...

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.root = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever).start()
        return self

    def __exit__(self, *exception):
        self.server.shutdown()
        self.server.server_close()


def test_remote_monitor(fake):
    logs = [{"loss": 0.5, "f1": np.array([1.0, 0.0], "float32")}]
    with Server() as server:
        fake.run(RemoteMonitor(server.root, headers={"X": "y"}, send_as_json=True), logs)
        fake.run(RemoteMonitor(server.root, "/here/", "field"), logs)
        with pytest.warns(UserWarning, match="could not reach.*500"):
            fake.run(RemoteMonitor(server.root, "/refused/"), logs)
    sent = {"epoch": 0, "loss": 0.5, "f1": [1.0, 0.0]}
    path, kind, header, body = server.received[0]
    assert (path, kind, header) == ("/publish/epoch/end/", "application/json", "y")
    assert json.loads(body) == sent
    path, kind, _, body = server.received[1]
    assert (path, kind) == ("/here/", "application/x-www-form-urlencoded")
    assert json.loads(urllib.parse.parse_qs(body)["field"][0]) == sent
    with pytest.warns(UserWarning, match="could not reach http"):
        fake.run(RemoteMonitor(server.root), logs)
