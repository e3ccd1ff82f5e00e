// Each uplink in full, with what can be done about it at once.
import { h, icon, keyed, say, set, show } from "./dom.js";
import { series } from "./chart.js";
import { command } from "./api.js";
import { onSettled, send } from "./changes.js";
import { bytes, count, date, duration, millis, words } from "./format.js";
import { sentence } from "./password.js";
import { T } from "./texts.js";

let settings = null;

async function load() {
  settings = await command("settings").catch(() => null);
}

const choices = ["always", "overflow", "standby", "on-demand"];

function card(first) {
  const state = h("span", { class: "pill" });
  const swatch = h("span", { "aria-hidden": "true" });
  const reason = h("p", { class: "hint" });
  const names = ["device", "kind", "addresses", "rtt", "received", "sent", "subflows", "holdDown", "suspect", "quotaLeft"];
  const facts = Object.fromEntries(names.map((name) => [name, { row: null, value: h("dd", {}) }]));
  const rows = names.map((name) => (facts[name].row = h("div", {}, h("dt", {}, T.uplink[name]), facts[name].value)));
  const id = `use-${first.name}`;
  const use = h("select", { id, "aria-describedby": `${id}-hint ${id}-error`, onchange: () => changeUse() },
    choices.map((choice) => h("option", { value: choice }, T.uplink.uses[choice])));
  const hint = h("p", { class: "hint", id: `${id}-hint` });
  const error = h("p", { class: "error", id: `${id}-error`, hidden: true });
  const said = h("p", { class: "hint", role: "status" });
  const power = h("button", { type: "button", onclick: () => turn() });
  let last = first;
  let busy = false;

  async function changeUse() {
    busy = true;
    show(error, false);
    use.removeAttribute("aria-invalid");
    if (!settings) await load();
    const { fields, error: refused } = await send(settings?.revision,
      [{ type: "uplink", name: last.name, option: "use", value: use.value }]);
    const message = fields.map((entry) => entry.message).join(" ") || refused;
    say(error, message);
    show(error, Boolean(message));
    if (message) use.setAttribute("aria-invalid", "true");
    await load();
    busy = false;
  }

  async function turn() {
    power.disabled = true;
    try {
      await command("uplink", { name: last.name, state: last.state === "disabled" ? "on" : "off" });
      say(said, last.state === "disabled" ? T.uplink.turnedOn : T.uplink.turnedOff);
    } catch (problem) {
      say(said, sentence(problem));
    }
    power.disabled = false;
  }

  const fact = (name, value) => {
    show(facts[name].row, value !== undefined && value !== "");
    say(facts[name].value, value ?? "");
  };

  return {
    element: h("li", { class: "card uplink" },
      h("div", { class: "card-head" }, h("h2", {}, swatch, icon(first.kind), words(first.name)), state), reason,
      h("div", { class: "field" }, h("label", { for: id }, T.uplink.use), use, error, hint),
      h("dl", { class: "figures" }, rows),
      h("div", { class: "actions" }, power, h("a", { class: "button", href: "#/tests" }, T.uplink.examine),
        h("a", { class: "button", href: "#/settings" }, T.uplink.more)), said),
    update(uplink) {
      last = uplink;
      set(swatch, "class", `swatch ${uplink.look}`);
      set(state, "data-tone", T.tones.uplink[uplink.state] ?? "idle");
      say(state, T.uplink.states[uplink.state] ?? words(uplink.state));
      say(reason, uplink.reason ?? "");
      if (!busy && document.activeElement !== use && use.value !== uplink.use) use.value = uplink.use;
      say(hint, T.uplink.useHints[use.value] ?? "");
      say(power, uplink.state === "disabled" ? T.uplink.turnOn : T.uplink.turnOff);
      fact("device", uplink.device);
      fact("kind", T.uplink.kinds[uplink.kind] ?? words(uplink.kind));
      fact("addresses", uplink.addresses.join(", "));
      fact("rtt", uplink.rttMillis === undefined ? "–" : millis(uplink.rttMillis));
      fact("received", bytes(uplink.bytesIn));
      fact("sent", bytes(uplink.bytesOut));
      fact("subflows", count(uplink.subflows));
      fact("holdDown", uplink.holdDownLeftMillis === undefined ? undefined : duration(uplink.holdDownLeftMillis / 1000));
      fact("suspect", uplink.suspectMillis === undefined ? undefined : millis(uplink.suspectMillis));
      fact("quotaLeft", uplink.quota && T.quota.text(bytes(uplink.quota.usedBytes), bytes(uplink.quota.limitBytes),
        uplink.quota.periodEnd && date(uplink.quota.periodEnd), uplink.quota.tier));
    },
  };
}

export function uplinks() {
  const list = h("ul", { class: "cards wide" });
  const fill = keyed(list, (uplink) => uplink.name, card);
  let forget = () => {};
  return {
    title: T.nav.uplinks,
    element: h("div", { class: "stack" }, h("p", { class: "lead" }, T.uplink.lead), list),
    enter() {
      load();
      forget = onSettled(load);
    },
    leave() {
      forget();
    },
    update({ status }) {
      const looks = series(status.uplinks);
      fill(status.uplinks.map((uplink) => ({ ...uplink, look: looks.get(uplink.name) })));
    },
  };
}
