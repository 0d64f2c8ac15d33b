# SPDX-License-Identifier: Apache-2.0
"""The real window, by keyboard alone, over the real libusb to a mock of USB whose device is the
simulated one.

usage: test_cable.py FIRST_LIGHT MOCK_USB MOCK_BLUEZ SCENARIO [LD_PRELOAD of FIRST_LIGHT]
Starts an X server, a session bus and a system bus of its own when it is not inside them yet."""

import os
import shutil
import signal
import sys
import tempfile
import unittest

from servers import SystemBus, reexec_inside_servers

CODE = "AB12CD"
PASSWORD = "correct horse"


class CableTest(unittest.TestCase):
    program = mock_usb = mock_bluez = scenario = preload = None

    def setUp(self):
        from window import Window

        self.folder = tempfile.mkdtemp(prefix="first-light-cable-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        bus = SystemBus(self.folder, self.mock_bluez, self.scenario)
        self.addCleanup(bus.close)
        home = {name: os.path.join(self.folder, name.lower()) for name in
                ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        self.window = Window([self.mock_usb, self.scenario, self.program],
                             dict(home, DBUS_SYSTEM_BUS_ADDRESS=bus.address, LD_PRELOAD=self.preload))
        self.addCleanup(self.window.close)

    def picture(self, name):
        self.window.picture(f"cable-{self.id().rsplit('.', 1)[-1]}-{name}")

    def pull(self):
        self.window.process.send_signal(signal.SIGUSR1)

    def plug_in(self):
        self.window.process.send_signal(signal.SIGUSR2)

    def to_password(self):
        window = self.window
        window.wait_for(f"{CODE}.*USB cable")
        # One cable: it is chosen already, and no label is asked for.
        window.wait("focus on the device", lambda: window.is_focus_on(CODE))
        window.wait_for("^Continue$", "button")
        self.picture("1-find")
        window.key("Return")
        window.wait_for("Choose a Wi-Fi Network", "heading")
        self.assertIsNone(window.find("Enter the Code"))
        window.wait_for("Home 2, ")
        window.wait("focus in the list", lambda: window.focused() is not None)
        window.move_to("^Home 2, ")
        window.key("Return")
        window.wait_for("Password for .*Home 2", "heading")

    def to_online(self):
        window = self.window
        window.wait_for("Joining .*Home 2")
        window.wait_for("Your Device Is Online", "heading")
        window.wait_for(r"\d+\.\d+\.\d+\.\d+")  # the address is the proof
        self.picture("4-done")

    def test_to_online(self):
        self.to_password()
        self.window.type(PASSWORD)
        self.picture("2-password")
        self.window.key("Return")
        self.to_online()

    def test_pulled_for_a_moment(self):
        window = self.window
        self.to_password()
        window.type(PASSWORD[:7])
        self.pull()
        window.type(PASSWORD[7:])
        self.plug_in()
        window.key("Return")
        self.to_online()

    def test_pulled_while_typing(self):
        window = self.window
        self.to_password()
        window.type(PASSWORD[:7])
        self.pull()
        window.wait_for("The Connection Was Lost", "alert")
        self.picture("2-pulled")
        window.type(PASSWORD[7:])  # the page and the focus are still those of the password
        self.plug_in()
        window.key("Return")
        self.to_online()


if __name__ == "__main__":
    reexec_inside_servers()
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    CableTest.program, CableTest.mock_usb, CableTest.mock_bluez, CableTest.scenario, CableTest.preload = sys.argv[1:6]
    unittest.main(argv=sys.argv[:1] + sys.argv[6:], verbosity=2)
