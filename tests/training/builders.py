"""Models over a `keras` module, as users write them: the left-hand side of the tables."""

import jax


def mlp(units, last=None, **options):
    """A builder of a perceptron for rows of four numbers; `options` go to its hidden layer."""

    def build(keras):
        return keras.Sequential(
            [
                keras.Input((4,)),
                keras.layers.Dense(6, activation="tanh", **options),
                keras.layers.Dense(units, activation=last),
            ]
        )

    return build


def activity(keras):
    layer = keras.layers.Dense(5, activation="relu", activity_regularizer="l2")
    return keras.Sequential([keras.Input((4,)), layer, keras.layers.Dense(1)])


def normalized(keras):
    return keras.Sequential(
        [
            # No bias: normalization takes it out again, and Adam would follow the rounding errors
            # that are its gradient.
            keras.layers.Dense(5, input_shape=(4,), use_bias=False),
            keras.layers.BatchNormalization(),
            keras.layers.Activation("relu"),
            keras.layers.Dropout(0.4),
            keras.layers.Dense(1),
        ]
    )


def cnn(keras):
    return keras.Sequential(
        [
            keras.Input((8, 8, 2)),
            keras.layers.Conv2D(3, 3, activation="relu", padding="same"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(4, 2),
            keras.layers.Flatten(),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )


def embedded(keras):
    return keras.Sequential(
        [
            keras.Input((6,), dtype="int32"),
            keras.layers.Embedding(9, 4, mask_zero=True),
            keras.layers.LSTM(5),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )


def towers(keras):
    left, right = keras.Input((4,), name="left"), keras.Input((3,), name="right")
    both = keras.layers.Concatenate()([keras.layers.Dense(5)(left), right])
    number = keras.layers.Dense(1, name="number")(both)
    kind = keras.layers.Dense(1, activation="sigmoid", name="kind")(both)
    return keras.Model([left, right], [number, kind])


def heads(keras):
    x = keras.Input((4,))
    hidden = keras.layers.Dense(5, activation="relu")(x)
    outputs = {
        "a": keras.layers.Dense(1)(hidden),
        "b": keras.layers.Dense(3, activation="softmax")(hidden),
    }
    return keras.Model(x, outputs)


def dictionary(keras):
    inputs = {"right": keras.Input((3,), name="right"), "left": keras.Input((4,), name="left")}
    both = keras.layers.Concatenate()([inputs["left"], inputs["right"]])
    return keras.Model(inputs, keras.layers.Dense(1)(both))


def shared(keras):
    first, second = keras.Input((4,)), keras.Input((4,))
    encode = keras.layers.Dense(5, activation="tanh")
    both = keras.layers.Add()([encode(first), encode(second)])
    return keras.Model([first, second], keras.layers.Dense(1)(both))


def nested(keras):
    inner = keras.Sequential([keras.Input((4,)), keras.layers.Dense(5, activation="relu")])
    x = keras.Input((4,))
    graph = keras.Model(x, keras.layers.Dense(4)(inner(x)), name="graph")
    return keras.Sequential([keras.Input((4,)), graph, keras.layers.Dense(1)])


def two_dtypes(keras):
    numbers, words = keras.Input((4,)), keras.Input((), dtype="int32")
    meaning = keras.layers.Flatten()(keras.layers.Embedding(3, 2)(words))
    both = keras.layers.Concatenate()([numbers, meaning])
    return keras.Model([numbers, words], keras.layers.Dense(1)(both))


def own_loss(keras):
    class Quartic(keras.losses.Loss):
        def call(self, y_true, y_pred):
            return keras.ops.mean((y_true - y_pred) ** 4 / 16, axis=-1)

    return Quartic()


def own_classes(keras):
    """A subclass of Model with a layer, and a metric kept as an attribute."""

    class Scale(keras.layers.Layer):
        def build(self, input_shape):
            self.scale = self.add_weight(shape=(input_shape[-1],), initializer="ones")
            self.seen = self.add_weight(shape=(), initializer="zeros", trainable=False)

        def call(self, inputs, training=False):
            if training:
                self.seen.assign(self.seen + 1.0)
            return inputs * self.scale

    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.hidden = [keras.layers.Dense(5, activation="relu"), Scale()]
            self.drop = keras.layers.Dropout(0.3)
            self.out = keras.layers.Dense(1)

        def call(self, inputs, training=False):
            for layer in self.hidden:
                known = {"training": training} if isinstance(layer, Scale) else {}
                inputs = layer(inputs, **known)  # Keras's fit does not tell inner layers by itself
            return self.out(self.drop(inputs, training=training))

    return Net()


def own_steps(keras):
    """`train_step` and `test_step` in the form of Keras's guide for JAX."""

    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = keras.layers.Dense(1)
            self.gap = keras.metrics.MeanAbsoluteError(name="gap")
            self.own = keras.metrics.Mean(name="own")

        @property
        def metrics(self):
            return [self.own, self.gap]

        def call(self, x, training=False):
            return self.dense(x)

        def loss_and_updates(self, trainable, non_trainable, x, y, training=False):
            y_pred, non_trainable = self.stateless_call(
                trainable, non_trainable, x, training=training
            )
            return self.compute_loss(x, y, y_pred), (y_pred, non_trainable)

        def count(self, metrics, loss, y, y_pred):
            logs, after = {}, []
            for metric in self.metrics:
                mine = metrics[len(after) : len(after) + len(metric.variables)]
                given = (loss,) if metric is self.own else (y, y_pred)
                mine = metric.stateless_update_state(mine, *given)
                logs[metric.name] = metric.stateless_result(mine)
                after += mine
            return logs, after

        def train_step(self, state, data):
            trainable, non_trainable, slots, metrics = state
            x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
            grad = jax.value_and_grad(self.loss_and_updates, has_aux=True)
            (loss, (y_pred, non_trainable)), grads = grad(
                trainable, non_trainable, x, y, training=True
            )
            trainable, slots = self.optimizer.stateless_apply(slots, grads, trainable)
            logs, metrics = self.count(metrics, loss, y, y_pred)
            return logs, (trainable, non_trainable, slots, metrics)

        def test_step(self, state, data):
            trainable, non_trainable, metrics = state
            x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
            loss, (y_pred, non_trainable) = self.loss_and_updates(trainable, non_trainable, x, y)
            logs, metrics = self.count(metrics, loss, y, y_pred)
            return logs, (trainable, non_trainable, metrics)

    return Net()


def own_loss_method(keras):
    """`compute_loss` of the user's own, with a metric as an attribute of the model."""

    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = keras.layers.Dense(1)
            self.peak = keras.metrics.Mean(name="peak")

        def call(self, x):
            return self.dense(x)

        def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
            error = keras.ops.abs(y - y_pred)
            self.peak.update_state(keras.ops.max(error))
            return keras.ops.mean(error) + sum(self.losses)

    return Net()


def with_added_loss(keras):
    class Penalty(keras.layers.Layer):
        def call(self, inputs):
            self.add_loss(0.1 * keras.ops.mean(keras.ops.square(inputs)))
            return inputs

    x = keras.Input((4,))
    hidden = Penalty()(keras.layers.Dense(5, kernel_regularizer="l2")(x))
    return keras.Model(x, keras.layers.Dense(1)(hidden))


def only_added_loss(keras):
    """An autoencoder that has its loss inside."""

    class Reconstruction(keras.layers.Layer):
        def call(self, x, y):
            self.add_loss(keras.ops.mean(keras.ops.square(x - y)))
            return y

    x = keras.Input((4,))
    return keras.Model(x, Reconstruction()(x, keras.layers.Dense(4)(keras.layers.Dense(2)(x))))
