// The presenter's notes in a window of their own; they follow the briefing of this browser.
"use strict";

const channel = new BroadcastChannel("incursions");
const put = (id, text) => {
  document.getElementById(id).textContent = text;
};
channel.onmessage = ({ data }) => {
  if (!data?.words) return;
  const { title, notes, index, count, next, words } = data;
  document.title = words.title;
  put("place", count ? `${index || "–"} / ${count}` : "");
  put("title", title);
  put("notes", notes || words.none);
  put("next", next ? words.next.replace("{title}", next) : "");
};
channel.postMessage("hello");
