// Keys that are pressed on the map, or on the page around it.

const Keyboard = {
  // Act on keys as long as nobody is typing.
  listen(act) {
    const pressed = (event) => {
      const typing = event.target.closest?.(
        "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]",
      );
      if (!typing && !event.ctrlKey && !event.altKey && !event.metaKey) act(event);
    };
    for (const view of Dom.windows()) Dom.listen(view.document, "keydown", pressed, true);
  },

  // The page's shortcuts work while the map's frame has the keyboard, too.
  passEscape() {
    const press = new KeyboardEvent("keydown", { key: "Escape", code: "Escape", bubbles: true });
    window.parent.document.dispatchEvent(press);
  },

  // What looks like a button is pressed by the space bar, too.
  pressBySpace(box) {
    box.addEventListener("keydown", (event) => {
      if (event.key !== " " || event.target.getAttribute("role") !== "button") return;
      event.preventDefault();
      event.target.click();
    });
  },
};
