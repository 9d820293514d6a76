"""Measures Addax beside its peers: `python -m benchmarks.run [--quick] [--rows a,b] [--out file]`.

The whole table is written to `benchmarks/results.md`; a part of it (`--rows`, `--quick`,
`--peers`) only goes to the screen, unless `--out` names a file.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers import PEERS, Peer, Unavailable, interpreter, versions
from benchmarks.processes import Program, Worker, pause
from benchmarks.ratios import Result, shown
from benchmarks.report import report
from benchmarks.rows import ROWS, Row

ROUNDS, QUICK_ROUNDS = 7, 2
PAUSE = 0.3  # seconds: thread pools of the last peer spin for a while after their work


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def start(row: Row, peer: Peer, quick: bool) -> Worker | Program:
    """The peer's side of a row, warmed up; raises Unavailable."""
    python = interpreter(peer)
    if row.commands:
        return Program(python, peer, row.name, row.commands[peer.module])
    options = {**row.options, **(row.quick_options if quick else {}), **peer.options}
    return Worker(python, peer, peer.prefix + row.workload, options)


def measure(row: Row, peers: Sequence[str], quick: bool) -> Result:
    """Rounds of one row, interleaved over those of its peers that are named."""
    result, running = Result(), {}

    def drop(name: str, reason: Unavailable) -> None:
        running.pop(name, None)
        result.rounds.pop(name, None)
        result.missing[name] = str(reason)
        say(f"  {name}: not available: {reason}")

    for name in (name for name in row.peers if name in peers):
        try:
            running[name] = start(row, PEERS[name], quick)
        except Unavailable as reason:
            drop(name, reason)
    try:
        for _ in range(row.rounds or (QUICK_ROUNDS if quick else ROUNDS)):
            for name, process in list(running.items()):
                result.others.append(pause(PAUSE))
                try:
                    result.rounds.setdefault(name, []).append(process.round())
                except Unavailable as reason:
                    drop(name, reason)
            last = {name: rounds[-1] for name, rounds in result.rounds.items()}
            say("  " + "; ".join(f"{name} {_brief(one)}" for name, one in last.items()))
    finally:
        for process in running.values():
            process.close()
    return result


def _brief(figures: dict[str, float]) -> str:
    return ", ".join(f"{name} {shown(value)}" for name, value in figures.items())


def _names(text: str) -> list[str]:
    return [name for name in text.split(",") if name]


def _chosen(wanted: list[str], known: Sequence[str], what: str) -> list[str]:
    if unknown := [name for name in wanted if name not in known]:
        raise SystemExit(f"unknown {what}: {', '.join(unknown)}. There are: {', '.join(known)}.")
    return wanted


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, rows, peers: minutes")
    parser.add_argument("--rows", type=_names, help=f"of: {','.join(ROWS)}")
    parser.add_argument("--peers", type=_names, help=f"of: {','.join(PEERS)}")
    parser.add_argument("--out", type=Path, help="where the tables are written")
    given = parser.parse_args(arguments)

    usual = [name for name, row in ROWS.items() if row.quick or not given.quick]
    names = _chosen(given.rows or usual, list(ROWS), "rows")
    usual = [name for name, peer in PEERS.items() if peer.quick or not given.quick]
    peers = _chosen(given.peers or usual, list(PEERS), "peers")
    results = {}
    for name in names:
        say(f"{name}: {ROWS[name].about}")
        begun = time.perf_counter()
        results[name] = measure(ROWS[name], peers, given.quick)
        say(f"  took {time.perf_counter() - begun:.0f} s")

    ran = [name for name in peers if any(name in one.rounds for one in results.values())]
    found = {name: versions(interpreter(PEERS[name]), PEERS[name].module) for name in ran}
    words = sys.argv[1:] if arguments is None else list(arguments)
    page = report(results, ROWS, found, " ".join(["python -m benchmarks.run", *words]))
    whole = not (given.quick or given.rows or given.peers)
    if out := given.out or (Path(__file__).with_name("results.md") if whole else None):
        out.write_text(page)
        say(f"written: {out}")
    print(page)


if __name__ == "__main__":
    main()
