"""Official counts beside recorded ones, in words: never as a share, since the two do not measure the same."""

from dashboard.core.analysis.official_counts import OfficialCount
from dashboard.core.data.official_totals import CASES, OfficialTotal
from dashboard.core.incidents.vocabulary import incidents_in_words
from dashboard.core.query.filter import dates_in_words
from dashboard.core.query.periods import Period
from dashboard.language import _, day, ngettext, number, state_name

TITLE = _("Officially counted, and recorded here")
EXPLANATION = _(
    "What a state counted in a period, and what is recorded here with the same meaning as far as the columns tell, "
    "whatever else is filtered. The two are not the same measure, and neither is a share of the other: authorities see "
    "what no page reports, and a page reports what no authority counts."
)


def subject_in_words(total: OfficialTotal, *, with_state: bool) -> str:
    """The subject of a total: ``Lithuania: smuggling balloons intercepted``."""
    if not with_state:
        return total.counted_what[:1].upper() + total.counted_what[1:]
    return _("{state}: {subject}").format(state=state_name(total.state), subject=total.counted_what)


def period_in_words(period: Period) -> str:
    """The days that were counted: ``2025``, ``1 January 2026 to 24 September 2026``."""
    return dates_in_words(period.start, period.end)


def count_in_words(total: OfficialTotal) -> str:
    """The number that was given: ``635``, ``about 500``."""
    count = number(total.count)
    return _("about {count}").format(count=count) if total.about else count


def recorded_in_words(count: OfficialCount) -> str:
    """The count of the same in what is recorded: ``11 incidents``, ``at least 123 objects in 17 incidents``."""
    recorded = count.recorded
    if recorded is None:
        return _("does not compare")
    incidents = incidents_in_words(recorded.incidents)
    if count.total.unit == CASES or not recorded.objects:
        return incidents
    words = ngettext(
        "at least {count} object in {incidents}", "at least {count} objects in {incidents}", recorded.objects
    )
    return words.format(count=number(recorded.objects), incidents=incidents)


def differences_in_words(total: OfficialTotal, known: Period) -> list[str]:
    """Sentences on how what is recorded differs, and when that begins; none for nothing to say."""
    begun = _("The first incident recorded here is of {day}.").format(day=day(known.start))
    late = total.asks is not None and total.period.start < known.start
    return [sentence for sentence in (total.note, begun if late else "") if sentence]


def subjects(counts: list[OfficialCount]) -> list[list[OfficialCount]]:
    """The counts by state, subject and who counted, in their order."""
    found: dict[tuple[str, str, str], list[OfficialCount]] = {}
    for count in counts:
        total = count.total
        found.setdefault((total.state, total.counted_what, total.by), []).append(count)
    return list(found.values())
