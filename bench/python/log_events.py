"""Logs scalars by a package's SummaryWriter (../src/events.ts): log_events.py MODULE LOGDIR COUNT."""

import importlib
import json
import sys
import time

module, logdir, count = sys.argv[1:]
try:
    writer_class = importlib.import_module(module).SummaryWriter
    package = importlib.import_module(module.split(".")[0])
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

begin = time.perf_counter()
writer = writer_class(logdir)
for step in range(1, int(count) + 1):
    writer.add_scalar("loss", 1 / step, step)
writer.close()
seconds = time.perf_counter() - begin
version = f"{package.__name__} {package.__version__}"
print(json.dumps({"seconds": seconds, "version": version}))
