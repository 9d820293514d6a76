import random
import subprocess
import sys

import numpy as np
import pytest

import addax
from addax import layers, utils
from addax.core import dtypes
from addax.core.names import CustomObjectScope


@pytest.mark.parametrize("name", utils.__all__)
def test_every_name_is_there(name):
    assert callable(getattr(utils, name)) or name == "bounding_boxes"  # a module
    assert name in dir(utils)


def test_what_is_not_there():
    with pytest.raises(AttributeError, match=r"no 'to_categoric'. Did you mean 'to_categorical'"):
        utils.to_categoric  # noqa: B018


def test_old_names_are_the_same_objects():
    assert utils.Sequence is utils.PyDataset
    assert utils.custom_object_scope is utils.CustomObjectScope is CustomObjectScope


def test_nothing_is_imported_before_it_is_used():
    code = (
        "import sys, addax.utils; "
        "print([m for m in sys.modules if m.startswith('addax.utils.')], 'tarfile' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] False"


def draws():
    noise = addax.random.normal((2,))
    seed = addax.random.SeedGenerator().next()
    return [random.random(), np.random.random(), *np.asarray(noise), *np.asarray(seed)]


def test_a_seed_repeats_all_random_numbers():
    utils.set_random_seed(7)
    first = draws()
    assert draws() != first
    utils.set_random_seed(np.int64(7))
    assert draws() == first


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, "7", None])
def test_no_seed_and_nothing_seeded(seed):
    state = random.getstate()
    with pytest.raises(ValueError, match=r"an integer in \[0, 2\*\*32\)"):
        utils.set_random_seed(seed)
    assert random.getstate() == state


def test_clear_session():
    dtypes.set_dtype_policy("mixed_bfloat16")
    layers.Dense(1)
    utils.clear_session()
    assert layers.Dense(1).name == "dense"
    assert dtypes.dtype_policy().name == "float32"


class Squares(utils.PyDataset):
    def __len__(self):
        return 3

    def __getitem__(self, index):
        return index**2


def test_a_dataset_is_its_batches():
    data = Squares(workers=2, max_queue_size=5)
    assert (data.workers, data.use_multiprocessing, data.max_queue_size) == (2, False, 5)
    assert data.num_batches == 3
    assert list(data) == [0, 1, 4]


def test_a_dataset_may_forget_the_base_and_be_endless():
    class Endless(utils.PyDataset):
        num_batches = None

        def __init__(self):
            pass

        def __getitem__(self, index):
            return index

    batches = iter(Endless())
    assert [next(batches) for _ in range(3)] == [0, 1, 2]
    assert Endless().workers == 1


def test_a_dataset_must_define_its_batches():
    with pytest.raises(NotImplementedError, match="must define __len__"):
        list(utils.PyDataset())
    with pytest.raises(NotImplementedError, match="must define __getitem__"):
        utils.PyDataset()[0]


PACKED = [((1,), 1), (([1],), ([1],)), ((1, 2), (1, 2)), ((1, 2, 3), (1, 2, 3))]


@pytest.mark.parametrize("parts, batch", PACKED)
def test_packing(parts, batch):
    assert utils.pack_x_y_sample_weight(*parts) == batch
    unpacked = utils.unpack_x_y_sample_weight(batch)
    assert unpacked == (*parts, None, None)[:3]


def test_no_batch_has_four_parts():
    with pytest.raises(ValueError, match="it has 4 parts"):
        utils.unpack_x_y_sample_weight((1, 2, 3, 4))


def test_sources_of_symbolic_tensors():
    a, b, c = (layers.Input((2,)) for _ in "abc")
    out = layers.Add()([layers.Dense(2)(b), a + 1.0])
    assert utils.is_keras_tensor(out) and not utils.is_keras_tensor(np.ones(2))
    found = utils.get_source_inputs([out, out, c])
    assert len(found) == 3
    assert all(x is y for x, y in zip(found, (b, a, c), strict=True))


@pytest.mark.parametrize("name", ["plot_model", "model_to_dot"])
def test_pictures_say_what_to_do_instead(name):
    with pytest.raises(NotImplementedError, match=rf"{name}\(\) is not available.*model.summary"):
        getattr(utils, name)(None, show_shapes=True)
