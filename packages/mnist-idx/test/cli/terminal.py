"""Runs a program in a pseudo terminal of 24 rows and 100 columns, and passes on what it shows.

    python3 terminal.py <pattern> <program> [argument ...]

When the output has the pattern, a regular expression, Ctrl-C is typed once. The exit code is the
program's.
"""

import fcntl
import os
import pty
import re
import struct
import sys
import termios

pattern, *command = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    os.execvp(command[0], command)

shown = b""
pressed = False
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:
        break
    if not part:
        break
    shown += part
    if not pressed and pattern and re.search(pattern, shown.decode(errors="replace")):
        os.write(terminal, b"\x03")
        pressed = True
sys.stdout.buffer.write(shown)
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status) & 255)
