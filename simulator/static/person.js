// The dialog for a new phone, also used to ask which phone opens an invite link.

import * as api from "./api.js";
import { el, find } from "./dom.js";
import { startToken } from "./links.js";
import { store } from "./store.js";

const LANGUAGES = ["en", "es", "de", "fr", "it", "pt", "nl", "pl", "tr", "uk", "ar", "hi", "ja"];

const dialog = find("#person");
const form = find("form", dialog);
const names = new Intl.DisplayNames(["en"], { type: "language" });

find("[name=language_code]", form).append(...LANGUAGES.map((code) => el("option", { value: code }, names.of(code))));

/** Ask for a new phone → {userId, token | null}, or null if cancelled. */
export const askForPhone = () =>
  ask({ title: "A new phone", lead: "For a made-up person. Nobody real is written to.", action: "Add phone" });

/** Ask which phone opens an invite → {userId, token}, or null. */
export const askWhoOpens = (token) =>
  ask({ title: "Open the invite", lead: `This link starts a chat with ${store.bot.first_name}.`, action: "Open", token });

async function ask({ title, lead, action, token = null }) {
  form.reset();
  find(".dialog__title", form).textContent = title;
  find(".dialog__lead", form).textContent = lead;
  find(".dialog__error", form).textContent = "";
  find("[value=ok]", form).textContent = action;
  find(".field-link", form).hidden = token !== null;
  offerPhones(token !== null);
  dialog.showModal();
  find(token === null ? "[name=first_name]" : "[name=phone]", form)?.focus();
  return new Promise((resolve) => {
    const done = new AbortController();
    const options = { signal: done.signal };
    const finish = (result) => {
      done.abort();
      if (dialog.open) dialog.close();
      resolve(result);
    };
    dialog.addEventListener("close", () => finish(null), options);
    form.addEventListener("submit", async (event) => {
      if (event.submitter?.value === "cancel") return;
      event.preventDefault();
      try {
        finish(await chosen(token));
      } catch (error) {
        find(".dialog__error", form).textContent = error.message;
      }
    }, options);
  });
}

function offerPhones(isOffered) {
  const choices = find(".choices", form);
  choices.hidden = !isOffered || store.people.size === 0;
  const people = [...store.people.values()].map(({ user_id: userId, first_name: name }) => choice(String(userId), name));
  find(".choices__list", choices).replaceChildren(...(isOffered ? [choice("new", "a new phone"), ...people] : []));
  const first = find("[name=phone]", form);
  if (first) first.checked = true;
  showFields();
}

const choice = (value, label) =>
  el("label", { class: "choice" }, el("input", { type: "radio", name: "phone", value, onchange: showFields }), label);

function showFields() {
  const isNew = (new FormData(form).get("phone") ?? "new") === "new";
  find(".fields", form).hidden = !isNew;
  find("[name=first_name]", form).disabled = !isNew;
}

async function chosen(token) {
  const data = new FormData(form);
  const existing = Number(data.get("phone"));
  if (existing) return { userId: existing, token };
  const link = (data.get("link") ?? "").trim();
  const invited = token ?? (link ? startToken(link, store.bot.username) : null);
  if (link && invited === null) throw new Error(`That is no link to ${store.bot.first_name}: it should look like https://t.me/${store.bot.username}?start=…`);
  const { user_id: userId } = await api.createUser({ first_name: data.get("first_name").trim(), language_code: data.get("language_code") });
  await store.reload();
  return { userId, token: invited };
}
