"""Meshes, layouts and distributions, beside Keras's."""

import jax
import keras
import numpy as np
import pytest

import addax
from addax.distribution import (
    DataParallel,
    DeviceMesh,
    Distribution,
    LayoutMap,
    ModelParallel,
    TensorLayout,
    TensorParallel,
    distribute_tensor,
    initialize,
    set_distribution,
)

DEVICES = [f"cpu:{i}" for i in range(8)]


def mesh(library):
    return library.distribution.DeviceMesh((4, 2), ["batch", "model"], DEVICES)


def described(layout):
    return None if layout is None else (tuple(layout.axes), layout.device_mesh.shape)


class Named:
    """What a layout is asked for: a variable by its path and shape."""

    _layout = None

    def __init__(self, path, shape):
        self.path, self.shape = path, shape


def layout_map(library):
    found = library.distribution.LayoutMap(mesh(library))
    found["dense/kernel"] = ("batch", "model")
    found[".*conv.*kernel"] = (None, None, None, "model")
    found[".*bias"] = library.distribution.TensorLayout(("model",))
    return found


def parallel(library):
    return library.distribution.ModelParallel(layout_map=layout_map(library))


SAME = {
    "devices": lambda k: (k.distribution.list_devices(), k.distribution.get_device_count("cpu")),
    "mesh": lambda k: (mesh(k).shape, list(mesh(k).axis_names), mesh(k).devices.tolist()),
    "jax mesh": lambda k: mesh(k).backend_mesh,
    "layout": lambda k: k.distribution.TensorLayout((None, "model"), mesh(k)).backend_layout,
    "map": lambda k: [
        described(layout_map(k)[p]) for p in ("dense/kernel", "a/conv_1/kernel", "b/bias", "b/x")
    ],
    "map as a dictionary": lambda k: (len(layout_map(k)), list(layout_map(k))),
    "data": lambda k: described(parallel(k).get_data_layout((8, 3, 3))),
    "variable": lambda k: [
        described(parallel(k).get_variable_layout(Named(p, s)))
        for p, s in (("dense/kernel", (4, 4)), ("other", (2, 2)), ("bias", (4,)))
    ],
    "tensor": lambda k: described(parallel(k).get_tensor_layout("other")),
    "replicas": lambda k: (
        parallel(k).num_model_replicas,
        k.distribution.DataParallel().num_model_replicas,
    ),
    "data parallel": lambda k: [
        described(k.distribution.DataParallel(devices=DEVICES[:2]).get_data_layout((8, 3))),
        described(k.distribution.DataParallel().get_variable_layout(Named("a", (3, 4)))),
    ],
    "names": lambda k: [parallel(k).batch_dim_name, k.distribution.DataParallel().batch_dim_name],
}


@pytest.mark.parametrize("name", SAME)
def test_it_equals_keras(name):
    assert SAME[name](addax) == SAME[name](keras)


def test_the_current_distribution():
    first, second = DataParallel(), parallel(addax)
    assert addax.distribution.distribution() is None
    set_distribution(first)
    with second.scope():
        assert addax.distribution.distribution() is second
    assert addax.distribution.distribution() is first
    set_distribution(None)
    assert addax.distribution.distribution() is None


def test_a_tensor_is_laid_out():
    layout = TensorLayout(("batch", None), mesh(addax))
    found = distribute_tensor(np.ones((8, 3), "float32"), layout)
    assert found.sharding == layout.backend_layout
    inside = jax.jit(lambda x: distribute_tensor(x * 2, layout))(np.ones((8, 3), "float32"))
    assert inside.sharding.is_equivalent_to(layout.backend_layout, 2)
    symbol = addax.KerasTensor((8, 3))
    assert distribute_tensor(symbol, layout) is symbol


def test_a_mesh_of_two_axes_is_warned_of():
    with pytest.warns(UserWarning, match="2 axes; the first axis, 'batch', will be used"):
        assert DataParallel(mesh(addax)).batch_dim_name == "batch"


