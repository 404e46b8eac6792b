// A small menu beneath or above its button: arrows, Escape, closes when focus leaves.

import { el } from "./dom.js";

/** Toggle a menu for `button`; `items` are {label, detail?, icon?, then}. */
export function openMenu(button, items, { empty = "" } = {}) {
  const open = button.parentElement.querySelector(":scope > .menu");
  if (open) return close(open, button);

  const menu = el("div", { class: "menu", role: "menu", tabindex: "-1", "aria-label": button.getAttribute("aria-label") });
  fill(menu, button, items, empty);
  button.after(menu);
  button.setAttribute("aria-expanded", "true");
  menu.addEventListener("keydown", (event) => move(event, menu, button));
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (!menu.contains(relatedTarget) && relatedTarget !== button) close(menu, button);
  });
  (menu.querySelector(".menu__item") ?? menu).focus();
  return menu;
}

/** Put other items into an open menu. */
export function fill(menu, button, items, empty = "") {
  const hadFocus = menu.contains(document.activeElement);
  if (hadFocus) menu.focus();  // an item that goes must not take the focus out of the menu
  const nodes = items.map((item) =>
    el("button", {
      class: "menu__item", role: "menuitem", type: "button", tabindex: "-1",
      onclick: () => {
        close(menu, button);
        item.then();
      },
    }, item.icon ?? null, el("span", { class: "menu__label" }, item.label),
    item.detail ? el("span", { class: "menu__detail" }, item.detail) : null));
  menu.replaceChildren(...(nodes.length ? nodes : [el("p", { class: "menu__empty" }, empty)]));
  if (hadFocus) (menu.querySelector(".menu__item") ?? menu).focus();
}

function close(menu, button) {
  button.setAttribute("aria-expanded", "false");
  if (menu.contains(document.activeElement)) button.focus();
  menu.remove();
  return null;
}

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

function move(event, menu, button) {
  if (event.key === "Escape") return close(menu, button);
  if (!(event.key in STEPS)) return undefined;
  event.preventDefault();
  const items = [...menu.querySelectorAll(".menu__item")];
  const at = items.indexOf(document.activeElement);
  items.at((at + STEPS[event.key]) % items.length)?.focus();
  return undefined;
}
