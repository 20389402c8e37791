"""Holds the reset-after GRU against Keras, in a process where Keras can run eagerly.

    python keras_reset_after.py gru-reset-after.json
"""

import json
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

from json_format import decode  # noqa: E402

SCOPE = "rnn/cudnn_compatible_gru_cell/"
TOLERANCE = 1e-5


def check_with_keras(golden):
    """Compares outputs, final state and all gradients of one golden with keras.layers.GRU.

    Keras orders its columns z, r, h, where z is u; and it keeps two biases for the
    gates, of which the recurrent one is left at 0 here, since one alone counts.
    """
    cell, golden = golden["cell"], decode(golden)
    layer = keras.layers.GRU(
        cell["units"], activation=cell["activation"], reset_after=True, return_sequences=True,
        return_state=True, zero_output_for_mask=True, use_cudnn=False)
    time_major = golden["loop"].get("timeMajor", False)
    to_batch = lambda array: np.swapaxes(array, 0, 1) if time_major else array  # noqa: E731
    x = tf.Variable(to_batch(golden["inputs"]), dtype=tf.float32)
    batch, time, _ = x.shape
    state = golden["initialState"]
    given = state is not None
    state = tf.Variable(state if given else np.zeros((batch, cell["units"])), dtype=tf.float32)
    lengths = golden["sequenceLength"]
    mask = None if lengths is None else np.arange(time) < np.array(lengths)[:, None]
    layer.build(x.shape)
    layer.set_weights(to_keras(golden["weights"], cell["inputSize"]))
    with tf.GradientTape() as tape:
        outputs, final_state = layer(x, initial_state=state, mask=mask)
        upstream = golden["upstream"]
        loss = tf.reduce_sum(outputs * to_batch(upstream["outputs"])) + tf.reduce_sum(
            final_state * upstream["finalState"])
    variables = [variable.value for variable in layer.trainable_variables]
    dx, dstate, *found = tape.gradient(loss, [x, state, *variables])
    gradients = golden["gradients"]
    pairs = [
        (outputs, to_batch(golden["outputs"])), (final_state, golden["finalState"]),
        (dx, to_batch(gradients["inputs"])),
        *zip(found[:2], to_keras(gradients["weights"], cell["inputSize"])),
        (found[2][0], to_keras(gradients["weights"], cell["inputSize"])[2][0]),
        (found[2][1, -cell["units"]:], gradients["weights"][
            f"{SCOPE}candidate/hidden_projection/bias"]),
    ]
    if given:
        pairs.append((dstate, gradients["initialState"]))
    for made, expected in pairs:
        np.testing.assert_allclose(
            made.numpy(), expected, TOLERANCE, TOLERANCE, err_msg=golden["name"])


def to_keras(weights, inputs):
    """Keras's kernel, recurrent kernel and bias, from TensorFlow 1's six tensors."""
    weight = lambda key: weights[SCOPE + key]  # noqa: E731
    r, u = np.split(weight("gates/kernel"), 2, axis=1)
    bias_r, bias_u = np.split(weight("gates/bias"), 2)
    candidate = {
        key: [weight(f"candidate/{part}_projection/{key}") for part in ("input", "hidden")]
        for key in ("kernel", "bias")}
    return [
        np.concatenate([u[:inputs], r[:inputs], candidate["kernel"][0]], axis=1),
        np.concatenate([u[inputs:], r[inputs:], candidate["kernel"][1]], axis=1),
        np.stack([
            np.concatenate([bias_u, bias_r, candidate["bias"][0]]),
            np.concatenate([0 * bias_u, 0 * bias_r, candidate["bias"][1]]),
        ]),
    ]


if __name__ == "__main__":
    cases = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))["cases"]
    for case in cases:
        check_with_keras(case)
    print(f"{len(cases)} cases agree with Keras {keras.__version__}")
