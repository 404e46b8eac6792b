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
  async reload() {
    const state = await api.state();
    Object.assign(this, { now: state.now, travelling: state.travelling, bot: state.bot });
    this.people = new Map(state.people.map((person) => [person.user_id, person]));
    this.groups = new Map(state.groups.map((group) => [group.chat_id, group]));
    this.announce("clock");
    await Promise.all(state.people.flatMap((person) => this.viewsOf(person.user_id)).map((view) => this.load(view)));
    this.announce("people");
  }

  /** Read one chat of one person. */
  async load(view) {
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

  /** One event from the simulator. */
  apply(event) {
    this.#appliers[event.type]?.(event);
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

  #person(event) {
    const { type, ...person } = event;
    this.people.set(person.user_id, { ...this.people.get(person.user_id), ...person });
    this.#refresh(this.viewsOf(person.user_id));
  }

  #group(event) {
    const { type, ...group } = event;
    this.groups.set(group.chat_id, group);
    for (const userId of group.members) {
      const person = this.people.get(userId);
      if (person && !person.chats.includes(group.chat_id)) person.chats.push(group.chat_id);
    }
    this.#refresh(this.viewsOn(group.chat_id).concat(group.members.flatMap((userId) => this.viewsOf(userId))));
  }

  async #refresh(views) {
    this.announce("people");
    for (const view of new Set(views)) {
      if (view.loaded) this.#takeBlocked(view);
      else await this.load(view);
    }
  }

  #takeBlocked(view) {
    const blocked = this.people.get(view.userId)?.blocked ?? false;
    view.blocked = view.type === "private" && blocked;
    this.announce("view", { view, kind: "meta" });
  }
}

const isFor = (view, message) => message.kind !== "service" && message.from?.id !== view.userId;

export const store = new Store();
