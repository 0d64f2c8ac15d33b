# SPDX-License-Identifier: Apache-2.0
"""The real window, by keyboard alone, over the simulated school by the harbour: a Photon whose
serial port takes logins.

usage: test_login.py FIRST_LIGHT FOLDER (of the scenario's files)
Starts an X server, a session bus and a system bus of its own when it is not inside them yet."""

import os
import shutil
import sys
import tempfile
import unittest

from servers import reexec_inside_servers

DEVICE = "B0511"


class LoginTest(unittest.TestCase):
    program = files = None

    def setUp(self):
        from window import Window

        self.folder = tempfile.mkdtemp(prefix="first-light-login-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        home = {name: os.path.join(self.folder, name.lower()) for name in
                ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        self.window = Window([self.program, "--simulate=campus"], home)
        self.addCleanup(self.window.close)

    def picture(self, name):
        self.window.picture(f"login-{self.id().rsplit('.', 1)[-1]}-{name}")

    def to_login(self, network):
        window = self.window
        window.wait_for(DEVICE)
        window.wait("focus in the list", lambda: window.focused() is not None)
        window.move_to(DEVICE)
        window.key("Return")
        window.wait_for("Choose a Wi-Fi Network", "heading")
        window.wait_for(f"{network}, ")
        window.wait("focus in the list", lambda: window.focused() is not None)
        window.move_to(f"^{network}, ")
        window.key("Return")
        window.wait_for(f"Log In to .*{network}", "heading")

    def to_online(self):
        self.window.wait_for("Joining .*eduroam")
        self.window.wait_for("Your Device Is Online", "heading")
        self.picture("9-done")

    def connect(self):
        """The question comes only where something is doubtful."""
        window = self.window
        window.tab_to("^Connect$")
        window.key("Return")
        window.wait("an answer", lambda: window.find("Joining .*eduroam") or window.find("^Continue Anyway$", "button"))
        if window.find("^Continue Anyway$", "button"):
            window.tab_to("^Continue Anyway$")
            window.key("Return")
        self.to_online()

    def test_name_and_password(self):
        window = self.window
        self.to_login("eduroam")
        self.picture("1-empty")
        window.tab_to("^User name$")
        window.type("ann@harbour-school.example")
        window.tab_to("^Password$")
        window.type("tide-table")
        self.picture("2-typed")
        window.key("Return")
        window.wait_for("The Network's Certificate Is Missing", "heading")
        self.picture("3-asked")
        window.tab_to("^Continue Anyway$")
        window.key("Return")
        self.to_online()

    def import_file(self, name):
        """The button has the focus when the page comes; the dialog takes a path."""
        window = self.window
        window.tab_to("^Import a Profile…$")
        window.key("Return")
        window.wait_for("^Choose File$")
        window.type(os.path.join(self.files, name))
        window.key("Return")

    def test_pkcs12(self):
        window = self.window
        self.to_login("eduroam")
        self.import_file("keeper.p12")
        window.wait_for("keeper.p12.* is locked")
        self.picture("1-locked")
        window.type("harbour")
        window.key("Return")
        window.wait_for("^What was in it stands below.$")
        self.connect()

    def test_profile(self):
        window = self.window
        self.to_login("eduroam")
        self.import_file("harbour-school.eap-config")
        window.wait_for("School by the Harbour")
        window.tab_to("^User name$")
        window.type("ann@harbour-school.example")
        window.tab_to("^Password$")
        window.type("tide-table")
        self.picture("1-filled")
        window.key("Return")  # nothing is doubtful
        self.to_online()


if __name__ == "__main__":
    reexec_inside_servers()
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    LoginTest.program, LoginTest.files = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
