"""Metrics of the process, for Prometheus: what takes time, what is taken away, and what fails."""

from prometheus_client import Counter, Histogram

_STEPS_S = (0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8)

PAGE_SECONDS = Histogram("incursions_page_seconds", "Time that a page took to be worked out.", buckets=_STEPS_S)
FILE_SECONDS = Histogram(
    "incursions_file_seconds", "Time that a file to take away took to be made.", ["kind"], buckets=_STEPS_S
)
FAULTS = Counter("incursions_faults", "Pages, and parts of them, that could not be shown for a fault of the program.")
