"""The arithmetic and the tables of the benchmark harness; nothing is measured here."""

import math
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT))  # benchmarks are not part of the installed package

from benchmarks import models, peers, processes, report, run  # noqa: E402
from benchmarks.processes import Worker  # noqa: E402
from benchmarks.ratios import BEST_KERAS, BEST_RAW, Result, Spread, Target, shown  # noqa: E402
from benchmarks.rows import GROUPS, ROWS, Row  # noqa: E402

KERAS = ("keras-jax", "keras-tf")


@pytest.fixture
def result() -> Result:
    """Three rounds in which the machine slows down by half, the ratios staying the same."""
    figures = {"addax": (2, 3, 4), "raw-jax": (1, 1.5, 2), "keras-jax": (8, 12, 16)}
    rounds = {peer: [{"step": float(one)} for one in ones] for peer, ones in figures.items()}
    return Result(rounds, {"keras-tf": "ImportError: no such module"}, [0.1, 0.2, 1.5])


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.01234, "0.0123"), (1.5, "1.5"), (999.4, "999"), (12345.6, "12,346"), (-0.6, "-0.6")],
)
def test_numbers_keep_three_digits(value, text):
    assert shown(value) == text


def test_spread_is_median_least_and_greatest():
    assert Spread.of([3.0, 1.0, 9.0]) == Spread(3.0, 1.0, 9.0)
    assert str(Spread.of([1.0, 2.0])) == "1.5 (1 to 2)"


def test_ratios_are_taken_round_by_round(result):
    assert result.compared("step", "keras-jax") == Spread(0.25, 0.25, 0.25)
    assert result.compared("step", "raw-jax", "plus") == Spread(1.5, 1.0, 2.0)
    assert result.compared("step", "", "alone") == Spread(3.0, 2.0, 4.0)
    assert result.compared("step", "keras-tf") is None


@pytest.mark.parametrize(
    ("target", "median", "met"),
    [
        (Target("step", 0.25, BEST_KERAS), 0.25, True),
        (Target("step", 0.1, BEST_KERAS), 0.25, False),
        (Target("step", 2.0, BEST_RAW, stretch=True), 2.0, True),
        (Target("step", 1.9, BEST_RAW, stretch=True), 2.0, False),
        (Target("step", 2.5, "raw-jax"), 2.0, True),
        (Target("step", 1.4, "raw-jax", "plus"), 1.5, False),
        (Target("step", 3.0, how="alone"), 3.0, True),
    ],
    ids=str,
)
def test_targets_are_judged_by_the_median(result, target, median, met):
    spread, verdict = result.judge(target, GROUPS)
    assert spread is not None
    assert (spread.median, verdict) == (median, met)


def test_without_addax_or_peers_nothing_is_judged(result):
    del result.rounds["addax"]
    assert result.judge(Target("step", 1.0, BEST_KERAS), GROUPS) == (None, None)
    assert result.judge(Target("step", 1.0, how="alone"), GROUPS) == (None, None)
    assert Result().judge(Target("step", 1.0, BEST_KERAS), GROUPS) == (None, None)


def test_best_is_the_least_median_of_those_that_ran(result):
    assert result.best(KERAS, "step") == "keras-jax"
    result.rounds["keras-tf"] = [{"step": 9.0}] * 3
    assert result.best(KERAS, "step") == "keras-tf"
    assert result.best((), "step") == ""


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.name)
def test_rows_name_things_that_exist(row: Row):
    assert set(row.peers) <= set(peers.PEERS)
    assert all(target.against in {"", *GROUPS, *row.peers} for target in row.targets)
    modules = {peers.PEERS[name].module for name in row.peers}
    if row.commands:
        assert set(row.commands) == modules and not row.workload
    else:
        files = {peers.PEERS[name].prefix + row.workload for name in row.peers}
        assert all((ROOT / "benchmarks/workloads" / f"{name}.py").exists() for name in files)
    assert row.options.get("model", "mnist_cnn") in models.PROBLEMS
    assert set(row.quick_options) <= set(row.options)


def test_groups_are_the_keras_backends_and_what_is_written_by_hand():
    keras, raw = GROUPS[BEST_KERAS], GROUPS[BEST_RAW]
    assert all(peers.PEERS[name].module == "keras" for name in keras)
    assert {"addax", *keras, *raw} == set(peers.PEERS) and not set(keras) & set(raw)


@pytest.mark.parametrize("peer", [peer for peer in peers.PEERS.values() if peer.home], ids=str)
def test_shared_environments_are_installed_once(peer, monkeypatch, tmp_path):
    installed = []
    monkeypatch.setattr(peers, "HOME", tmp_path)
    monkeypatch.setattr(peers, "_install", lambda home, *_: (installed.append(home), home.mkdir()))
    assert peers.interpreter(peer) == peers.interpreter(peers.PEERS[peer.home])
    assert installed == [tmp_path / peer.home]


