"""What the disk that loses power keeps. Run by: python3 tests/board/disk_test.py"""
import os
import pathlib
import socket
import struct
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import disk  # noqa: E402


def sector(letter):
    return letter.encode() * disk.SECTOR


class Power(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.file = os.path.join(self.folder.name, "disk")
        with open(self.file, "wb") as out:
            out.write(sector("-") * 64)

    def medium(self, seed=1):
        medium = disk.Medium(self.file, seed)
        self.addCleanup(medium.close)
        return medium

    def on_it(self, number):
        with open(self.file, "rb") as file:
            return file.read()[number * disk.SECTOR:(number + 1) * disk.SECTOR]

    def test_what_was_flushed_stays(self):
        medium = self.medium()
        medium.write(0, sector("a") + sector("b"))
        medium.flush()
        self.assertEqual(medium.cut(), (0, 0))
        self.assertEqual((self.on_it(0), self.on_it(1)), (sector("a"), sector("b")))

    def test_what_was_written_through_stays_and_what_waited_there_is_forgotten(self):
        medium = self.medium()
        medium.write(0, sector("a"))
        medium.write(0, sector("b"), fua=True)
        self.assertEqual(medium.cut(), (0, 0))
        self.assertEqual(self.on_it(0), sector("b"))

    def test_the_guest_reads_what_it_wrote_before_it_is_there(self):
        medium = self.medium()
        medium.write(disk.SECTOR, sector("a"))
        self.assertEqual(medium.read(0, 3 * disk.SECTOR), sector("-") + sector("a") + sector("-"))
        self.assertEqual(self.on_it(1), sector("-"))

    def test_each_waiting_sector_may_be_old_or_any_of_its_contents(self):
        seen = set()
        for seed in range(60):
            with open(self.file, "r+b") as file:
                file.write(sector("-") * 2)
            medium = self.medium(seed)
            medium.write(0, sector("a") + sector("b"))
            medium.write(0, sector("c"))
            lost, arrived = medium.cut()
            self.assertEqual(lost + arrived, 2)
            seen.add((self.on_it(0)[:1], self.on_it(1)[:1]))
        self.assertEqual(seen, {(a, b) for a in (b"-", b"a", b"c") for b in (b"-", b"b")})

    def test_a_full_cache_lets_the_oldest_go_to_the_medium(self):
        before, disk.CACHE_LIMIT = disk.CACHE_LIMIT, 4 * disk.SECTOR
        self.addCleanup(setattr, disk, "CACHE_LIMIT", before)
        medium = self.medium()
        for number in range(6):
            medium.write(number * disk.SECTOR, sector("abcdef"[number]))
        self.assertEqual(medium.waiting(), 4)
        self.assertEqual((self.on_it(0), self.on_it(1), self.on_it(2)),
                         (sector("a"), sector("b"), sector("-")))

    def test_over_the_wire_nothing_is_heard_after_the_cut(self):
        address = os.path.join(self.folder.name, "socket")
        served = disk.Disk(self.file, address, 1)
        with socket.socket(socket.AF_UNIX) as guest:
            guest.connect(address)
            size, flags = self.greet(guest)
            self.assertEqual((size, flags & 12), (64 * disk.SECTOR, 12))
            self.assertEqual(self.ask(guest, 1, 0, sector("a")), 0)
            self.assertEqual(self.ask(guest, 3), 0)
            self.assertEqual(self.ask(guest, 1, 64 * disk.SECTOR, sector("x")), 22)
            self.assertEqual(self.ask(guest, 1, 1, sector("x")), 22)
            served.cut()
            with self.assertRaises((OSError, EOFError)):
                self.ask(guest, 1, 0, sector("b"))
        self.assertEqual(self.on_it(0), sector("a"))

    def test_it_stands_still_in_the_midst_of_writing(self):
        address = os.path.join(self.folder.name, "socket")
        served = disk.Disk(self.file, address, 1)
        with socket.socket(socket.AF_UNIX) as guest:
            guest.connect(address)
            self.greet(guest)
            served.stand_still_after(2)
            self.assertEqual(self.ask(guest, 1, 0, sector("a")), 0)
            self.assertFalse(served.stands.is_set())
            guest.sendall(struct.pack(">IHHQQI", 0x25609513, 0, 1, 7, disk.SECTOR, disk.SECTOR) + sector("b"))
            self.assertTrue(served.stands.wait(10))
            self.assertEqual(sum(served.cut()), 2, "both were on the way")
            with self.assertRaises((OSError, EOFError)):
                disk._exactly(guest, 16)

    def greet(self, guest):
        guest.sendall(struct.pack(">I", 3))
        self.assertEqual(disk._exactly(guest, 18)[:8], b"NBDMAGIC")
        # One option that it does not know, then GO for the export without a name.
        guest.sendall(struct.pack(">8sII", b"IHAVEOPT", 8, 0))
        self.assertEqual(struct.unpack(">QIII", disk._exactly(guest, 20))[2], 2**31 + 1)
        guest.sendall(struct.pack(">8sIIIH", b"IHAVEOPT", 7, 6, 0, 0))
        self.assertEqual(struct.unpack(">QIII", disk._exactly(guest, 20))[2], 3)
        _, size, flags = struct.unpack(">HQH", disk._exactly(guest, 12))
        self.assertEqual(struct.unpack(">QIII", disk._exactly(guest, 20))[2], 1)
        return size, flags

    def ask(self, guest, kind, offset=0, data=b""):
        guest.sendall(struct.pack(">IHHQQI", 0x25609513, 0, kind, 7, offset, len(data)) + data)
        magic, error, handle = struct.unpack(">IIQ", disk._exactly(guest, 16))
        self.assertEqual((magic, handle), (0x67446698, 7))
        return error


if __name__ == "__main__":
    unittest.main()
