// The live line: server-sent events, with everything read anew after any gap.

import { store } from "./store.js";

const LONGEST_WAIT = 8_000;

/** Keep listening for ever; `onLine(up)` hears when the line comes and goes. */
export function listen(onLine) {
  let wait = 500;

  const connect = () => {
    const source = new EventSource("/sim/events");
    source.onmessage = ({ data }) => store.apply(JSON.parse(data));
    source.onerror = () => again(source);
    source.onopen = async () => {
      try {
        await store.reload();
      } catch {
        return again(source);
      }
      if (source.isGivenUp) return undefined;
      wait = 500;
      return onLine(true);
    };
  };

  const again = (source) => {
    if (source.isGivenUp) return undefined;
    source.isGivenUp = true;
    source.close();
    onLine(false);
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
    return undefined;
  };

  connect();
}
