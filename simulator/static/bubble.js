// One message as a list item, made once and then brought up to date part by part.

import { el, icon, mark } from "./dom.js";
import * as format from "./format.js";
import { drawKeyboard } from "./keyboard.js";
import { enliven } from "./links.js";

const FOLDED_LINES = 3;
const WAVE = [5, 9, 14, 8, 17, 12, 20, 11, 16, 7, 13, 18, 9, 14, 6, 10, 15, 8, 5];

/** Make the item; `actions` are reply, jump, press, enlarge, history. */
export function makeMessage(view, message, actions) {
  if (message.kind === "service") return makeService(message);
  const isOwn = message.from?.id === view.userId;
  const item = el("li", {
    class: `message message-${isOwn ? "out" : "in"}`,
    "data-message": message.message_id, "data-kind": message.kind,
  });
  const bubble = el("div", { class: "bubble" });
  item.parts = {
    quote: el("div", { class: "bubble__quoted" }), media: el("div", { class: "bubble__media" }),
    text: el("div", { class: "bubble__text", dir: "auto" }), foot: el("div", { class: "bubble__foot" }),
    keyboard: el("div", { class: "keyboard", hidden: true }),
  };
  item.drawn = {};
  const { quote, media, text, foot, keyboard } = item.parts;
  if (!isOwn && view.type !== "private") bubble.append(el("p", { class: "bubble__from" }, message.from.first_name));
  bubble.append(quote, media, el("div", { class: "bubble__body" }, text, foot), replyButton(message, actions));
  item.append(bubble, keyboard);
  updateMessage(item, view, message, actions);
  return item;
}

function makeService(message) {
  return el("li", { class: "service", "data-message": message.message_id, "data-kind": "service" },
    el("span", { class: "service__text" }, message.text));
}

const replyButton = (message, actions) =>
  el("button", {
    class: "bubble__reply", type: "button", "aria-label": "Reply to this message", title: "Reply",
    onclick: () => actions.reply(message.message_id),
  }, icon("reply"));

/** Draw what changed, and nothing else. */
export function updateMessage(item, view, message, actions) {
  if (message.kind === "service") return;
  const quoted = view.messages.get(replyId(message));
  part(item, "quote", quoted ? [quoted.message_id, quoted.text, quoted.kind] : null,
    (node) => drawQuote(node, quoted, actions));
  part(item, "media", [message.kind, message.photo, message.document], (node) => drawMedia(node, message, actions));
  part(item, "text", message.html, (node) => drawText(node, message));
  part(item, "foot", [isRewritten(message), message.protected, message.date, format.currentZone()],
    (node) => drawFoot(node, item, message, actions));
  const pressed = view.pending.get(message.message_id)?.place;
  drawKeyboard(item.parts.keyboard, message.keyboard, pressed, (button, place) => actions.press(message, button, place));
}

function part(item, name, value, draw) {
  const key = JSON.stringify(value ?? null);
  if (item.drawn[name] === key) return;
  item.drawn[name] = key;
  draw(item.parts[name]);
}

/** Other words than before; another keyboard alone does not count. */
const isRewritten = (message) =>
  Boolean(message.edited_at) && (message.versions ?? []).some(({ text }) => text !== message.text);

const replyId = ({ reply_to: target }) => target?.message_id ?? target ?? null;

function drawQuote(node, quoted, actions) {
  node.replaceChildren();
  if (!quoted) return;
  node.append(el("button", { class: "bubble__quote", type: "button", onclick: () => actions.jump(quoted.message_id) },
    el("span", { class: "bubble__quote-from" }, quoted.from?.first_name ?? ""),
    el("span", { class: "bubble__quote-text", dir: "auto" }, brief(quoted))));
}

const KINDS = { photo: "Picture", document: "File", sticker: "Sticker", voice: "Voice message" };

/** One line that stands for a message. */
export const brief = (message) =>
  (message.text || message.document?.file_name || KINDS[message.kind] || "").split("\n", 1)[0].slice(0, 120);

function drawMedia(node, message, actions) {
  const draw = MEDIA[message.kind];
  node.replaceChildren(...(draw ? draw(message, actions) : []));
}

