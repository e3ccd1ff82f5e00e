// Every connection with its paths, and why each of them is as it is.
import { h, keyed, say, set, show } from "./dom.js";
import { cell } from "./overview.js";
import { command } from "./api.js";
import { bytes, count, duration, words } from "./format.js";
import { T } from "./texts.js";

const MOST = 300;
const EVERY_MILLIS = 3000;

function way(connection) {
  if (connection.bypass) return T.connections.bypass;
  return connection.direct ? T.connections.direct : T.connections.via(connection.conversionPoint);
}

function entry() {
  const parts = Object.fromEntries(["client", "to", "paths", "down", "up", "age"].map((name) => [name, h("span", {})]));
  const detail = h("div", { class: "detail" });
  const c = T.connections.columns;
  const summary = h("summary", {}, parts.to);
  return {
    element: h("tr", {}, cell(c[0], parts.client), cell(c[1], h("details", {}, summary, detail)), cell(c[2], parts.paths),
      cell(c[3], parts.down), cell(c[4], parts.up), cell(c[5], parts.age)),
    update(connection) {
      say(parts.client, connection.client);
      say(parts.to, connection.destination);
      say(parts.down, bytes(connection.bytesIn));
      say(parts.up, bytes(connection.bytesOut));
      say(parts.age, duration(connection.ageSeconds));
      const chips = connection.paths.map((path) => h("span", { class: "chip", "data-backup": path.backup || undefined },
        path.uplink, path.backup && ` (${T.connections.backup})`));
      const key = connection.paths.map((path) => path.uplink + path.backup).join();
      if (parts.paths.dataset.key !== key) {
        parts.paths.dataset.key = key;
        parts.paths.replaceChildren(...chips);
      }
      const lines = [
        way(connection) + (connection.mptcp ? T.connections.multipath(connection.handshake) : T.connections.plain),
        ...connection.subflows.map((subflow) => T.connections.subflow(subflow.uplink, words(subflow.state), subflow.why)),
        ...connection.notes,
      ];
      if (detail.dataset.key !== lines.join()) {
        detail.dataset.key = lines.join();
        detail.replaceChildren(...lines.map((line) => h("p", {}, line)));
      }
    },
  };
}

export function connections() {
  const body = h("tbody", {});
  const fill = keyed(body, (connection) => `${connection.client} ${connection.destination}`, entry);
  const table = h("table", { class: "rows tight" },
    h("thead", {}, h("tr", {}, T.connections.columns.map((name) => h("th", { scope: "col" }, name)))), body);
  const filter = h("input", { id: "filter", type: "search", autocomplete: "off", oninput: () => draw() });
  const said = h("p", { class: "hint", role: "status" });
  let list = { connections: [], active: 0 };
  let timer = 0;

  function draw() {
    const wanted = filter.value.trim().toLowerCase();
    const shown = list.connections.filter((connection) => !wanted
      || `${connection.client} ${connection.destination} ${connection.paths.map((path) => path.uplink).join(" ")}`
        .toLowerCase().includes(wanted));
    fill(shown);
    show(table, shown.length > 0);
    say(said, T.connections.said(count(shown.length), count(list.active)));
  }

  async function look() {
    try {
      list = await command("connections", { limit: String(MOST) });
      draw();
    } catch (problem) {
      say(said, problem.message || T.unreachable);
    }
  }

  return {
    title: T.nav.connections,
    element: h("section", { class: "card" }, h("p", { class: "hint" }, T.connections.lead),
      h("div", { class: "field inline" }, h("label", { for: "filter" }, T.connections.filter), filter), said, table),
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
