// Short notes at the foot of the page, and words for screen readers.

import { el, find } from "./dom.js";

/** Show a sentence for a few seconds. */
export function notice(text) {
  const node = el("p", { class: "notice" }, text);
  find(".notices").append(node);
  setTimeout(() => node.remove(), 6_000);
}

/** Say something to screen readers only. */
export function say(text) {
  const node = el("p", {}, text);
  find(".announcer").append(node);
  setTimeout(() => node.remove(), 5_000);
}

/** Wrap an action so that a refusal becomes a notice. */
export const orNotice = (action) => async (...args) => {
  try {
    return await action(...args);
  } catch (error) {
    notice(error instanceof TypeError ? "The simulator does not answer." : error.message);
    return undefined;
  }
};