const MEDIA = {
  photo: ({ photo, text }, actions) => {
    if (!photo || photo.width < 2) return [placeholder("picture", "Picture")];
    const alt = text ? brief({ text }) : "Picture";
    const image = el("img", { src: photo.url, width: photo.width, height: photo.height, alt, decoding: "async" });
    return [el("button", {
      class: "bubble__photo", type: "button", "aria-label": `Enlarge the picture: ${alt}`,
      onclick: () => actions.enlarge(photo.url, alt),
    }, image)];
  },
  document: ({ document: file }) => file ? [
    el("a", { class: "bubble__document", href: file.url, download: file.file_name },
      el("span", { class: "bubble__document-icon" }, icon("file")),
      el("span", { class: "bubble__document-name" }, file.file_name),
      el("span", { class: "bubble__document-size" }, format.fileSize(file.size))),
  ] : [placeholder("file", "File")],
  sticker: () => [placeholder("sticker", "Sticker")],
  voice: () => [
    el("div", { class: "bubble__voice", role: "img", "aria-label": "Voice message" },
      el("span", { class: "bubble__voice-play" }, icon("play")),
      el("span", { class: "bubble__voice-wave" }, ...WAVE.map((height) => {
        const bar = el("i");
        bar.style.height = `${height}px`;
        return bar;
      }))),
  ],
};

const placeholder = (name, label) =>
  el("div", { class: `bubble__placeholder bubble__placeholder-${name}`, role: "img", "aria-label": label }, icon(name));

function drawText(node, message) {
  node.hidden = !message.html;
  node.innerHTML = message.html ?? "";  // made safe by the simulator; the only such place
  enliven(node);
  node.querySelectorAll("[data-unix], tg-time[unix], time[datetime]").forEach(drawMoment);
  node.querySelectorAll("blockquote[expandable], blockquote.expandable").forEach(makeExpandable);
  node.querySelectorAll("tg-spoiler, .tg-spoiler, .spoiler").forEach(makeSpoiler);
}

function drawMoment(node) {
  const unix = node.dataset.unix ?? node.getAttribute("unix");
  const at = unix ? Number(unix) * 1000 : node.getAttribute("datetime");
  const letters = node.dataset.format ?? node.getAttribute("format") ?? "";
  const words = letters && format.asAsked(at, letters);
  if (words) node.textContent = words;
  node.classList.add("moment");
  node.title = `${format.fullMoment(at)} (${format.currentZone()})`;
}

function makeExpandable(quote) {
  const lines = quote.textContent.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 42), 0);
  if (lines <= FOLDED_LINES) return;
  quote.classList.add("expandable");
  const button = el("button", { class: "expandable__button", type: "button", "aria-expanded": "false" }, "Show all");
  button.addEventListener("click", () => {
    const isOpen = quote.classList.toggle("expandable-open");
    button.setAttribute("aria-expanded", String(isOpen));
    button.textContent = isOpen ? "Show less" : "Show all";
  });
  quote.after(button);
}

function makeSpoiler(node) {
  node.classList.add("spoiler");
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", "Hidden text: press to show");
  const show = () => {
    node.classList.add("spoiler-open");
    node.removeAttribute("role");
    node.removeAttribute("aria-label");
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", ({ key }) => key === "Enter" && show());
}

function drawFoot(node, item, message, actions) {
  const lock = el("span", { class: "bubble__lock", title: "Cannot be forwarded or saved" }, icon("lock"));
  lock.setAttribute("role", "img");
  lock.setAttribute("aria-label", "protected");
  const edited = el("button", {
    class: "bubble__edited", type: "button", title: "How this message changed",
    onclick: () => actions.history(message.message_id),
  }, "edited");
  const sent = el("span", { class: "bubble__sent", role: "img", "aria-label": "sent" }, icon("sent"));
  node.replaceChildren(...[
    message.protected ? lock : null,
    isRewritten(message) ? edited : null,
    el("time", { class: "bubble__time", datetime: message.date, title: format.fullMoment(message.date) }, format.clockTime(message.date)),
    item.classList.contains("message-out") ? sent : null,
  ].filter(Boolean));
  mark(item, "data-edited", isRewritten(message) ? "true" : null);
}
