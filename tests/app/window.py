# SPDX-License-Identifier: Apache-2.0
"""Drives the real window as a person with a keyboard and a screen reader does: keys go in through the
X server, everything seen comes from the accessibility tree. Needs Xvfb (DISPLAY), a session bus,
at-spi2 and xdotool."""

import os
import re
import subprocess
import time

import tree

LIMIT_S = float(os.environ.get("FL_E2E_LIMIT", "60"))


class Gone(Exception):
    """What was waited for did not come; the message holds what was there instead."""


class Window:
    pause_s = 0.1  # between two looks at what shows

    def __init__(self, command, env=None, log=None):
        settings = dict(os.environ, GTK_A11Y="atspi", GDK_BACKEND="x11", GSK_RENDERER="cairo", **(env or {}))
        self.log = open(log or os.environ.get("FL_E2E_LOG", os.devnull), "ab")
        self.process = subprocess.Popen(command, env=settings, stdout=self.log, stderr=self.log)
        self._bus = tree.connect()
        self.tree = self.wait("the window", lambda: tree.find(self._bus, self._is_ours))

    # Looking

    def _is_ours(self, pid):
        """The program may run inside another one, which serves it."""
        if pid == self.process.pid:
            return True
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                return int(file.read().rpartition(")")[2].split()[1]) == self.process.pid
        except OSError:
            return False

    def nodes(self):
        """All nodes that show, as (role, name, node)."""
        return [(node.role, node.name, node) for node in self.tree.read()]

    @staticmethod
    def name_of(node):
        return node.name

    def seen(self):
        return "\n".join(f"{role}: {name}" for role, name, _ in self.nodes() if name)

    def find(self, pattern, role=None):
        for node_role, name, node in self.nodes():
            if re.search(pattern, name) and (role is None or node_role == role):
                return node
        return None

    def focused(self):
        for _, _, node in self.nodes():
            if node.is_focused:
                return node
        return None

    def is_focus_on(self, text):
        node = self.focused()
        return node is not None and text in node.name

    # Waiting: for a condition, never for a time

    def wait(self, what, condition, limit_s=None):
        end = time.monotonic() + (limit_s or LIMIT_S)
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise Gone(f"the program ended with {self.process.returncode} while waiting for {what}")
            value = condition()
            if value:
                return value
            time.sleep(self.pause_s)
        raise Gone(f"no {what}. What there was:\n{self.seen() if hasattr(self, 'tree') else ''}")

    def wait_for(self, pattern, role=None, limit_s=None):
        return self.wait(pattern, lambda: self.find(pattern, role), limit_s)

    def wait_gone(self, pattern, role=None):
        self.wait(f"end of {pattern}", lambda: self.find(pattern, role) is None)

    def wait_still(self, looks=4):
        """Until nothing moves any more. GTK 4.8 does not tell when an entry row gets the focus, which it does
        when its page is there."""
        last, same = None, 0
        while same < looks:
            time.sleep(0.2)
            now = self.seen()
            same = same + 1 if now == last else 0
            last = now

    # Doing, by keyboard

    def key(self, *names):
        subprocess.run(["xdotool", "key", "--delay", "30", *names], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "15", text], check=True)

    def tab_to(self, pattern, limit=40, key="Tab"):
        """Moves the focus until its name matches, as a person with the Tab key would."""
        for _ in range(limit):
            node = self.focused()
            if node and re.search(pattern, self.name_of(node)):
                return node
            self.key(key)
            time.sleep(0.1)
        raise Gone(f"the focus does not reach {pattern}. What there was:\n{self.seen()}")

    def move_to(self, pattern, limit=60):
        """In a list: to a row, by as many steps as there are rows between, or fewer."""
        for _ in range(limit):
            nodes = self.tree.read()
            rows = [node for node in nodes if node.role == "list item"]
            target = next((at for at, row in enumerate(rows) if re.search(pattern, row.name)), None)
            present = next((at for at, row in enumerate(rows) if row.is_focused), None)
            if target is not None and target == present:
                return rows[target]
            if target is None or present is None:
                self.key("Home")
            else:
                self.key(*["Down" if target > present else "Up"] * abs(target - present))
            time.sleep(0.1)
        raise Gone(f"no row {pattern} in the list. What there was:\n{self.seen()}")

    def choose(self, pattern):
        """Opens a row of the list that has the focus, once it is there."""
        self.wait_for(pattern, "list item")
        self.wait("a focus", self.focused)
        self.move_to(pattern)
        self.key("Return")

    # Doing, as a screen reader does

    def press(self, pattern, role="button"):
        """Presses it once it can be pressed."""
        def pressed():
            node = self.find(pattern, role)
            return node is not None and node.is_sensitive and node.press()

        self.wait(f"{role} {pattern} that can be pressed", pressed)

    def picture(self, name):
        folder = os.environ.get("FL_E2E_PICTURES")
        if folder:
            os.makedirs(folder, exist_ok=True)
            subprocess.run(["import", "-window", "root", os.path.join(folder, name + ".png")], check=False)

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.log.close()
        return self.process.returncode
