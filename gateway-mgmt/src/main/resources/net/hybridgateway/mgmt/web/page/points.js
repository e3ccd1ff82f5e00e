// The conversion points: where each was learnt, how it is, and what works on the way there.
import { h, keyed, say, set, show } from "./dom.js";
import { cell } from "./overview.js";
import { duration, words } from "./format.js";
import { T } from "./texts.js";

function point(first) {
  const state = h("span", { class: "pill" });
  const reason = h("p", { class: "hint" });
  const facts = Object.fromEntries(["address", "origin", "since", "mptcp", "fastOpen"].map((name) => [name, h("dd", {})]));
  const body = h("tbody", {});
  const c = T.points.columns;
  const fill = keyed(body, (path) => path.uplink, (path) => {
    const parts = { state: h("span", { class: "pill" }), why: h("span", {}), known: h("span", {}) };
    return {
      element: h("tr", {}, cell(c[0], words(path.uplink)), cell(c[1], parts.state), cell(c[2], parts.why), cell(c[3], parts.known)),
      update(now) {
        say(parts.state, words(now.state));
        set(parts.state, "data-tone", T.tones.path[now.state] ?? "idle");
        say(parts.why, now.reason ?? "–");
        say(parts.known, now.known.map((fact) => T.points.fact(words(fact.what), words(fact.value), duration(fact.ageSeconds)))
          .join(", ") || "–");
      },
    };
  });
  const yes = (value) => (value === undefined ? T.points.unknown : value ? T.yes : T.no);
  return {
    element: h("li", { class: "card" }, h("div", { class: "card-head" }, h("h2", {}, words(first.name)), state), reason,
      h("dl", { class: "figures" },
        Object.entries(facts).map(([name, value]) => h("div", {}, h("dt", {}, T.points[name]), value))),
      h("h3", {}, T.points.paths),
      h("table", { class: "rows" }, h("thead", {}, h("tr", {}, c.map((name) => h("th", { scope: "col" }, name)))), body)),
    update(now) {
      say(state, words(now.state));
      set(state, "data-tone", T.tones.path[now.state] ?? "idle");
      say(reason, now.reason ?? "");
      show(reason, Boolean(now.reason));
      say(facts.address, `${now.address.includes(":") ? `[${now.address}]` : now.address}:${now.port}`);
      say(facts.origin, T.points.origins[now.origin] ?? words(now.origin));
      say(facts.since, now.stateSeconds === undefined ? "–" : duration(now.stateSeconds));
      say(facts.mptcp, yes(now.mptcp));
      say(facts.fastOpen, yes(now.fastOpen));
      fill(now.paths);
    },
  };
}

export function points() {
  const list = h("ul", { class: "cards wide" });
  const fill = keyed(list, (entry) => `${entry.name} ${entry.address} ${entry.port}`, point);
  const nothing = h("p", { class: "card hint" }, T.points.none);
  return {
    title: T.nav.points,
    element: h("div", { class: "stack" }, h("p", { class: "lead" }, T.points.lead), nothing, list),
    update({ status }) {
      show(nothing, status.conversionPoints.length === 0);
      fill(status.conversionPoints);
    },
  };
}
