"""A board that is emulated: qemu without hardware help, a disk whose power can be pulled, a serial
console in a file, and QEMU's guest agent as the hand that types on it. Every wait has a bound.
"""
import base64
import contextlib
import ctypes
import json
import os
import signal
import socket
import subprocess
import time

from disk import Disk

# Of qemu, for each architecture: program, machine, processor; of the kernel: its console, and on a PC
# not to measure the timer, which an emulator on a busy machine fails.
BOARDS = {
    "arm64": ("qemu-system-aarch64", ["-M", "virt", "-cpu", "cortex-a72"], "console=ttyAMA0"),
    "amd64": ("qemu-system-x86_64", ["-M", "q35", "-cpu", "qemu64,-svm,+ssse3,+sse4.1,+sse4.2,+rdrand"],
              "console=ttyS0 no_timer_check"),
}
_PR_SET_PDEATHSIG = 1
# Bounds are for a machine that has little else to do; on a busy one each is so many times as long.
PATIENCE = float(os.environ.get("ANJU_BOARD_PATIENCE", "1"))


class Trouble(Exception):
    """What went wrong and what to look at."""


def with_parent():
    """Children go when this process does, however it goes."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def until(seconds, what, holds, pause=0.5):
    """The first truth of holds(); Trouble after so many seconds."""
    end = time.monotonic() + seconds * PATIENCE
    while True:
        said = holds()
        if said:
            return said
        if time.monotonic() > end:
            raise Trouble(f"{what}: not within {seconds * PATIENCE:.0f} s")
        time.sleep(pause)


class Machine:
    """`image` is changed; kernel and initrd lie beside it. `ports`: of this machine's loopback,
    to the guest's."""

    def __init__(self, arch, folder, ports, seed=1, memory=1024):
        self.arch, self.folder, self.ports = arch, folder, ports
        self.seed, self.memory = seed, memory
        self.boots = 0
        self.process = self.disk = self.agent = None
        self.console = os.path.join(folder, "console.log")
        self.booted_at = 0.0
        self.written = self.flushes = 0  # of all boots that have ended

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self):
        program, kind, words = BOARDS[self.arch]
        self.boots += 1
        self.disk = Disk(self.path("disk.img"), self.path("disk.sock"), self.seed * 1000 + self.boots)
        forwards = "".join(f",hostfwd=tcp:127.0.0.1:{here}-:{there}" for here, there in self.ports)
        command = [
            program, *kind, "-accel", "tcg,thread=multi", "-smp", "2", "-m", str(self.memory),
            "-kernel", self.path("vmlinuz"), "-initrd", self.path("initrd.img"),
            # The console is a card's only witness: everything goes there.
            # fsck.repair: as docs/hardware.md asks of a box, where nobody can answer fsck.
            "-append", f"root=/dev/vda ro fsck.repair=yes net.ifnames=0 {words} panic=10 systemd.firstboot=off "
                       "systemd.show_status=true",
            "-nodefaults", "-no-user-config", "-display", "none", "-monitor", "none", "-no-reboot",
            "-chardev", f"file,id=serial,path={self.console},append=on", "-serial", "chardev:serial",
            "-blockdev", f"nbd,node-name=card,server.type=unix,server.path={self.path('disk.sock')}",
            "-device", "virtio-blk-pci,drive=card,write-cache=on",
            "-drive", f"file={self.path('out.img')},format=raw,if=none,id=out",
            "-device", "virtio-blk-pci,drive=out",
            "-netdev", f"user,id=net{forwards}", "-device", "virtio-net-pci,netdev=net,romfile=",
            "-device", "virtio-rng-pci", "-device", "virtio-serial-pci",
            "-chardev", f"socket,id=agent,path={self.path('agent.sock')},server=on,wait=off",
            "-device", "virtserialport,chardev=agent,name=org.qemu.guest_agent.0",
        ]
        with open(self.console, "ab") as out:
            out.write(f"\n--- boot {self.boots}\n".encode())
        self.booted_at = time.monotonic()
        with open(self.path("qemu.log"), "ab") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            preexec_fn=with_parent, start_new_session=True)
        self.agent = Agent(self.path("agent.sock"))

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def seconds(self):
        """Since it was switched on."""
        return time.monotonic() - self.booted_at

    def pull(self, writes=None, seconds=60):
        """The power goes: no signal that a guest could notice. What Medium.cut() says. `writes`: in
        the midst of what it writes, after so many writes; it goes anyhow when it writes too little."""
        if writes is not None:
            self.disk.stand_still_after(writes)
            self.disk.stands.wait(seconds)
        self.process.kill()
        self.process.wait(10)
        drawn = self.disk.cut()
        self._count()
        return drawn

    def shut_down(self, seconds=180):
        with self.hand():
            self.agent.tell("guest-shutdown")
        until(seconds, "the board does not switch itself off", lambda: not self.alive())
        self.disk.close()
        self._count()

    def end(self):
        """At whatever state; for the end of a run."""
        if self.alive():
            self.pull()

    def _count(self):
        self.written += self.disk.medium.written
        self.flushes += self.disk.medium.flushes
        self.process = self.disk = self.agent = None

    def wait_for_agent(self, seconds):
        def answers():
            if not self.alive():
                raise Trouble(f"qemu ended: see {self.path('qemu.log')} and {self.console}")
            return self.agent.ping()
        until(seconds, f"the board does not answer (see {self.console})", answers)
        self.agent.close()

    def run(self, script, seconds=120, check=True):
        """A shell script on the board; what it printed. Trouble unless it ends with 0."""
        with self.hand():
            code, out, error = self.agent.run(["/bin/sh", "-c", script],
                                              time.monotonic() + seconds * PATIENCE)
        if check and code != 0:
            raise Trouble(f"on the board: {script}\nended with {code}\n{out}{error}")
        return out if check else (code, out + error)

    @contextlib.contextmanager
    def hand(self):
        """The agent has one connection; between two commands it is free for script/board --on."""
        until(60, "the board's agent does not answer", self.agent.ping)
        try:
            yield
        finally:
            self.agent.close()

    def put(self, path, data, mode=0o600):
        with self.hand():
            self.agent.write(path, data)
        self.run(f"chmod {mode:o} {path}")


