// The frame: who one is talking to, where one is, and the one view that is open.
import { h, icon, say, set, show } from "./dom.js";
import { session } from "./api.js";
import { banner, watch } from "./changes.js";
import { latest, listen, start } from "./live.js";
import { leave, system } from "./backup.js";
import { connections } from "./connections.js";
import { events } from "./events.js";
import { mqtt } from "./mqtt.js";
import { overview } from "./overview.js";
import { points } from "./points.js";
import { settings } from "./settings.js";
import { tests } from "./tests.js";
import { uplinks } from "./uplinks.js";
import { T } from "./texts.js";

const VIEWS = { overview, uplinks, connections, points, tests, events, settings, mqtt, system };
const made = new Map();
const links = new Map();
let open = null;

const title = h("h1", { tabindex: "-1" });
const view = h("div", {});
const mode = h("span", { class: "pill" });
const lost = h("p", { class: "lost", role: "alert", hidden: true }, T.lost);
const nav = h("nav", { id: "nav", "aria-label": T.nav.label }, h("ul", {}, Object.keys(VIEWS).map((name) => {
  const link = h("a", { href: `#/${name}` }, icon(name), T.nav[name]);
  links.set(name, link);
  return h("li", {}, link);
})));
const menu = h("button", { type: "button", class: "menu", "aria-expanded": "false", "aria-controls": "nav", onclick: () => unfold(!nav.classList.contains("open")) },
  icon("menu"), T.nav.menu);

function unfold(wanted) {
  nav.classList.toggle("open", wanted);
  menu.setAttribute("aria-expanded", String(wanted));
}

function go(toFocus) {
  const asked = location.hash.replace(/^#\//, "");
  if (location.hash && !location.hash.startsWith("#/")) return; // a place within the view
  const name = Object.hasOwn(VIEWS, asked) ? asked : "overview";
  open?.leave?.();
  if (!made.has(name)) made.set(name, VIEWS[name]());
  open = made.get(name);
  links.forEach((link, other) => set(link, "aria-current", other === name ? "page" : null));
  say(title, open.title);
  document.title = `${open.title} · ${T.product}`;
  view.replaceChildren(open.element);
  view.dataset.view = name;
  unfold(false);
  open.enter?.();
  if (latest()) listenOnce();
  if (toFocus) {
    title.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

let news = null;
function listenOnce() {
  if (news?.status) open.update(news);
}

const TONES = { normal: "good", backup: "warn", direct: "warn", offline: "bad", disabled: "idle" };

function hear(told) {
  news = told;
  show(lost, !told.connected);
  if (!told.status) return;
  say(mode, T.modes[told.status.mode] ?? told.status.mode);
  set(mode, "data-tone", told.connected ? TONES[told.status.mode] : "idle");
  if (told.connected) open?.update(told);
}

document.body.append(
  h("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); title.focus(); } }, T.skip),
  h("header", {}, h("a", { class: "brand", href: "#/overview" }, h("img", { src: "/icon.svg", alt: "", width: "28", height: "28" }), h("span", {}, T.product)),
    mode, menu, h("button", { type: "button", class: "quiet logout", onclick: leave }, T.logout)),
  nav, h("main", { id: "main" }, banner, lost, title, view));

await session().catch(() => {});
addEventListener("hashchange", () => go(true));
go(false);
watch();
listen(hear);
start();
