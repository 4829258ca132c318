"""Whom the map owes its borders and names."""

from dashboard.language import _

CREDITS = _(
    "Borders and territorial sea: OpenStreetMap contributors (ODbL), 2017; Crimea as in UN General Assembly resolution "
    "68/262. Towns: GeoNames (CC BY 4.0)."
)
SHORT_CREDITS = _("© OpenStreetMap contributors, GeoNames")  # for the corner of the screen
