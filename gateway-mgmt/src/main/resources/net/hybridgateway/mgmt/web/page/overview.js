// Which line carries, since when and why; how much; what broke; what is wrong.
import { h, icon, keyed, say, set, show } from "./dom.js";
import { chart, series } from "./chart.js";
import { command } from "./api.js";
import { ago, bytes, count, date, duration, millis, rate, words } from "./format.js";
import { history } from "./live.js";
import { T } from "./texts.js";

/** The uplink on which new connections begin: the first in order of preference that works. */
const carrying = (status) => status.uplinks.find((uplink) => uplink.state === "online");

const TONES = { normal: "good", backup: "warn", direct: "warn", offline: "bad", disabled: "idle" };

function hero() {
  const mark = h("span", { class: "hero-icon", "aria-hidden": "true" });
  const sentence = h("p", { class: "hero-sentence" });
  const reason = h("p", { class: "hero-reason" });
  const since = h("p", { class: "hero-since" });
  const backup = h("p", { class: "hero-backup" });
  let asked = "";
  let events = [];
  let eventsAt = 0;
  let shownKind = "";

  async function ask(status, atMillis) {
    const key = `${status.mode} ${carrying(status)?.name} ${status.breaks[0]?.at}`;
    if (key === asked) return;
    asked = key;
    try {
      events = (await command("events")).events;
      eventsAt = atMillis;
    } catch {
      asked = "";
    }
  }

  function turn() {
    return events.filter((event) => ["break", "return"].includes(event.kind)).at(-1);
  }

  return {
    element: h("section", { class: "card hero", "aria-labelledby": "hero-title" },
      h("h2", { id: "hero-title", class: "unseen" }, T.overview.now), mark,
      h("div", {}, h("div", { role: "status" }, sentence), reason, since, backup)),
    update({ status, atMillis }) {
      ask(status, atMillis);
      const line = carrying(status);
      set(this.element, "data-tone", TONES[status.mode]);
      const kind = line?.kind ?? "menu";
      if (kind !== shownKind) {
        shownKind = kind;
        mark.replaceChildren(icon(line ? kind : "tests"));
      }
      say(sentence, T.overview.mode[status.mode](words(line?.name ?? "")));
      const last = turn();
      const lasting = last ? last.agoSeconds + (atMillis - eventsAt) / 1000 : status.uptimeSeconds;
      const why = status.mode === "normal" ? last?.kind === "return" && last.text
        : status.mode === "backup" ? status.uplinks.find((uplink) => uplink.state !== "online")?.reason ?? last?.text
        : status.health[0]?.text;
      say(reason, why || T.overview.sinceStart);
      say(since, T.overview.since(duration(lasting)));
      const spare = status.uplinks.filter((uplink) => uplink !== line && uplink.state === "online");
      const ready = spare.length ? T.overview.ready(spare.map((uplink) => words(uplink.name))) : T.overview.noBackup;
      const drill = status.drills?.[0];
      say(backup, line ? `${ready} ${drill ? T.overview.rehearsed(ago(drill.agoSeconds), drill.result) : ""}`.trim() : "");
      set(backup, "data-tone", spare.length ? "good" : "warn");
      show(backup, Boolean(line));
    },
  };
}

function uplinkCard(first) {
  const state = h("span", { class: "pill" });
  const swatch = h("span", { "aria-hidden": "true" });
  const figures = Object.fromEntries(["down", "up", "rtt", "carried"].map((name) => [name, h("dd", {})]));
  const quotaText = h("span", {});
  const bar = h("progress", { max: "100", value: 0, "aria-label": T.quota.label(first.name) });
  const quota = h("div", { class: "quota" }, bar, quotaText);
  const reason = h("p", { class: "hint" });
  return {
    element: h("li", { class: "card uplink" },
      h("div", { class: "card-head" }, h("h3", {}, swatch, icon(first.kind), words(first.name)), state),
      h("dl", { class: "figures" },
        Object.entries(figures).map(([name, value]) => h("div", {}, h("dt", {}, T.uplink[name]), value))),
      reason, quota),
    update(uplink) {
      set(swatch, "class", `swatch ${uplink.look}`);
      set(state, "data-tone", T.tones.uplink[uplink.state] ?? "idle");
      say(state, T.uplink.states[uplink.state] ?? words(uplink.state));
      const sample = history.get(uplink.name)?.at(-1);
      say(figures.down, rate(sample?.down ?? 0));
      say(figures.up, rate(sample?.up ?? 0));
      say(figures.rtt, uplink.rttMillis === undefined ? "–" : millis(uplink.rttMillis));
      say(figures.carried, bytes(uplink.bytesIn + uplink.bytesOut));
      say(reason, uplink.reason ?? "");
      show(reason, Boolean(uplink.reason) && uplink.state !== "online");
      show(quota, Boolean(uplink.quota));
      if (uplink.quota) {
        const share = Math.min(100, (100 * uplink.quota.usedBytes) / uplink.quota.limitBytes);
        bar.value = share;
        set(bar, "data-tier", uplink.quota.tier);
        say(quotaText, T.quota.text(bytes(uplink.quota.usedBytes), bytes(uplink.quota.limitBytes),
          uplink.quota.periodEnd && date(uplink.quota.periodEnd), uplink.quota.tier));
      }
    },
  };
}

