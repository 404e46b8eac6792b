// What a person does at the foot of a chat: write, reply, attach, pick a command, start, unblock.

import * as api from "./api.js";
import { brief } from "./bubble.js";
import { el, icon } from "./dom.js";
import { fill, openMenu } from "./menu.js";
import { orNotice } from "./notices.js";
import { store } from "./store.js";

const ATTACHMENTS = [["photo", "Picture", "picture"], ["sticker", "Sticker", "sticker"], ["voice", "Voice message", "voice"]];

export class Composer {
  #replyTo = null;

  /** `onReply` hears which message is being replied to, or null. */
  constructor(view, onReply) {
    this.view = view;
    this.onReply = onReply;
    this.quote = el("div", { class: "composer__reply", hidden: true });
    this.text = el("textarea", {
      class: "composer__text", rows: "1", placeholder: "Message", "aria-label": "Message",
      onkeydown: (event) => this.#key(event), oninput: () => this.#grow(),
    });
    this.line = el("form", { class: "composer__line", onsubmit: (event) => this.#submit(event) },
      this.#menuButton("composer__commands", "Commands", "slash", (button) => this.#commands(button)),
      this.text,
      this.#menuButton("composer__attach", "Attach", "attach", (button) => this.#attach(button)),
      el("button", { class: "composer__send", "aria-label": "Send" }, icon("send")));
    this.start = this.#wide("composer__start", "Start", () => this.send("/start"));
    this.unblock = this.#wide("composer__unblock", "Unblock the bot", orNotice(() => api.block(view.userId, false)));
    this.element = el("div", { class: "composer" }, this.quote, this.line, this.start, this.unblock);
    this.refresh();
  }

  /** Show what is possible now: write, start, or unblock. */
  refresh() {
    const { blocked, type, messages } = this.view;
    const isNew = type === "private" && messages.size === 0;
    this.unblock.hidden = !blocked;
    this.start.hidden = blocked || !isNew;
    this.line.hidden = blocked || isNew;
  }

  /** Reply to a message; the same one again, or null, lets go. */
  replyTo(messageId) {
    this.#replyTo = messageId === this.#replyTo ? null : messageId;
    const quoted = this.view.messages.get(this.#replyTo);
    this.quote.hidden = !quoted;
    this.quote.replaceChildren(...(quoted ? [
      icon("reply"),
      el("span", { class: "composer__quoted", dir: "auto" }, brief(quoted)),
      el("button", { class: "composer__let-go", type: "button", "aria-label": "Do not reply to it", onclick: () => this.replyTo(null) }, icon("close")),
    ] : []));
    this.onReply(quoted ? this.#replyTo : null);
    if (quoted && !this.line.hidden) this.text.focus();
  }

  send = orNotice(async (text, kind) => {
    const message = { user_id: this.view.userId, chat_id: this.view.chatId, text };
    if (kind) message.kind = kind;
    if (this.#replyTo) message.reply_to = this.#replyTo;
    await api.send(message);
    this.replyTo(null);
    return true;
  });

  async #submit(event) {
    event?.preventDefault();
    const text = this.text.value.trim();
    if (!text || !(await this.send(text))) return;
    this.text.value = "";
    this.#grow();
  }

  #key(event) {
    if (event.key === "Escape") this.replyTo(null);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight}px`;
  }

  #menuButton(name, label, picture, open) {
    const button = el("button", {
      class: name, type: "button", "aria-label": label, title: label, "aria-haspopup": "menu", "aria-expanded": "false",
      onclick: () => open(button),
    }, icon(picture));
    return el("div", { class: "menu-holder" }, button);
  }

  #wide = (name, label, then) => el("button", { class: `button button-primary ${name}`, type: "button", hidden: true, onclick: then }, label);

  #commands = orNotice(async (button) => {
    const empty = "The bot has set no commands for this chat.";
    const menu = openMenu(button, this.#commandItems(), { empty });
    if (!menu) return;
    await store.loadCommands(this.view);
    if (menu.isConnected) fill(menu, button, this.#commandItems(), empty);
  });

  #commandItems() {
    return this.view.commands.map(({ command, description }) => ({
      label: `/${command}`, detail: description, then: () => this.send(`/${command}`),
    }));
  }

  #attach(button) {
    openMenu(button, ATTACHMENTS.map(([kind, label, picture]) => ({
      label, icon: icon(picture), then: () => this.send(kind === "photo" ? this.text.value.trim() : "", kind),
    })));
  }
}
