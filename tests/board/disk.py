"""A disk whose power can be pulled: an NBD server with a cache that forgets.

What a guest writes waits in memory until it asks for a flush (or writes with FUA), as in the
memory of a card's controller. When the power goes, each sector that waits is drawn: it keeps what
was on the medium, or gets one of the contents written to it since, whichever the lot says. So order
is lost, a write of eight sectors may arrive by halves, and only what was flushed is certain. Killing
an emulator alone shows none of this: the host's page cache keeps every write.

Protocol: NetworkBlockDevice/nbd, doc/proto.md; fixed newstyle, simple replies, one connection.
"""
import os
import random
import socket
import struct
import threading

SECTOR = 512
# Beyond it the oldest sectors reach the medium by themselves, as in a real cache. Bytes.
CACHE_LIMIT = 32 << 20

_OPTION = struct.Struct(">8sII")
_REPLY = struct.Struct(">QIII")
_REQUEST = struct.Struct(">IHHQQI")
_ANSWER = struct.Struct(">IIQ")
_OPTION_MAGIC, _REPLY_MAGIC = b"IHAVEOPT", 0x3E889045565A9
_REQUEST_MAGIC, _ANSWER_MAGIC = 0x25609513, 0x67446698
_GO, _ABORT, _ACK, _INFO, _UNSUPPORTED = 7, 2, 1, 3, 2**31 + 1
_READ, _WRITE, _DISCONNECT, _FLUSH = 0, 1, 2, 3
_FUA, _EINVAL = 1, 22
_FLAGS = 1 | 4 | 8  # has flags, knows flush, knows FUA
LARGEST = 32 << 20  # of one request; the protocol's recommended bound


