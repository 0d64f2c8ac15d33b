# SPDX-License-Identifier: Apache-2.0
"""An X server, a session bus and a system bus for tests of windows."""

import os
import subprocess
import sys
import time

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
"""


class SystemBus:
    """A private system bus with a mock BlueZ on it."""

    def __init__(self, folder, mock, scenario):
        path = os.path.join(folder, "system-bus")
        config = os.path.join(folder, "bus.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(BUS_CONFIG.format(path=path))
        self.address = "unix:path=" + path
        self.daemon = subprocess.Popen(["dbus-daemon", "--config-file", config, "--nofork", "--print-address=1"],
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.daemon.stdout.readline()
        self.mock = subprocess.Popen([mock, "--scenario", scenario],
                                     env=dict(os.environ, DBUS_SYSTEM_BUS_ADDRESS=self.address))

    def close(self):
        for process in (self.mock, self.daemon):
            process.terminate()
            process.wait(10)
        self.daemon.stdout.close()


def reexec_inside_servers():
    """An X server and a session bus of its own."""
    if os.environ.get("FL_E2E_INSIDE"):
        return
    number = 1000 + os.getpid()
    server = subprocess.Popen(["Xvfb", f":{number}", "-screen", "0", "1000x900x24", "-nolisten", "tcp", "-noreset"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not os.path.exists(f"/tmp/.X11-unix/X{number}") and server.poll() is None:
        time.sleep(0.05)
    status = subprocess.run(["dbus-run-session", "--", sys.executable, *sys.argv], check=False,
                            env=dict(os.environ, FL_E2E_INSIDE="1", DISPLAY=f":{number}")).returncode
    server.terminate()
    server.wait(10)
    sys.exit(status)
