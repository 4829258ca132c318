// The time of the reader's last visit, kept in cookies of this browser, so that the server can say what has changed
// since. A visit is over when the page was not looked at for an hour: loading it again within that ends none.
"use strict";

(() => {
  const APART_MS = 60 * 60 * 1000;
  const EVERY_MS = 60 * 1000;
  const KEPT_S = 365 * 24 * 60 * 60;

  const read = (name) => Number(document.cookie.match(new RegExp(`(?:^|; )${name}=(\\d+)`))?.[1] || 0);
  const write = (name, ms) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the other way is not there without https
    document.cookie = `${name}=${ms}; path=/; max-age=${KEPT_S}; samesite=lax`;
  };
  const note = () => {
    if (document.visibilityState !== "visible") return;
    const seen = read("seen");
    if (seen && Date.now() - seen > APART_MS) write("last-visit", seen);
    write("seen", Date.now());
  };

  note(); // before the page opens its connection, with which the server is told the cookies
  setInterval(note, EVERY_MS);
  document.addEventListener("visibilitychange", note);
})();
