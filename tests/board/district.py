"""A district on this machine for a board in emulation: an authority, a broker with TLS, and the
stand-in platform behind it. The board reaches it as district.test."""
import os
import pathlib
import socket
import subprocess

from machine import Trouble, until, with_parent

NAME = "district.test"
BOX = "box-0001"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False


def command(*words, **more):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=120,
                          check=False, **more)
    if done.returncode != 0:
        raise Trouble(f"{' '.join(map(str, words))}\nended with {done.returncode}\n"
                      f"{done.stdout}{done.stderr}")
    return done.stdout


class District:
    """Files in `folder`; `programs` holds anju-sim, `templates` is deploy/mosquitto."""

    def __init__(self, folder, programs, templates):
        self.folder, self.sim = pathlib.Path(folder), pathlib.Path(programs) / "anju-sim"
        self.templates = pathlib.Path(templates)
        self.port, self.tls_port = free_port(), free_port()
        self.children = []
        self.users = self.folder / "users"
        self.platform = self.folder / "platform.db"

    def start(self):
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._certificates()
        # Its log says who came; nothing of it goes beyond this folder.
        command(self.sim, "credentials", "--dir", self.users, "--user", "platform", "--user", BOX)
        (self.folder / "district.passwd").write_bytes((self.users / "users.txt").read_bytes())
        command("mosquitto_passwd", "-U", self.folder / "district.passwd")
        text = (self.templates / "district.conf").read_text(encoding="utf-8")
        for word, value in (("@LISTEN@", "127.0.0.1"), ("@PORT@", self.port), ("@ETC@", self.folder),
                            ("@STATE@", self.folder / "state")):
            text = text.replace(word, str(value))
        text += (f"\nlistener {self.tls_port} 127.0.0.1\nallow_anonymous false\n"
                 f"password_file {self.folder}/district.passwd\nacl_file {self.folder}/district.acl\n"
                 f"certfile {self.folder}/server.crt\nkeyfile {self.folder}/server.key\n")
        # It would step down to a user of its own, who may not read a private folder.
        if os.getuid() == 0:
            text += "user root\n"
        (self.folder / "state").mkdir(exist_ok=True)
        (self.folder / "district.conf").write_text(text, encoding="utf-8")
        (self.folder / "district.acl").write_bytes((self.templates / "district.acl").read_bytes())
        self._run("broker", "mosquitto", "-c", self.folder / "district.conf")
        until(20, "the district's broker does not listen", lambda: answers(self.tls_port))
        self._run("platform", self.sim, "platform", "--broker", f"mqtt://127.0.0.1:{self.port}",
                  "--credentials", self.users, "--store", self.platform)

    def password(self):
        return (self.users / BOX).read_bytes()

    def authority(self):
        return (self.folder / "ca.crt").read_bytes()

    def end(self):
        for child in reversed(self.children):
            child.terminate()
        for child in self.children:
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
        self.children = []

    def _run(self, name, *words):
        with open(self.folder / f"{name}.log", "ab") as log:
            self.children.append(subprocess.Popen([str(word) for word in words], stdout=log, stderr=log,
                                                  stdin=subprocess.DEVNULL, preexec_fn=with_parent))

    def _certificates(self):
        def openssl(*words):
            command("openssl", *words, cwd=self.folder)
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "30", "-subj", "/CN=district of a board", "-keyout", "ca.key", "-out", "ca.crt")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-subj", f"/CN={NAME}", "-keyout", "server.key", "-out", "server.csr")
        (self.folder / "server.ext").write_text(f"subjectAltName=DNS:{NAME}\n", encoding="ascii")
        openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key",
                "-CAcreateserial", "-days", "30", "-extfile", "server.ext", "-out", "server.crt")
