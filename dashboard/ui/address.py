"""The parts of an address that ask for what the data do not have."""

from dataclasses import replace

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import View
from dashboard.errors import DashboardError
from dashboard.language import _
from dashboard.ui.escaping import for_visitors


def without_unknown(view: View, dataset: Dataset, notices: list[str]) -> View:
    """A view without a moment, incident, event or release that there is not; each is told in ``notices``."""
    try:
        dataset = dataset.at(view)
    except DashboardError as error:
        notices.append(_("{notice} It is ignored.").format(notice=for_visitors(error)))
        view = replace(view, as_of="")
    if view.selected and dataset.object(view.selected).empty:
        words = _("The address asks for incident {id}, which is not in the data. It is ignored.")
        notices.append(words.format(id=view.selected))
        view = replace(view, selected="")
    event = view.filter.event
    if event and dataset.of_event(event).empty:
        words = _("The address asks for event {id}, which is not in the data. It is ignored.")
        notices.append(words.format(id=event))
        view = replace(view, filter=replace(view.filter, event=""))
    if view.since:
        try:
            dataset.candidates(view)
        except DashboardError as error:
            notices.append(_("{notice} It is ignored.").format(notice=for_visitors(error)))
            view = replace(view, since="")
    return view
