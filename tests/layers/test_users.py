"""Users' own layers, as Keras's guides write them, give in Addax what they give in Keras."""

import json

import keras
import numpy as np
import pytest
from layer_pairs import equal

import addax

X = np.random.default_rng(1).normal(size=(4, 6)).astype("float32")
TOKENS = np.array([[1, 2, 3, 0, 0], [4, 5, 6, 7, 0]], "int32")
STEPS = np.random.default_rng(2).normal(size=(2, 5, 3)).astype("float32")


def numbered(layer):
    """`layer` with weights that both libraries share."""
    rng = np.random.default_rng(3)
    layer.set_weights([rng.uniform(0.1, 0.9, w.shape) for w in layer.get_weights()])
    return layer


def linear(k):
    class Linear(k.layers.Layer):
        def __init__(self, units=32, **kwargs):
            super().__init__(**kwargs)
            self.units = units

        def build(self, input_shape):
            self.w = self.add_weight(
                shape=(input_shape[-1], self.units), initializer="random_normal", trainable=True
            )
            self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

        def call(self, inputs):
            return k.ops.matmul(inputs, self.w) + self.b

        def get_config(self):
            return {**super().get_config(), "units": self.units}

    return Linear


def weights_of_init(k):
    class Linear(k.Layer):
        def __init__(self, units=3, input_dim=6):
            super().__init__()
            self.w = self.add_weight((input_dim, units), "random_normal")
            self.b = (
                self.add_weight("b", shape=(units,))
                if k is addax
                else self.add_weight((units,), name="b")
            )
            self.own = k.Variable(2.0, name="own")

        def call(self, inputs):
            return k.ops.matmul(inputs, self.w) * self.own + self.b

    layer = Linear()
    sizes = [w.shape for w in layer.weights]
    layer.set_weights([np.ones(s, "float32") for s in sizes])
    return sizes, layer(X)


def weights_of_build(k):
    layer = linear(k)(4, name="linear")
    layer(X)
    numbered(layer)
    config = layer.get_config()
    again = linear(k).from_config(config)
    again(X)
    return layer(X), config["units"], again.units, [w.path for w in layer.weights], again.name


def running_sum(k):
    class ComputeSum(k.layers.Layer):
        def __init__(self, input_dim):
            super().__init__()
            self.total = self.add_weight(initializer="zeros", shape=(input_dim,), trainable=False)

        def call(self, inputs):
            self.total.assign_add(k.ops.sum(inputs, axis=0))
            return self.total

    layer = ComputeSum(6)
    return layer(X), layer(X), len(layer.non_trainable_weights), len(layer.trainable_weights)


def nested(k):
    Linear = linear(k)

    class Block(k.layers.Layer):
        def __init__(self):
            super().__init__()
            self.parts = [Linear(5), Linear(4)]
            self.named = {"last": Linear(1)}

        def call(self, inputs):
            for part in self.parts:
                inputs = k.ops.relu(part(inputs))
            return self.named["last"](inputs)

    block = Block()
    block(np.ones((3, 6), "float32"))
    numbered(block)
    counts = len(block.weights), len(block.trainable_weights)
    block.parts[0].trainable = False
    return block(X), counts, len(block.trainable_weights)


def losses(k):
    class Penalty(k.layers.Layer):
        def __init__(self, rate=1e-2):
            super().__init__()
            self.rate = rate

        def call(self, inputs):
            self.add_loss(self.rate * k.ops.mean(inputs))
            return inputs

    class Outer(k.layers.Layer):
        def __init__(self):
            super().__init__()
            self.penalty = Penalty()
            self.dense = k.layers.Dense(2, kernel_regularizer="l2", kernel_initializer="ones")

        def call(self, inputs):
            return self.penalty(self.dense(inputs))

    layer = Outer()
    before = len(layer.losses)
    layer(np.zeros((1, 6), "float32"))
    layer(X)
    inputs = k.Input((6,))
    model = k.Model(inputs, layer(inputs))
    model.compile("sgd", "mse")
    first = model.evaluate(X, np.zeros((4, 2), "float32"), verbose=0)
    return before, sorted(float(x) for x in layer.losses)[-1:], first


