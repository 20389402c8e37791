"""Makes goldens/keras.json: recurrent layers of Keras, their configs and weights, and what they give.

    python -B make_keras.py
"""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow  # noqa: E402

from golden_file import BATCH, INPUTS, TIME, UNITS, draw, write  # noqa: E402

#: name, class, arguments of its constructor, layers, whether in both directions.
CASES = [
    ("simple rnn", "SimpleRNN", {}, 1, False),
    ("simple rnn, relu, no bias, 2 layers", "SimpleRNN",
     {"activation": "relu", "use_bias": False}, 2, False),
    ("lstm", "LSTM", {}, 1, False),
    ("lstm, linear, no bias", "LSTM", {"activation": "linear", "use_bias": False}, 1, False),
    ("lstm, 2 layers, both directions", "LSTM", {}, 2, True),
    ("gru, reset after", "GRU", {}, 1, False),
    ("gru, reset after, 2 layers, both directions", "GRU", {"reset_after": True}, 2, True),
    ("gru, reset after, sigmoid, no bias", "GRU",
     {"activation": "sigmoid", "use_bias": False}, 1, False),
    ("gru, reset before, 2 layers, both directions", "GRU", {"reset_after": False}, 2, True),
    ("gru, reset before, relu, no bias", "GRU",
     {"reset_after": False, "activation": "relu", "use_bias": False}, 1, False),
]


def run(seed, name, kind, options, layers, bidirectional):
    keras.utils.set_random_seed(seed)
    generator = np.random.default_rng(seed)
    inputs = draw(generator, BATCH, TIME, INPUTS)
    leaves = 2 if kind == "LSTM" else 1
    directions = 2 if bidirectional else 1
    case = {"fw": [], "bw": []}
    initial, final = {"fw": [], "bw": []}, {"fw": [], "bw": []}
    x = inputs
    for _ in range(layers):
        layer = getattr(keras.layers, kind)(
            UNITS, return_sequences=True, return_state=True, **options)
        whole = keras.layers.Bidirectional(layer) if bidirectional else layer
        state = [draw(generator, BATCH, UNITS) for _ in range(leaves * directions)]
        whole.build(x.shape)
        whole.set_weights([draw(generator, *weight.shape) for weight in whole.weights])
        x, *after = map(keras.ops.convert_to_numpy, whole(x, initial_state=state))
        sides = [whole.forward_layer, whole.backward_layer] if bidirectional else [layer]
        for at, (side, one) in enumerate(zip(("fw", "bw"), sides)):
            case[side].append({
                "type": type(one).__name__,
                "config": one.get_config(),
                "weights": {weight.name: weight.numpy() for weight in one.weights},
            })
            span = slice(at * leaves, (at + 1) * leaves)
            initial[side].append(to_state(state[span]))
            final[side].append(to_state(after[span]))
    return {
        "name": name,
        "layers": case,
        "inputs": inputs,
        "sequenceLength": None,
        "initialState": initial,
        "outputs": x,
        "finalState": final,
    }


def to_state(tensors):
    return {"c": tensors[1], "h": tensors[0]} if len(tensors) == 2 else tensors[0]


if __name__ == "__main__":
    write("keras", f"Keras {keras.__version__} on TensorFlow {tensorflow.__version__}",
          [run(seed, *case) for seed, case in enumerate(CASES)])
