"""Places among which a question of an import asks to choose, on a small map with their accuracy."""

from base64 import b64encode
from html import escape

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.applied import Answer, Question
from dashboard.language import _, listing, number
from dashboard.render.symbols.palettes import Palette
from dashboard.render.web.place_map import Candidate, place_map


def places_of(question: Question) -> list[Answer]:
    """The answers to a question that are places."""
    return [answer for answer in question.answers if answer.accuracy_km]


def place_map_html(question: Question, places: list[Answer], dataset: Dataset, palette: Palette) -> str:
    """The map of the places as an image, and below it the point and accuracy of each."""
    candidates, told = [], []
    for turn, answer in enumerate(places, start=1):
        latitude, longitude = map(float, answer.key.split(", "))
        label = str(turn) if len(places) > 1 else answer.label.partition(",")[0]
        candidates.append(Candidate(latitude, longitude, answer.accuracy_km, label))
        words = _("{place}: {latitude}° N, {longitude}° E, {because}")
        name = f"{turn} {answer.label}" if len(places) > 1 else answer.label
        point = {"latitude": number(latitude, 3), "longitude": number(longitude, 3)}
        told.append(words.format(place=name, because=answer.because, **point))
    svg = b64encode(place_map(candidates, dataset.basemap, dataset.places, palette).encode()).decode()
    alt = _("Map: {places}").format(places=listing([answer.label for answer in places]))
    hints = "".join(f'<p class="hint">{escape(words)}</p>' for words in told)
    return f'<img class="import-places" alt="{escape(alt)}" src="data:image/svg+xml;base64,{svg}">{hints}'
