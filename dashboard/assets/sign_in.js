// Whose sign-in is over, or whose role was taken away, is told so: the page asks whether the server is there, is
// refused, and loads itself anew, which shows why.
"use strict";

(() => {
  const REFUSED = [401, 403];
  new PerformanceObserver((list) => {
    const isRefused = (one) => one.name.includes("/_stcore/health") && REFUSED.includes(one.responseStatus);
    if (list.getEntries().some(isRefused)) location.reload();
  }).observe({ type: "resource" });
})();
