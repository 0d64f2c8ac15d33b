# SPDX-License-Identifier: Apache-2.0
"""The real window, by keyboard alone, over a real pseudo-terminal whose device is a simulated Photon
in a process of its own; and what follows a login in the simulated school.

usage: test_serial.py FIRST_LIGHT FIRSTLIGHT_SIM FOLDER (of the scenario's files)
Starts an X server and a session bus of its own when it is not inside them yet."""

import os
import re
import shutil
import sys
import tempfile
import unittest

import simserial
from servers import reexec_inside_servers

ANN, TIDE = "ann@harbour-school.example", "tide-table"


class SerialCase(unittest.TestCase):
    program = simulator = files = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="first-light-serial-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def start(self, *args):
        from window import Window

        home = {name: os.path.join(self.folder, name.lower()) for name in
                ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        # Nothing of this computer's Bluetooth and networks.
        self.window = Window([self.program, *args],
                             dict(home, DBUS_SYSTEM_BUS_ADDRESS="unix:path=/nonexistent/bus"))
        self.addCleanup(self.window.close)

    def picture(self, name):
        self.window.picture(f"serial-{self.id().rsplit('.', 1)[-1]}-{name}")

    def file(self, name):
        return os.path.join(self.files, name)

    def focus_in_list(self):
        self.window.wait("focus in the list", lambda: self.window.focused() is not None)

    def type_login(self, name=ANN, password=TIDE):
        window = self.window
        window.tab_to("^User name$")
        window.type(name)
        window.tab_to("^Password$")
        window.type(password)

    def choose_file(self, button, name):
        """The dialog takes a path."""
        window = self.window
        window.tab_to(button)
        window.key("Return")
        window.wait_for("^Choose File$")
        window.type(self.file(name))
        window.key("Return")

    def continue_anyway(self):
        window = self.window
        window.wait_for("The Network's Certificate Is Missing", "heading")
        self.picture("asked")
        window.tab_to("^Continue Anyway$")
        window.key("Return")


class Port(SerialCase):
    """A bare port, as behind an adapter: nobody tells what follows the saving."""

    def setUp(self):
        super().setUp()
        scenario = simserial.write_world(self.folder, self.files, [(ANN, TIDE)])
        self.device = simserial.Device(self.simulator, scenario)
        self.addCleanup(self.device.close)
        self.start("--serial", self.device.port)

    def to_login(self, network="eduroam"):
        """This device lists no networks, and this computer has no Wi-Fi here: its name is typed."""
        window = self.window
        window.wait_for("Serial cable")
        self.focus_in_list()
        window.move_to("Serial cable")
        self.picture("1-find")
        window.key("Return")
        window.wait_for("Choose a Wi-Fi Network", "heading")
        self.picture("2-networks")
        window.tab_to("^Other Network")
        window.key("Return")
        window.wait_for("Network name")
        self.picture("3-other")
        window.tab_to("^Network name")
        window.type(network)
        window.key("Tab")
        for _ in range(5):  # by the arrow, as far as it is the one
            window.key("space", "Down", "Return")
            if window.find("user name"):
                break
        window.wait_for("^Enterprise")
        self.picture("4-security")
        window.tab_to("^(Continue|Next|Log In|Connect)")
        window.key("Return")
        window.wait_for(f"Log In to .*{network}", "heading")
        self.picture("5-login")

    def to_online(self, **expected):
        """The device has exactly this, and it works."""
        self.window.wait_for("^Connecting$", "heading")
        self.picture("7-joining")
        known = self.device.wait_online()["known"]
        self.assertEqual([{key: entry[key] for key in expected} for entry in known], [expected])

    def connect(self):
        self.picture("6-filled")
        self.window.tab_to("^Connect$")
        self.window.key("Return")

    def test_name_and_password(self):
        self.to_login()
        self.type_login()
        self.connect()
        self.continue_anyway()
        self.to_online(name="eduroam", eap="peap", identity=ANN, ca=False)
        self.window.wait_for("The Device Has Not Reported Yet")  # nobody told this program
        self.window.wait_for("blinks slowly in blue again, it could not join")
        self.picture("8-end")
        self.window.tab_to("^Done$")
        self.window.key("Return")
        self.window.wait_for("The Device Has the Network .*eduroam", "heading")
        self.picture("9-done")

    def test_certificate_of_the_network(self):
        self.to_login()
        self.type_login()
        self.choose_file("Certificate of the Network|Choose File", "ca.pem")
        self.window.wait_for("Harbour School Root")
        self.connect()
        self.to_online(name="eduroam", eap="peap", identity=ANN, ca=True)

    def test_pkcs12(self):
        window = self.window
        self.to_login()
        self.choose_file("^Import a Profile…$", "keeper.p12")
        window.wait_for("keeper.p12.* is locked")
        window.type("harbour")
        window.key("Return")
        window.wait_for("^What was in it stands below.$")
        self.connect()
        window.wait("an answer", lambda: window.find("Joining .*eduroam") or
                    window.find("^Continue Anyway$", "button"))
        if window.find("^Continue Anyway$", "button"):
            self.continue_anyway()
        self.to_online(name="eduroam", eap="tls", client_certificate=True, private_key=True)

    def test_profile(self):
        self.to_login()
        self.choose_file("^Import a Profile…$", "harbour-school.eap-config")
        self.window.wait_for("School by the Harbour")
        self.type_login()
        self.connect()
        self.to_online(name="eduroam", eap="peap", identity=ANN, ca=True)


class School(SerialCase):
    """The whole school, simulated in the window's own process: a device with both its roads."""

    def to_networks(self, ending):
        window = self.window
        window.wait_for(ending)
        self.focus_in_list()
        window.move_to(ending)
        window.key("Return")

    def to_login(self):
        window = self.window
        self.to_networks("B0511")
        window.wait_for("^eduroam, ")
        self.focus_in_list()
        window.move_to("^eduroam, ")
        window.key("Return")
        window.wait_for("Log In to .*eduroam", "heading")

    def test_wrong_login_then_right(self):
        """It comes back to blinking blue; all that was given is still there."""
        self.start("--simulate=campus")
        window = self.window
        self.to_login()
        self.type_login(password="tide")
        self.choose_file("Choose File", "ca.pem")
        window.wait_for("Harbour School Root")
        window.tab_to("^Connect$")
        window.key("Return")
        window.wait_for("The Network Did Not Accept the Login")
        self.picture("1-refused")
        window.wait_for("Log In to .*eduroam", "heading")
        window.wait_for("Harbour School Root")
        window.tab_to("^Password$")
        window.key("End")
        window.key("minus")
        window.type("table")
        self.picture("2-again")
        window.tab_to("^Connect$")
        window.key("Return")
        window.wait_for("Your Device Is Online", "heading")
        self.picture("3-online")

    def test_certificate_that_ends(self):
        """Somebody has to renew it: the end says when."""
        self.start("--simulate=campus")
        window = self.window
        self.to_login()
        self.choose_file("^Import a Profile…$", "keeper.p12")
        window.wait_for("keeper.p12.* is locked")
        window.type("harbour")
        window.key("Return")
        window.wait_for("^What was in it stands below.$")
        window.tab_to("^Connect$")
        window.key("Return")
        window.wait("an answer", lambda: window.find("^Connecting$", "heading") or
                    window.find("^Continue Anyway$", "button"))
        if window.find("^Continue Anyway$", "button"):
            self.continue_anyway()
        window.wait_for("Your Device Is Online", "heading")
        window.wait_for("alid until 1 January 2044")
        self.picture("1-online")

    def securities(self):
        """What a network that is typed may be."""
        window = self.window
        window.tab_to("^Other Network")
        window.key("Return")
        window.wait_for("^Network name$")
        window.tab_to("^Network name$")
        window.key("Tab")
        found = set()
        for _ in range(6):
            window.key("space", "Down", "Return")
            found |= {name for _, name, _ in window.nodes() if re.search("^WPA|^Open$|^WEP|Enterprise", name)}
        return found

    def test_device_that_sees_no_logins(self):
        """The radio of a P2 leaves such networks out, this computer says why, and none can be typed."""
        self.start("--simulate=campus")
        self.to_networks("B0515")
        self.window.wait_for("^Harbour Workshop, ")
        self.window.wait_for(r"^eduroam, not usable\. Needs a user name\.")
        self.picture("1-networks")
        securities = self.securities()
        self.assertIn("Open", securities)
        self.assertFalse([name for name in securities if "Enterprise" in name])


if __name__ == "__main__":
    reexec_inside_servers()
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    SerialCase.program, SerialCase.simulator, SerialCase.files = sys.argv[1:4]
    unittest.main(argv=sys.argv[:1] + sys.argv[4:], verbosity=2)