def mode(k):
    class CustomDropout(k.layers.Layer):
        def __init__(self, rate, **kwargs):
            super().__init__(**kwargs)
            self.rate = rate
            self.seed_generator = k.random.SeedGenerator(1337)

        def call(self, inputs, training=None):
            if training:
                return k.random.dropout(inputs, rate=self.rate, seed=self.seed_generator)
            return inputs

    layer = CustomDropout(0.5)
    return layer(X), layer(X, training=True), layer(X, training=True), len(layer.variables)


def autoencoder(k):
    class Sampling(k.layers.Layer):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.seed_generator = k.random.SeedGenerator(7)

        def call(self, inputs):
            mean, log_var = inputs
            epsilon = k.random.normal(k.ops.shape(mean), seed=self.seed_generator)
            return mean + k.ops.exp(0.5 * log_var) * epsilon

    class AutoEncoder(k.Model):
        def __init__(self, dim, name="vae", **kwargs):
            super().__init__(name=name, **kwargs)
            self.mean = k.layers.Dense(2, kernel_initializer="ones")
            self.log_var = k.layers.Dense(2, kernel_initializer="zeros")
            self.sampling = Sampling()
            self.decoder = k.layers.Dense(dim, kernel_initializer="ones")

        def call(self, inputs):
            mean, log_var = self.mean(inputs), self.log_var(inputs)
            kl = -0.5 * k.ops.mean(log_var - k.ops.square(mean) - k.ops.exp(log_var) + 1)
            self.add_loss(kl)
            return self.decoder(self.sampling((mean, log_var)))

    model = AutoEncoder(6)
    model.compile(k.optimizers.SGD(1e-2), loss=k.losses.MeanSquaredError())
    history = model.fit(X, X, epochs=2, batch_size=2, shuffle=False, verbose=0)
    return history.history["loss"], model.get_weights()


def makers_of_masks(k):
    class Split(k.layers.Layer):
        def call(self, inputs):
            return k.ops.split(inputs, [2], axis=1)

        def compute_mask(self, inputs, mask=None):
            return None if mask is None else k.ops.split(mask, [2], axis=1)

    class Vectors(k.layers.Layer):
        def __init__(self, mask_zero=False, **kwargs):
            super().__init__(**kwargs)
            self.mask_zero = mask_zero

        def build(self, input_shape):
            self.table = self.add_weight((9, 3), "ones", "float32")

        def call(self, inputs):
            return k.ops.take(self.table, k.ops.cast(inputs, "int32"), axis=0)

        def compute_mask(self, inputs, mask=None):
            return k.ops.not_equal(inputs, 0) if self.mask_zero else None

    layer = Vectors(mask_zero=True)
    x = layer(TOKENS)
    first, second = Split()(x)
    masks = (
        [t._keras_mask for t in (x, first, second)]
        if k is keras
        else [addax.core.masks.get_mask(t) for t in (x, first, second)]
    )
    return x, first, second, masks


def users_of_masks(k):
    class Passing(k.layers.Layer):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.supports_masking = True

        def call(self, inputs):
            return k.ops.relu(inputs) + 1.0

    class TemporalSoftmax(k.layers.Layer):
        supports_masking = True

        def call(self, inputs, mask=None):
            mask = k.ops.expand_dims(k.ops.cast(mask, "float32"), -1)
            exp = k.ops.exp(inputs) * mask
            return exp / k.ops.sum(exp, axis=1, keepdims=True)

    inputs = k.Input((None,), dtype="int32")
    x = k.layers.Embedding(9, 3, mask_zero=True, embeddings_initializer="ones")(inputs)
    x = Passing()(x)
    x = k.layers.Dense(2, kernel_initializer="ones")(x)
    return k.Model(inputs, TemporalSoftmax()(x))(TOKENS)


def several_states(k):
    class Pair(k.layers.Layer):
        state_size = (2, 3)
        output_size = 2

        def build(self, input_shape):
            self.a = self.add_weight((input_shape[-1], 2), "ones")

        def call(self, inputs, states):
            y = k.ops.matmul(inputs, self.a)
            return y + states[0], [states[0] + y, states[1] + 1.0]

    layer = k.layers.RNN(Pair(), return_state=True, return_sequences=True)
    return layer(STEPS)


