// The row of phones and the strip of people above it. On a narrow screen the strip is a row of
// tabs and one phone is shown at a time.

import { badge, el, find, mark } from "./dom.js";
import { Phone } from "./phone.js";
import { store } from "./store.js";

const narrow = matchMedia("(max-width: 699px)");

export class Phones {
  #phones = new Map();
  #chips = new Map();
  #hidden = new Set();
  #chosen = null;

  /** `actions` are add(), enlarge, history, follow. */
  constructor(actions) {
    this.actions = { ...actions, hide: (userId) => this.#toggle(userId) };
    this.row = find(".phones");
    this.strip = find(".people__chips");
    this.seen = new IntersectionObserver((entries) => entries.forEach((entry) => this.#moved(entry)), { threshold: 0.6 });
    store.on("people", () => this.#people());
    store.on("view", (change) => this.#phones.get(change.view.userId)?.viewChanged(change));
    store.on("unread", ({ view }) => this.#unread(view));
    store.on("answer", (answer) => this.#phones.get(answer.user_id)?.answered(answer));
    store.on("unanswered", ({ view }) => this.#phones.get(view.userId)?.toast("The bot has not answered."));
    store.on("typing", ({ chat_id: chatId }) => this.#typing(chatId));
    document.addEventListener("visibilitychange", () => this.#phones.forEach((phone) => phone.look()));
    narrow.addEventListener("change", () => this.#show());
  }

  get all() {
    return [...this.#phones.values()];
  }

  /** Bring a phone into view and return it. */
  reveal(userId) {
    this.#hidden.delete(userId);
    this.#chosen = userId;
    this.#show();
    const phone = this.#phones.get(userId);
    phone.element.scrollIntoView({ inline: "center", block: "nearest" });
    this.#chips.get(userId).chip.scrollIntoView({ inline: "nearest", block: "nearest" });
    return phone;
  }

  redrawTimes() {
    this.#phones.forEach((phone) => phone.redrawTimes());
  }

  #people() {
    for (const person of store.people.values()) {
      if (this.#phones.has(person.user_id)) this.#phones.get(person.user_id).update(person);
      else this.#add(person);
      this.#chips.get(person.user_id).name.textContent = person.first_name;
    }
    for (const userId of [...this.#phones.keys()]) if (!store.people.has(userId)) this.#remove(userId);
    this.#show();
  }

  #add(person) {
    const phone = new Phone(person, this.actions);
    this.#phones.set(person.user_id, phone);
    this.row.append(phone.element);
    this.seen.observe(phone.element);
    const name = el("span", { class: "people__name" });
    const count = badge();
    const chip = el("button", { class: "people__chip", type: "button", "data-user": person.user_id, onclick: () => this.#toggle(person.user_id) }, name, count.node);
    this.#chips.set(person.user_id, { chip, name, count });
    this.strip.append(chip);
    this.#chosen ??= person.user_id;
  }

  #remove(userId) {
    this.#phones.get(userId).element.remove();
    this.#chips.get(userId).chip.remove();
    this.#phones.delete(userId);
    this.#chips.delete(userId);
    if (this.#chosen === userId) this.#chosen = [...this.#phones.keys()][0] ?? null;
  }

  #toggle(userId) {
    if (narrow.matches) this.#chosen = userId;
    else if (!this.#hidden.delete(userId)) this.#hidden.add(userId);
    this.#show();
    if (!this.#phones.get(userId).element.hidden) this.#phones.get(userId).element.scrollIntoView({ inline: "center", block: "nearest" });
  }

  #isShown(userId) {
    return narrow.matches ? userId === this.#chosen : !this.#hidden.has(userId);
  }

  #show() {
    for (const [userId, phone] of this.#phones) {
      const isShown = this.#isShown(userId);
      phone.element.hidden = !isShown;
      const { chip } = this.#chips.get(userId);
      mark(chip, "aria-pressed", String(isShown));
      mark(chip, "title", isShown && !narrow.matches ? "Hide this phone" : "Show this phone");
      if (isShown) phone.look();
    }
    this.#showEmpty();
  }

  #showEmpty() {
    find(".empty", this.row)?.remove();
    if (this.#phones.size) return;
    const empty = find("#empty").content.cloneNode(true);
    find(".empty__bot", empty).textContent = store.bot.first_name;
    find(".empty__add", empty).addEventListener("click", () => this.actions.add());
    this.row.append(empty);
  }

  #unread(view) {
    this.#phones.get(view.userId)?.unreadChanged(view);
    this.#chips.get(view.userId)?.count.show(store.unreadOf(view.userId));
    const all = [...store.people.keys()].reduce((sum, userId) => sum + store.unreadOf(userId), 0);
    document.title = `${all ? `(${all}) ` : ""}Respite · a Telegram on your laptop`;
  }

  #typing(chatId) {
    for (const view of store.viewsOn(chatId)) this.#phones.get(view.userId)?.typing(chatId);
  }

  #moved({ target, isIntersecting }) {
    const phone = this.#phones.get(Number(target.dataset.user));
    if (!phone) return;
    phone.isOnScreen = isIntersecting;
    phone.look();
  }
}
