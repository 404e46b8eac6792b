// The page: puts the parts together.

import { el, find } from "./dom.js";
import { startBar } from "./clock.js";
import { listen } from "./events.js";
import * as format from "./format.js";
import { startToken } from "./links.js";
import { notice, orNotice } from "./notices.js";
import { askForPhone, askWhoOpens } from "./person.js";
import { Phones } from "./phones.js";
import { store } from "./store.js";

const phones = new Phones({ add: () => add(), enlarge, history, follow });

const add = orNotice(async () => {
  const answer = await askForPhone();
  if (!answer) return;
  const phone = phones.reveal(answer.userId);
  if (answer.token !== null) await phone.write(startText(answer.token));
});

const openInvite = orNotice(async (token) => {
  const answer = await askWhoOpens(token);
  if (answer) await phones.reveal(answer.userId).write(startText(token));
});

const startText = (token) => (token ? `/start ${token}` : "/start");

/** A link was pressed: an invite asks for a phone, anything else is left to the browser. */
function follow(event, href) {
  const token = startToken(href, store.bot.username);
  if (token !== null) {
    event?.preventDefault();
    openInvite(token);
  } else if (/^https?:/i.test(href)) {
    if (!event) window.open(href, "_blank", "noopener,noreferrer");
  } else {
    event?.preventDefault();
    notice("A phone would open this link; a browser cannot.");
  }
}

function enlarge(url, alt) {
  const picture = find("#picture");
  const image = find("img", picture);
  image.src = url;
  image.alt = alt;
  picture.showModal();
}

function history(message) {
  const versions = [...(message.versions ?? []), { at: message.edited_at, text: message.text }];
  const steps = versions.filter(({ text }, at) => text !== versions[at - 1]?.text).map(({ at, text }) =>
    el("li", {}, el("time", { datetime: at }, format.fullMoment(at)), el("p", { dir: "auto" }, text || "—")));
  find(".history").replaceChildren(...steps);
  find("#history").showModal();
}

find("#picture").addEventListener("click", ({ currentTarget }) => currentTarget.close());
find(".people__add").addEventListener("click", add);
startBar(() => phones.redrawTimes());
listen((isUp) => {
  find(".connection").hidden = isUp;
  if (isUp) document.documentElement.dataset.ready = "";
});
