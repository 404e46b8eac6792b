// The bar: virtual date and time, the page's zone, travelling, the theme.

import * as api from "./api.js";
import { el, find, icon, mark } from "./dom.js";
import * as format from "./format.js";
import { orNotice } from "./notices.js";
import { store } from "./store.js";
import * as theme from "./theme.js";

const ZONES = [
  "UTC", "Europe/London", "Europe/Berlin", "Europe/Madrid", "Europe/Helsinki", "America/New_York",
  "America/Chicago", "America/Los_Angeles", "America/Sao_Paulo", "Africa/Nairobi", "Asia/Dubai",
  "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
];

const DESTINATIONS = {
  hour: (now) => ({ advance: 3600, target: new Date(now.getTime() + 3_600_000) }),
  tomorrow: (now) => ({ target: format.localHour(now, 1, 8) }),
  week: (now) => ({ target: format.localHour(now, 7, 8) }),
  message: () => ({ to: "next_message" }),
};

const RESYNC_EVERY = 10_000;

let journey = null;

function firstZone() {
  const asked = new URLSearchParams(location.search).get("tz") ?? localStorage.getItem("zone");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [asked, own].find((name) => name && format.isZone(name)) ?? "UTC";
}

function showZones() {
  const select = find(".clock__zone");
  const now = new Date(store.now ?? 0);
  const names = [...new Set([format.currentZone(), ...ZONES])];
  const options = names.map((name) => {
    const offset = format.offsetName(name, now);
    const city = name.split("/").at(-1).replaceAll("_", " ");
    const label = offset === name ? name : `${city} · ${offset}`;
    return el("option", { value: name, title: name, selected: name === format.currentZone() }, label);
  });
  select.replaceChildren(...options);
}

function showClock() {
  const clock = find(".clock__now");
  mark(clock, "datetime", store.now);
  clock.textContent = format.fullMoment(store.now);
  showTravel();
}

function showTravel() {
  const travelling = store.travelling || journey !== null;
  document.querySelectorAll(".travel__button").forEach((button) => {
    button.disabled = travelling;
    mark(button, "aria-busy", journey?.name === button.dataset.travel);
  });
  const progress = find(".travel__progress");
  progress.hidden = !travelling;
  if (journey?.target) {
    progress.value = (new Date(store.now) - journey.start) / (journey.target - journey.start);
  } else {
    progress.removeAttribute("value");
  }
}

const travel = orNotice(async (name) => {
  const start = new Date(store.now);
  const { target, ...body } = DESTINATIONS[name](start);
  journey = { name, start, target };
  showTravel();
  try {
    const { now } = await api.moveClock(target && !body.advance ? { at: target.toISOString() } : body);
    store.now = now;
  } finally {
    journey = null;
    showClock();
  }
});

/** Time may also pass by itself; ask now and then. */
async function resync() {
  if (store.now === null || store.travelling || journey || document.hidden) return;
  try {
    const { now } = await api.state();
    if (store.travelling || journey || now === store.now) return;
    store.now = now;
    store.announce("clock");
  } catch {
    // the line is down, which the page says already
  }
}

function showTheme() {
  const name = theme.isDark() ? "sun" : "moon";
  const label = theme.isDark() ? "Turn the lights on" : "Turn the lights off";
  const button = find(".theme");
  button.replaceChildren(icon(name));
  mark(button, "aria-label", label);
  mark(button, "title", label);
}

/** Bring the bar to life; `onZone` is called when another zone is chosen. */
export function startBar(onZone) {
  format.setZone(firstZone());
  showTheme();
  let shownFor = "";
  store.on("clock", () => {
    const day = store.now.slice(0, 10);
    if (day !== shownFor) showZones();  // offsets change with the date
    shownFor = day;
    showClock();
  });
  find(".clock__zone").addEventListener("change", ({ target }) => {
    format.setZone(target.value);
    localStorage.setItem("zone", target.value);
    showClock();
    onZone();
  });
  document.querySelectorAll(".travel__button").forEach((button) => {
    button.addEventListener("click", () => travel(button.dataset.travel));
  });
  find(".theme").addEventListener("click", () => {
    theme.turn();
    showTheme();
  });
  theme.onSystemTurn(showTheme);
  setInterval(resync, RESYNC_EVERY);
}
