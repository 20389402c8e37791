"""Makes adam.json and sparse-softmax-cross-entropy.json with TensorFlow's own graph mode.

    pip install tensorflow-cpu==2.21.0
    python packages/trainer/test/goldens/make_goldens.py
"""

import json
import pathlib

import numpy as np
import tensorflow as tf

tf1 = tf.compat.v1
tf1.disable_eager_execution()
folder = pathlib.Path(__file__).parent
random = np.random.RandomState(7)


def numbers(array):
    array = np.asarray(array, np.float32)
    return {"shape": list(array.shape), "values": [float(str(x)) for x in array.ravel()]}


def adam_case(name, options):
    start = random.randn(2, 3).astype(np.float32)
    gradients = [random.randn(2, 3).astype(np.float32) * 10.0**-k for k in range(5)]
    with tf.Graph().as_default(), tf1.Session() as session:
        variable = tf1.get_variable("v", initializer=start, use_resource=True)
        gradient = tf1.placeholder(tf.float32, [2, 3])
        step = tf1.train.AdamOptimizer(**options).apply_gradients([(gradient, variable)])
        session.run(tf1.global_variables_initializer())
        after = []
        for value in gradients:
            session.run(step, {gradient: value})
            after.append(numbers(session.run(variable)))
    return {
        "name": name,
        "options": {
            {"learning_rate": "learningRate"}.get(key, key): value for key, value in options.items()
        },
        "start": numbers(start),
        "gradients": [numbers(value) for value in gradients],
        "after": after,
    }


def loss_case(name, batch, classes, scale):
    logits = (random.randn(batch, classes) * scale).astype(np.float32)
    labels = random.randint(classes, size=batch)
    with tf.Graph().as_default(), tf1.Session() as session:
        x = tf.constant(logits)
        loss = tf1.losses.sparse_softmax_cross_entropy(labels, x)
        (gradient,) = tf1.gradients(loss, [x])
        loss_value, gradient_value = session.run([loss, gradient])
    return {
        "name": name,
        "labels": labels.tolist(),
        "logits": numbers(logits),
        "loss": numbers(loss_value),
        "gradient": numbers(gradient_value),
    }


def write(name, cases):
    document = {
        "tensorflow": tf.__version__,
        "script": "packages/trainer/test/goldens/make_goldens.py",
        "cases": cases,
    }
    (folder / name).write_text(json.dumps(document, indent=1) + "\n")


write(
    "adam.json",
    [
        adam_case("defaults", {}),
        adam_case("a learning rate of 0.1", {"learning_rate": 0.1}),
        adam_case(
            "other decays and a large epsilon",
            {"learning_rate": 0.01, "beta1": 0.5, "beta2": 0.9, "epsilon": 0.1},
        ),
    ],
)
write(
    "sparse-softmax-cross-entropy.json",
    [
        loss_case("a small batch", 3, 4, 1.0),
        loss_case("one row", 1, 10, 1.0),
        loss_case("large logits", 4, 3, 100.0),
    ],
)
