"""Makes the *.json of this folder with TensorFlow's own graph mode.

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


def optimizer_case(optimizer, name, options):
    start = random.randn(2, 3).astype(np.float32)
    gradients = [random.randn(2, 3).astype(np.float32) * 10.0**-k for k in range(5)]
    with tf.Graph().as_default(), tf1.Session() as session:
        variable = tf1.get_variable("v", initializer=start, use_resource=True)
        gradient = tf1.placeholder(tf.float32, [2, 3])
        step = optimizer(**options).apply_gradients([(gradient, variable)])
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


def one_hot_loss_case(name, labels, scale):
    labels = np.asarray(labels, np.float32)
    logits = (random.randn(*labels.shape) * scale).astype(np.float32)
    with tf.Graph().as_default(), tf1.Session() as session:
        x = tf.constant(logits)
        loss = tf1.losses.softmax_cross_entropy(labels, x)
        (gradient,) = tf1.gradients(loss, [x])
        loss_value, gradient_value = session.run([loss, gradient])
    return {
        "name": name,
        "labels": numbers(labels),
        "logits": numbers(logits),
        "loss": numbers(loss_value),
        "gradient": numbers(gradient_value),
    }


def sequence_loss(logits, targets, weights):
    """tf.contrib.seq2seq.sequence_loss at its defaults, which TensorFlow 2 has no more."""
    rows = tf1.nn.sparse_softmax_cross_entropy_with_logits(
        labels=tf.reshape(targets, [-1]), logits=tf.reshape(logits, [-1, logits.shape[2]])
    )
    rows *= tf.reshape(weights, [-1])
    return tf.reduce_sum(rows) / (tf.reduce_sum(weights) + 1e-12)


def sequence_loss_case(name, weights, classes, scale):
    weights = np.asarray(weights, np.float32)
    logits = (random.randn(*weights.shape, classes) * scale).astype(np.float32)
    targets = random.randint(classes, size=weights.shape)
    with tf.Graph().as_default(), tf1.Session() as session:
        x, w = tf.constant(logits), tf.constant(weights)
        loss = sequence_loss(x, targets, w)
        by_logits, by_weights = tf1.gradients(loss, [x, w])
        loss, by_logits, by_weights = session.run([loss, by_logits, by_weights])
    return {
        "name": name,
        "logits": numbers(logits),
        "targets": numbers(targets),
        "weights": numbers(weights),
        "loss": numbers(loss),
        "gradients": {"logits": numbers(by_logits), "weights": numbers(by_weights)},
    }


def dense_loss_case(name, batch, features, classes, scale):
    def draw(*shape):
        return random.randn(*shape).astype(np.float32)

    given = {
        "inputs": draw(batch, features) * np.float32(scale),
        "kernel": draw(features, classes),
        "bias": draw(classes),
    }
    labels = random.randint(classes, size=batch)
    upstream = draw(batch, classes)
    with tf.Graph().as_default(), tf1.Session() as session:
        x = {key: tf.constant(value) for key, value in given.items()}
        logits = tf.matmul(x["inputs"], x["kernel"]) + x["bias"]
        loss = tf1.losses.sparse_softmax_cross_entropy(labels, logits)
        by_loss = tf1.gradients(loss, list(x.values()))
        by_logits = tf1.gradients(logits, list(x.values()), upstream)
        loss, logits, by_loss, by_logits = session.run([loss, logits, by_loss, by_logits])
    return {
        "name": name,
        **{key: numbers(value) for key, value in given.items()},
        "labels": labels.tolist(),
        "upstream": numbers(upstream),
        "loss": numbers(loss),
        "logits": numbers(logits),
        "lossGradients": [numbers(value) for value in by_loss],
        "logitsGradients": [numbers(value) for value in by_logits],
    }


def words(array):
    """Numbers as text, which may be Infinity or NaN."""
    array = np.asarray(array, np.float32)
    values = [str(x).replace("inf", "Infinity").replace("nan", "NaN") for x in array.ravel()]
    return {"shape": list(array.shape), "values": values}


def clip_case(name, gradients, clip_norm):
    gradients = [np.asarray(value, np.float32) for value in gradients]
    with tf.Graph().as_default(), tf1.Session() as session:
        clipped, norm = session.run(
            tf1.clip_by_global_norm([tf.constant(value) for value in gradients], clip_norm)
        )
    return {
        "name": name,
        "clipNorm": clip_norm,
        "gradients": [words(value) for value in gradients],
        "clipped": [words(value) for value in clipped],
        "globalNorm": words(norm),
    }


def write(name, cases):
    document = {
        "tensorflow": tf.__version__,
        "script": "packages/trainer/test/goldens/make_goldens.py",
        "cases": cases,
    }
    (folder / name).write_text(json.dumps(document, indent=1) + "\n")


adam = tf1.train.AdamOptimizer
rms_prop = tf1.train.RMSPropOptimizer

write(
    "adam.json",
    [
        optimizer_case(adam, "defaults", {}),
        optimizer_case(adam, "a learning rate of 0.1", {"learning_rate": 0.1}),
        optimizer_case(
            adam,
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
write(
    "rms-prop.json",
    [
        optimizer_case(rms_prop, "a learning rate alone", {"learning_rate": 0.01}),
        optimizer_case(rms_prop, "another decay", {"learning_rate": 0.1, "decay": 0.5}),
        optimizer_case(
            rms_prop,
            "momentum and a large epsilon",
            {"learning_rate": 0.05, "decay": 0.99, "momentum": 0.9, "epsilon": 0.1},
        ),
    ],
)
write(
    "softmax-cross-entropy.json",
    [
        one_hot_loss_case("a small batch", np.eye(4)[[3, 1, 1]], 1.0),
        one_hot_loss_case("large logits", np.eye(3)[[0, 2, 1, 1]], 100.0),
        one_hot_loss_case("labels between classes", [[0.5, 0.25, 0.25], [0.0, 0.125, 0.875]], 1.0),
    ],
)
write(
    "sequence-loss.json",
    [
        sequence_loss_case("weights of one", np.ones([2, 3]), 4, 1.0),
        sequence_loss_case("padding left out", [[1, 1, 1, 0], [1, 0, 0, 0]], 3, 1.0),
        sequence_loss_case("weights of any size", [[0.5, 2.0], [0.0, 3.5], [1.0, 0.25]], 5, 10.0),
        sequence_loss_case("nothing that counts", np.zeros([2, 2]), 3, 1.0),
    ],
)
write(
    "dense-softmax-cross-entropy.json",
    [
        dense_loss_case("a small batch", 3, 2, 4, 1.0),
        dense_loss_case("one row and one feature", 1, 1, 3, 1.0),
        dense_loss_case("ten classes", 5, 7, 10, 1.0),
        dense_loss_case("large logits", 4, 3, 3, 100.0),
    ],
)
draws = [random.randn(2, 3), random.randn(4), random.randn()]
write(
    "clip-by-global-norm.json",
    [
        clip_case("a norm above the clip", draws, 0.5),
        clip_case("a norm below the clip", draws, 50.0),
        clip_case("one gradient of just the norm", [[3.0, 4.0]], 5.0),
        clip_case("a norm of zero", [np.zeros([2, 2]), [0.0]], 1.0),
        clip_case("an infinite element", [[1.0, np.inf], [-2.0]], 1.0),
        clip_case("an element that is NaN", [[1.0, np.nan], [-2.0]], 1.0),
        clip_case("a sum of squares beyond float32", [[3e20, 1.0], [4e20]], 1.0),
    ],
)
