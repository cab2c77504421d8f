"""The units of deploy/systemd under a real service manager, on a board in emulation."""
import json
import time

from machine import Trouble, until

# What systemd itself must say of each unit, from the running system and not from a file.
_SAID = {
    "anjud.service": {"User": "anju", "NoNewPrivileges": "yes", "ProtectSystem": "strict",
                      "PrivateUsers": "yes", "MemoryMax": str(512 << 20), "TasksMax": "64",
                      "WatchdogUSec": "30s", "NotifyAccess": "main", "Restart": "always"},
    "mosquitto.service": {"User": "mosquitto", "NoNewPrivileges": "yes", "ProtectSystem": "strict",
                          "MemoryMax": str(256 << 20), "Restart": "always"},
}
# Tenths of systemd-analyze security; the bound of tests/package/units.sh.
_EXPOSURE = 15


def properties(board, unit):
    lines = board.run(f"systemctl show {unit}").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def hold(what, holds):
    if not holds:
        raise Trouble(what)


def unconfigured(board):
    """Installed and not set up: nothing of Anju runs, and that is no failure."""
    anjud = properties(board, "anjud.service")
    hold(f"anjud is {anjud['ActiveState']} without a configuration",
         anjud["ActiveState"] == "inactive" and anjud["ConditionResult"] == "no")
    hold("anjud is not enabled", anjud["UnitFileState"] == "enabled")
    hold("mosquitto does not run with its drop-in",
         properties(board, "mosquitto.service")["User"] == "mosquitto" and
         board.run("systemctl is-active mosquitto", check=False)[0] == 0)
    hold("the backup's timer does not run",
         board.run("systemctl is-active anju-backup.timer", check=False)[0] == 0)


def check(board):
    """After setup. What was measured."""
    figures = {}
    for unit, wanted in _SAID.items():
        said = properties(board, unit)
        for key, value in wanted.items():
            hold(f"{unit}: {key} is {said.get(key)}, not {value}", said.get(key) == value)
        hold(f"{unit} was restarted {said['NRestarts']} times", said["NRestarts"] == "0")
        figures[f"{unit} MB"] = round(int(said["MemoryCurrent"]) / 1e6, 1)
        figures[f"{unit} tasks"] = int(said["TasksCurrent"])
        board.run(f"systemd-analyze security --no-pager --threshold={_EXPOSURE} {unit} >/dev/null")
    figures["doctor"] = doctor(board)
    journal(board)
    backup(board)
    issued(board)
    unheard(board)
    figures["seconds from kill to ready"] = round(killed(board), 1)
    figures["seconds from standstill to ready"] = round(stopped(board), 1)
    denied = board.run("journalctl -b -k --no-pager | grep -cE 'type=1326|oom-kill|Out of memory' || true").strip()
    hold(f"the kernel denied something {denied} times", denied == "0")
    return figures


def doctor(board):
    """No error; a new box is warned of sensors that have not spoken, and of what else it lacks."""
    _, said = board.run("anjuctl --timeout 60 --lang en --json doctor", check=False)
    found = [one for one in json.loads(said)["findings"] if one["severity"] in ("warning", "error")]
    wrong = [one["what"] for one in found if one["severity"] == "error"]
    hold(f"anjuctl doctor: {wrong}", not wrong)
    return [one["what"] for one in found]


def journal(board):
    """The limits of journald.conf.d hold, and what was said is on the disk."""
    said = board.run("journalctl -b -u systemd-journald --no-pager")
    hold(f"the journal is not bounded to 128 MB:\n{said}", "max 128.0M" in said)
    board.run("journalctl --flush --sync && ls /var/log/journal/*/system.journal")


def backup(board):
    """A backup of the night, by its unit and with its rights."""
    board.run("anjuctl backup key", 120)
    board.run("systemctl start anju-backup.service || { journalctl -u anju-backup --no-pager; exit 1; }", 300)
    made = board.run("ls /var/lib/anju/backups/*.backup").split()
    hold(f"one backup was to be made: {made}", len(made) == 1)


def issued(board):
    """What anjud lays in /run wakes the renewal, as the user and with the rights of both; rubbish harms nothing."""
    def ended():
        return properties(board, "anju-renew.service")["ExecMainExitTimestampMonotonic"]
    before = ended()
    board.run("setpriv --reuid anju --regid anju --clear-groups sh -c "
              "'echo rubbish >/run/anju/.issued && mv /run/anju/.issued /run/anju/district.issued'")
    until(120, "the renewal does not start", lambda: ended() not in (before, "0"))
    said = properties(board, "anju-renew.service")
    hold(f"the renewal ended with {said['Result']}", said["Result"] == "success")
    board.run("rm /run/anju/district.issued; systemctl is-active anjud")


def unheard(board):
    """Without a gateway systemd looks after the buzzer, from within its sandbox."""
    board.run("systemctl stop anjud")
    until(60, "nobody looks whether the box may be heard",
          lambda: board.run("systemctl is-active anju-aloud-check.timer", check=False)[0] == 0)
    board.run("cd /run/anju && rm -f unprotected-since aloud quiet && systemctl start anju-aloud-check.service && "
              "test -s unprotected-since && test -s quiet && test \"$(stat -c %U quiet)\" = anju")
    # Whether somebody sets the clock is asked of another service: may it be, in there?
    board.run("mkdir -p /run/systemd/system/anju-aloud-check.service.d && "
              "printf '[Service]\\nExecStart=\\nExecStart=timedatectl show --property=NTPSynchronized\\n' "
              ">/run/systemd/system/anju-aloud-check.service.d/ask.conf && systemctl daemon-reload && "
              "systemctl start anju-aloud-check.service; said=$?; rm -r /run/systemd/system/anju-aloud-check.service.d; "
              "systemctl daemon-reload; exit $said")
    board.run("systemctl start anjud", 120)
    until(120, "anjud does not come back",
          lambda: board.run("anjuctl --timeout 60 status", check=False)[0] == 0)


def _restarted(board, signal, limit):
    before = properties(board, "anjud.service")["MainPID"]
    begin = time.monotonic()
    board.run(f"kill -{signal} {before}")

    def back():
        said = properties(board, "anjud.service")
        return said["MainPID"] not in (before, "0") and said["ActiveState"] == "active" and \
            board.run("anjuctl --timeout 60 status", check=False)[0] == 0
    until(limit, f"anjud does not come back after SIG{signal}", back)
    return time.monotonic() - begin


def killed(board):
    return _restarted(board, "KILL", 120)


def stopped(board):
    """It hangs: the watchdog ends it and the manager starts it again."""
    return _restarted(board, "STOP", 240)
