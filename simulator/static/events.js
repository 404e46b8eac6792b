// The live line: server-sent events, with everything read anew after any gap.

import { store } from "./store.js";

const LONGEST_WAIT = 8_000;

/** Keep listening for ever; `onLine(up)` hears when the line comes and goes. */
export function listen(onLine) {
  let wait = 500;
  let held = null;

  const take = (event) => (held ? held.push(event) : store.apply(event));

  const connect = () => {
    const source = new EventSource("/sim/events");
    source.onmessage = ({ data }) => take(JSON.parse(data));
    source.onopen = async () => {
      held = [];
      try {
        await store.reload();
      } catch {
        return again(source);
      }
      const missed = held;
      held = null;
      missed.forEach((event) => store.apply(event));
      wait = 500;
      onLine(true);
    };
    source.onerror = () => again(source);
  };

  const again = (source) => {
    source.close();
    onLine(false);
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };

  connect();
}