def own_cell(k):
    class Minimal(k.layers.Layer):
        def __init__(self, units, **kwargs):
            super().__init__(**kwargs)
            self.units = units
            self.state_size = units

        def build(self, input_shape):
            self.kernel = self.add_weight(
                shape=(input_shape[-1], self.units), initializer="ones", name="kernel"
            )
            self.recurrent = self.add_weight(shape=(self.units, self.units), initializer="ones")

        def call(self, inputs, states):
            output = k.ops.matmul(inputs, self.kernel) + k.ops.matmul(states[0], self.recurrent)
            return k.ops.tanh(output), [k.ops.tanh(output)]

    stack = k.layers.RNN([Minimal(3), Minimal(2)], return_state=True)
    stack(STEPS)
    layer = k.layers.RNN(Minimal(3), return_sequences=True)
    layer(STEPS)
    return numbered(stack)(STEPS), numbered(layer)(STEPS)


def frozen(k):
    inner = k.Sequential([k.Input((6,)), k.layers.Dense(3), k.layers.BatchNormalization()])
    inner.trainable = False
    inputs = k.Input((6,))
    model = k.Model(inputs, k.layers.Dense(1)(inner(inputs, training=False)))
    numbered(model)
    counts = [len(model.trainable_weights), len(inner.trainable_weights), len(model.weights)]
    model.compile(k.optimizers.SGD(0.1), "mse")
    model.fit(X, X[:, :1], epochs=2, batch_size=4, verbose=0)
    inner.trainable = True
    return counts, len(model.trainable_weights), model.get_weights()


def shared_and_joined(k):
    Linear = linear(k)
    first, second = k.Input((6,), name="first"), k.Input((6,), name="second")
    shared = Linear(3, name="shared")
    x = k.layers.concatenate([shared(first), shared(second)])
    outputs = {"one": k.layers.Dense(1, name="one")(x), "two": Linear(2, name="two")(x)}
    model = k.Model([first, second], outputs)
    numbered(model)
    again = k.Model.from_config(model.get_config(), custom_objects={"Linear": Linear})
    again.set_weights(model.get_weights())
    part = k.Model(model.inputs, model.get_layer("shared").output)
    return model([X, -X]), again([X, -X]), [w.path for w in model.weights], part([X, X])


def told_shapes(k):
    class Rows(k.layers.Layer):
        """Its output can't be traced: the values decide."""

        def call(self, inputs):
            raise RuntimeError("not traced")

        def compute_output_shape(self, input_shape):
            return (input_shape[0], 7)

    spec = Rows()(k.Input((6,)))
    return str(spec.shape), str(spec.dtype)


PROGRAMS = [
    weights_of_init, weights_of_build, running_sum, nested, losses, mode, autoencoder,
    makers_of_masks, users_of_masks, own_cell, several_states,
    frozen, shared_and_joined, told_shapes,
]  # fmt: skip


def plain(value):
    """Arrays and numbers only, dictionaries by their keys."""
    return [str(x) if isinstance(x, str) else np.asarray(x) for x in addax.tree.flatten(value)]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda f: f.__name__)
def test_program_gives_what_it_gives_in_keras(program):
    for library in (addax, keras):
        library.utils.clear_session()  # names count from the start
    mine, want = plain(program(addax)), plain(program(keras))
    texts = [[x for x in found if isinstance(x, str)] for found in (mine, want)]
    numbers = [[x for x in found if not isinstance(x, str)] for found in (mine, want)]
    assert texts[0] == texts[1]
    equal(*numbers, rtol=1e-4)


