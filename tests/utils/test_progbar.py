import io
import re
from types import SimpleNamespace

import numpy as np
import pytest

from addax.core import messages, settings
from addax.utils import progbar
from addax.utils.progbar import Progbar


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self):
        self.now = 100.0

    def perf_counter(self):
        return self.now


class Untouchable:
    """A device array of which a copy would be a mistake."""

    def __array__(self, *args, **kwargs):
        raise AssertionError("fetched, though not drawn")


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(progbar, "time", clock)
    return clock


@pytest.fixture
def output(request, monkeypatch):
    """What the bar wrote to a stream of the kind asked for (a log by default)."""
    monkeypatch.delenv("PYCHARM_HOSTED", raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    stream = getattr(request, "param", io.StringIO)()
    write_to(monkeypatch, stream)
    return stream


def write_to(monkeypatch, stream, modules=()):
    replaced = SimpleNamespace(stdout=stream, modules=modules)
    monkeypatch.setattr(progbar, "sys", replaced)
    monkeypatch.setattr(messages, "sys", replaced)


terminal = pytest.mark.parametrize("output", [Terminal], indirect=True)


def plain(text):
    return re.sub(r"\x1b\[\d+m", "", text)


BAR = "━" * 20


def test_a_log_gets_one_line_at_the_end(output, clock):
    bar = Progbar(469)
    for step in range(469):
        clock.now += 0.002
        bar.update(step + 1, [("accuracy", 0.92424), ("loss", np.float32(0.2608))])
        assert bool(output.getvalue()) == (step == 468)
    assert output.getvalue() == f"469/469 {BAR} 1s 2ms/step - accuracy: 0.9242 - loss: 0.2608\n"


def test_verbose_2_is_one_line_without_a_bar(output, clock):
    bar = Progbar(3, verbose=2)
    for _ in range(3):
        clock.now += 2
        bar.add(1, [("loss", 0.5)])
    assert output.getvalue() == "3/3 - 6s - 2s/step - loss: 0.5000\n"


def test_verbose_0_is_silent(output):
    bar = Progbar(1, verbose=0)
    bar.add(1, [("loss", Untouchable())])
    assert output.getvalue() == ""


@terminal
def test_a_terminal_line_is_drawn_over(output, clock):
    bar = Progbar(10)
    clock.now += 1
    bar.update(1, [("loss", 123456.0)])
    clock.now += 1
    bar.update(2, [("loss", -123456.0)])
    clock.now += 8
    bar.update(10, [("loss", 0.0)], finalize=True)
    first, second, last = plain(output.getvalue()).split("\r")[1:]
    assert first == f" 1/10 {BAR} 9s 1s/step - loss: 123456.0000"
    assert second == f" 2/10 {BAR} 8s 1s/step - loss: 0.0000e+00".ljust(len(first))
    assert last == f"10/10 {BAR} 10s 1s/step - loss: 0.0000e+00".ljust(len(second.rstrip())) + "\n"
    assert "\x1b[32m━━\x1b[37m" in output.getvalue()  # one tenth of twenty is green


@terminal
def test_redraws_are_rate_limited(output, clock):
    bar = Progbar(1000, interval=0.05)
    for step in range(999):
        clock.now += 0.01
        bar.update(step + 1)
    assert output.getvalue().count("\r") <= 999 // 5 + 1


@terminal
def test_values_are_fetched_only_when_drawn(output, clock):
    fetched = []
    bar = Progbar(4, stateful_metrics=["loss"])
    bar.update(1, [("loss", lambda: fetched.append(1) or 1.0)])
    assert bar.due() is False
    bar.update(2, [("loss", Untouchable())])
    clock.now += 1
    assert bar.due() is True
    bar.update(3, [("loss", lambda: fetched.append(3) or 3.0)])
    assert fetched == [1, 3]
    assert plain(output.getvalue()).rstrip().endswith("loss: 3.0000")


def test_a_log_fetches_nothing_before_the_end(output):
    bar = Progbar(None)
    for _ in range(5):
        assert bar.due() is False
        bar.add(1, [("loss", Untouchable())])
    bar.update(5, [("loss", 7.0)], finalize=True)
    assert output.getvalue().endswith("loss: 7.0000\n")


def test_unread_averages_stay_small(output):
    bar = Progbar(None)
    for value in range(3000):
        bar.add(1, [("loss", value)])
    assert len(bar._values["loss"].pending) <= progbar._MAX_PENDING
    assert bar._values["loss"].read() == pytest.approx(2999 / 2)


AVERAGES = {
    "weighted by progress": ({}, "2.5000"),  # (1 step of 1.0 + 3 steps of 3.0) / 4
    "stateful is the last": ({"stateful_metrics": ["loss"]}, "3.0000"),
    "not stateless is the last": ({"stateless_metrics": ["other"]}, "3.0000"),
    "stateless is averaged": ({"stateless_metrics": ["loss"]}, "2.5000"),
}


@pytest.mark.parametrize(("options", "shown"), AVERAGES.values(), ids=AVERAGES)
def test_averages(output, options, shown):
    bar = Progbar(4, **options)
    bar.update(1, [("loss", 1.0)])
    bar.update(4, [("loss", 3.0)])
    assert output.getvalue().endswith(f" - loss: {shown}\n")


def test_a_given_end_shows_its_values_as_they_are(output):
    bar = Progbar(2)
    bar.update(1, [("loss", 1.0)])
    bar.update(2, [("loss", 9.0)], finalize=True)
    assert output.getvalue().endswith(" - loss: 9.0000\n")


def test_both_kinds_of_names_are_refused():
    with pytest.raises(ValueError, match="give only one"):
        Progbar(1, stateful_metrics=["a"], stateless_metrics=["b"])


def test_an_unknown_total(output, clock):
    bar = Progbar(None)
    bar.update(5)
    clock.now += 3
    bar.update(8, finalize=True)
    assert output.getvalue() == "      8/Unknown 3s 1s/step\n"


def test_the_first_update_does_not_count_in_the_step_time(output, clock):
    bar = Progbar(11)
    clock.now += 60  # compiling
    bar.update(1)
    clock.now += 0.1
    bar.update(11)
    assert output.getvalue() == f"11/11 {BAR} 60s 10ms/step\n"


TIMES = [(2.0, "2s/step"), (0.25, "250ms/step"), (0.00025, "250us/step"), (0.0, "0s/step")]


@pytest.mark.parametrize(("seconds", "shown"), TIMES)
def test_step_times(output, clock, seconds, shown):
    bar = Progbar(2)
    bar.update(1)
    clock.now += seconds
    bar.update(2)
    assert output.getvalue().endswith(f" {shown}\n")


@terminal
@pytest.mark.parametrize(("left", "shown"), [(59, "59s"), (61, "1:01"), (3600 + 62, "1:01:02")])
def test_time_left(output, clock, left, shown):
    bar = Progbar(left + 1)
    clock.now += 1
    bar.update(1)
    assert f"{BAR} {shown} 1s/step" in plain(output.getvalue())


def test_bytes_are_megabytes(output, clock):
    bar = Progbar(20_000_000, unit_name="byte")
    bar.update(10_000_000)
    clock.now += 2
    bar.update(20_000_000)
    assert output.getvalue() == f"20.0/20.0MB {BAR} 2s 5.0MB/s\n"


@terminal
def test_a_narrow_terminal_cuts_what_would_wrap(output, monkeypatch, clock):
    monkeypatch.setenv("COLUMNS", "40")
    bar = Progbar(2)
    bar.update(1, [(name * 9, 1.0) for name in "abc"])
    assert len(plain(output.getvalue()).strip("\r")) <= 39


def test_a_notebook_redraws_without_being_a_terminal(output, monkeypatch):
    write_to(monkeypatch, output, modules=["ipykernel"])
    bar = Progbar(2)
    bar.update(1)
    assert output.getvalue().startswith("\r")
    assert "\b" not in output.getvalue()


def test_an_output_without_the_line_sign(monkeypatch):
    raw = io.BytesIO()
    write_to(monkeypatch, io.TextIOWrapper(raw, encoding="cp1252"))
    Progbar(1).update(1)
    assert raw.getvalue().startswith(b"1/1 ==================== 0s")


def test_no_output_at_all(monkeypatch):
    write_to(monkeypatch, None)
    bar = Progbar(1)
    bar.update(1, [("loss", Untouchable())])
    assert bar.due(finalize=True) is False


def test_without_interactive_logging_the_line_goes_to_the_log(monkeypatch, caplog):
    stream = Terminal()
    write_to(monkeypatch, stream)
    monkeypatch.setitem(settings._settings, "interactive_logging", False)
    with caplog.at_level("INFO", logger="addax"):
        bar = Progbar(2)
        bar.update(1, [("loss", 0.5)])
        bar.update(2, [("loss", 0.3)])
    assert [r.getMessage().split()[0] for r in caplog.records] == ["2/2"]
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    "output, shown", [(Terminal, True), (io.StringIO, False)], indirect=["output"]
)
def test_a_note_stands_until_the_bar_is_drawn(output, shown, clock):
    bar = Progbar(20)
    bar.note("compiling...")
    assert output.getvalue() == "\r 0/20 compiling..." * shown
    bar.update(20)
    assert output.getvalue().endswith("\n")
