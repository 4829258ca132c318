"""The widgets of the filter: what each holds, and the key under which it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

Name = str | tuple[str, str]  # a widget, or a group and one of its options


@dataclass(eq=False)
class Widgets:
    """The values of the filter's widgets by name, each with the number of times that it was set from outside.

    Reading a value changes nothing and asks nothing of Streamlit; what a reader chose comes in by ``take_up`` alone.
    """

    _held: dict[Name, tuple[int, Any]] = field(default_factory=dict)

    def get(self, name: Name) -> Any:
        """The value of a widget; None before it has one."""
        _version, value = self._held.get(name, (0, None))
        return value

    def chosen(self, group: str) -> list[str]:
        """The options of a group that are switched on."""
        options = [name for name, (_version, on) in self._held.items() if on and isinstance(name, tuple)]
        return [option for group_, option in options if group_ == group]

    def set(self, name: Name, value: Any) -> None:
        """Give a widget a value that its reader did not choose in it.

        It becomes a new widget: until the page has drawn it, whatever the page sends has the value of the old one,
        which Streamlit would take for a choice.
        """
        version, before = self._held.get(name, (-1, None))
        if version < 0 or before != value:
            self._held[name] = (version + 1, value)

    def key(self, name: Name) -> str:
        """The key by which Streamlit knows a widget."""
        version, _value = self._held.get(name, (0, None))
        words = name if isinstance(name, str) else ":".join(name)
        return f"{words}:{version}" if version else words

    def show(self, name: Name, value: Any) -> str:
        """Let a widget show a value, and give its key; one that shows something else is replaced."""
        self.take_up(name, value)
        self.set(name, value)
        return self.key(name)

    def choice(self, name: Name) -> Any:
        """Take up what a reader has just chosen in a widget, and give it to the callback."""
        self.take_up(name, None)
        return self.get(name)

    def take_up(self, name: Name, default: Any) -> None:
        """Remember what a reader has chosen in a widget; one that was never set holds a default."""
        self.take_up_all({name: default})

    def take_up_all(self, defaults: Mapping[Name, Any]) -> None:
        """Remember what a reader has chosen in widgets, given by name with their defaults."""
        values = st.session_state.to_dict()
        for name, default in defaults.items():
            version, value = self._held.get(name, (0, default))
            self._held[name] = (version, values.get(self.key(name), value))


def value_of(key: str, default: Any = None) -> Any:
    """The value of a widget, for a callback.

    Once the page has sent something new, Streamlit interrupts a callback that reads one value of its session state, and
    never calls it again: what was chosen would be lost. Reading all values at once interrupts nothing.
    """
    return st.session_state.to_dict().get(key, default)


def show_as(key: str, value: Any) -> None:
    """Let a widget show a value, and leave it alone where it shows that already.

    Whatever a script writes goes to the browser, where it takes back a click that came meanwhile: only a change may.
    """
    if value_of(key) != value:
        st.session_state[key] = value
