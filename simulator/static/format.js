// Instants as people read them, in the zone chosen for the page.

const LOCALE = "en-GB";
let zone = "UTC";
let cache = new Map();

export const currentZone = () => zone;

export function isZone(name) {
  try {
    new Intl.DateTimeFormat(LOCALE, { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export function setZone(name) {
  zone = name;
  cache = new Map();
}

function format(name, options, at) {
  if (!cache.has(name)) {
    cache.set(name, new Intl.DateTimeFormat(LOCALE, { timeZone: zone, ...options }));
  }
  return cache.get(name).format(new Date(at));
}

const HOURS = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export const clockTime = (at) => format("clock", HOURS, at);
export const dayKey = (at) => format("key", { dateStyle: "short" }, at);
export const dayName = (at) => format("day", { weekday: "long", day: "numeric", month: "long" }, at);
export const fullMoment = (at) =>
  `${format("date", { weekday: "short", day: "numeric", month: "short", year: "numeric" }, at).replaceAll(",", "")} · ${clockTime(at)}`;

const STYLES = {
  d: { dateStyle: "short" }, D: { dateStyle: "long" },
  t: HOURS, T: { ...HOURS, second: "2-digit" }, w: { weekday: "long" },
};

/** An instant as a message asked for it: letters of `w`, `d` or `D`, `t` or `T`. */
export const asAsked = (at, letters) =>
  [...letters].filter((letter) => letter in STYLES).map((letter) => format(letter, STYLES[letter], at)).join(", ");

/** Minutes east of UTC in `name` at `at`. */
export function offsetMinutes(name, at) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-GB", {
      timeZone: name, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
      hour: "numeric", minute: "numeric", second: "numeric",
    }).formatToParts(at).map((part) => [part.type, Number(part.value)]),
  );
  const local = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  return Math.round((local - Math.floor(at.getTime() / 1000) * 1000) / 60000);
}

/** "UTC+5:45" for a zone at an instant. */
export function offsetName(name, at) {
  const minutes = offsetMinutes(name, at);
  const size = Math.abs(minutes);
  const rest = size % 60 ? `:${String(size % 60).padStart(2, "0")}` : "";
  return minutes === 0 ? "UTC" : `UTC${minutes < 0 ? "−" : "+"}${Math.floor(size / 60)}${rest}`;
}

/** The instant at `hour` o'clock in the page's zone, `days` local dates after `at`. */
export function localHour(at, days, hour) {
  const shifted = new Date(at.getTime() + offsetMinutes(zone, at) * 60000);
  const wall = Date.UTC(shifted.getUTCFullYear(), shifted.getUTCMonth(), shifted.getUTCDate() + days, hour);
  const guess = new Date(wall - offsetMinutes(zone, new Date(wall)) * 60000);
  return new Date(wall - offsetMinutes(zone, guess) * 60000);
}

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const kilo = bytes / 1024;
  return kilo < 1024 ? `${kilo.toFixed(kilo < 10 ? 1 : 0)} kB` : `${(kilo / 1024).toFixed(1)} MB`;
}
