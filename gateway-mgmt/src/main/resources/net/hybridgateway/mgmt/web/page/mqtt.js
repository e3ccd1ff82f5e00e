// Management from afar: how the connection to the broker is, and its settings.
import { h, say, set, show } from "./dom.js";
import { form } from "./settings.js";
import { duration, words } from "./format.js";
import { T } from "./texts.js";

export function mqtt() {
  const settings = form(["mqtt"], T.nav.mqtt, T.mqtt.lead);
  const state = h("span", { class: "pill" });
  const facts = h("dl", { class: "figures" });
  const card = h("section", { class: "card", "aria-labelledby": "mqtt-title", hidden: true },
    h("div", { class: "card-head" }, h("h2", { id: "mqtt-title" }, T.mqtt.state), state), facts);
  return {
    ...settings,
    element: h("div", { class: "stack" }, card, settings.element),
    update({ status }) {
      const told = status.mqtt;
      show(card, Boolean(told));
      if (!told) return;
      say(state, words(told.state ?? (told.connected ? "connected" : "not connected")));
      set(state, "data-tone", (told.state ?? (told.connected && "connected")) === "connected" ? "good" : "warn");
      const shown = Object.entries(told).filter(([name, value]) => name !== "state" && typeof value !== "object");
      const key = JSON.stringify(shown);
      if (facts.dataset.key === key) return;
      facts.dataset.key = key;
      facts.replaceChildren(...shown.map(([name, value]) => h("div", {},
        h("dt", {}, words(name.replace(/Seconds$/, "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))),
        h("dd", {}, name.endsWith("Seconds") ? duration(value) : value === true ? T.yes : value === false ? T.no : value))));
    },
  };
}
