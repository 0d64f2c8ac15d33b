# SPDX-License-Identifier: Apache-2.0
"""An X server and a session bus for tests of windows."""

import os
import subprocess
import sys
import time


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
