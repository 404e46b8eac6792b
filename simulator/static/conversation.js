// The messages of one chat on one phone: rendered by id, kept at the bottom only if it was there.

import { makeMessage, updateMessage } from "./bubble.js";
import { el, icon, badge } from "./dom.js";
import * as format from "./format.js";
import { store } from "./store.js";

const NEAR = 48;

export class Conversation {
  #items = new Map();
  #isAtBottom = true;
  #depth = 0;

  constructor(view, actions) {
    this.view = view;
    this.actions = { ...actions, jump: (messageId) => this.#jump(messageId) };
    this.list = el("ol", { class: "conversation__list" });
    this.hint = el("p", { class: "conversation__hint" });
    this.scroller = el("div", { class: "conversation__scroller", tabindex: "0", role: "log", "aria-live": "off" }, this.hint, this.list);
    this.count = badge();
    this.latest = el("button", {
      class: "conversation__latest", type: "button", "aria-label": "To the latest message", hidden: true,
      onclick: () => this.toBottom(),
    }, icon("down"), this.count.node);
    this.element = el("div", { class: "conversation", "data-chat": view.chatId }, this.scroller, this.latest);
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.scroller.addEventListener("click", (event) => this.#clicked(event));
    new ResizeObserver(() => this.#isAtBottom && this.toBottom()).observe(this.list);
    new ResizeObserver(() => this.#isAtBottom && this.toBottom()).observe(this.scroller);
    this.reset();
  }

  get isAtBottom() {
    return this.#isAtBottom;
  }

  /** Draw everything anew, keeping the items that are known. */
  reset() {
    const wanted = [...this.view.messages.values()].sort((a, b) => a.message_id - b.message_id);
    const items = wanted.map((message) => this.#itemOf(message));
    this.#items = new Map(wanted.map((message, at) => [message.message_id, items[at]]));
    this.list.replaceChildren(...items);
    this.#placeDays();
    this.#stick();
  }

  /** A new message, or a changed one. */
  put(message, { isNew = false } = {}) {
    const isKnown = this.#items.has(message.message_id);
    const item = this.#itemOf(message);
    if (!isKnown) {
      this.#items.set(message.message_id, item);
      this.#insert(item, message.message_id);
      this.#placeDays();
      if (isNew && !store.travelling) item.classList.add("message-new");
    }
    for (const [id, other] of this.view.messages) {
      if (other.reply_to && id !== message.message_id) this.redraw(id);
    }
    this.#stick();
  }

  redraw(messageId) {
    const message = this.view.messages.get(messageId);
    const item = this.#items.get(messageId);
    if (message && item) updateMessage(item, this.view, message, this.actions);
  }

  remove(messageId) {
    this.#items.get(messageId)?.remove();
    this.#items.delete(messageId);
    this.#placeDays();
  }

  showUnread(count) {
    this.count.show(count);
  }

  toBottom() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#depth = this.scroller.scrollHeight - this.scroller.clientHeight;
  }

  chooseReply(messageId) {
    this.list.querySelector(".message-chosen")?.classList.remove("message-chosen");
    this.#items.get(messageId)?.classList.add("message-chosen");
  }

  #itemOf(message) {
    const known = this.#items.get(message.message_id);
    if (!known) return Object.assign(makeMessage(this.view, message, this.actions), { date: message.date });
    updateMessage(known, this.view, message, this.actions);
    return known;
  }

  #insert(item, messageId) {
    const next = [...this.#items.keys()].filter((id) => id > messageId).sort((a, b) => a - b)[0];
    this.list.insertBefore(item, this.#items.get(next) ?? null);
  }

  #placeDays() {
    let day = null;
    for (const node of this.list.querySelectorAll(":scope > :not(.day)")) {
      const key = format.dayKey(node.date);
      const before = node.previousElementSibling;
      const separator = before?.classList.contains("day") ? before : null;
      if (key === day) separator?.remove();
      else if (separator?.dataset.day !== key) node.before(daySeparator(key, node.date));
      day = key;
    }
    this.list.querySelectorAll(".day + .day, .day:last-child").forEach((orphan) => {
      (orphan.nextElementSibling ? orphan.previousElementSibling : orphan).remove();
    });
  }

  #stick() {
    this.hint.hidden = this.#items.size > 0;
    this.hint.textContent = `Nothing here yet. Press Start to write to ${store.bot.first_name}.`;
    if (this.#isAtBottom) this.toBottom();
    else this.#scrolled();
  }

  #scrolled() {
    const { scrollHeight, clientHeight } = this.scroller;
    if (clientHeight === 0) return;  // not on the screen
    const depth = scrollHeight - clientHeight;
    if (this.#isAtBottom && depth !== this.#depth) this.toBottom();  // it grew, nobody scrolled
    this.#depth = depth;
    this.#isAtBottom = depth - this.scroller.scrollTop < NEAR;
    this.latest.hidden = this.#isAtBottom;
    if (this.#isAtBottom) this.actions.reached(this.view);
  }

  #jump(messageId) {
    const item = this.#items.get(messageId);
    item?.scrollIntoView({ block: "center" });
    item?.classList.remove("message-found");
    requestAnimationFrame(() => item?.classList.add("message-found"));
  }

  #clicked(event) {
    const command = event.target.closest("[data-command]");
    const link = event.target.closest("a[href]:not([download])");
    if (command) this.actions.send(command.dataset.command);
    else if (link) this.actions.follow(event, link.getAttribute("href"));
    else if (isPlainClick(event)) this.actions.reply(Number(event.target.closest(".message").dataset.message));
  }
}

const daySeparator = (key, date) =>
  el("li", { class: "day", "data-day": key }, el("span", { class: "day__name" }, format.dayName(date)));

const isPlainClick = ({ target }) =>
  target.closest(".bubble") && !target.closest("button, a, [role=button], .keyboard") && getSelection().isCollapsed;
