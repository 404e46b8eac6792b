// What the page knows: people, groups, and one view per person and chat.
// Everything comes from the simulator; the parts of the page listen for:
//   people · view {view, kind: reset|message|edit|delete|meta|pending} · unread {view}
//   clock · answer {user_id, chat_id, text, show_alert} · typing {chat_id}

import * as api from "./api.js";

const TAP_PATIENCE = 30_000;

class Store extends EventTarget {
  now = null;
  travelling = false;
  bot = { id: 0, username: "", first_name: "the bot" };
  people = new Map();
  groups = new Map();
  views = new Map();

  announce(type, detail = {}) {
    this.dispatchEvent(Object.assign(new Event(type), { detail }));
  }

  on(type, then) {
    this.addEventListener(type, (event) => then(event.detail));
  }

  view(userId, chatId) {
    const key = `${userId} ${chatId}`;
    if (!this.views.has(key)) {
      this.views.set(key, {
        userId, chatId, title: "", type: chatId < 0 ? "group" : "private", blocked: false,
        commands: [], messages: new Map(), unread: 0, pending: new Map(), loaded: false,
      });
    }
    return this.views.get(key);
  }

  viewsOf(userId) {
    return (this.people.get(userId)?.chats ?? []).map((chatId) => this.view(userId, chatId));
  }

  viewsOn(chatId) {
    return [...this.views.values()].filter((view) => view.chatId === chatId);
  }

  unreadOf(userId) {
    return this.viewsOf(userId).reduce((sum, view) => sum + view.unread, 0);
  }

  /** Read everything anew: at the start, and after any gap in the events. */
  reload() {
    return this.#holding(() => this.#readAll());
  }

  async #readAll() {
    const state = await api.state();
    Object.assign(this, { now: state.now, travelling: state.travelling, bot: state.bot });
    this.people = new Map(state.people.map((person) => [person.user_id, person]));
    this.groups = new Map(state.groups.map((group) => [group.chat_id, group]));
    this.announce("clock");
    await Promise.all(state.people.flatMap((person) => this.viewsOf(person.user_id)).map((view) => this.#load(view)));
    this.announce("people");
  }

  async #load(view) {
    const read = await api.transcript(view.chatId, view.userId);
    const known = view.messages;
    view.messages = new Map(read.messages.filter((message) => !message.deleted)
      .map((message) => [message.message_id, message]));
    if (view.loaded) {
      const fresh = [...view.messages.values()].filter((message) => !known.has(message.message_id));
      view.unread += fresh.filter((message) => isFor(view, message)).length;
    }
    Object.assign(view, { title: read.title, type: read.type, blocked: read.blocked, commands: read.commands, loaded: true });
    view.pending.clear();
    this.announce("view", { view, kind: "reset" });
    this.announce("unread", { view });
  }

  /** Bot commands change without an event: read them when somebody looks. */
  async loadCommands(view) {
    view.commands = (await api.transcript(view.chatId, view.userId)).commands;
    return view.commands;
  }

  markRead(view) {
    if (view.unread === 0) return;
    view.unread = 0;
    this.announce("unread", { view });
  }

  /** A person taps a button; it spins until it is answered or the message changes. */
  async tap(view, messageId, button, place) {
    this.#settle(view, messageId);
    const timer = setTimeout(() => {
      this.#settle(view, messageId);
      this.announce("unanswered", { view });
    }, TAP_PATIENCE);
    view.pending.set(messageId, { place, timer });
    this.announce("view", { view, kind: "pending", messageId });
    try {
      await api.tap({ user_id: view.userId, chat_id: view.chatId, message_id: messageId, data: button.data });
    } catch (error) {
      this.#settle(view, messageId);
      throw error;
    }
  }

  #settle(view, messageId) {
    if (!view.pending.has(messageId)) return;
    clearTimeout(view.pending.get(messageId).timer);
    view.pending.delete(messageId);
    this.announce("view", { view, kind: "pending", messageId });
  }

  /** One event from the simulator; while something is being read it waits its turn. */
  apply(event) {
    if (this.#held) this.#held.push(event);
    else this.#appliers[event.type]?.(event);
  }

  #held = null;
  #readers = 0;

  /** Keep events back while `read` runs, so that what it reads cannot undo newer ones. */
  async #holding(read) {
    this.#held ??= [];
    this.#readers += 1;
    try {
      await read();
    } finally {
      this.#readers -= 1;
      if (this.#readers === 0) this.#release();
    }
  }

  #release() {
    const held = this.#held;
    this.#held = null;
    held.forEach((event) => this.apply(event));
  }

  #appliers = {
    message: (event) => this.#put(event, "message"),
    edit: (event) => this.#put(event, "edit"),
    delete: (event) => this.#drop(event),
    answer: (event) => this.#answered(event),
    person: (event) => this.#person(event),
    group: (event) => this.#group(event),
    typing: (event) => this.announce("typing", event),
    clock: (event) => {
      Object.assign(this, { now: event.now, travelling: event.travelling });
      this.announce("clock");
    },
  };

  #put({ chat_id: chatId, message }, kind) {
    for (const view of this.viewsOn(chatId)) {
      const isNew = kind === "message" && !view.messages.has(message.message_id);
      view.messages.set(message.message_id, message);
      if (kind === "edit") this.#settle(view, message.message_id);
      if (isNew && isFor(view, message)) view.unread += 1;
      this.announce("view", { view, kind: isNew ? "message" : "edit", message });
      if (isNew) this.announce("unread", { view });
    }
  }

  #drop({ chat_id: chatId, message_id: messageId }) {
    for (const view of this.viewsOn(chatId)) {
      this.#settle(view, messageId);
      view.messages.delete(messageId);
      this.announce("view", { view, kind: "delete", messageId });
    }
  }

  #answered(event) {
    const view = this.view(event.user_id, event.chat_id);
    const answered = view.pending.has(event.message_id) ? [event.message_id] : [...view.pending.keys()];
    answered.forEach((messageId) => this.#settle(view, messageId));
    this.announce("answer", event);
  }

  #person({ type, ...person }) {
    this.people.set(person.user_id, person);
    const views = this.viewsOf(person.user_id);
    const fresh = views.filter((view) => !view.loaded);
    if (fresh.length) this.#quietly(() => Promise.all(fresh.map((view) => this.#load(view))));
    for (const view of views) view.blocked = view.type === "private" && person.blocked;
    this.announce("people");
    views.forEach((view) => this.announce("view", { view, kind: "meta" }));
  }

  #group() {
    this.#quietly(() => this.#readAll());  // who is in which chat has changed
  }

  #quietly(read) {
    this.#holding(read).catch(() => {});  // the line is down: everything is read when it is back
  }
}

const isFor = (view, message) => message.kind !== "service" && message.from?.id !== view.userId;

export const store = new Store();
