// Links and commands inside messages. Only text nodes are cut and only anchors and buttons are made.

import { el } from "./dom.js";

const PATTERN = /(https?:\/\/[^\s<>"]+|tg:\/\/[^\s<>"]+|\b(?:t|telegram)\.me\/[^\s<>"]+)|(?<![\w/])(\/[a-z][a-z0-9_]{0,31}(?:@\w+)?)(?![\w/])/gi;
const TRAILING = /[.,;:!?)\]}'”»]+$/;
const LEFT_ALONE = "a, button, code, pre";

/** The start parameter of a deep link to `username`, or null. */
export function startToken(href, username) {
  let url;
  try {
    url = new URL(/^[a-z]+:/i.test(href) ? href : `https://${href}`);
  } catch {
    return null;
  }
  const isTelegram = ["t.me", "telegram.me"].includes(url.hostname.toLowerCase());
  const named = isTelegram ? url.pathname.slice(1) : url.protocol === "tg:" ? url.searchParams.get("domain") : null;
  if (named?.toLowerCase() !== username.toLowerCase()) return null;
  return url.searchParams.get("start") ?? "";
}

/** Make plain addresses and commands inside `root` live. */
export function enliven(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  texts.filter((text) => !text.parentElement.closest(LEFT_ALONE)).forEach(cut);
  for (const anchor of root.querySelectorAll("a[href]")) {
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
  }
}

function cut(text) {
  const parts = [];
  let from = 0;
  for (const match of text.data.matchAll(PATTERN)) {
    const [whole, address, command] = match;
    const word = address ? whole.replace(TRAILING, "") : whole;
    parts.push(text.data.slice(from, match.index), address ? anchorTo(word) : commandButton(command));
    from = match.index + word.length;
  }
  if (parts.length) text.replaceWith(...parts, text.data.slice(from));
}

const anchorTo = (word) => el("a", { href: /^[a-z]+:\/\//i.test(word) ? word : `https://${word}` }, word);

const commandButton = (command) =>
  el("button", { class: "bubble__command", type: "button", "data-command": command }, command);
