"""Programs that people wrote for Keras, as they wrote them, and the examples: each does its job."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import small_mnist

import addax
from addax.compat import uninstall

ROOT = Path(__file__).parents[1]
PROGRAMS = ROOT / "tests" / "programs"
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
DATA = ROOT.parent / "shared" / "data"

# A program's MNIST becomes `small_mnist.py`: ready in a second, and always there.
SMALL = {
    "from keras.datasets import mnist": "import small_mnist as mnist",
    "from tensorflow.keras.datasets import mnist": "import small_mnist as mnist",
    "(60000,": "(1437,",
    "(10000,": "(360,",
}


def program(name):
    """The text of the program, on small data."""
    text = (PROGRAMS / f"{name}.py").read_text(encoding="utf-8")
    for mnist, small in SMALL.items():
        text = text.replace(mnist, small)
    return text


def importing_addax(text):
    """The same program with Addax in its import lines."""
    text = re.sub(r"^(from|import) (tensorflow\.)?keras\b", r"\1 addax", text, flags=re.M)
    return text.replace("import tensorflow as tf", "import addax").replace("tf.keras.", "addax.")


def run(script, **environment):
    """What `addax run` of this file prints, with the folder of the file as the current one."""
    done = subprocess.run(
        [sys.executable, "-m", "addax", "run", script],
        cwd=Path(script).parent,
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"} | environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def logged(said, name):
    """The values of this metric in the lines of epochs and evaluations."""
    return [float(value) for value in re.findall(rf"- {name}: ([\d.e-]+)", said)]


def printed(said, text):
    """The numbers after this text, where it stands last."""
    return [float(value) for value in re.findall(r"-?\d[\d.]*(?:e[+-]\d+)?", said.split(text)[-1])]


# --- what each program must say and leave behind --------------------------------------------------


def iris(said, folder):
    # The program gives a sigmoid the labels 0, 1, 2: it can be right on 19 of its 30 flowers.
    assert 0.55 < printed(said, "Accuracy:")[0] < 0.64


def dense10(said, folder):
    learnt = logged(said, "accuracy")
    assert len(learnt) == 101 and learnt[-2] > max(0.6, learnt[0])
    assert learnt[-1] == pytest.approx(printed(said, "Test accuracy:")[0], abs=1e-4)
    assert_weights_are_the_models(folder, 10)


def dense100(said, folder):
    loss = logged(said, "loss")
    assert len(loss) == 11 and loss[9] < 0.9 * loss[0]
    assert loss[-1] == pytest.approx(printed(said, "Test loss:")[0], abs=1e-3)
    assert printed(said, "Test accuracy:")[0] > 0.12
    model = assert_weights_are_the_models(folder, 100)
    assert model.output_shape == (None, 10) and type(model.optimizer).__name__ == "RMSprop"


def assert_weights_are_the_models(folder, width):
    """The two files that the program wrote hold the same model."""
    model = addax.models.load_model(folder / "my_model.h5")
    x = np.random.default_rng(0).random((40, width))
    before = model.predict(x, verbose=0)
    model.set_weights([0 * w for w in model.get_weights()])
    model.load_weights(folder / "my_model_weights.h5")
    assert np.array_equal(model.predict(x, verbose=0), before) and before.std() > 1e-3
    return model


def mnist_mlp(said, folder):
    accuracy = logged(said, "accuracy")
    assert len(accuracy) == 6  # five epochs and the test
    # The program sets no seed and the digits are few: now and then its last steps are bad ones.
    assert accuracy[-2] > 0.9 and accuracy[-1] > 0.7


def tf_mnist(said, folder):
    assert len(logged(said, "val_accuracy")) == 5 and logged(said, "val_accuracy")[-1] > 0.85
    _, (x, y) = small_mnist.load_data()
    model = addax.saving.load_model(folder / "mnist_model.h5")
    loss, accuracy = model.evaluate(x / 255.0, addax.utils.to_categorical(y), verbose=0)
    assert accuracy == pytest.approx(printed(said, "Test accuracy:")[0]) and accuracy > 0.85
    assert loss == pytest.approx(logged(said, "loss")[-1], abs=1e-4)


def tf_cnn(said, folder):
    assert logged(said, "accuracy")[-1] > 0.95 and logged(said, "val_accuracy")[-1] > 0.9


def tf_lstm(said, folder):
    assert len(logged(said, "loss")) == 5 and logged(said, "val_accuracy")[-1] > 0.8


def tf_gan(said, folder):
    # A discriminator that guesses has a loss of ln 2 on real and on drawn images. This one knows
    # better, so the generator's loss is far above ln 2: both have been trained, and apart.
    real, drawn, generator = printed(said, "[")
    assert real + drawn < 1 and 0.9 < generator < 50


def gap1d(said, folder):
    # All it sees of an image is its mean brightness, which says little of these digits.
    assert len(logged(said, "loss")) == 6 and all(2.2 < x < 2.4 for x in logged(said, "loss"))
    tested = printed(said, "Test accuracy:")[0]
    assert tested == pytest.approx(logged(said, "accuracy")[-1], abs=1e-4) and tested < 0.2


def tf_tape(said, folder):
    assert said.rstrip().endswith("done") and "saliency (2, 8)" in said
    accuracy = printed(said, "epoch 4: accuracy")[0]
    assert accuracy > 0.7


WANTED = [iris, dense10, dense100, mnist_mlp, tf_mnist, tf_cnn, tf_lstm, tf_gan, tf_tape, gap1d]
each_program = pytest.mark.parametrize("wanted", WANTED, ids=lambda wanted: wanted.__name__)


@each_program
def test_programs_run_as_they_stand(wanted, tmp_path):
    script = tmp_path / f"{wanted.__name__}.py"
    script.write_text(program(wanted.__name__), encoding="utf-8")
    wanted(run(script), tmp_path)


@pytest.mark.parametrize(
    "wanted",
    [w for w in WANTED if w is not tf_tape],  # tf has no other name outside the runner
    ids=lambda wanted: wanted.__name__,
)
def test_programs_run_with_another_import(wanted, tmp_path, monkeypatch, capsys):
    text = importing_addax(program(wanted.__name__))
    assert "keras" not in re.sub(r"#.*", "", text)
    script = tmp_path / "program.py"
    script.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    addax.utils.set_random_seed(1)
    runpy.run_path(str(script), run_name="__main__")
    wanted(capsys.readouterr().out, tmp_path)


def test_every_program_is_run():
    names = {path.stem for path in PROGRAMS.glob("*.py")} - {"gallery"}
    assert names == {wanted.__name__ for wanted in WANTED}


@pytest.mark.skipif(
    not (DATA / "mnist.npz").exists(), reason="mnist.npz is not in the shared folder of data sets"
)
def test_mnist_reaches_the_accuracy_that_is_promised():
    said = run(PROGRAMS / "mnist_mlp.py", ADDAX_DATASETS=str(DATA), XLA_FLAGS="")
    accuracy = logged(said, "accuracy")
    assert accuracy[-2] >= 0.985 and accuracy[-1] >= 0.974


# --- the examples ---------------------------------------------------------------------------------

# What an example prints last, and how large the number after it is at least with --quick.
REACHED = {
    "cnn_digits": ("best of them:", 0.8),
    "custom_layer_and_training_step": ("Test accuracy:", 0.9),
    "functional_two_inputs": ("sum_accuracy:", 0.8),
    "gan_digits": ("step 300: loss of the discriminator", 0.2),
    "mnist_mlp": ("Test accuracy:", 0.88),
    "sklearn_pipeline": ("accuracy", 0.85),
    "text_lstm": ("it never saw: accuracy", 0.95),
}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_reach_what_they_promise(path, tmp_path, monkeypatch, capsys):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(path), "--quick"])
    runpy.run_path(str(path), run_name="__main__")
    text, least = REACHED[path.stem]
    assert printed(capsys.readouterr().out, text)[0] >= least
    assert not list(tmp_path.iterdir())  # nothing is left behind


# --- the pages ------------------------------------------------------------------------------------


# What the last block of a page defines.
LAST = {
    "preprocessing": "sound",
    "applications": "history",
    "data": "tokenizer",
    "sklearn": "old",
    "tuner": "scores",
    "tensorflow": "checkpoint",
    "distribution": "distribution",
    "explain": "changed",
}


@pytest.mark.parametrize("page", LAST)
def test_programs_of_the_pages(page, tmp_path, monkeypatch, request):
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names = {}
    request.addfinalizer(uninstall)  # one page installs the stand-ins
    for block in re.findall(r"```python\n(.*?)```", text, re.S):
        exec(compile(block, f"{page}.md", "exec"), names)
    assert LAST[page] in names