class Agent:
    """docs/interop/qemu-ga-ref of QEMU: JSON, one object a line, over a Unix socket."""

    def __init__(self, address):
        self._address, self._socket, self._rest = address, None, b""

    def ping(self):
        """Whether it answers; connects, and forgets what was asked before."""
        try:
            self._connect()
            number = int(time.monotonic() * 1000)
            self._say("guest-sync", {"id": number})
            return self._hear(time.monotonic() + 3) == number
        except (OSError, Trouble, EOFError):
            self.close()
            return False

    def tell(self, command):
        """Without an answer."""
        self._say(command, {})

    def ask(self, command, end, **arguments):
        try:
            self._say(command, arguments)
            return self._hear(end)
        except (OSError, EOFError) as error:
            raise Trouble(f"the board's agent does not answer {command}: {error}") from error

    def run(self, words, end):
        pid = self.ask("guest-exec", end, path=words[0], arg=words[1:],
                       **{"capture-output": True})["pid"]
        while True:
            state = self.ask("guest-exec-status", end, pid=pid)
            if state["exited"]:
                break
            if time.monotonic() > end:
                raise Trouble(f"on the board: {words[-1]}\ndoes not end")
            time.sleep(0.2)

        def text(key):
            return base64.b64decode(state.get(key, "")).decode(errors="replace")
        return state.get("exitcode", -state.get("signal", 0)), text("out-data"), text("err-data")

    def write(self, path, data):
        end = time.monotonic() + 60
        handle = self.ask("guest-file-open", end, path=path, mode="w")
        for at in range(0, len(data), 32768):
            part = base64.b64encode(data[at:at + 32768]).decode()
            self.ask("guest-file-write", end, handle=handle, **{"buf-b64": part})
        self.ask("guest-file-close", end, handle=handle)

    def _connect(self):
        self.close()
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(3)
        self._socket.connect(self._address)
        self._rest = b""

    def close(self):
        if self._socket:
            self._socket.close()
        self._socket = None

    def _say(self, command, arguments):
        said = json.dumps({"execute": command, "arguments": arguments})
        self._socket.sendall(said.encode() + b"\n")

    def _hear(self, end):
        while b"\n" not in self._rest:
            left = end - time.monotonic()
            if left <= 0:
                raise Trouble("the board's agent does not answer")
            self._socket.settimeout(left)
            part = self._socket.recv(65536)
            if not part:
                raise EOFError("it is gone")
            self._rest += part
        line, self._rest = self._rest.split(b"\n", 1)
        answer = json.loads(line.lstrip(b"\xff"))
        if "error" in answer:
            raise Trouble(f"the board's agent: {answer['error'].get('desc')}")
        return answer.get("return")
