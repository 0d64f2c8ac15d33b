# SPDX-License-Identifier: Apache-2.0
"""The label before the camera, in the real window, by keyboard alone and through the accessibility tree:
over simulated devices, with pictures that a stand-in camera plays, or what the simulated camera sees.

usage: test_label.py FIRST_LIGHT LABEL_PICTURE SCENARIO
Starts an X server and a session bus of its own when it is not inside them yet."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from disguises import disguises
from servers import reexec_inside_servers

CODE, SECRET = "AB12CD", "ABCDEFGHJKLMNPQ"
LABEL = f"P046AB245{CODE} {SECRET}"
OTHER = "P051AF40751F00D SEAGULLSEAGULL2"
DEBUG = {"G_MESSAGES_DEBUG": "all", "GST_DEBUG": "*:4,appsink:6", "GST_DEBUG_NO_COLOR": "1"}
FOREIGN = "https://example.com/box/0815"
PASSWORD = "correct horse"
EMPTY = ""


class LabelCase(unittest.TestCase):
    program = picture_tool = scenario = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="first-light-label-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.log_path = os.path.join(self.folder, "log")

    def pictures(self, *texts, frames=30):
        """A folder of what a camera sees: each text so many frames, 30 a second, again and again."""
        folder = os.path.join(self.folder, "pictures")
        os.makedirs(folder)
        subprocess.run([self.picture_tool, folder, str(frames)], input="".join(f"{text}\n" for text in texts),
                       text=True, check=True)
        return folder

    def world(self, *keys):
        """The scenario with more keys of the world."""
        with open(self.scenario, encoding="utf-8") as file:
            text = file.read()
        path = os.path.join(self.folder, "world.scenario")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("[World]\n", "[World]\n" + "".join(f"{key}\n" for key in keys), 1))
        return path

    def open(self, *options, world=None, debug=None):
        from window import Window

        home = {name: os.path.join(self.folder, name.lower()) for name in
                ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        for path in home.values():
            os.makedirs(path, exist_ok=True)
        self.window = Window([self.program, f"--simulate={world or self.scenario}", *options],
                             {**home, "GSETTINGS_BACKEND": "memory", "G_MESSAGES_DEBUG": "fl-camera", **(debug or {})},
                             log=self.log_path)
        self.addCleanup(self.window.close)
        return self.window

    def picture(self, name):
        self.window.picture(f"label-{self.id().rsplit('.', 1)[-1]}-{name}")

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def camera_states(self):
        """What the camera said that it did, in order."""
        return re.findall(r"camera is (closed|opening|running|failed)", self.log())

    def wait_camera(self, state):
        self.window.wait(f"a {state} camera", lambda: self.camera_states()[-1:] == [state])


class LabelTest(LabelCase):

    def to_label(self, heading="Scan the Label"):
        """The device is chosen, the label asked for."""
        window = self.window
        window.wait_for("Set Up a Device", "heading")
        window.wait("focus on the device", lambda: window.is_focus_on(CODE))
        window.key("Return")
        window.wait_for(heading, "heading")

    def to_networks(self):
        self.window.wait_for("Choose a Wi-Fi Network", "heading")
        self.window.wait_for("Home 2, ")

    def to_online(self):
        window = self.window
        self.to_networks()
        window.wait("focus in the list", lambda: window.focused() is not None)
        window.move_to("^Home 2, ")
        window.key("Return")
        window.wait_for("Password for .*Home 2", "heading")
        window.type(PASSWORD)
        window.key("Return")
        window.wait_for("Your Device Is Online", "heading")
        window.wait_for(r"\d+\.\d+\.\d+\.\d+")  # the address is the proof

    def test_label_to_online(self):
        window = self.open("--camera", self.pictures(EMPTY, LABEL))
        self.to_label()
        self.picture("1-camera")
        window.wait_for(f"Label read. Serial ending {CODE}")
        self.picture("2-read")
        self.to_online()
        self.assertNotIn(SECRET, self.log())

    def test_simulated_camera(self):
        """Nothing but the simulation: an empty desk, then the label of its device."""
        window = self.open()
        self.to_label()
        window.wait_for("Hold the small square code in the frame")
        window.wait_for(f"Label read. Serial ending {CODE}")
        self.to_networks()

    def test_camera_closed_when_page_left(self):
        window = self.open("--camera", self.pictures(EMPTY))
        self.to_label()
        self.wait_camera("running")
        window.key("Escape")
        window.wait_for("Set Up a Device", "heading")
        self.wait_camera("closed")
        window.wait("focus on the device", lambda: window.is_focus_on(CODE))
        window.key("Return")
        window.wait_for("Scan the Label", "heading")
        self.wait_camera("running")

    def test_closed_once_read(self):
        self.open("--camera", self.pictures(LABEL))
        self.to_label()
        self.to_networks()
        self.wait_camera("closed")

    def test_wrong_code_then_right(self):
        """E17 is told, and the camera goes on by itself."""
        window = self.open("--camera", self.pictures(FOREIGN, FOREIGN, FOREIGN, LABEL))
        self.to_label()
        window.wait_for("This Is a Different Code")
        self.picture("1-different")
        window.wait_for(f"Label read. Serial ending {CODE}")
        self.to_networks()
        self.assertNotIn("example.com", self.log())

    def test_label_of_another_device(self):
        window = self.open("--camera", self.pictures(OTHER))
        self.to_label()
        window.wait_for("This Label Belongs to Another Device")
        self.picture("1-other")
        self.assertEqual(self.camera_states()[-1:], ["running"])
        self.assertIsNone(window.find("SEAGULL"))

    def test_typed_while_camera_runs(self):
        window = self.open("--camera", self.pictures(EMPTY))
        self.to_label()
        window.tab_to("^Enter Code$")
        window.key("Return")
        window.wait_for("Mobile secret|Code under the square|Secret", None)
        window.type(SECRET)
        window.key("Return")
        self.to_networks()

    def test_no_camera(self):
        window = self.open(world=self.world("faults=camera-none"))
        self.to_label("Enter the Code")
        window.wait_for("No camera was found")
        window.type(SECRET)
        window.key("Return")
        self.to_networks()

    def test_camera_refused_then_allowed(self):
        window = self.open(world=self.world("faults=camera-refused x1"))
        self.to_label("Enter the Code|Scan the Label")
        window.wait_for("The Camera Was Not Allowed")
        self.picture("1-refused")
        window.tab_to("^Ask Again$")
        window.key("Return")
        window.wait_for(f"Label read. Serial ending {CODE}")
        self.to_networks()

    def test_camera_busy(self):
        window = self.open(world=self.world("faults=camera-busy"))
        self.to_label("Enter the Code|Scan the Label")
        window.wait_for("Another Program Uses the Camera")

    def test_never_sharp(self):
        """After a quarter of a minute the other ways are offered, and the camera goes on."""
        window = self.open(world=self.world("faults=camera-blurred"))
        self.to_label()
        window.wait_for("Small codes are hard for some cameras")
        self.picture("1-help")
        self.assertEqual(self.camera_states()[-1:], ["running"])
        window.tab_to("^Enter Code$")
        window.key("Return")
        window.type(SECRET)
        window.key("Return")
        self.to_networks()

    def test_camera_vanishes(self):
        window = self.open(world=self.world("faults=camera-vanishes=1s"))
        self.to_label()
        window.wait_for("No Camera Found|No camera was found")
        self.picture("1-vanished")
        window.wait_for("Enter the Code", "heading")
        window.tab_to("^Enter Code$")  # the error's own button
        window.key("Return")
        window.type(SECRET)
        window.key("Return")
        self.to_networks()

    def test_photo(self):
        photo = os.path.join(self.pictures(LABEL, frames=1), "00000.pgm")
        window = self.open(world=self.world("faults=camera-none"), debug=DEBUG)
        self.to_label("Enter the Code")
        window.tab_to("^Open Photo…$")
        window.key("Return")
        self.wait_chooser()
        window.type(photo)  # a slash opens the field for a path
        window.key("Return")
        window.wait_for(f"Label read. Serial ending {CODE}")
        self.to_networks()
        window.close()
        self.assert_unwritten(SECRET)

    def test_nothing_written_holds_the_secret(self):
        """With every debug switch on, GStreamer's too: the log, and whatever was written at home."""
        window = self.open("--camera", self.pictures(EMPTY, LABEL), debug=DEBUG)
        self.to_label()
        self.to_networks()
        window.close()
        self.assertIn("fl-camera-DEBUG", self.log())
        self.assertIn("GST_", self.log())
        self.assert_unwritten(SECRET)

    def assert_unwritten(self, secret):
        forms = list(disguises(secret))
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(folder, name)
                if path == os.path.join(self.folder, "world.scenario") or name.endswith(".pgm"):
                    continue
                with open(path, "rb") as file:
                    text = file.read()
                for form in forms:
                    self.assertNotIn(form, text, path)

    def wait_chooser(self):
        """The file chooser is a window of its own: another root in the tree."""
        self.window.wait_for("Name|Open|Recent|Home", None)


