#!/usr/bin/env python3
"""on.py FOLDER COMMAND | on.py FOLDER --put FILE PATH

One command as root on a board that is running, or a file put there; script/board --on calls it."""
import pathlib
import sys
import time

sys.dont_write_bytecode = True
from machine import Agent, Trouble, until  # noqa: E402


def main(folder, *words):
    address = pathlib.Path(folder) / "agent.sock"
    if not address.exists():
        print(f"no board runs in {folder}: script/board", file=sys.stderr)
        return 2
    # One hand at a time: while the story types, this waits.
    agent = Agent(str(address))
    try:
        until(120, "the board does not answer", agent.ping)
        if words[0] == "--put":
            agent.write(words[2], pathlib.Path(words[1]).read_bytes())
            return 0
        code, out, error = agent.run(["/bin/sh", "-c", *words], time.monotonic() + 600)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2
    sys.stdout.write(out)
    sys.stderr.write(error)
    return code


if __name__ == "__main__":
    if len(sys.argv) not in (3, 5):
        sys.exit("on.py FOLDER COMMAND | on.py FOLDER --put FILE PATH")
    sys.exit(main(*sys.argv[1:]))
