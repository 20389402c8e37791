"""Runs a program in a pseudo terminal of 24 rows and 160 columns, and passes on what it shows.

    python3 terminal.py <pattern> <times> <program> [argument ...]

When the output has the pattern, a regular expression, Ctrl-C is typed as often as is said. The exit
code is the program's.
"""

import fcntl
import os
import pty
import re
import struct
import sys
import termios
import time

pattern, times, *command = sys.argv[1:]
presses = int(times)
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 160, 0, 0))

shown = b""
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:
        break
    if not part:
        break
    shown += part
    if presses > 0 and re.search(pattern, shown.decode(errors="replace")):
        for _ in range(presses):
            os.write(terminal, b"\x03")
            # Signals of one kind that wait to be heard are one signal.
            time.sleep(0.02)
        presses = 0
sys.stdout.buffer.write(shown)
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status) & 255)
