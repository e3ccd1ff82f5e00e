// What happened and why; how much the log tells; the report for whoever helps.
import { h, keyed, say, show } from "./dom.js";
import { command } from "./api.js";
import { ago, clock, date, millis, words } from "./format.js";
import { sentence } from "./password.js";
import { T } from "./texts.js";

const EVERY_MILLIS = 4000;
const TONES = { break: "bad", return: "good", "hold-down": "warn", flapping: "warn" };

function entry(event) {
  const when = h("time", { datetime: event.at });
  const text = h("p", {});
  const extra = h("p", { class: "hint" });
  return {
    element: h("li", { "data-tone": TONES[event.kind] ?? "idle" },
      h("div", { class: "event-head" }, h("span", { class: "pill", "data-tone": TONES[event.kind] ?? "idle" },
        words(event.kind)), event.uplink && h("strong", {}, event.uplink), when), text, extra),
    update(now) {
      say(when, `${ago(now.agoSeconds)} (${now.agoSeconds < 86400 ? clock(now.at) : date(now.at)})`);
      say(text, now.times > 1 ? `${now.text} ${T.events.times(now.times)}` : now.text);
      const outage = now.break;
      say(extra, outage ? T.events.outage(millis(outage.detectMillis),
        outage.gapMillis === undefined ? "–" : millis(outage.gapMillis), outage.kept, outage.lost) : "");
      show(extra, Boolean(outage));
    },
  };
}

/** Gives a file to the browser to keep. */
export function download(name, type, text) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function events() {
  const list = h("ol", { class: "events" });
  const fill = keyed(list, (event) => event.sequence, entry);
  const kinds = h("select", { id: "kind", onchange: () => draw() }, h("option", { value: "" }, T.events.all),
    Object.keys(T.events.kinds).map((kind) => h("option", { value: kind }, T.events.kinds[kind])));
  const level = h("select", { id: "log-level" }, ["error", "warn", "info", "debug"].map((name) =>
    h("option", { value: name, selected: name === "info" }, T.events.levels[name])));
  const said = h("p", { class: "hint", role: "status" });
  let known = [];
  let timer = 0;

  function draw() {
    fill(known.filter((event) => !kinds.value || event.kind === kinds.value).reverse().slice(0, 200));
  }

  async function look() {
    try {
      known = (await command("events")).events;
      draw();
    } catch (problem) {
      say(said, sentence(problem));
    }
  }

  async function attempt(action, done) {
    try {
      await action();
      say(said, done);
    } catch (problem) {
      say(said, sentence(problem));
    }
  }

  const report = () => attempt(async () => {
    const result = await command("report");
    download("hybrid-gateway-report.json", "application/json", JSON.stringify(result, null, 2));
  }, T.events.reported);
  const changeLevel = () => attempt(() => command("log-level", { level: level.value }), T.events.levelSet);

  return {
    title: T.nav.events,
    element: h("div", { class: "stack" },
      h("section", { class: "card", "aria-labelledby": "events-title" },
        h("div", { class: "card-head" }, h("h2", { id: "events-title" }, T.events.title),
          h("div", { class: "field inline" }, h("label", { for: "kind" }, T.events.filter), kinds)), list),
      h("section", { class: "card", "aria-labelledby": "help-title" }, h("h2", { id: "help-title" }, T.events.help),
        h("p", { class: "hint" }, T.events.helpLead),
        h("div", { class: "actions" }, h("button", { type: "button", onclick: report }, T.events.report)),
        h("div", { class: "actions" }, h("div", { class: "field inline" }, h("label", { for: "log-level" }, T.events.level), level),
          h("button", { type: "button", onclick: changeLevel }, T.events.setLevel)), said)),
    enter() {
      look();
      timer = setInterval(() => document.hidden || look(), EVERY_MILLIS);
    },
    leave() {
      clearInterval(timer);
    },
    update() {},
  };
}