class Adding(addax.layers.Layer):
    """A cell that nobody registered."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = self.state_size = units

    def call(self, inputs, states):
        return states[0] + inputs[:, : self.units], [states[0] + inputs[:, : self.units]]


def test_layers_copy_what_they_hold_without_registration():
    layer = addax.layers.RNN(Adding(2))
    both = addax.layers.Bidirectional(layer)
    equal(both(STEPS), np.tile(STEPS.sum(axis=1)[:, :2], 2))
    again = addax.layers.RNN.from_config(layer.get_config())
    assert again.cell is not layer.cell and again.cell.units == 2


class Plain(addax.Model):
    """A subclass of Model that adds nothing to its constructor."""


def test_a_plain_subclass_comes_back_from_its_configuration():
    inputs = addax.Input((6,))
    model = Plain(inputs, addax.layers.Dense(2)(inputs))
    again = Plain.from_config(model.get_config())
    again.set_weights(model.get_weights())
    assert isinstance(again, Plain)
    equal(again(X), model(X))


def test_masks_are_attributes():
    """A program reads and sets `_keras_mask`; tensors without a mask lack it."""
    words = np.array([[1, 2, 0], [3, 0, 0]])
    for library in (keras, addax):
        embedding = library.layers.Embedding(5, 2, mask_zero=True)
        np.testing.assert_array_equal(embedding(words)._keras_mask, words != 0)
        symbol = embedding(library.Input((3,)))
        assert tuple(symbol._keras_mask.shape) == (None, 3)
        assert not hasattr(library.layers.Dense(1)(np.ones((2, 3))), "_keras_mask")
        x = library.ops.ones((2, 3, 2))
        x._keras_mask = library.ops.convert_to_tensor(words != 0)
        lstm = library.layers.LSTM(4)
        np.testing.assert_array_equal(lstm(x), lstm(x, mask=x._keras_mask))
        assert np.any(np.asarray(lstm(x)) != np.asarray(lstm(x + 0)))


def test_a_mask_on_the_input_of_a_model():
    x = addax.ops.ones((2, 3, 2))
    model = addax.Sequential([addax.Input((3, 2)), addax.layers.LSTM(4)])
    whole = np.asarray(model(x))
    x._keras_mask = addax.ops.convert_to_tensor(np.array([[True, False, False]] * 2))
    with pytest.warns(UserWarning, match="masked input"):
        masked = model(x)
    assert np.any(np.asarray(masked) != whole)
    np.testing.assert_array_equal(masked, model.layers[0](x))


NUMPY_NUMBERS = [
    lambda L, n: L.LSTM(n),
    lambda L, n: L.GRU(n),
    lambda L, n: L.Dense(n),
    lambda L, n: L.Conv2D(n, (n, n), strides=n),
    lambda L, n: L.Embedding(n, n),
    lambda L, n: L.MultiHeadAttention(n, n, output_shape=n, attention_axes=n),
    lambda L, n: L.MultiHeadAttention(n, n, sliding_window=n),
    lambda L, n: L.Dropout(0.5, noise_shape=(None, n)),
    lambda L, n: L.Reshape((n, -1)),
    lambda L, n: L.Dot(axes=n),
    lambda L, n: L.EinsumDense("ab,bc->ac", output_shape=n),
    lambda L, n: addax.metrics.MeanIoU(n),
    lambda L, n: addax.initializers.RandomNormal(seed=n),
    lambda L, n: addax.random.SeedGenerator(n),
]


@pytest.mark.parametrize("make", NUMPY_NUMBERS)
@pytest.mark.parametrize("number", [np.int64(3), np.array(3)], ids=["scalar", "array"])
def test_numbers_of_numpy(make, number):
    """Keras refuses most of them, or can't write the configuration."""
    try:
        made = make(addax.layers, number)
    except ValueError:
        assert number.shape == () and make is NUMPY_NUMBERS[-1]  # a seed is no array
        return
    text = json.dumps(made.get_config())
    assert text == json.dumps(type(made).from_config(json.loads(text)).get_config())


def test_nested_inputs_of_a_cell():
    """As the guide on recurrent layers of TensorFlow's Keras has it; Keras 3 fails."""

    class Cell(addax.layers.Layer):
        state_size = ((3,), (2, 2))

        def build(self, input_shapes):
            first, second = input_shapes
            self.a = self.add_weight((first[1], 3))
            self.b = self.add_weight((*second[1:], 2, 2))

        def call(self, inputs, states):
            (x, y), (s, t) = inputs, states
            return (s + x @ self.a, y), (
                s + x @ self.a,
                t + addax.ops.einsum("bij,ijkl->bkl", y, self.b),
            )

    x, y = np.ones((2, 5, 4), "float32"), np.ones((2, 5, 3, 2), "float32")
    layer = addax.layers.RNN(Cell(), return_sequences=True, return_state=True)
    (out, second), state, other = layer((x, y))
    np.testing.assert_allclose(out, np.cumsum(x @ layer.cell.a.numpy(), 1), rtol=1e-5)
    np.testing.assert_array_equal(second, y)
    np.testing.assert_allclose(state, out[:, -1])
    assert other.shape == (2, 2, 2)
    inputs = [addax.Input((None, 4)), addax.Input((None, 3, 2))]
    model = addax.Model(inputs, layer(tuple(inputs))[0][0])
    np.testing.assert_allclose(model([x, y]), out, rtol=1e-5)
    mask = np.array([[True] * 3 + [False] * 2] * 2)
    np.testing.assert_allclose(layer((x, y), mask=mask)[1], out[:, 2], rtol=1e-5)
