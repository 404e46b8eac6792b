// The inline keyboard beneath a bubble. Buttons are reused by place, so that a redraw does not
// flicker and the keyboard focus stays where it was.

import { el, mark } from "./dom.js";

/** Bring `box` in line with the keyboard; `pressed` is the place of the spinning button. */
export function drawKeyboard(box, keyboard, pressed, onPress) {
  const rows = keyboard ?? [];
  box.hidden = rows.length === 0;
  fit(box, rows.length, () => el("div", { class: "keyboard__row" }));
  rows.forEach((buttons, row) => {
    const line = box.children[row];
    fit(line, buttons.length, () => el("button", { class: "keyboard__button", type: "button" }, el("span", { class: "keyboard__label" })));
    buttons.forEach((button, column) => {
      const place = `${row}.${column}`;
      drawButton(line.children[column], button, place === pressed, () => onPress(button, place));
    });
  });
}

function fit(parent, count, make) {
  while (parent.children.length > count) parent.lastElementChild.remove();
  while (parent.children.length < count) parent.append(make());
}

function drawButton(node, button, isPressed, press) {
  const label = node.firstElementChild;
  if (label.textContent !== button.text) label.textContent = button.text;
  node.classList.toggle("keyboard__button-link", Boolean(button.url));
  mark(node, "data-style", button.style);
  mark(node, "data-data", button.data);
  mark(node, "aria-busy", isPressed ? "true" : null);
  node.disabled = Boolean(button.disabled);
  node.onclick = press;
}
