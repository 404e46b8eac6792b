// The simulator's control surface, one function per call.

/** The simulator refused; `message` is its own sentence. */
export class Refused extends Error {}

async function answerOf(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error ?? `The simulator answered ${response.status}.`);
  return body;
}

const get = async (path) => answerOf(await fetch(path));

async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answerOf(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

export const state = () => get("/sim/state");
export const transcript = (chatId, userId) => get(`/sim/chats/${chatId}?user_id=${userId}`);
export const createUser = (person) => post("/sim/users", person);
export const send = (message) => post("/sim/send", message);
export const tap = (button) => post("/sim/tap", button);
export const block = (userId, blocked) => post("/sim/block", { user_id: userId, blocked });
export const moveClock = (to) => post("/sim/clock", to);
