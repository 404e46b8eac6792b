// Light or dark: the system's choice until somebody makes their own.

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

const asked = new URLSearchParams(location.search).get("theme") ?? localStorage.getItem("theme");
if (asked === "light" || asked === "dark") root.dataset.theme = asked;

export const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";

/** Turn to the other theme and remember it. */
export function turn() {
  root.dataset.theme = isDark() ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
}

/** Call `then` whenever the system turns. */
export const onSystemTurn = (then) => system.addEventListener("change", then);
