"""The command line: `addax run`, `demo`, `doctor`, `summary`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from addax.core.version import OWN
from addax.runtime import own_process


def run(options: argparse.Namespace) -> int:
    """Run a program, its imports of keras and tensorflow.keras served by Addax."""
    from addax.compat import ProgramError, run_module, run_script

    own_process()
    try:
        (run_module if options.module else run_script)(options.program, options.arguments)
    except ProgramError as error:
        print(f"addax run: {error}", file=sys.stderr)
        return 2
    return 0


def demo(options: argparse.Namespace) -> int:
    """Train a small classifier of handwritten digits, save it, draw what it learnt."""
    from addax import demo

    own_process()
    return demo.main(options.out, options.epochs)


def doctor(options: argparse.Namespace) -> int:
    """Check the backend against NumPy; print versions, devices, cache and flags."""
    from addax import doctor

    if options.lowering is None:
        return doctor.main() or 0
    how = {k: getattr(options, k) for k in ("strides", "padding", "dilation")}
    return doctor.print_lowering(*options.lowering, **how)


def summary(options: argparse.Namespace) -> int:
    """Print the layers of a model file, or the weights of a weights file, and facts about it."""
    from addax import saving

    try:
        facts = saving.inspect_file(options.file)
        weights = facts.pop("weights")
        if facts.pop("classes", None):
            saving.load_model(options.file, compile=False).summary()
        else:
            print("\n".join(f"{path}: {dtype}{shape}" for path, (shape, dtype) in weights.items()))
    except (OSError, ValueError, TypeError) as error:
        print(f"addax summary: {options.file}: {error}", file=sys.stderr)
        return 1
    facts = {"file": options.file, "bytes": f"{Path(options.file).stat().st_size:,}", **facts}
    print("\n".join(f"{key.replace('_', ' ')}: {value}" for key, value in facts.items()))
    return 0


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    top = argparse.ArgumentParser(prog="addax", description="The Keras API on JAX.")
    top.add_argument("--version", action="version", version=f"addax {OWN}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)

    def command(function):
        about = function.__doc__
        sub = commands.add_parser(function.__name__, help=about, description=about)
        sub.set_defaults(function=function)
        return sub

    sub = command(run)
    sub.add_argument("-m", dest="module", action="store_true", help="PROGRAM is a module's name")
    sub.add_argument("program", metavar="PROGRAM", help="a Python file")
    sub.add_argument("arguments", nargs=argparse.REMAINDER, metavar="...", help="its arguments")
    sub = command(demo)
    sub.add_argument("--out", default="demo-output", metavar="DIR", help="where files are written")
    sub.add_argument("--epochs", type=int, default=25, metavar="N", help="rounds of training")
    sub = command(doctor)
    sub.add_argument(
        "--lowering",
        nargs=3,
        metavar=("KIND", "INPUT", "KERNEL"),
        help="say how CPUs compute a shape, e.g. conv 64x32x32x64 3x3x64x128",
    )
    sub.add_argument("--strides", type=int, default=1, metavar="N", help="of the windows")
    sub.add_argument("--padding", choices=("valid", "same"), default="valid")
    sub.add_argument("--dilation", type=int, default=1, metavar="N", help="of the windows")
    command(summary).add_argument("file", metavar="FILE", help=".keras, .h5 or .safetensors")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what `arguments`, by default those of the process, ask; the exit status."""
    options = parser().parse_args(arguments)
    return options.function(options)