@pytest.mark.parametrize(
    ("name", "workload", "options"),
    [
        ("addax", "train_step", {"steps": 2}),
        ("raw-jax", "jax_train_step", {"steps": 2}),
        ("raw-torch", "torch_train_step", {"steps": 2}),
        ("raw-torch-compiled", "torch_train_step", {"steps": 2, "compiled": True}),
    ],
)
def test_peers_run_their_own_program_with_their_options(monkeypatch, name, workload, options):
    monkeypatch.setattr(run, "interpreter", lambda peer: "python")
    monkeypatch.setattr(run, "Worker", lambda *arguments: arguments)
    row = Row(
        "tiny", "", "", (), (), "train_step", options={"steps": 8}, quick_options={"steps": 2}
    )
    peer = peers.PEERS[name]
    assert run.start(row, peer, quick=True) == ("python", peer, workload, options)


def test_quick_runs_leave_the_slow_peers_to_the_whole_table(monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(run, "measure", lambda row, peers, quick: asked.append(peers) or Result())
    for words in (["--quick"], [], ["--quick", "--peers", "keras-torch"]):
        run.main(["--rows", "leak", "--out", os.devnull, *words])
    quick, whole, named = asked
    assert set(whole) - set(quick) == {"raw-torch-compiled", "keras-torch"}
    assert (whole, named) == (list(peers.PEERS), ["keras-torch"])


def test_peers_keep_the_callers_environment(monkeypatch):
    monkeypatch.setenv("JAX_PLATFORMS", "tpu")
    monkeypatch.setenv("KERAS_BACKEND", "theano")
    seen = peers.PEERS["keras-tf"].environ
    assert (seen["JAX_PLATFORMS"], seen["KERAS_BACKEND"]) == ("tpu", "tensorflow")


@pytest.mark.parametrize("name", models.PROBLEMS)
def test_problems_make_data_of_the_models_shapes(name):
    problem = models.PROBLEMS[name]
    x, y = problem.data((None, 5), (None, 3), 7)
    binary = problem.loss == "binary_crossentropy"
    assert (x.shape, y.shape) == ((7, 5), (7, 3) if binary else (7,))
    assert x.dtype == ("int32" if problem.vocabulary else "float32")
    assert 0 <= y.min() <= y.max() <= (1 if binary else 2)


def test_page_shows_figures_ratios_verdicts_and_reasons(result):
    targets = Target("step", 0.3, BEST_KERAS), Target("step", 1.1, BEST_RAW, stretch=True)
    row = Row("tiny", "a row", "ms", ("addax",), targets)
    page = report.report({"tiny": result}, {"tiny": row}, {"addax": "0.1"}, "do it again")
    assert "| tiny | step | ms | 3 | 1.5 |  |  | 12 | not available |  | 0.2 |" in page
    assert "| 2 (2 to 2) |  |  | 0.25 (0.25 to 0.25) |" in page
    assert "| tiny | step: at most 0.3 x best Keras backend (keras-jax) | 0.25" in page
    assert "| tiny | stretch, step: at most 1.1 x best raw peer (raw-jax) | 2 (2 to 2)" in page
    assert "- `tiny`, keras-tf: ImportError: no such module" in page
    assert page.endswith("do it again\n")


def test_rounds_are_interleaved_and_a_broken_peer_leaves(monkeypatch):
    turns = []

    class Side:
        def __init__(self, name):
            self.name = name

        def round(self):
            turns.append(self.name)
            if self.name == "keras-tf" and turns.count("keras-tf") == 2:
                raise peers.Unavailable("ran out of something")
            return {"step": 1.0}

        def close(self):
            turns.append(f"{self.name} closed")

    def start(row, peer, quick):
        if peer.name == "keras-torch":
            raise peers.Unavailable("not installed")
        return Side(peer.name)

    monkeypatch.setattr(run, "start", start)
    monkeypatch.setattr(run, "PAUSE", 0)
    names = ("addax", "keras-tf", "keras-torch")
    measured = run.measure(Row("tiny", "", "", names, (), rounds=3), names, quick=False)
    assert turns == ["addax", "keras-tf"] * 2 + ["addax", "addax closed"]
    assert list(measured.rounds) == ["addax"]
    assert measured.missing == {
        "keras-tf": "ran out of something",
        "keras-torch": "not installed",
    }


def test_worker_without_its_library_says_why(monkeypatch, tmp_path):
    monkeypatch.setattr(peers, "HOME", tmp_path)
    with pytest.raises(peers.Unavailable, match="No module named 'nosuchlibrary'"):
        Worker(sys.executable, peers.Peer("nobody", "nosuchlibrary"), "leak", {})


def test_busy_cores_are_counted_without_idle_and_waiting(tmp_path):
    stat = tmp_path / "stat"
    stat.write_text("cpu  100 10 50 9000 700 5 5 30 4 0\ncpu0 50 5 25 4500 350 2 3 15 2 0\n")
    assert processes._busy(stat) == 200 / os.sysconf("SC_CLK_TCK")
    assert math.isnan(processes._busy(tmp_path / "none"))


def test_unknown_rows_are_refused_with_the_known_ones():
    with pytest.raises(SystemExit, match=r"unknown rows: nope\. There are: import, iris-mlp"):
        run.main(["--rows", "nope"])
