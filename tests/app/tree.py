# SPDX-License-Identifier: Apache-2.0
"""The accessibility tree of one program, over D-Bus as a screen reader reads it, but with few
questions that are all asked at once: an emulated program needs 20 ms for each.

The interfaces are those of at-spi2-core, xml/Accessible.xml, Action.xml, Cache.xml, Text.xml."""
import collections

from gi.repository import Gio, GLib

ROOT = "/org/a11y/atspi/accessible/root"
CACHE = "/org/a11y/atspi/cache"  # gtk/a11y/gtkatspiroot.c of GTK 4.8
FOCUSED, SENSITIVE = 1 << 12, 1 << 24  # ATSPI_STATE_…: at-spi2-core, atspi/atspi-constants.h
LIMIT_MS = 60000

Item = collections.namedtuple("Item", "name role states description")


class Node:
    """One node as it was when the tree was read."""

    def __init__(self, tree, path, item):
        self._tree = tree
        self.path = path
        self.name = item.name
        self.description = item.description
        self.role = tree.name_role(path, item.role)
        self.is_focused = bool(item.states[0] & FOCUSED)
        self.is_sensitive = bool(item.states[0] & SENSITIVE)

    def press(self):
        """What a screen reader does to press it. False where it cannot be pressed."""
        return self._tree.ask(self.path, "org.a11y.atspi.Action", "DoAction", GLib.Variant("(i)", (0,)))

    def text(self):
        """What is written in a field."""
        return self._tree.ask(self.path, "org.a11y.atspi.Text", "GetText", GLib.Variant("(ii)", (0, -1)))


class Tree:
    def __init__(self, bus, name):
        self._bus = bus
        self._name = name
        self._known = {ROOT}
        self._roles = {}

    def ask(self, path, interface, method, arguments=None):
        """The one value of the answer; None without an answer."""
        try:
            return self._bus.call_sync(self._name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE,
                                       LIMIT_MS, None).unpack()[0]
        except GLib.Error:
            return None

    def _ask_children(self, paths):
        """The children of each that show; a node may go while it is asked."""
        answers = {}

        def on_answer(bus, result, path):
            try:
                answers[path] = [child for _, child in bus.call_finish(result).unpack()[0]]
            except GLib.Error:
                answers[path] = []

        for path in paths:
            self._bus.call(self._name, path, "org.a11y.atspi.Accessible", "GetChildren", None, None,
                           Gio.DBusCallFlags.NONE, LIMIT_MS, None, on_answer, path)
        while len(answers) < len(paths):
            GLib.MainContext.default().iteration(True)
        return answers

    def _read_children(self):
        children, wanted = {}, self._known
        while wanted:
            children.update(self._ask_children(wanted))
            wanted = {child for path in wanted for child in children[path]} - children.keys()
        return children

    def name_role(self, path, role):
        if role not in self._roles:
            self._roles[role] = self.ask(path, "org.a11y.atspi.Accessible", "GetRoleName") or "gone"
        return self._roles[role]

    def read(self):
        """All nodes that show, those nearer to the root first."""
        children = self._read_children()
        # What the program keeps has also what does not show, so it is only asked what the others are called.
        items = {item[0][1]: Item(item[6], item[7], item[9], item[8])
                 for item in self.ask(CACHE, "org.a11y.atspi.Cache", "GetItems") or []}
        nodes, queue, seen = [], collections.deque([ROOT]), set()
        while queue:
            path = queue.popleft()
            if path in seen:
                continue
            seen.add(path)
            queue.extend(children.get(path, []))
            if path in items:
                nodes.append(Node(self, path, items[path]))
        self._known = seen
        return nodes


def connect():
    """The bus of the accessibility trees."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                                Gio.DBusCallFlags.NONE, LIMIT_MS, None).unpack()[0]
    return Gio.DBusConnection.new_for_address_sync(
        address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
        None, None)


def find(bus, is_ours):
    """The tree of the program whose process is_ours(pid), once it has a window; None before."""
    def ask(destination, path, interface, method, arguments=None):
        return bus.call_sync(destination, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE,
                             LIMIT_MS, None).unpack()[0]

    # GTK 4.8 is not ready for questions before it is registered.
    for name, _ in ask("org.a11y.atspi.Registry", ROOT, "org.a11y.atspi.Accessible", "GetChildren"):
        try:
            if not is_ours(ask("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                               "GetConnectionUnixProcessID", GLib.Variant("(s)", (name,)))):
                continue
        except GLib.Error:  # it has just gone
            continue
        tree = Tree(bus, name)
        if tree.ask(ROOT, "org.a11y.atspi.Accessible", "GetChildren"):
            return tree
    return None
