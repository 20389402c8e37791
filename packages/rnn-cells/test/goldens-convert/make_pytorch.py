"""Makes goldens/pytorch.json: recurrent modules of PyTorch, what they hold and what they give.

    python -B make_pytorch.py
"""

import numpy as np
import torch

from golden_file import BATCH, INPUTS, TIME, UNITS, draw, states, write

#: name, class, arguments of its constructor, true lengths of the rows.
CASES = [
    ("rnn", "RNN", {}, None),
    ("rnn, relu, 2 layers, both directions", "RNN",
     {"nonlinearity": "relu", "num_layers": 2, "bidirectional": True}, None),
    ("lstm, 2 layers, both directions", "LSTM", {"num_layers": 2, "bidirectional": True}, None),
    ("lstm, 2 layers, lengths", "LSTM", {"num_layers": 2}, [4, 2]),
    ("lstm, no bias", "LSTM", {"bias": False}, None),
    ("lstm, projection, 2 layers, both directions", "LSTM",
     {"num_layers": 2, "bidirectional": True, "proj_size": 2}, None),
    ("gru, 2 layers, both directions", "GRU", {"num_layers": 2, "bidirectional": True}, None),
    ("gru, no bias, 2 layers, both directions, lengths", "GRU",
     {"num_layers": 2, "bidirectional": True, "bias": False}, [3, 4]),
]


def run(seed, name, kind, options, lengths):
    generator = np.random.default_rng(seed)
    module = getattr(torch.nn, kind)(INPUTS, UNITS, batch_first=True, **options)
    directions = 2 if options.get("bidirectional") else 1
    rows = directions * options.get("num_layers", 1)
    inputs = draw(generator, BATCH, TIME, INPUTS)
    initial = [draw(generator, rows, BATCH, options.get("proj_size") or UNITS)]
    if kind == "LSTM":
        initial.append(draw(generator, rows, BATCH, UNITS))
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.from_numpy(draw(generator, *parameter.shape)))
        x = torch.from_numpy(inputs)
        if lengths is not None:
            x = torch.nn.utils.rnn.pack_padded_sequence(
                x, lengths, batch_first=True, enforce_sorted=False)
        state = [torch.from_numpy(tensor) for tensor in initial]
        outputs, final = module(x, tuple(state) if kind == "LSTM" else state[0])
        if lengths is not None:
            outputs, _ = torch.nn.utils.rnn.pad_packed_sequence(
                outputs, batch_first=True, total_length=TIME)
    final = final if kind == "LSTM" else [final]
    return {
        "name": name,
        "module": {
            "type": kind,
            **{key: options[key] for key in ("nonlinearity",) if key in options},
            "stateDict": {key: value.numpy() for key, value in module.state_dict().items()},
        },
        "inputs": inputs,
        "sequenceLength": lengths,
        "initialState": states(kind, initial, directions),
        "outputs": outputs.numpy(),
        "finalState": states(kind, [tensor.numpy() for tensor in final], directions),
    }


if __name__ == "__main__":
    write("pytorch", f"PyTorch {torch.__version__}",
          [run(seed, *case) for seed, case in enumerate(CASES)])
