// Rehearse the backup, and ask what the network does to Multipath TCP.
import { h, say, set, show } from "./dom.js";
import { command } from "./api.js";
import { bytes, millis, words } from "./format.js";
import { sentence } from "./password.js";
import { T } from "./texts.js";

const LOOK_EVERY_MILLIS = 400;
const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MILLIS));

/** Begins something that takes seconds, and looks until it is over. */
async function follow(begin, reportName, watch) {
  let report = await begin();
  while (!report.finished) {
    watch(report);
    await pause();
    report = await command(reportName, { number: String(report.number) });
  }
  return report;
}

/** A button that begins something, with its progress and what was found. */
function trial({ id, title, lead, action, begin, reportName, result, choices }) {
  const button = h("button", { type: "button", class: "primary", onclick: run }, action);
  const bar = h("progress", { "aria-label": title, hidden: true });
  const said = h("p", { role: "status" });
  const found = h("div", { class: "found" });
  const picker = choices && h("select", { id: `${id}-which` });

  async function run() {
    const begun = performance.now();
    button.disabled = true;
    show(bar, true);
    found.replaceChildren();
    say(said, T.tests.running(0));
    try {
      const report = await follow(() => begin(picker?.value), reportName, () =>
        say(said, T.tests.running(Math.round((performance.now() - begun) / 1000))));
      say(said, report.failure ? T.tests.failed(report.failure) : report.well ? T.tests.well : T.tests.notWell);
      set(said, "data-tone", report.well ? "good" : "bad");
      found.replaceChildren(...result(report));
    } catch (problem) {
      say(said, sentence(problem));
      set(said, "data-tone", "bad");
    }
    show(bar, false);
    button.disabled = false;
  }

  return {
    picker,
    element: h("section", { class: "card", id, "aria-labelledby": `${id}-title` }, h("h2", { id: `${id}-title` }, title),
      h("p", { class: "hint" }, lead),
      h("div", { class: "actions" },
        picker && h("div", { class: "field inline" }, h("label", { for: `${id}-which` }, T.tests.which), picker), button),
      bar, said, found),
  };
}

function probeResult(report) {
  return report.paths.map((path) => h("article", { class: "finding" },
    h("h3", {}, T.tests.path(path.uplink, path.conversionPoint), " ",
      h("span", { class: "pill", "data-tone": T.tones.probe[path.result] ?? "idle" }, words(path.result))),
    path.text.map((line) => h("p", {}, line)),
    path.looksLike.map((cause) => h("p", { class: "hint" }, T.tests.looksLike(words(cause).toLowerCase()))),
    path.bytes > 0 && h("p", { class: "hint" }, T.tests.took(bytes(path.bytes)))));
}

function drillResult(report) {
  return report.drills.map((drill) => h("article", { class: "finding" },
    h("h3", {}, words(drill.uplink), " ",
      h("span", { class: "pill", "data-tone": T.tones.drill[drill.result] ?? "idle" }, words(drill.result))),
    h("p", {}, drill.text),
    h("dl", { class: "figures" },
      [["joined", drill.joinMillis, millis], ["answered", drill.answerMillis, millis], ["carried", drill.bytes, bytes]]
        .filter(([, value]) => value !== undefined)
        .map(([name, value, write]) => h("div", {}, h("dt", {}, T.tests[name]), h("dd", {}, write(value)))))));
}

export function tests() {
  const drill = trial({ id: "drill", title: T.tests.drill, lead: T.tests.drillLead, action: T.tests.drillAction,
    begin: () => command("drill"), reportName: "drill-report", result: drillResult });
  const probe = trial({ id: "probe", title: T.tests.probe, lead: T.tests.probeLead, action: T.tests.probeAction,
    begin: (uplink) => command("probe", uplink ? { uplink } : {}), reportName: "probe-report", result: probeResult,
    choices: true });
  let known = "";
  return {
    title: T.nav.tests,
    element: h("div", { class: "stack" }, drill.element, probe.element),
    update({ status }) {
      const names = status.uplinks.map((uplink) => uplink.name);
      if (names.join() !== known) {
        known = names.join();
        probe.picker.replaceChildren(h("option", { value: "" }, T.tests.all),
          ...names.map((name) => h("option", { value: name }, name)));
      }
    },
  };
}
