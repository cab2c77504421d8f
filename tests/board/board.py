#!/usr/bin/env python3
"""script/board calls it: a board from its first start to a hundred power cuts, told and checked.

Order: first start · anjuctl setup · homes · first reading over TLS, by a sensor with its own
password · the units under a real service manager · a backup · power pulled N times while alarms flow.
Writes figures to FOLDER/result.json. Exit 0 when all holds.
"""
import argparse
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import ssl
import subprocess
import sys
import tarfile
import time

sys.dont_write_bytecode = True
import units  # noqa: E402
from district import BOX, NAME, District, command, free_port  # noqa: E402
from machine import Machine, Trouble, until, with_parent  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
HOMES = 300  # a smoke alarm each; alarms go round
SENSOR = "load-000000"
BOOT_LIMIT = 600  # seconds; a boot takes 40 to 60 of a processor's, in emulation
SETUP = """[box]
id = "{box}"
host = "anju"
utc_offset = "+08:00"

[sensors]
network = true

[district]
uri = "mqtts://{name}:{port}"
username = "{box}"
ca_file = "district-ca.pem"
password_file = "district.password"

[console]
enabled = true
network = true
"""


class Story:
    def __init__(self, options):
        self.options = options
        self.folder = pathlib.Path(options.folder)
        self.began = time.monotonic()
        self.figures = {"arch": options.arch, "steps": {}}
        self.sensors_port, self.console_port = free_port(), free_port()
        self.board = Machine(options.arch, str(self.folder),
                             [(self.sensors_port, 8883), (self.console_port, 8443)], options.seed)
        self.programs = pathlib.Path(options.programs)
        self.district = District(self.folder / "district", self.programs, ROOT / "deploy/mosquitto")
        self.random = random.Random(options.seed)
        self.report = self.folder / "alarms.jsonl"
        self.load = None

    def say(self, text):
        print(f"{time.monotonic() - self.began:7.1f} s  {text}", flush=True)

    def step(self, name, zh, en, work):
        begin = time.monotonic()
        said = work()
        took = time.monotonic() - begin
        self.figures["steps"][name] = round(took, 1)
        self.say(f"{zh} · {en}: {took:.1f} s" + (f"  ({said})" if said else ""))
        return said

    def prepare(self):
        for file in ("disk.img", "vmlinuz", "initrd.img"):
            command("cp", "--sparse=always", pathlib.Path(self.options.image) / file, self.folder / file)
        with open(self.folder / "out.img", "wb") as out:
            out.truncate(512 << 20)
        self.district.start()

    # --- from a fresh card to the first reading ---------------------------------------------------

    def first_start(self):
        self.board.start()
        self.board.wait_for_agent(BOOT_LIMIT)
        return self.settled()

    def settled(self):
        """Until the service manager has nothing left to do; how long that took by its own clock."""
        code, said = self.board.run("systemctl is-system-running --wait", BOOT_LIMIT, check=False)
        if code != 0:
            raise Trouble(f"the board is {said.strip()}\n" + self.board.run(
                "systemctl --failed --no-legend; journalctl -b -p err -n 40 --no-pager", check=False)[1])
        return self.board.run("systemd-analyze time | head -n 1").strip()

    def set_up(self):
        board = self.board
        board.run(f"echo '10.0.2.2 {NAME}' >>/etc/hosts && mkdir -m 700 /var/lib/answers")
        board.put("/var/lib/answers/setup.toml",
                  SETUP.format(box=BOX, name=NAME, port=self.district.tls_port).encode())
        board.put("/var/lib/answers/district-ca.pem", self.district.authority(), 0o644)
        board.put("/var/lib/answers/district.password", self.district.password())
        self.say(board.run("anjuctl setup --from /var/lib/answers/setup.toml", 300).strip().splitlines()[-1])
        until(120, "anjud is not active after setup",
              lambda: board.run("systemctl is-active anjud mosquitto", check=False)[0] == 0)

    def register(self):
        homes = command(self.programs / "anju-sim", "directory", "--load", "--devices", HOMES,
                        "--devices-per-home", "1")
        self.board.put("/var/lib/answers/homes.toml", homes.encode())
        self.board.run("anjuctl --timeout 240 residents import /var/lib/answers/homes.toml", 300)

    def first_reading(self):
        """A sensor with the password and the authority of its label speaks from beyond the box."""
        label = json.loads(self.board.run(f"anjuctl --timeout 120 --json devices add {SENSOR}"))
        authority = self.board.run("cat /etc/anju/tls/ca.crt")
        seen = hashlib.sha256(ssl.PEM_cert_to_DER_cert(authority)).hexdigest()
        if label["authority"].lower() != seen:
            raise Trouble(f"the label names the authority {label['authority']}, the box has {seen}")
        (self.folder / "ca.crt").write_text(authority, encoding="ascii")
        (self.folder / "sensor.password").write_text(label["password"] + "\n", encoding="ascii")
        os.chmod(self.folder / "sensor.password", 0o600)
        said = json.loads(command(*self.sim_load(SENSOR, "sensor.password", 1), "--rate", 0, "--alarm-rate",
                                  1, "--seconds", 1.5, "--drain", 120, env=self.environment()))
        if said["alarm"]["count"] != 1:
            raise Trouble(f"one alarm was to be acknowledged: {said}")
        self.figures["first_reading_ms"] = round(said["alarm"]["max_ms"])
        return f"{said['alarm']['max_ms']:.0f} ms"

    def environment(self):
        return {**os.environ, "SSL_CERT_FILE": str(self.folder / "ca.crt")}

    def sim_load(self, user, password, devices):
        return [self.programs / "anju-sim", "load", "--broker", f"mqtts://localhost:{self.sensors_port}",
                "--user", user, "--credentials", self.folder / password, "--devices", devices,
                "--devices-per-home", 1, "--connections", 1, "--json"]

    def hook(self):
        """Somebody else's act, an update perhaps, while alarms flow; tests/board/on.py is its hand.
        Afterwards alarms are taken and nothing that was acknowledged is missing."""
        done = subprocess.run([self.options.hook, str(self.folder)], check=False, timeout=1800)
        if done.returncode != 0:
            raise Trouble(f"{self.options.hook} ended with {done.returncode}")
        before = self.acknowledged()
        until(BOOT_LIMIT, "no alarm is acknowledged after the hook", lambda: self.acknowledged() > before)
        self.audit(0)

    # --- alarms flow, and the power goes ----------------------------------------------------------

    def start_alarms(self):
        """A user who may be every sensor: for this, and never on a box in service."""
        password = f"{self.random.getrandbits(128):032x}"
        acl = (ROOT / "deploy/mosquitto/home.simulator.acl").read_bytes()
        self.board.put("/var/lib/answers/simulator.acl", acl)
        self.board.run("cd /etc/mosquitto/anju && cat /var/lib/answers/simulator.acl >>home.acl && "
                       f"mosquitto_passwd -b home.passwd simulator {password} && "
                       "chown root:mosquitto home.passwd && chmod 640 home.passwd && sync && "
                       "systemctl reload mosquitto")
        (self.folder / "simulator.password").write_text(password + "\n", encoding="ascii")
        os.chmod(self.folder / "simulator.password", 0o600)
        words = [*self.sim_load("simulator", "simulator.password", HOMES), "--rate", self.options.rate,
                 "--alarm-rate", self.options.alarm_rate, "--seconds", 1000000, "--report", self.report]
        with open(self.folder / "load.log", "ab") as log:
            self.load = subprocess.Popen([str(word) for word in words], stdout=log, stderr=log,
                                         env=self.environment(), preexec_fn=with_parent)
        until(180, "no alarm is acknowledged", lambda: self.acknowledged() >= 5)

    def acknowledged(self):
        if self.load.poll() is not None:
            raise Trouble(f"anju-sim ended: see {self.folder / 'load.log'}")
        try:
            with open(self.report, "rb") as file:
                return sum(line.startswith(b'{"type":"ack"') for line in file)
        except FileNotFoundError:
            return 0

    def pulls(self):
        totals = {"pulls": 0, "while_writing": 0, "while_starting": 0, "sectors_lost": 0,
                  "sectors_arrived": 0}
        to_ready, to_alarm = [], []
        for number in range(1, self.options.pull + 1):
            time.sleep(self.random.uniform(0.2, 8))
            # Most go in the midst of a transaction; left to chance hardly any would.
            writes = self.random.randint(1, 24) if self.random.random() < 0.8 else None
            lost, arrived = self.board.pull(writes)
            time.sleep(0.5)  # what it said last is heard
            before = self.acknowledged()
            totals["while_writing"] += lost + arrived > 0
            if to_ready and self.random.random() < 0.1:  # the power comes back for a moment only
                self.board.start()
                time.sleep(self.random.uniform(1, to_ready[-1]))
                again = self.board.pull()
                lost, arrived = lost + again[0], arrived + again[1]
                totals["while_starting"] += 1
            totals["pulls"] += 1
            totals["sectors_lost"] += lost
            totals["sectors_arrived"] += arrived
            self.board.start()
            begin = self.board.booted_at
            self.board.wait_for_agent(BOOT_LIMIT)
            until(BOOT_LIMIT, "no alarm is acknowledged after the power came back",
                  lambda seen=before: self.acknowledged() > seen)
            to_alarm.append(time.monotonic() - begin)
            self.settled()
            to_ready.append(time.monotonic() - begin)
            self.audit(number)
            self.say(f"断电 power cut {number}/{self.options.pull}: {before} 条报警已回执 alarms acknowledged, "
                     f"{lost}+{arrived} sectors were on the way; "
                     f"恢复接警 alarms again after {to_alarm[-1]:.0f} s; 全部在库 all in the journal")
        self.figures["pulls"] = {**totals, "alarms_acknowledged": self.acknowledged(),
                                 "seconds_to_alarm": spread(to_alarm), "seconds_to_ready": spread(to_ready)}

    def audit(self, number, platform=False):
        """What the board has now, against what it had acknowledged before it was asked."""
        report = self.folder / "audited.jsonl"
        shutil.copyfile(self.report, report)
        copy = self.folder / "store"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir(mode=0o700)
        self.board.run(
            "rm -rf /run/copy && install -d -m 700 -o anju /run/copy && runuser -u anju -- "
            "sqlite3 -readonly /var/lib/anju/anju.db \"VACUUM INTO '/run/copy/anju.db'\" && "
            "cp /etc/anju/seal.key /run/copy/ && "
            "tar -C /run/copy -cf - anju.db seal.key | dd of=/dev/vdb bs=1M iflag=fullblock conv=fsync status=none && "
            "rm -rf /run/copy", 300)
        with tarfile.open(self.folder / "out.img") as archive:
            for name in ("anju.db", "seal.key"):
                with archive.extractfile(name) as there, open(copy / name, "wb") as here:
                    shutil.copyfileobj(there, here)
                os.chmod(copy / name, 0o600)
        words = [self.programs / "board_audit", "--store", copy, "--seal-key", copy / "seal.key",
                 "--report", report]
        if platform:
            words += ["--platform", self.district.platform]
        try:
            said = command(*words)
        except Trouble as trouble:
            raise Trouble(f"after power cut {number}:\n{trouble}") from trouble
        return said

    def reckoning(self):
        """Nothing more is said; what was said is here and at the district."""
        self.load.send_signal(signal.SIGINT)
        self.load.wait(30)

        def sent():
            status = json.loads(self.board.run("anjuctl --timeout 120 --json status"))
            return all(lane["unacknowledged"] == 0 for lane in status["lanes"])
        until(300, "the district has not acknowledged everything", sent, 2)
        print(self.audit(self.options.pull, platform=True), end="", flush=True)

    def shut_down(self):
        self.board.shut_down()

    def tell(self):
        self.figures["written_mb"] = round(self.board.written / 1e6, 1)
        self.figures["flushes"] = self.board.flushes
        (self.folder / "result.json").write_text(json.dumps(self.figures, indent=1) + "\n",
                                                 encoding="utf-8")

    def run(self):
        try:
            self.step("prepare", "准备", "a card, a district", self.prepare)
            from_power = time.monotonic()
            self.figures["boot"] = self.step("first_start", "首次启动", "first start", self.first_start)
            units.unconfigured(self.board)
            self.step("setup", "安装配置", "anjuctl setup", self.set_up)
            self.step("register", "登记住户", f"{HOMES} homes registered", self.register)
            self.step("first_reading", "首条读数落盘并回执", "first reading on the disk", self.first_reading)
            self.figures["power_to_first_reading_s"] = round(time.monotonic() - from_power, 1)
            self.figures["units"] = self.step("units", "服务单元", "units", lambda: units.check(self.board))
            if self.options.pull or self.options.hook:
                self.step("alarms", "报警不断", "alarms flow", self.start_alarms)
                if self.options.hook:
                    self.step("hook", "外接步骤", "hook", self.hook)
                self.step("pulls", "断电", f"{self.options.pull} power cuts", self.pulls)
                self.step("reckoning", "对账", "reckoning", self.reckoning)
            self.step("shut_down", "关机", "shut down", self.shut_down)
            self.say("全部成立 · all of it holds")
            return 0
        except (Trouble, subprocess.SubprocessError) as trouble:
            self.say(f"不成立 · does not hold: {trouble}")
            return 1
        finally:
            self.board.end()
            if self.load and self.load.poll() is None:
                self.load.kill()
            self.district.end()
            self.tell()


def spread(seconds):
    ordered = sorted(seconds)
    return {"least": round(ordered[0], 1), "median": round(ordered[len(ordered) // 2], 1),
            "most": round(ordered[-1], 1)} if ordered else {}


def main():
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--arch", choices=("arm64", "amd64"), default="arm64")
    parser.add_argument("--image", required=True, help="folder with disk.img, vmlinuz, initrd.img")
    parser.add_argument("--folder", required=True, help="where this board lies; emptied by whoever calls")
    parser.add_argument("--programs", required=True, help="folder with anju-sim and board_audit")
    parser.add_argument("--pull", type=int, default=0)
    parser.add_argument("--hook", help="a program that is given the board's folder while alarms flow")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=2)
    parser.add_argument("--alarm-rate", type=float, default=1)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))
    return Story(parser.parse_args()).run()


if __name__ == "__main__":
    sys.exit(main())
