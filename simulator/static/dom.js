// Small helpers to make elements. Text always enters as text nodes.

/** Make an element; `props` are attributes, `on…` are listeners, false and null are left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export const find = (selector, root = document) => root.querySelector(selector);

/** Set or remove an attribute only if that changes something. */
export function mark(node, name, value) {
  if (value === null || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

/** A counter badge; empty and hidden at nought. */
export function badge() {
  const node = el("span", { class: "unread", hidden: true });
  return {
    node,
    show(count) {
      node.hidden = count === 0;
      node.textContent = count > 99 ? "99+" : String(count);
      mark(node, "aria-label", `${count} unread`);
    },
  };
}

const SHAPES = {
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  send: "M12 19V5.5M6 11l6-6 6 6",
  slash: "M15.5 4.5l-7 15",
  attach: "M19 11.5l-7.4 7.2a4.6 4.6 0 0 1-6.4-6.6l7.6-7.5a3.1 3.1 0 0 1 4.4 4.4l-7.5 7.4a1.6 1.6 0 0 1-2.2-2.2l6.8-6.7",
  close: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  reply: "M10 6.5L4.5 12l5.5 5.5M5 12h8.5a6 6 0 0 1 6 6",
  file: "M7 3.5h7l4.5 4.5v12.5h-11.5zM13.5 3.5v5h5",
  lock: "M7 11h10v8.5H7zM9 11V8a3 3 0 0 1 6 0v3",
  play: "M9 6.5l9 5.5-9 5.5z",
  down: "M12 5v13.5M6 13l6 6 6-6",
  sent: "M5 12.5l4.5 4.5L19 7.5",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
  picture: "M4 5.5h16v13H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 4.5M15.5 9.5v.01",
  sticker: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9 10v.01M15 10v.01M8.5 14.5a4.5 4.5 0 0 0 7 0",
  voice: "M12 3.5a3 3 0 0 1 3 3V12a3 3 0 0 1-6 0V6.5a3 3 0 0 1 3-3zM6 11.5a6 6 0 0 0 12 0M12 17.5v3",
};

/** An icon as inline SVG, hidden from screen readers. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}
