"""The order of the saved views: each has a rank of its own, so that moving one view changes no other.

A rank is a fraction, since there is always another one between two.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil

from dashboard.core.record.merge import Content
from dashboard.core.saved_views.saved_view import MOST_VIEWS

RANK = "rank"  # in the content of a view
Things = Mapping[str, Content]  # the contents of views by their keys


def rank_of(content: Content) -> Fraction:
    """The rank of a view."""
    return Fraction(content[RANK])


def in_order(things: Things) -> list[str]:
    """The keys of the views by rank."""
    return sorted(things, key=lambda key: (rank_of(things[key]), key))


def ranks_at_end(change: int) -> Iterator[Fraction]:
    """Ranks behind every one that was given before, also to what is deleted now and may come back.

    Parameters
    ----------
    change
        The number of the change that gives them.
    """
    return (Fraction(change * MOST_VIEWS + place) for place in range(MOST_VIEWS))


def moved(things: Things, order: Sequence[str], key: str, end: Iterator[Fraction]) -> Things:
    """The views in an order that moves one of them, whose rank alone becomes another one."""
    place = order.index(key)
    if place == len(order) - 1:
        rank = next(end)
    elif place == 0:
        rank = Fraction(ceil(rank_of(things[order[1]])) - 1)
    else:
        before, after = (rank_of(things[order[beside]]) for beside in (place - 1, place + 1))
        if before == after:  # an undone move has come back to a place that another view has taken
            return {other: things[other] | {RANK: str(new)} for other, new in zip(order, end, strict=False)}
        rank = (before + after) / 2
    return {**things, key: things[key] | {RANK: str(rank)}}
