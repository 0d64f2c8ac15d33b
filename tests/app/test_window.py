# SPDX-License-Identifier: Apache-2.0
"""The real window, by keyboard alone, over D-Bus to a mock BlueZ whose device is the simulated one.

usage: test_window.py FIRST_LIGHT MOCK_BLUEZ SCENARIO
Starts an X server, a session bus and a system bus of its own when it is not inside them yet."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from servers import SystemBus, reexec_inside_servers

CODE, SECRET = "AB12CD", "ABCDEFGHJKLMNPQ"
PASSWORD = "correct horse"


class WindowTest(unittest.TestCase):
    program = mock = scenario = None

    def setUp(self):
        from window import Window

        self.folder = tempfile.mkdtemp(prefix="first-light-e2e-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.bus = SystemBus(self.folder, self.mock, self.scenario)
        self.addCleanup(self.bus.close)
        home = {name: os.path.join(self.folder, name.lower()) for name in
                ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        self.window = Window([self.program], dict(home, DBUS_SYSTEM_BUS_ADDRESS=self.bus.address))
        self.addCleanup(self.window.close)

    def picture(self, name):
        self.window.picture(f"{self.id().rsplit('.', 1)[-1]}-{name}")

    def asks_for_code(self):
        """At once, once this computer is known to have no camera; with one when it is wanted."""
        if self.window.find("^Enter the Code$", "heading"):
            return True
        button = self.window.find("^Enter Code$", "button")
        if button:
            button.press()
        return False

    def to_networks(self):
        window = self.window
        window.wait_for("Set Up a Device")
        window.wait_for(CODE)
        self.picture("1-find")
        window.wait("focus on the device", lambda: window.is_focus_on(CODE))
        self.assertIsNone(window.find("Choose a Wi-Fi Network"))  # pages to come are not there yet
        window.key("Return")
        window.wait("fields for the code", self.asks_for_code)
        window.wait_still()
        window.type(SECRET)  # the code is that of the chosen device; the focus waits below it
        self.picture("2-label")
        window.key("Return")
        window.wait_for("Choose a Wi-Fi Network")
        window.wait_for("Home 2, ")
        self.picture("3-networks")

    def choose_home(self):
        self.window.wait("focus in the list", lambda: self.window.focused() is not None)
        self.window.move_to("^Home 2, ")
        self.window.key("Return")
        self.window.wait_for("Password for .*Home 2")

    def to_online(self):
        window = self.window
        window.wait_for("Joining .*Home 2")
        self.picture("5-connecting")
        window.wait_for("Your Device Is Online")
        window.wait_for(r"\d+\.\d+\.\d+\.\d+")  # the address is the proof
        self.picture("6-done")

    def test_to_online(self):
        self.to_networks()
        self.choose_home()
        self.window.type(PASSWORD)
        self.picture("4-password")
        self.window.key("Return")
        self.to_online()

    def test_wrong_password_then_right(self):
        window = self.window
        self.to_networks()
        self.choose_home()
        window.type("wrong horse!")
        window.key("Return")
        window.wait_for("Could Not Join .*Home 2")
        self.picture("4-wrong")
        # The focus is in the field that has to change: what is typed now goes there. (GTK 4.8 does not tell
        # the accessibility tree when an entry row has the focus, so the outcome has to show it.)
        window.key("ctrl+a")
        window.type(PASSWORD)
        window.key("Return")
        self.to_online()


class RefusalTest(unittest.TestCase):
    """What cannot be used is told before any window is there."""

    def check(self, argument, *words):
        result = subprocess.run([WindowTest.program, argument], capture_output=True, text=True, timeout=60, check=False)
        self.assertNotEqual(result.returncode, 0)
        for word in words:
            self.assertIn(word, result.stderr)
        self.assertNotRegex(result.stderr, "(?i)warning|critical|-message|resource")

    def test_broken_files(self):
        for option, suffix in (("product", ".product"), ("simulate", ".scenario")):
            with tempfile.NamedTemporaryFile("w", suffix=suffix) as file:
                file.write("[Broken\n")
                file.flush()
                self.check(f"--{option}={file.name}", file.name + ":1: ")

    def test_unknown_names(self):
        self.check("--product=nix", "nix")
        self.check("--simulate=nix", "nix")


if __name__ == "__main__":
    reexec_inside_servers()
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    WindowTest.program, WindowTest.mock, WindowTest.scenario = sys.argv[1:4]
    unittest.main(argv=sys.argv[:1] + sys.argv[4:], verbosity=2)
