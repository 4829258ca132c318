// Makes and listens to what stands on a page. What was written by others goes into elements as text, never as markup.

const Dom = {
  // An element with properties or attributes, and what is in it: elements and texts.
  element(tag, properties = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in made) made[name] = value;
      else made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  },

  // A button; `title` is what a screen reader says, whatever is written on it.
  button({ title, ...properties }, ...children) {
    const named = title ? { title, "aria-label": title } : {};
    return Dom.element("button", { type: "button", ...named, ...properties }, ...children);
  },

  // An element with markup of ours in it.
  drawn(tag, markup, properties = {}) {
    return Dom.element(tag, { innerHTML: markup, ...properties });
  },

  // Puts other children into a part. What has the keyboard there keeps it, at the same place.
  renew(part, ...children) {
    const place = [...part.children].indexOf(document.activeElement);
    part.replaceChildren(...children);
    part.children[place]?.focus();
  },

  // The window of the map, and that of the page around it where there is one.
  windows() {
    return window.frameElement ? [window, window.parent] : [window];
  },

  // Listens for as long as the map's frame is there: the page around it lives longer.
  listen(target, type, act, options) {
    target.addEventListener(type, act, options);
    window.addEventListener("pagehide", () => target.removeEventListener(type, act, options));
  },
};
