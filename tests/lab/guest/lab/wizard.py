# SPDX-License-Identifier: Apache-2.0
"""The pages of the installed window as a person with a screen reader goes through them. Each page
is pictured in the logs."""
from .display import window as open_window

ADDRESS = r'^\d+\.\d+\.\d+\.\d+$'


class Wizard:
    """The window; .window drives what is on the page."""

    def __init__(self, name, *args):
        self.window = open_window(*args, name=name)
        self.window.wait_for('^Set Up a Device$', 'heading')

    def choose_device(self, name):
        self.window.wait_for(name, 'list item')
        self.window.picture('find')
        self.window.choose(name)

    def type_secret(self, secret):
        """On the page of the label, which is one to scan until it is known that there is no camera."""
        def at_hand():
            if self.window.find('^Code under the square$', 'text box'):
                return True
            button = self.window.find('^Enter Code$', 'button')
            if button:
                button.press()
            return False

        self.window.wait_for('^Enter the Code$|^Scan the Label$', 'heading')
        self.window.wait('field for the code', at_hand)
        self.window.tab_to('^Code under the square$')
        self.window.picture('code')
        self.window.type(secret)
        self.window.key('Return')

    def to_networks(self, *networks):
        self.window.wait_for('^Choose a Wi-Fi Network$', 'heading')
        for network in networks:
            self.window.wait_for(f'^{network}, ', 'list item')
        self.window.picture('networks')

    def join(self, network, password):
        self.window.choose(f'^{network}, ')
        self.window.wait_for(f'Password for .*{network}', 'heading')
        self.window.type(password)
        self.window.picture('password')
        self.window.key('Return')

    def _type_other(self, network, security=None):
        """security: what the page calls it"""
        window = self.window
        window.press('^Other Network')
        window.wait_for('^Other Network$', 'heading')
        window.type(network)
        window.key('Tab')
        for _ in range(6):
            if not security or window.find(rf'^{security}\b', 'label'):
                break
            window.key('space', 'Down', 'Return')
        window.picture('other')

    def join_other(self, network, password, security=None):
        """One that is not in the list."""
        self._type_other(network, security)
        self.window.key('Tab')
        self.window.type(password)
        self.window.key('Return')

    def log_in_to_other(self, network, identity, password):
        """One that is not in the list and wants a login; no certificate to check it by is given."""
        window = self.window
        self._type_other(network, 'Enterprise')
        window.press('^Continue$')
        window.wait_for(f'Log In to .*{network}', 'heading')
        window.tab_to('^User name$')
        window.type(identity)
        window.tab_to('^Password$')
        window.type(password)
        window.picture('login')
        window.press('^Connect$')
        window.wait_for('Certificate Is Missing', 'heading')
        window.picture('asked')
        window.press('^Continue Anyway$')

    def type_more(self, text):
        """Behind what still is in the field that has the focus, and tries again."""
        self.window.key('End')
        self.window.type(text)
        self.window.key('Return')

    def to_online(self):
        """Proven."""
        self.window.wait_for('^(Connecting|Your Device Is Online)$', 'heading')
        self.window.picture('connecting')
        self.window.wait_for('^Your Device Is Online$', 'heading')
        self.window.picture('online')

    def read_address(self):
        """On the last page, where a device tells its address."""
        return self.window.wait_for(ADDRESS, 'label').name


def wizard(name, *args):
    """Starts the window; name is that of its logs."""
    return Wizard(name, *args)
