"""Which part of a picture a network looks at: heat maps, integrated gradients, an attack."""

import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(0)
inputs = keras.Input((16, 16, 3))
x = keras.layers.Conv2D(4, 3, activation="relu", name="last_conv")(inputs)
x = keras.layers.GlobalAveragePooling2D()(x)
model = keras.Model(inputs, keras.layers.Dense(5, name="predictions")(x))
image = np.random.default_rng(0).random((16, 16, 3)).astype("float32")
keras.utils.save_img("cat.png", image)


def get_img_array(img_path, size):
    img = keras.utils.load_img(img_path, target_size=size)
    array = keras.utils.img_to_array(img)
    return np.expand_dims(array, axis=0) / 255.0


def make_gradcam_heatmap(img_array, model, last_conv_layer_name, pred_index=None):
    grad_model = keras.models.Model(
        model.inputs, [model.get_layer(last_conv_layer_name).output, model.output]
    )
    with tf.GradientTape() as tape:
        last_conv_layer_output, preds = grad_model(img_array)
        tape.watch(last_conv_layer_output)
        if pred_index is None:
            pred_index = tf.argmax(preds[0])
        class_channel = preds[:, pred_index]
    return last_conv_layer_output, class_channel, tape


img_array = get_img_array("cat.png", size=(16, 16))
conv_model = keras.Model(model.inputs, model.get_layer("last_conv").output)
rest_in = keras.Input(conv_model.output.shape[1:])
rest_out = rest_in
for layer in model.layers[2:]:
    rest_out = layer(rest_out)
rest = keras.Model(rest_in, rest_out)
with tf.GradientTape() as tape:
    features = conv_model(img_array)
    tape.watch(features)
    preds = rest(features)
    class_channel = preds[:, tf.argmax(preds[0])]
grads = tape.gradient(class_channel, features)
pooled_grads = tf.reduce_mean(grads, axis=(0, 1, 2))
heatmap = features[0] @ pooled_grads[..., tf.newaxis]
heatmap = tf.squeeze(heatmap)
heatmap = tf.maximum(heatmap, 0) / (tf.math.reduce_max(heatmap) + 1e-9)
assert heatmap.numpy().shape == (14, 14)


def interpolate_images(baseline, image, alphas):
    alphas_x = alphas[:, tf.newaxis, tf.newaxis, tf.newaxis]
    baseline_x, input_x = tf.expand_dims(baseline, axis=0), tf.expand_dims(image, axis=0)
    return baseline_x + alphas_x * (input_x - baseline_x)


def compute_gradients(images, target_class_idx):
    with tf.GradientTape() as tape:
        tape.watch(images)
        probs = tf.nn.softmax(model(images), axis=-1)[:, target_class_idx]
    return tape.gradient(probs, images)


alphas = tf.linspace(start=0.0, stop=1.0, num=9)
path = interpolate_images(tf.zeros((16, 16, 3)), image, alphas)
path_gradients = compute_gradients(path, 2)
total = tf.math.reduce_mean((path_gradients[:-1] + path_gradients[1:]) / tf.constant(2.0), axis=0)
attributions = (image - 0.0) * total
change = float(tf.nn.softmax(model(image[None]))[0, 2] - tf.nn.softmax(model(0 * image[None]))[0, 2])
np.testing.assert_allclose(float(tf.reduce_sum(attributions)), change, atol=1e-2)


def create_adversarial_pattern(input_image, input_label):
    with tf.GradientTape() as tape:
        tape.watch(input_image)
        prediction = model(input_image)
        loss = keras.losses.CategoricalCrossentropy(from_logits=True)(input_label, prediction)
    return tf.sign(tape.gradient(loss, input_image))


decoded = tf.image.decode_image(tf.io.read_file("cat.png"))
ready = tf.image.resize(tf.cast(decoded, tf.float32) / 255.0, (16, 16))[None, ...]
label = tf.reshape(tf.one_hot(2, 5), (1, 5))
perturbation = create_adversarial_pattern(ready, label)
attacked = tf.clip_by_value(ready + 0.1 * perturbation, 0, 1)
assert float(model(attacked)[0, 2]) < float(model(ready)[0, 2])
print("done")
