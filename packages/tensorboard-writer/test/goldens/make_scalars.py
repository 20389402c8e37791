"""Makes scalars.json and scalars.tfevents beside it, with TensorBoard's own Python writer.

    pip install tensorboard==2.21.0
    python test/goldens/make_scalars.py
"""

import json
import math
from pathlib import Path

from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

FILE_VERSION_WALL_TIME = 1700000000.125
SCALARS = [
    # tag, value, step, wall time
    ("loss", 0.3, 0, 1700000000.25),
    ("loss", 0.0, 1, 1700000001.5),
    ("loss", -0.0, 127, 1700000002.0),
    ("loss", 1e-45, 128, 1700000003.0),
    ("accuracy/validation", 0.98828125, 16384, 1700000004.75),
    ("überprüfung/損失/🙂", -123456.789, 2**31, 1700000005.0),
    ("t" * 200, math.nan, 2**32 + 1, 1700000006.0),
    ("up", math.inf, 2**53 - 1, 0.0),
    ("down", -math.inf, 10, 1700000007.123456),
    ("over float32", 1e39, 11, 1.0),
]


def main():
    here = Path(__file__).parent
    events = [
        event_pb2.Event(
            wall_time=FILE_VERSION_WALL_TIME,
            file_version="brain.Event:2",
            source_metadata=event_pb2.SourceMetadata(writer="@unroll/tensorboard-writer"),
        )
    ]
    for tag, value, step, wall_time in SCALARS:
        summary = summary_pb2.Summary(
            value=[summary_pb2.Summary.Value(tag=tag, simple_value=value)]
        )
        events.append(event_pb2.Event(wall_time=wall_time, step=step, summary=summary))

    with open(here / "scalars.tfevents", "wb") as file:
        writer = RecordWriter(file)
        for event in events:
            writer.write(event.SerializeToString())

    golden = {
        "made by": "make_scalars.py",
        "fileVersionWallTime": FILE_VERSION_WALL_TIME,
        # JSON has no word for NaN, the infinities and -0.
        "scalars": [
            {"tag": tag, "value": repr(value), "step": step, "wallTime": wall_time}
            for tag, value, step, wall_time in SCALARS
        ],
        "events": [event.SerializeToString().hex() for event in events],
    }
    text = json.dumps(golden, indent=2, ensure_ascii=False)
    (here / "scalars.json").write_text(text + "\n", encoding="utf-8")


main()
