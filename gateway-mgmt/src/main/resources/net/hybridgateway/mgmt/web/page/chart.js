// The rate of each uplink over the last two minutes: stacked areas, drawn anew each second.
import { h, icon, keyed, say, set, svg } from "./dom.js";
import { rate, words } from "./format.js";
import { history } from "./live.js";
import { T } from "./texts.js";

const WINDOW_MILLIS = 120_000;
const HEIGHT = 220;
const LEFT = 6;
const TOP = 22;
const BOTTOM = 24;

/** The same look for an uplink everywhere: its place among those of its kind. */
export function series(uplinks) {
  const counts = { fixed: 0, cellular: 0 };
  return new Map(uplinks.map((uplink) => [uplink.name, `${uplink.kind}-${counts[uplink.kind]++ % 2}`]));
}

/** 1, 2 or 5 times a power of ten: the least that is not below. */
function round(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value * 0.999);
}

export function chart() {
  let direction = "down";
  let width = 600;
  let lastNews = null;
  let described = -Infinity;
  const drawing = svg("svg", { class: "chart", role: "img", height: HEIGHT });
  const legend = h("ul", { class: "legend" });
  const buttons = ["down", "up"].map((way) =>
    h("button", { type: "button", "aria-pressed": String(way === direction), onclick: () => turn(way) }, T.chart[way]));

  const entries = keyed(legend, (uplink) => uplink.name, (uplink) => {
    const now = h("strong", {});
    const swatch = h("span", { "aria-hidden": "true" });
    const mark = h("span", { class: "legend-icon" }, icon(uplink.kind));
    return {
      element: h("li", {}, swatch, mark, h("span", {}, words(uplink.name)), now),
      update(item) {
        set(swatch, "class", `swatch ${item.look}`);
        say(now, rate(item.rate));
      },
    };
  });

  function turn(way) {
    direction = way;
    buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(["down", "up"][index] === way)));
    if (lastNews) update(lastNews, true);
  }

  function update(news, atOnce) {
    lastNews = news;
    const looks = series(news.status.uplinks);
    const shown = news.status.uplinks.map((uplink) => ({
      name: uplink.name,
      kind: uplink.kind,
      look: looks.get(uplink.name),
      samples: history.get(uplink.name) ?? [],
      rate: (history.get(uplink.name) ?? []).at(-1)?.[direction] ?? 0,
    }));
    entries(shown);
    draw(shown, news.atMillis);
    if (atOnce || news.atMillis - described > 10_000) {
      described = news.atMillis;
      const parts = shown.map((uplink) => T.chart.part(words(uplink.name), rate(uplink.rate), rate(mean(uplink.samples))));
      drawing.setAttribute("aria-label", T.chart.summary(T.chart[direction], parts));
    }
  }

  const mean = (samples) => samples.reduce((sum, sample) => sum + sample[direction], 0) / Math.max(1, samples.length);

  function draw(uplinks, now) {
    const moments = [...new Set(uplinks.flatMap((uplink) =>
      uplink.samples.filter((sample) => !sample.first).map((sample) => sample.at)))]
      .filter((at) => now - at <= WINDOW_MILLIS).sort((a, b) => a - b);
    const at = (uplink, moment) => uplink.samples.find((sample) => sample.at === moment)?.[direction] ?? 0;
    const totals = moments.map((moment) => uplinks.reduce((sum, uplink) => sum + at(uplink, moment), 0));
    const most = round(Math.max(1e6, ...totals));
    const x = (moment) => LEFT + (width - 2 * LEFT) * (1 - (now - moment) / WINDOW_MILLIS);
    const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / most);

    const parts = [];
    for (const share of [0, 0.5, 1]) {
      const line = y(most * share);
      parts.push(svg("line", { class: "grid", x1: LEFT, x2: width - LEFT, y1: line, y2: line }));
      if (share > 0) parts.push(label(LEFT, line - 6, "start", rate(most * share)));
    }
    for (const [minutes, anchor] of [[2, "start"], [1, "middle"], [0, "end"]]) {
      parts.push(label(x(now - minutes * 60_000), HEIGHT - 6, anchor, minutes ? T.chart.minutesAgo(minutes) : T.chart.now));
    }
    const base = new Map(moments.map((moment) => [moment, 0]));
    for (const uplink of uplinks) {
      if (moments.length < 2) break;
      const lower = moments.map((moment) => [x(moment), y(base.get(moment))]);
      moments.forEach((moment) => base.set(moment, base.get(moment) + at(uplink, moment)));
      const upper = moments.map((moment) => [x(moment), y(base.get(moment))]);
      const path = (points) => points.map(([px, py]) => `${px.toFixed(1)} ${py.toFixed(1)}`).join("L");
      parts.push(svg("path", { class: `area ${uplink.look}`, d: `M${path(upper)}L${path(lower.reverse())}Z` }));
      // Where it carries nothing, the edge is that of the uplink below.
      const carries = moments.map((moment) => at(uplink, moment) > 0);
      const edge = upper.map((point, index) =>
        (carries[index] || carries[index - 1] || carries[index + 1] ? point : null));
      const runs = edge.map((point, index) => (point ? `${edge[index - 1] ? "L" : "M"}${path([point])}` : "")).join("");
      if (runs) parts.push(svg("path", { class: `edge ${uplink.look}`, d: runs }));
    }
    set(drawing, "viewBox", `0 0 ${width} ${HEIGHT}`);
    drawing.replaceChildren(...parts);
  }

  function label(px, py, anchor, text) {
    const element = svg("text", { x: px, y: py, "text-anchor": anchor });
    element.append(text);
    return element;
  }

  new ResizeObserver(([entry]) => {
    const wide = Math.round(entry.contentRect.width);
    if (wide > 0 && wide !== width) {
      width = wide;
      if (lastNews) update(lastNews);
    }
  }).observe(drawing);

  return {
    element: h("section", { class: "card", "aria-labelledby": "chart-title" },
      h("div", { class: "card-head" }, h("h2", { id: "chart-title" }, T.chart.title),
        h("div", { class: "segments", role: "group", "aria-label": T.chart.direction }, buttons)),
      drawing, legend),
    update,
  };
}
