"""Labels of widgets, which Streamlit reads as Markdown."""


def escaped(text: str) -> str:
    """A text with everything that Markdown would take for its own written out."""
    return "".join(f"\\{character}" if character in r"\`*_{}[]()#+-.!|~<>$:&" else character for character in text)
