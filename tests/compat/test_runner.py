"""`addax run`: programs run as they would under Python itself."""

import subprocess
import sys

import pytest


def test_a_program_sees_what_python_would_show_it(script, addax_run):
    program = """
import os, sys
if __name__ == "__main__":
    print(sys.argv[1:], __spec__, __package__)
    import neighbour
    print(os.path.dirname(neighbour.__file__) == os.path.dirname(__file__) == sys.path[0])
    print(sys.modules["__main__"].__file__ == __file__)
"""
    script("", "inner/neighbour.py")
    name = script(program, "inner/program.py")
    arguments = ["--epochs", "3", "-m", "-h", "--", "run"]
    done = addax_run(name, *arguments)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [f"{arguments} None None", "True", "True"]


EXITS = {
    "raise SystemExit(7)": 7,
    "import sys; sys.exit()": 0,
    "import sys; sys.exit('text')": 1,
    "import os; os._exit(3)": 3,
    "1 / 0": 1,
    "pass": 0,
    "def f(:": 1,
}


@pytest.mark.parametrize("text", EXITS)
def test_exit_status(text, script, addax_run):
    assert addax_run(script(text)).returncode == EXITS[text]


TRACEBACKS = [
    "def f():\n    return 1 / 0\nf()\n",
    "try:\n    1 / 0\nexcept ZeroDivisionError:\n    {}['key']\n",
    "x = (\n",
    "import missing_module_of_no_name\n",
    "def f():\n    raise KeyboardInterrupt\nf()\n",
]


@pytest.mark.parametrize("text", TRACEBACKS)
def test_traceback_is_that_of_python(text, script, addax_run, tmp_path):
    name = script(text)
    plain = subprocess.run(
        [sys.executable, name], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    ours = addax_run(name)
    assert ours.stderr == plain.stderr
    assert ours.returncode == plain.returncode


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("import keras\nkeras.layerz", "AttributeError: keras.layerz is not part of Addax."),
        ("from keras import layerz", "ModuleNotFoundError: keras.layerz is not part of Addax."),
    ],
)
def test_stand_ins_hide_their_own_frames(text, last, script, addax_run):
    lines = addax_run(script(text)).stderr.splitlines()
    assert lines[-1].startswith(last)
    assert sum(line.lstrip().startswith("File") for line in lines) == 1


def test_module_form(script, addax_run):
    script("", "package/__init__.py")
    script("from . import __name__ as n; import sys; print(n, sys.argv[1:])",
           "package/task.py")  # fmt: skip
    script("import sys; sys.exit(5)", "package/__main__.py")
    done = addax_run("-m", "package.task", "--x")
    assert (done.stdout, done.stderr) == ("package ['--x']\n", "")
    assert addax_run("-m", "package").returncode == 5


def test_module_form_traceback(script, addax_run):
    script("1 / 0", "task.py")
    lines = addax_run("-m", "task").stderr.splitlines()
    assert "task.py" in lines[1] and lines[-1].startswith("ZeroDivisionError")


NOTHING_TO_RUN = {
    "nowhere.py": "Cannot read nowhere.py: No such file",
    ".": "is a folder",
    "model.keras": "not a Python program",
    "a.ipynb": "notebook",
    "-m nowhere.task": "no module nowhere.task",
    "-m nowhere": "no module nowhere",
}


@pytest.mark.parametrize("arguments", NOTHING_TO_RUN)
def test_nothing_to_run(arguments, script, addax_run):
    script("PK\3\4\0\0", "model.keras")
    script("{}", "a.ipynb")
    done = addax_run(*arguments.split())
    assert done.returncode == 2
    assert NOTHING_TO_RUN[arguments] in done.stderr and len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_worker_processes_have_the_stand_ins(method, script, addax_run):
    program = f"""
import multiprocessing, warnings
warnings.simplefilter("ignore")  # about fork after threads
import keras

def work(x):
    import keras.datasets
    return x + len(keras.__version__)

if __name__ == "__main__":
    with multiprocessing.get_context("{method}").Pool(1) as pool:
        print(pool.map(work, [1]))
"""
    done = addax_run(script(program))
    assert (done.stdout, done.stderr) == ("[7]\n", "")


def test_real_packages_stay_out(script, addax_run):
    program = """
import sys
import keras, tensorflow as tf
paths = [getattr(m, "__file__", None) or "" for m in list(sys.modules.values())]
print(any("/keras/" in p or "/tensorflow/" in p for p in paths), keras is tf.keras)
"""
    script("raise RuntimeError('imported')", "keras.py")
    done = addax_run(script(program))
    assert (done.stdout, done.stderr) == ("False True\n", "")


def test_isolated_python(script, addax_run):
    done = addax_run(script("import keras"), python=("-P",))
    assert done.stderr == ""
