"""The saving guide: whole models, weights, configurations, classes of one's own."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import keras
import numpy as np
from keras import ops


@keras.saving.register_keras_serializable(package="my_package", name="custom_fn")
def custom_fn(x):
    return x**2


@keras.saving.register_keras_serializable(package="MyLayers")
class CustomLayer(keras.layers.Layer):
    def __init__(self, sublayer, **kwargs):
        super().__init__(**kwargs)
        self.sublayer = sublayer

    def call(self, x):
        return self.sublayer(x)

    def get_config(self):
        sublayer = keras.saving.serialize_keras_object(self.sublayer)
        return {**super().get_config(), "sublayer": sublayer}

    @classmethod
    def from_config(cls, config):
        sublayer = keras.saving.deserialize_keras_object(config.pop("sublayer"))
        return cls(sublayer, **config)


@keras.saving.register_keras_serializable()
class CustomModel(keras.Model):
    def __init__(self, hidden_units, **kwargs):
        super().__init__(**kwargs)
        self.hidden_units = hidden_units
        self.dense_layers = [keras.layers.Dense(u) for u in hidden_units]

    def call(self, x):
        for layer in self.dense_layers:
            x = layer(x)
        return x

    def get_config(self):
        return {**super().get_config(), "hidden_units": self.hidden_units}


def get_model():
    inputs = keras.Input(shape=(4,))
    x = CustomLayer(keras.layers.Dense(4, activation=custom_fn))(inputs)
    model = keras.Model(inputs, keras.layers.Dense(1)(x))
    model.compile(optimizer=keras.optimizers.Adam(), loss="mean_squared_error")
    return model


x, y = np.random.random((128, 4)), np.random.random((128, 1))
for model in (get_model(), CustomModel([8, 1])):
    if isinstance(model, CustomModel):
        model.compile("adam", "mse")
    model.fit(x, y, verbose=0)
    model.save("my_model.keras")
    again = keras.models.load_model("my_model.keras")
    np.testing.assert_allclose(model.predict(x, verbose=0), again.predict(x, verbose=0), rtol=1e-6)
    again.fit(x, y, verbose=0)
    assert int(again.optimizer.iterations.numpy()) == 8
    model.save_weights("my.weights.h5")
    again.load_weights("my.weights.h5")

config = keras.layers.Dense(3, activation="relu").get_config()
assert keras.layers.Dense.from_config(config).units == 3
text = get_model().to_json()
assert len(keras.models.model_from_json(text).weights) == 4
clone = keras.models.clone_model(get_model())
assert len(clone.weights) == 4


class LayerWithOwnSaving(keras.layers.Layer):
    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(2,), name="w")
        self.built = True

    def call(self, inputs):
        return inputs * ops.sum(self.kernel)

    def save_own_variables(self, store):
        super().save_own_variables(store)
        store["variables"] = self.kernel.numpy()

    def load_own_variables(self, store):
        self.kernel.assign(store["variables"])


model = keras.Sequential([keras.Input((3,)), LayerWithOwnSaving()])
model.save("own.keras")
with keras.saving.custom_object_scope({"LayerWithOwnSaving": LayerWithOwnSaving}):
    again = keras.models.load_model("own.keras")
np.testing.assert_array_equal(again.layers[0].kernel.numpy(), model.layers[0].kernel.numpy())
print("done", len(keras.Sequential([keras.layers.Dense(1), keras.layers.Dense(2)]).layers))