def compiled():
    model = addax.Sequential([addax.Input((2,)), addax.layers.Dense(1)])
    model.compile("sgd", "mse")
    return model


def fit(**options):
    x = np.ones((8, 2))
    return compiled().fit(x, x[:, :1], verbose=0, **options)


def twice():
    found = LayoutMap(mesh(addax))
    found["a"] = ("batch",)
    found["a"] = ("batch",)


def several():
    found = LayoutMap(mesh(addax))
    found["a.*"] = found[".*b"] = ("batch",)
    return found["ab"]


def wrong_rank():
    found = LayoutMap(mesh(addax))
    found[".*"] = ("batch",)
    return ModelParallel(layout_map=found).get_variable_layout(Named("kernel", (2, 2)))


def second_mesh():
    layout = TensorLayout(("batch",), mesh(addax))
    layout.device_mesh = mesh(addax)


WRONG = {
    "no shape": (lambda: DeviceMesh((), ()), "at least one; received shape="),
    "sizes": (lambda: DeviceMesh((4, 2), ("a",)), "should have the same size"),
    "names": (lambda: DeviceMesh((4, 2), ("a", "a")), "a name of its own"),
    "count": (lambda: DeviceMesh((16,), ("a",)), "needs 16, there are 8. On a CPU, XLA_FLAGS"),
    "device": (lambda: DeviceMesh((1,), ("a",), ["cpu:9"]).backend_mesh, "no device 'cpu:9'"),
    "axis": (lambda: TensorLayout(("modle",), mesh(addax)), "Did you mean 'model'"),
    "no mesh": (lambda: TensorLayout(("a",)).backend_layout, "device mesh is not set"),
    "second mesh": (second_mesh, "Cannot override the device mesh"),
    "key twice": (twice, "'a' already exists in the LayoutMap"),
    "two keys": (several, r"'ab' matches multiple keys.*\['a.\*', '.\*b'\]"),
    "no layout": (lambda: LayoutMap(mesh(addax)).__setitem__("a", 3), "received 3"),
    "rank": (wrong_rank, r"'kernel' has 1 axes.*shape \(2, 2\)"),
    "no map": (lambda: ModelParallel(), "must specify a layout_map"),
    "a dictionary": (lambda: ModelParallel(layout_map={}), "must be a `LayoutMap` instance"),
    "no distribution": (lambda: set_distribution("all"), "A Distribution or None is expected"),
    "mesh": (lambda: DataParallel(DEVICES), "Expect `device_mesh` to be a DeviceMesh"),
    "axes": (lambda: TensorParallel({}), 'as {"data": 4, "model": 2}'),
    "shard": (lambda: compiled().compile(shard="zero"), "received 'zero'"),
    "devices": (lambda: fit(devices="cpu:11"), r"some of \[.*\]; received \['cpu:11'\]"),
    "too many": (lambda: fit(devices=9), "from 1 to 8; received 9"),
    "addresses": (lambda: initialize("a:1,b:2", 3, 0), "name 2 processes.*num_processes is 3"),
    "number": (lambda: initialize("a:1", 2, 2), "process_id is from 0 to 1; received 2"),
    "no number": (lambda: initialize("a:1", 2), "process_id is needed beside job_addresses"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_use(name):
    act, words = WRONG[name]
    with pytest.raises(ValueError, match=f"(?s){words}"):
        act()


def test_the_base_leaves_layouts_to_others():
    base = Distribution(mesh(addax), "batch")
    for act in (
        lambda: base.num_model_replicas,
        lambda: base.get_variable_layout(Named("a", ())),
        lambda: base.get_tensor_layout("a"),
    ):
        with pytest.raises(NotImplementedError):
            act()
    assert base.num_processes == 1 and base.distribute_dataset(3) == 3
    assert "DeviceMesh shape=(4, 2)" in repr(base)
