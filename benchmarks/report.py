"""The tables of a run, as Markdown."""

import datetime
import os
import platform
import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.peers import PEERS
from benchmarks.ratios import Result, shown
from benchmarks.rows import GROUPS, Row

_VERDICT = {True: "yes", False: "**no**", None: "not measured"}
_HOW = """\
Less is better everywhere. Peers take turns (A B C D, A B C D, ...), one computing at a time, so the
figures of one round are seconds apart: a figure below is the median of the rounds, a ratio is the
median of the ratios taken round by round, with the least and the greatest in brackets. Times are
taken inside the worker after warming up; programs and imports are whole processes, second run.
*Others* is the median number of cores that foreign processes kept busy between the turns: where it
is not near 0, the figures of that row are worth little.

*raw-jax* and *raw-torch* are the same work written by hand, *raw-torch-compiled* goes through
`torch.compile`; both of PyTorch have a fused Adam. Stretch targets are against the best of those
that ran."""


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def cpu_name() -> str:
    """The CPU's name where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _figures(results: Mapping[str, Result], rows: Mapping[str, Row]) -> str:
    def cell(result: Result, peer: str, figure: str) -> str:
        values = result.values(peer, figure)
        if values:
            return shown(statistics.median(values))
        return "not available" if peer in result.missing else ""

    lines = [
        [
            name,
            figure,
            rows[name].unit,
            *(cell(result, peer, figure) for peer in PEERS),
            f"{statistics.median(result.others or [0.0]):.1f}",
        ]
        for name, result in results.items()
        for figure in result.figures()
    ]
    return table(["row", "figure", "unit", *PEERS, "others"], lines)


def _ratios(results: Mapping[str, Result]) -> str:
    others = [peer for peer in PEERS if peer != "addax"]
    lines = []
    for name, result in results.items():
        for figure in result.figures():
            spreads = [result.compared(figure, peer) for peer in others]
            if any(spreads):
                lines.append([name, figure, *("" if s is None else str(s) for s in spreads)])
    return table(["row", "figure", *(f"addax / {peer}" for peer in others)], lines)


def _targets(results: Mapping[str, Result], rows: Mapping[str, Row]) -> str:
    lines = []
    for name, result in results.items():
        for target in rows[name].targets:
            spread, met = result.judge(target, GROUPS)
            best = result.rival(target, GROUPS) if target.against in GROUPS else ""
            aim = f"{target} ({best})" if best else str(target)
            lines.append([name, aim, str(spread or ""), _VERDICT[met]])
    return table(["row", "target", "measured", "met"], lines)


def report(
    results: Mapping[str, Result],
    rows: Mapping[str, Row],
    versions: Mapping[str, str],
    command: str,
) -> str:
    """The whole page: machine, versions, figures, ratios, targets, what is missing, how to redo."""
    today = datetime.date.today().isoformat()
    missing = [
        f"- `{name}`, {peer}: {reason}"
        for name, result in results.items()
        for peer, reason in result.missing.items()
    ]
    parts = [
        "# Side by side",
        f"{today}, {cpu_name()}, {os.cpu_count()} cores, {platform.system()}.",
        "\n".join(f"- {peer}: {text}" for peer, text in versions.items()),
        _HOW,
        "## Figures",
        _figures(results, rows),
        "## Ratios",
        _ratios(results),
        "## Targets",
        _targets(results, rows),
        "## Rows",
        "\n".join(f"- `{name}`: {rows[name].about}" for name in results),
        *(["## Not available", "\n".join(missing)] if missing else []),
        f"## Again\n\n    {command}",
    ]
    return "\n\n".join(parts) + "\n"