function healthList() {
  const list = h("ul", { class: "problems" });
  const fill = keyed(list, (entry) => `${entry.code} ${entry.subject ?? ""} ${entry.text}`, (entry) => {
    const todo = entry.action;
    const tone = { error: "bad", warning: "warn" }[entry.severity] ?? "idle";
    return {
      element: h("li", { "data-tone": tone }, h("span", { class: "pill", "data-tone": tone }, words(entry.severity)),
        h("p", {}, entry.text), todo && h("p", { class: "hint" }, todo)),
      update() {},
    };
  });
  const section = h("section", { class: "card", "aria-labelledby": "health-title", hidden: true },
    h("h2", { id: "health-title" }, T.health.title), list);
  return {
    element: section,
    update({ status }) {
      show(section, status.health.length > 0);
      fill(status.health);
    },
  };
}

export function cell(label, ...content) {
  return h("td", { "data-label": label }, content);
}

function breakTable() {
  const body = h("tbody", {});
  const nothing = h("p", { class: "hint" }, T.breaks.none);
  const table = h("table", { class: "rows tight" },
    h("thead", {}, h("tr", {}, T.breaks.columns.map((name) => h("th", { scope: "col" }, name)))), body);
  const fill = keyed(body, (entry) => `${entry.uplink} ${entry.at}`, (entry) => {
    const when = h("span", {});
    const gap = h("strong", {});
    const kept = h("span", {});
    const onBackup = h("span", {});
    const c = T.breaks.columns;
    return {
      element: h("tr", {}, cell(c[0], when), cell(c[1], words(entry.uplink)), cell(c[2], entry.reason), cell(c[3], gap),
        cell(c[4], kept), cell(c[5], onBackup)),
      update(now) {
        say(when, ago(now.agoSeconds));
        when.title = date(now.at);
        say(gap, now.gapMillis === undefined ? T.breaks.notKnown : millis(now.gapMillis));
        say(kept, T.breaks.kept(count(now.kept), count(now.lost)));
        say(onBackup, bytes(now.bytesOnBackup));
      },
    };
  });
  return {
    element: h("section", { class: "card", "aria-labelledby": "breaks-title" },
      h("h2", { id: "breaks-title" }, T.breaks.title), nothing, table),
    update({ status }) {
      show(nothing, status.breaks.length === 0);
      show(table, status.breaks.length > 0);
      fill(status.breaks.slice(0, 8));
    },
  };
}

export function overview() {
  const now = hero();
  const health = healthList();
  const rates = chart();
  const breaks = breakTable();
  const cards = h("ul", { class: "cards" });
  const fill = keyed(cards, (uplink) => uplink.name, uplinkCard);
  const totals = h("p", { class: "hint totals" });
  return {
    title: T.nav.overview,
    element: h("div", { class: "stack" }, now.element, health.element, rates.element,
      h("section", { "aria-labelledby": "lines-title" }, h("h2", { id: "lines-title" }, T.overview.lines), cards),
      breaks.element, totals),
    update(news) {
      now.update(news);
      health.update(news);
      rates.update(news);
      breaks.update(news);
      const looks = series(news.status.uplinks);
      fill(news.status.uplinks.map((uplink) => ({ ...uplink, look: looks.get(uplink.name) })));
      const c = news.status.connections;
      say(totals, T.overview.totals(count(c.active), count(c.bonded), count(c.total), duration(news.status.uptimeSeconds),
        news.status.version));
    },
  };
}
