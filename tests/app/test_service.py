# SPDX-License-Identifier: Apache-2.0
"""The service view of the real window, by keyboard alone and through the accessibility tree, over the
simulated service desk.

usage: test_service.py FIRST_LIGHT
Starts an X server and a session bus of its own when it is not inside them yet."""

import os
import shutil
import sys
import tempfile
import unittest

from servers import reexec_inside_servers

WELL, FULL, UPDATING = "P2-5A0901", "P2-5A0903", "M-SoM-5A0904"


class ServiceTest(unittest.TestCase):
    program = None

    def open(self, *options):
        from window import Window

        folder = tempfile.mkdtemp(prefix="first-light-service-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        home = {name: os.path.join(folder, name.lower()) for name in
                ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        self.window = Window([self.program, *options], dict(home, GSETTINGS_BACKEND="memory"))
        self.addCleanup(self.window.close)

    def picture(self, name):
        self.window.picture(f"service-{self.id().rsplit('.', 1)[-1]}-{name}")

    def open_desk(self):
        self.open("--simulate=service-desk", "--service")
        self.window.wait_for("Service a Device", "heading")
        self.window.wait_for(WELL + ",.*Running.*Service Connected")

    def open_device(self, name):
        window = self.window
        window.wait("focus in the table", lambda: window.focused() is not None)
        window.move_to(f"^{name},")
        window.key("Return")
        window.wait_for(f"^{name}$", "heading")
        window.wait_for("^Stored Networks$", "heading")

    def test_row_says_what_it_is(self):
        self.open_desk()
        self.picture("1-desk")
        row = self.window.wait_for(f"^{WELL},")
        for word in ("USB cable", "Running", "Firmware 6.2.0", "Network", "Service Connected"):
            self.assertIn(word, self.window.name_of(row))
        self.window.wait_for(f"^{UPDATING},.*Update mode")

    def test_filter_then_back(self):
        window = self.window_of_desk()
        window.key("ctrl+f")
        window.type("0903")
        window.wait_gone(f"^{WELL},")
        window.wait_for(f"^{FULL},")
        window.key("Escape")
        window.wait_for(f"^{WELL},")
        window.key("Escape")
        window.wait_for("Set Up a Device", "heading")
        window.tab_to("^Service a Device$")
        window.key("Return")
        window.wait_for("Service a Device", "heading")

    def window_of_desk(self):
        self.open_desk()
        return self.window

    def test_full_device_and_report(self):
        window = self.window_of_desk()
        self.open_device(FULL)
        window.wait_for("^10 of 10$")
        self.picture("2-device")
        window.tab_to("^Report…$", limit=80)
        window.key("Return")
        window.wait_for("^Report$", "heading")
        window.wait_for("^The report$")
        self.picture("3-report")
        window.key("Escape")
        window.wait_for(f"^{FULL}$", "heading")
        window.key("Escape")
        window.wait_for("Service a Device", "heading")

    def test_check_tells_all_links(self):
        window = self.window_of_desk()
        self.open_device(WELL)
        window.tab_to("^Run the Check$", limit=80)
        window.key("Return")
        for link in ("Device", "Radio", "Address"):
            window.wait_for(f"^{link}$")
        window.wait_for("^Good$")
        self.picture("4-check")

    def test_add_a_network(self):
        window = self.window_of_desk()
        self.open_device(WELL)
        window.tab_to("^Add…$", limit=60)
        window.key("Return")
        window.wait_for("Choose a Wi-Fi Network", "heading")
        window.wait_for("^Harbour Guest,")
        window.wait("focus in the list", lambda: window.focused() is not None)
        window.move_to("^Harbour Guest,")
        window.key("Return")
        window.wait_for("Connect to .*Harbour Guest")
        window.key("Return")
        window.wait_for("Remove Old Networks", "heading")
        self.picture("5-proven")
        window.tab_to("^Keep All$")
        window.key("Return")
        window.wait_for(f"^{WELL}$", "heading")
        window.wait_for("^2 of 10$")

    def test_nothing_there_checks_the_computer(self):
        with tempfile.NamedTemporaryFile("w", suffix=".scenario") as file:
            file.write("[World]\n[Device Far]\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\nbluetooth=no\n")
            file.flush()
            self.open(f"--simulate={file.name}", "--service")
            self.window.wait_for("No Devices Found", "heading")
            self.window.tab_to("^Check This Computer$")
            self.window.key("Return")
            self.window.wait_for("Check This Computer", "heading")
            self.window.wait_for("^Looking for Devices: ")
            self.picture("6-computer")


if __name__ == "__main__":
    reexec_inside_servers()
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    ServiceTest.program = sys.argv[1]
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)