class StreamTest(LabelCase):

    def to_stream(self):
        window = self.window
        window.wait_for("Service a Device", "heading")
        window.tab_to("^Scan Labels$", limit=60)
        window.key("Return")
        window.wait_for("Scan Labels", "heading")

    def test_thirty_labels(self):
        """One after another, each counted once; when they come again, they are told and not added."""
        texts = [f"P046AD342{index:06X} HARB0URLIGHT{index:03}" for index in range(160, 190)]
        window = self.open("--service", "--camera", self.pictures(*texts, frames=10))
        self.to_stream()
        self.picture("1-begin")
        window.wait_for("^30 labels$", limit_s=120)
        window.wait_for("^Label 30, P046AD3420000.., P2, (Not seen nearby yet|Already scanned)$")
        self.picture("2-thirty")
        window.wait_for("^Already scanned: label ", limit_s=120)
        window.wait_for("^30 labels$")
        self.assertIsNone(window.find("HARB0URLIGHT"))
        self.assertNotIn("HARB0URLIGHT", self.log())
        window.key("Escape")
        window.wait_for("Service a Device", "heading")
        self.wait_camera("closed")

    def test_label_unlocks_device(self):
        window = self.open("--service", "--camera", self.pictures(EMPTY, LABEL))
        self.to_stream()
        window.wait_for("^1 label$")
        window.tab_to("^Done$")
        window.key("Return")
        window.wait_for("Service a Device", "heading")
        window.wait("focus in the table", lambda: window.focused() is not None)
        window.move_to(CODE)
        window.key("Return")
        window.wait_for("^Stored Networks$", "heading")

    def test_undo(self):
        window = self.open("--service", "--camera", self.pictures(LABEL, EMPTY, EMPTY, EMPTY))
        self.to_stream()
        window.wait_for("^1 label$")
        window.tab_to("^Undo$")
        window.key("Return")
        window.wait_for("^Label 1 was removed")
        window.wait_for("^1 label$")  # it is held up again

    def test_foreign_code(self):
        window = self.open("--service", "--camera", self.pictures(FOREIGN, EMPTY))
        self.to_stream()
        window.wait_for("the right code is the small square")
        window.wait_for("^0 labels$")

    def test_no_camera(self):
        window = self.open("--service", world=self.world("faults=camera-none"))
        self.to_stream()
        window.wait_for("No Camera Found")
        self.picture("1-none")


if __name__ == "__main__":
    reexec_inside_servers()
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    LabelCase.program, LabelCase.picture_tool, LabelCase.scenario = sys.argv[1:4]
    unittest.main(argv=sys.argv[:1] + sys.argv[4:], verbosity=2)
