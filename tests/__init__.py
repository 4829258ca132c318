"""The tests: their folders mirror the package; what they share stands beside this file."""

from pathlib import Path

PROJECT = Path(__file__).parent.parent
