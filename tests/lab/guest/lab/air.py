# SPDX-License-Identifier: Apache-2.0
"""Wi-Fi: simulated radios, access points and a cloud in the namespace "air", and the radios of
devices in the namespace "device"."""
import functools
import os
import threading

from . import cloud, machine, process, radius
from .access_point import KINDS, AccessPoint
from .namespace import Namespace, phys
from .supplicant import Supplicant

# Devices share a namespace: each answers for its own address only, over its own radio.
SHARED = ('net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.default.rp_filter=0',
          'net.ipv4.conf.all.arp_ignore=1', 'net.ipv4.conf.all.arp_announce=2')


class Air:
    """air['psk'] is an access point; .radios are the devices' interfaces, for --wifi; .cloud,
    .radius, .supplicant, .outside (namespace of the access points), .inside (the devices')."""

    def __init__(self, kinds, devices):
        machine.bus()
        machine.udev()
        self.outside = Namespace('air')
        self.inside = Namespace('device')
        self._load(len(kinds) + devices)
        numbers = phys()[-(len(kinds) + devices):]
        self.radios = [f'wlan{n}' for n in numbers[len(kinds):]]
        self._points = {kind: AccessPoint(self.outside, kind, f'wlan{n}', f'02:00:00:00:{n:02x}:00',
                                          f'10.9.{n + 1}') for n, kind in zip(numbers, kinds)}
        self._together(
            *(functools.partial(process.run, 'iw', 'phy', f'phy{n}', 'set', 'netns', 'name',
                                (self.outside if n in numbers[:len(kinds)] else self.inside).name)
              for n in numbers))
        self._lay_network()
        self.radius = None
        for point in self._points.values():
            point.begin()
        self._together(self._start_devices, self._start_radius,
                       *(point.wait for point in self._points.values()))
        self.cloud = cloud.Cloud(self.outside, self.name_network)

    @staticmethod
    def _load(count):
        machine.modprobe('mac80211_hwsim', f'radios={count}', 'support_p2p_device=0')
        process.until(lambda: len(phys()) >= count, what=f'{count} radios')
        # fewer channels than the world's make a scan last 1.5 s instead of 7 s
        process.run('iw', 'reg', 'set', 'PK')
        machine.modprobe('ccm', 'gcm', 'cmac', 'ctr', 'aes-generic')

    @staticmethod
    def _together(*functions):
        errors = []

        def call(function):
            try:
                function()
            except Exception as error:
                errors.append(error)

        threads = [threading.Thread(target=call, args=(function,)) for function in functions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if errors:
            raise errors[0]

    def _lay_network(self):
        self.outside.ip(
            'link set lo up', f'address add {cloud.ADDRESS}/32 dev lo',
            # before "all that is mine" there must be room for "not for you"
            'rule add pref 10 lookup local', 'rule del pref 0',
            *(f'address add {point.subnet}.1/24 dev {point.interface}'
              for point in self._points.values()),
            *(f'rule add pref 5 iif {point.interface} to {cloud.ADDRESS} blackhole'
              for point in self._points.values() if point.kind == 'no-cloud'))
        self.inside.ip('link set lo up')
        self.inside.run('sysctl', '-q', '-w', *SHARED)

    def _start_radius(self):
        if 'enterprise' in self._points:
            self.radius = radius.Radius(self.outside)

    def _start_devices(self):
        self.supplicant = Supplicant(self.inside, self.radios)

    def __getitem__(self, kind):
        return self._points[kind]

    def __iter__(self):
        return iter(self._points.values())

    def name_network(self, address):
        """The SSID of the network that an address belongs to."""
        for point in self:
            if address.startswith(point.subnet + '.'):
                return point.ssid
        return None


@process.once
def air(*kinds, devices=1):
    """Starts access points of these kinds (all of access_point.KINDS when none is named) and
    radios for so many devices. Once; later calls return the same."""
    os.makedirs('/run/lab', exist_ok=True)
    return Air(kinds or tuple(KINDS), devices)