class Medium:
    """A file, and what waits to get there. Not thread-safe."""

    def __init__(self, path, seed):
        self._file = os.open(path, os.O_RDWR)
        self.size = os.fstat(self._file).st_size
        self._waiting = {}  # sector: contents, oldest first
        self._held = 0
        self._random = random.Random(seed)
        self.written = 0  # bytes that the guest wrote
        self.flushes = 0

    def close(self):
        os.close(self._file)

    def waiting(self):
        """Sectors that are not on the medium yet."""
        return len(self._waiting)

    def read(self, offset, length):
        data = bytearray(os.pread(self._file, length, offset))
        if self._waiting:
            for at in range(0, length, SECTOR):
                versions = self._waiting.get((offset + at) // SECTOR)
                if versions:
                    data[at:at + SECTOR] = versions[-1]
        return bytes(data)

    def write(self, offset, data, fua=False):
        self.written += len(data)
        first = offset // SECTOR
        if fua:
            os.pwrite(self._file, data, offset)
            for sector in range(first, first + len(data) // SECTOR):
                self._drop(sector)
            return
        for at in range(0, len(data), SECTOR):
            sector = first + at // SECTOR
            self._waiting.setdefault(sector, []).append(data[at:at + SECTOR])
            self._held += SECTOR
        while self._held > CACHE_LIMIT:
            oldest = next(iter(self._waiting))
            os.pwrite(self._file, self._waiting[oldest][-1], oldest * SECTOR)
            self._drop(oldest)

    def flush(self):
        self.flushes += 1
        self._arrive({sector: versions[-1] for sector, versions in self._waiting.items()})

    def cut(self):
        """The power goes. How many sectors that waited (kept their old contents, have another)."""
        arrived = {}
        for sector, versions in self._waiting.items():
            lot = self._random.randrange(len(versions) + 1)
            if lot:
                arrived[sector] = versions[lot - 1]
        lost = len(self._waiting) - len(arrived)
        self._arrive(arrived)
        return lost, len(arrived)

    def _drop(self, sector):
        self._held -= SECTOR * len(self._waiting.pop(sector, ()))

    def _arrive(self, sectors):
        run, start = [], None  # neighbours in one write
        for sector in sorted(sectors):
            if start is None or sector != start + len(run):
                self._put(start, run)
                run, start = [], sector
            run.append(sectors[sector])
        self._put(start, run)
        self._waiting, self._held = {}, 0

    def _put(self, start, run):
        if run:
            os.pwrite(self._file, b"".join(run), start * SECTOR)


class Disk:
    """Serves a file on a Unix socket, for one guest at a time, until it is cut or closed."""

    def __init__(self, path, address, seed):
        self.medium = Medium(path, seed)
        self._lock = threading.Lock()
        self._powered = True
        self._stop_after = None  # writes that are still answered
        self.stands = threading.Event()
        self._gone = threading.Event()
        self._peer = None
        if os.path.exists(address):
            os.unlink(address)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(address)
        self._listener.listen(1)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stand_still_after(self, writes):
        """After so many more writes that wait for a flush nothing is answered until cut(): the moment
        to cut in, in the midst of a transaction. `stands` says that it has come."""
        with self._lock:
            self._stop_after = writes

    def cut(self):
        """As Medium.cut(); whatever the guest still says is not heard."""
        with self._lock:
            self._powered = False
            drawn = self.medium.cut()
        self._end()
        return drawn

    def close(self):
        """An orderly end: everything is on the medium."""
        with self._lock:
            self._powered = False
            self.medium.flush()
        self._end()

    def _end(self):
        self._gone.set()
        for end in (self._listener, self._peer):
            try:
                if end:
                    end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it is closed already
        self._listener.close()
        self._thread.join(5)
        self.medium.close()

    def _serve(self):
        try:
            peer, _ = self._listener.accept()
        except OSError:
            return
        self._peer = peer
        with peer:
            try:
                if self._greet(peer):
                    while self._answer(peer):
                        pass
            except (OSError, EOFError):
                pass  # the guest is gone

    def _greet(self, peer):
        peer.sendall(b"NBDMAGIC" + _OPTION_MAGIC + struct.pack(">H", 1 | 2))
        _exactly(peer, 4)
        while True:
            magic, option, length = _OPTION.unpack(_exactly(peer, _OPTION.size))
            if magic != _OPTION_MAGIC or length > 4096:
                return False
            _exactly(peer, length)
            if option == _GO:
                info = struct.pack(">HQH", 0, self.medium.size, _FLAGS)
                peer.sendall(_REPLY.pack(_REPLY_MAGIC, option, _INFO, len(info)) + info)
                peer.sendall(_REPLY.pack(_REPLY_MAGIC, option, _ACK, 0))
                return True
            reply = _ACK if option == _ABORT else _UNSUPPORTED
            peer.sendall(_REPLY.pack(_REPLY_MAGIC, option, reply, 0))
            if option == _ABORT:
                return False

    def _answer(self, peer):
        magic, flags, kind, handle, offset, length = _REQUEST.unpack(_exactly(peer, _REQUEST.size))
        if magic != _REQUEST_MAGIC or length > LARGEST or kind == _DISCONNECT:
            return False
        data = _exactly(peer, length) if kind == _WRITE else b""
        error, said = 0, b""
        with self._lock:
            if not self._powered:
                return False
            if offset % SECTOR or length % SECTOR or offset + length > self.medium.size:
                error = _EINVAL
            elif kind == _READ:
                said = self.medium.read(offset, length)
            elif kind == _WRITE:
                self.medium.write(offset, data, bool(flags & _FUA))
                if self._stop_after is not None and self.medium.waiting():
                    self._stop_after -= 1
            elif kind == _FLUSH:
                self.medium.flush()
            else:
                error = _EINVAL
            stop = self._stop_after is not None and self._stop_after <= 0
        if stop:
            self.stands.set()
            self._gone.wait()
            return False
        peer.sendall(_ANSWER.pack(_ANSWER_MAGIC, error, handle) + said)
        return True


def _exactly(peer, count):
    parts = []
    while count:
        part = peer.recv(min(count, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
