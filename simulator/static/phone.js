// One phone: whose it is, which chat is open, its messages and its composer.

import * as api from "./api.js";
import { brief } from "./bubble.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { badge, el, find, icon, mark } from "./dom.js";
import { openMenu } from "./menu.js";
import { orNotice, say } from "./notices.js";
import { store } from "./store.js";

const TYPING_LASTS = 5_000;
const TOAST_LASTS = 4_000;

export class Phone {
  #chats = new Map();
  #open = null;
  #typing = null;
  isOnScreen = true;

  /** `actions` are hide(userId), enlarge, history, follow. */
  constructor(person, actions) {
    this.userId = person.user_id;
    this.actions = actions;
    this.name = el("h2", { class: "phone__name" });
    this.status = el("p", { class: "phone__status" });
    this.avatar = el("span", { class: "avatar", "aria-hidden": "true" });
    this.more = el("button", {
      class: "phone__more", type: "button", "aria-label": "Menu", "aria-haspopup": "menu", "aria-expanded": "false",
      onclick: () => this.#menu(),
    }, icon("more"));
    const header = el("header", { class: "phone__header" }, this.avatar,
      el("div", { class: "phone__who" }, this.name, this.status), el("div", { class: "menu-holder menu-holder-down" }, this.more));
    this.tabs = el("div", { class: "phone__chats", role: "group", "aria-label": "Chats", hidden: true });
    this.body = el("div", { class: "phone__body" });
    this.toasts = el("div", { class: "phone__toasts", role: "status" });
    this.screen = el("div", { class: "phone__screen" }, header, this.tabs, this.body, this.toasts);
    this.element = el("section", { class: "phone", "data-user": person.user_id }, this.screen);
    this.update(person);
  }

