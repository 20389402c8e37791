"""Makes hello.json: 100 steps of the character model by TensorFlow's own graph mode.

    pip install tensorflow-cpu==2.21.0
    python examples/test/goldens/make_goldens.py
"""

import json
import pathlib

import numpy as np
import tensorflow as tf
from tensorflow.python.keras.layers.legacy_rnn import rnn_cell_impl

tf1 = tf.compat.v1
tf1.disable_eager_execution()
folder = pathlib.Path(__file__).parent

READ = [0, 1, 2, 2]  # h e l l
NEXT = [1, 2, 2, 3]  # e l l o
LETTERS = "helo"
UNITS = len(LETTERS)
STEPS = 100


def numbers(array):
    array = np.asarray(array, np.float32)
    return {"shape": list(array.shape), "values": [float(str(x)) for x in array.ravel()]}


def training(seed):
    limit = np.sqrt(6.0 / (2 * UNITS + UNITS))  # of Glorot's uniform distribution
    start = np.random.RandomState(seed).uniform(-limit, limit, [2 * UNITS, UNITS])
    with tf.Graph().as_default(), tf1.Session() as session:
        cell = rnn_cell_impl.BasicRNNCell(UNITS)
        inputs = tf1.split(tf.one_hot(READ, UNITS), len(READ))  # a [1, 4] for each letter
        outputs, _ = tf1.nn.static_rnn(cell, inputs, dtype=tf.float32)
        logits = tf.concat(outputs, 0)
        rows = tf1.nn.sparse_softmax_cross_entropy_with_logits(labels=NEXT, logits=logits)
        # tf.contrib's sequence_loss_by_example gives the rows themselves, with weights of one.
        cost = tf.reduce_sum(rows)
        train = tf1.train.RMSPropOptimizer(0.01, 0.9).minimize(cost)
        prediction = tf.argmax(logits, 1)

        session.run(tf1.global_variables_initializer())
        kernel, bias = cell.trainable_variables
        kernel.load(start.astype(np.float32), session)
        weights = {
            "rnn/basic_rnn_cell/kernel": numbers(session.run(kernel)),
            "rnn/basic_rnn_cell/bias": numbers(session.run(bias)),
        }
        losses, predictions = [], []
        for _ in range(STEPS):
            losses.append(session.run(cost))
            session.run(train)
            predictions.append("".join(LETTERS[i] for i in session.run(prediction)))
    return {
        "name": f"seed {seed}",
        "weights": weights,
        "losses": numbers(losses),
        "predictions": predictions,
    }


document = {
    "tensorflow": tf.__version__,
    "script": "examples/test/goldens/make_goldens.py",
    "cases": [training(seed) for seed in range(3)],
}
(folder / "hello.json").write_text(json.dumps(document, indent=1) + "\n")
