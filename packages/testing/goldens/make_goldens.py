"""Writes the golden numbers of the recurrent cells and loops, beside this file.

    python make_goldens.py [family ...]
"""

import json
import pathlib
import subprocess
import sys

from basic_rnn_cases import BASIC_RNN, MULTI_BASIC_RNN
from bidirectional_cases import BIDIRECTIONAL, STACK_BIDIRECTIONAL
from composed_cases import MULTI, RESIDUAL
from golden import make_golden
from gru_cases import GRU, GRU_RESET_AFTER
from json_format import to_text
from known_values import check_known_values
from lstm_cases import BASIC_LSTM, LAYER_NORM_BASIC_LSTM, LSTM
from reference import check
from tensorflow_v1 import VERSION

FAMILIES = {
    "basic-rnn": BASIC_RNN,
    "multi-basic-rnn": MULTI_BASIC_RNN,
    "basic-lstm": BASIC_LSTM,
    "lstm": LSTM,
    "gru": GRU,
    "gru-reset-after": GRU_RESET_AFTER,
    "multi": MULTI,
    "residual": RESIDUAL,
    "layer-norm-basic-lstm": LAYER_NORM_BASIC_LSTM,
    "bidirectional": BIDIRECTIONAL,
    "stack-bidirectional": STACK_BIDIRECTIONAL,
}
SCRIPT = "packages/testing/goldens/make_goldens.py"


def write_family(family, cases, folder):
    """Makes the goldens of one family, checks what it wrote, and reports its size."""
    names = [case["name"] for case in cases]
    assert len(set(names)) == len(names), f"{family}: two cases share a name"
    goldens = [make_golden(case) for case in cases]
    text = to_text({"tensorflow": VERSION, "script": SCRIPT, "cases": goldens}) + "\n"
    for golden in json.loads(text)["cases"]:
        check(golden)
    path = folder / f"{family}.json"
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(goldens)} cases, {len(text)} bytes", flush=True)


def main(wanted):
    unknown = set(wanted) - FAMILIES.keys()
    if unknown:
        raise SystemExit(f"make_goldens: no family {sorted(unknown)}; there are {list(FAMILIES)}")
    check_known_values()
    folder = pathlib.Path(__file__).resolve().parent
    for family in wanted or FAMILIES:
        write_family(family, FAMILIES[family], folder)
    if not wanted or "gru-reset-after" in wanted:
        script, golden = folder / "keras_reset_after.py", folder / "gru-reset-after.json"
        subprocess.run([sys.executable, "-B", script, golden], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