  /** Take over the person's name, chats and whether the bot is blocked. */
  update(person) {
    this.person = person;
    this.name.textContent = person.first_name;
    mark(this.element, "aria-label", `${person.first_name}'s phone`);
    mark(this.element, "data-blocked", String(person.blocked));
    this.avatar.textContent = [...person.first_name][0] ?? "?";
    this.avatar.style.setProperty("--hue", String((person.user_id * 67) % 360));
    for (const chatId of person.chats) this.#chat(chatId);
    for (const chatId of [...this.#chats.keys()]) if (!person.chats.includes(chatId)) this.#leave(chatId);
    this.#showTabs();
    if (this.#open === null && person.chats.length) this.open(person.chats[0]);
    this.#showStatus();
  }

  /** Show one chat. */
  open(chatId) {
    this.#open = chatId;
    mark(this.element, "data-chat", chatId);
    for (const [id, chat] of this.#chats) {
      chat.element.hidden = id !== chatId;
      mark(chat.tab, "aria-pressed", String(id === chatId));
    }
    const chat = this.#chats.get(chatId);
    if (chat.conversation.isAtBottom) chat.conversation.toBottom();
    this.look();
    this.#showStatus();
  }

  /** Mark as read what can be seen now. */
  look() {
    const chat = this.#chats.get(this.#open);
    if (chat && this.#isWatched() && chat.conversation.isAtBottom) store.markRead(chat.view);
  }

  /** Write as this person in the private chat with the bot. */
  async write(text) {
    this.open(this.userId);
    await this.#chats.get(this.userId).composer.send(text);
  }

  viewChanged({ view, kind, message, messageId }) {
    const chat = this.#chats.get(view.chatId);
    if (!chat) return;
    const { conversation, composer } = chat;
    if (kind === "reset") conversation.reset();
    else if (kind === "delete") conversation.remove(messageId);
    else if (kind === "pending") conversation.redraw(messageId);
    else if (message) this.#put(conversation, message, kind === "message");
    composer.refresh();
    this.#showTabs();
    this.#showStatus();
  }

  unreadChanged(view) {
    this.look();
    const chat = this.#chats.get(view.chatId);
    chat?.count.show(view.unread);
    chat?.conversation.showUnread(view.unread);
  }

  redrawTimes() {
    this.#chats.forEach(({ conversation }) => conversation.reset());
  }

  /** The bot answered a tap: a toast, or a dialog to be closed. */
  answered({ text, show_alert: isAlert }) {
    if (!text) return;
    if (isAlert) this.#alert(text);
    else this.toast(text);
  }

  toast(text) {
    const node = el("p", { class: "phone__toast" }, text);
    this.toasts.replaceChildren(node);
    setTimeout(() => node.remove(), TOAST_LASTS + 40 * text.length);
  }

  typing(chatId) {
    clearTimeout(this.#typing?.timer);
    const timer = setTimeout(() => this.#stopTyping(), TYPING_LASTS);
    this.#typing = { chatId, timer };
    this.#showStatus();
  }

  #put(conversation, message, isNew) {
    conversation.put(message, { isNew });
    if (message.from?.id === this.userId) return;
    this.#stopTyping();
    if (!store.travelling && !this.element.hidden) {
      say(`${this.person.first_name}, ${isNew ? "new message" : "message changed"}: ${brief(message)}`);
    }
  }

  #stopTyping() {
    clearTimeout(this.#typing?.timer);
    this.#typing = null;
    this.#showStatus();
  }

  #isWatched() {
    return this.isOnScreen && !this.element.hidden && document.visibilityState === "visible";
  }

  #chat(chatId) {
    if (this.#chats.has(chatId)) return;
    const view = store.view(this.userId, chatId);
    const conversation = new Conversation(view, this.#conversationActions(view, chatId));
    const composer = new Composer(view, (messageId) => conversation.chooseReply(messageId));
    const count = badge();
    const title = el("span", { class: "phone__chat-title" });
    const tab = el("button", { class: "phone__chat", type: "button", "data-chat": chatId, onclick: () => this.open(chatId) }, title, count.node);
    const element = el("div", { class: "phone__talk", hidden: true }, conversation.element, composer.element);
    this.#chats.set(chatId, { view, conversation, composer, count, title, tab, element });
    this.tabs.append(tab);
    this.body.append(element);
  }

  #leave(chatId) {
    const { tab, element } = this.#chats.get(chatId);
    tab.remove();
    element.remove();
    this.#chats.delete(chatId);
    if (this.#open === chatId) this.#open = null;
  }

  #conversationActions(view, chatId) {
    const chat = () => this.#chats.get(chatId);
    return {
      ...this.actions,
      follow: (event, href) => this.actions.follow(event, href, this),
      history: (messageId) => this.actions.history(view.messages.get(messageId)),
      reply: (messageId) => chat().composer.replyTo(messageId),
      send: (text) => chat().composer.send(text),
      press: orNotice((message, button, place) => this.#press(view, message, button, place)),
      reached: () => this.look(),
    };
  }

  async #press(view, message, button, place) {
    if (button.url) this.actions.follow(null, button.url, this);
    else await store.tap(view, message.message_id, button, place);
  }

  #showTabs() {
    this.tabs.hidden = this.#chats.size < 2;
    for (const chat of this.#chats.values()) {
      chat.title.textContent = chat.view.type === "private" ? store.bot.first_name : chat.view.title || "Group";
    }
  }

  #showStatus() {
    const view = this.#chats.get(this.#open)?.view;
    this.status.classList.toggle("phone__status-typing", this.#typing?.chatId === this.#open);
    this.status.textContent = this.#statusText(view);
  }

  #statusText(view) {
    if (!view) return "";
    if (this.#typing?.chatId === view.chatId) return `${store.bot.first_name} is typing…`;
    if (view.blocked) return `has blocked ${store.bot.first_name}`;
    return view.type === "private" ? `with ${store.bot.first_name}` : `in ${view.title}`;
  }

  #menu() {
    const { blocked, user_id: userId } = this.person;
    const block = orNotice(() => api.block(userId, !blocked));
    openMenu(this.more, [
      { label: blocked ? "Unblock the bot" : "Block the bot", then: block },
      { label: "Hide this phone", then: () => this.actions.hide(userId) },
    ]);
  }

  #alert(text) {
    const before = document.activeElement;
    const close = () => {
      box.remove();
      this.screen.inert = false;
      before?.focus?.();
    };
    const id = `alert-${this.userId}`;
    const box = el("div", { class: "phone__alert", role: "alertdialog", "aria-modal": "true", "aria-describedby": id, "aria-label": store.bot.first_name },
      el("div", { class: "phone__alert-card" }, el("p", { id, dir: "auto" }, text),
        el("button", { class: "button button-primary", type: "button", onclick: close }, "OK")));
    box.addEventListener("keydown", ({ key }) => key === "Escape" && close());
    find(".phone__alert", this.element)?.remove();
    this.screen.inert = true;
    this.element.append(box);
    find("button", box).focus();
  }
}
