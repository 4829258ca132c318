// Weeks begin on Monday, whatever the language of the browser: Streamlit's calendar asks the browser for the first day.
"use strict";

Intl.Locale.prototype.getWeekInfo = () => ({ firstDay: 1, weekend: [6, 7], minimalDays: 4 });
