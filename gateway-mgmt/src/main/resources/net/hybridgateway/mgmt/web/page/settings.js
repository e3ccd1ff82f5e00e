// A form made of what the gateway says its settings are. The gateway is the judge of every value; its words stand at the
// field.
import { h, say, show } from "./dom.js";
import { command } from "./api.js";
import { onSettled, reaches, send } from "./changes.js";
import { words } from "./format.js";
import { sentence } from "./password.js";
import { T } from "./texts.js";

const TYPES = ["gateway", "uplink", "conversion_point", "discovery", "rule", "web", "mqtt"];
const text = (value) => (Array.isArray(value) ? value.join("\n") : value ?? "");
const identify = (...parts) => ["s", ...parts].join("-").replace(/[^A-Za-z0-9_-]/g, "_");

function labelOf(type, option) {
  return T.options[`${type}.${option}`]?.[0] ?? T.options[option]?.[0] ?? words(option);
}

function hintOf(type, option) {
  return T.options[`${type}.${option}`]?.[1] ?? T.options[option]?.[1];
}

/** One value with its label, its hint and what is wrong with it. */
function field(section, option, changed) {
  const id = identify(section.type, section.name, option.name);
  const before = section.options[option.name];
  const hint = hintOf(section.type, option.name);
  const usual = String(option.default ?? option.usually ?? "");
  const described = [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(" ");
  const common = { id, "aria-describedby": described, oninput: () => changed() };
  const kind = option.list ? "list" : option.type;
  let input;
  if (kind === "choice") {
    input = h("select", common, h("option", { value: "" }, usual ? T.settings.usual(T.choices[`${option.name}.${usual}`] ?? words(usual)) : T.settings.unset),
      (option.choices ?? []).map((choice) => h("option", { value: choice }, T.choices[`${option.name}.${choice}`] ?? words(choice))));
  } else if (kind === "boolean") {
    input = h("select", common, h("option", { value: "" }, T.settings.usual(usual === "1" ? T.yes : T.no)),
      h("option", { value: "1" }, T.yes), h("option", { value: "0" }, T.no));
  } else if (kind === "list") {
    input = h("textarea", { ...common, rows: String(Math.min(6, Math.max(2, [].concat(before ?? []).length + 1))),
      spellcheck: "false", placeholder: usual });
  } else {
    input = h("input", { ...common, type: "text", spellcheck: "false", autocomplete: "off", placeholder: usual,
      inputmode: kind === "number" ? "numeric" : null });
  }
  if (option.required) input.setAttribute("aria-required", "true");
  const initial = kind === "boolean" && before !== undefined
    ? (["1", "yes", "on", "true", "enabled"].includes(before) ? "1" : "0") : text(before);
  input.value = initial;
  const error = h("p", { class: "error", id: `${id}-error`, hidden: true });
  return {
    section, option, input,
    set: before !== undefined,
    element: h("div", { class: "field" },
      h("label", { for: id }, labelOf(section.type, option.name),
        option.required && h("span", { class: "optional" }, T.settings.required)),
      input, error, hint && h("p", { class: "hint", id: `${id}-hint` }, hint)),
    change() {
      if (input.value === initial) return null;
      const lines = input.value.split("\n").map((line) => line.trim()).filter(Boolean);
      const value = kind === "list" ? (lines.length ? lines : null) : input.value.trim() || null;
      return { type: section.type, name: section.name, option: option.name, value };
    },
    blame(message) {
      say(error, message ?? "");
      show(error, Boolean(message));
      if (message) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
  };
}

/** The form for sections of these types. */
export function form(types, title, lead) {
  const root = h("div", { class: "stack" });
  const sections = h("form", { class: "stack", novalidate: true, onsubmit: (event) => { event.preventDefault(); save(); } });
  const summary = h("div", { class: "card summary", tabindex: "-1", hidden: true, "aria-labelledby": "summary-title" });
  const said = h("p", { class: "hint", role: "status" });
  const count = h("span", {});
  const saveButton = h("button", { type: "submit", class: "primary" }, T.settings.save);
  const bar = h("div", { class: "savebar", hidden: true }, count,
    h("div", { class: "actions" }, h("button", { type: "button", onclick: () => load() }, T.settings.discard), saveButton));
  let schema = null;
  let current = null;
  let fields = [];
  let added = [];
  let removed = [];
  let forget = () => {};

  async function load(keepMessage) {
    try {
      schema ??= await command("settings-schema");
      current = await command("settings");
    } catch (problem) {
      say(said, sentence(problem));
      return;
    }
    added = [];
    removed = [];
    if (!keepMessage) say(said, "");
    draw();
  }

  function draw() {
    fields = [];
    show(summary, false);
    const groups = schema.sections.filter((kind) => types.includes(kind.type))
      .sort((a, b) => TYPES.indexOf(a.type) - TYPES.indexOf(b.type)).map(group);
    sections.replaceChildren(...groups, bar);
    review();
  }

  function group(kind) {
    const known = [...current.sections, ...added].filter((section) => section.type === kind.type
      && !removed.includes(section));
    const one = T.sections[kind.type]?.single;
    const adder = h("button", { type: "button", class: "quiet", onclick: () => add(kind) }, T.settings.add(T.sections[kind.type]?.one ?? words(kind.type)));
    return h("section", { class: "group", "aria-labelledby": identify("group", kind.type) },
      h("h2", { id: identify("group", kind.type) }, T.sections[kind.type]?.title ?? words(kind.type)),
      T.sections[kind.type]?.lead && h("p", { class: "hint" }, T.sections[kind.type].lead),
      known.map((section) => card(section, kind)), (!one || known.length === 0) && adder);
  }

  function card(section, kind) {
    const made = kind.options.map((option) => field(section, option, review));
    fields.push(...made);
    const main = made.filter((it) => it.option.required || it.set || T.settings.prominent.includes(`${kind.type}.${it.option.name}`));
    const rest = made.filter((it) => !main.includes(it));
    const name = section.name || T.sections[kind.type]?.one || words(kind.type);
    return h("fieldset", { class: "card" }, h("legend", { class: T.sections[kind.type]?.single ? "unseen" : null }, words(name)),
      h("div", { class: "grid-fields" }, main.map((it) => it.element)),
      rest.length > 0 && h("details", { class: "more" }, h("summary", {}, T.settings.more(rest.length)),
        h("div", { class: "grid-fields" }, rest.map((it) => it.element))),
      !T.sections[kind.type]?.kept && h("div", { class: "card-foot" }, h("button", { type: "button", class: "quiet danger", onclick: () => remove(section) },
        T.settings.remove(name))));
  }

  function changes() {
    const fresh = added.map((section) => ({ type: section.type, name: section.name, add: true }));
    const gone = removed.filter((section) => !added.includes(section))
      .map((section) => ({ type: section.type, name: section.name, remove: true }));
    return [...gone, ...fresh, ...fields.map((it) => it.change()).filter(Boolean)];
  }

  function review() {
    const list = changes();
    show(bar, list.length > 0);
    say(count, T.settings.count(list.length) + (list.some(reaches) ? ` ${T.settings.careful}` : ""));
  }

  /** What was typed elsewhere stays. */
  function redrawKeeping() {
    const typed = new Map(fields.map((it) => [it.input.id, it.input.value]));
    draw();
    fields.forEach((it) => typed.has(it.input.id) && (it.input.value = typed.get(it.input.id)));
    review();
  }

  function add(kind) {
    const id = "new-section";
    const naming = h("dialog", { "aria-labelledby": `${id}-title` });
    const input = h("input", { id, type: "text", maxlength: "32", required: true, pattern: "[A-Za-z0-9_]+", autocomplete: "off" });
    const wrong = h("p", { class: "error", hidden: true });
    naming.append(h("form", { method: "dialog", onsubmit: (event) => {
      const name = input.value.trim();
      const taken = [...current.sections, ...added].some((it) => it.type === kind.type && it.name === name);
      if (!/^[A-Za-z0-9_]+$/.test(name) || taken) {
        event.preventDefault();
        say(wrong, taken ? T.settings.taken : T.settings.nameRule);
        show(wrong, true);
        input.focus();
        return;
      }
      added.push({ type: kind.type, name, options: {} });
      redrawKeeping();
      document.getElementById(identify(kind.type, name, kind.options[0].name))?.focus();
    } }, h("h2", { id: `${id}-title` }, T.settings.add(T.sections[kind.type]?.one ?? words(kind.type))),
      h("div", { class: "field" }, h("label", { for: id }, T.settings.name), h("p", { class: "hint" }, T.settings.nameRule), input, wrong),
      h("div", { class: "actions" }, h("button", { type: "button", onclick: () => naming.close() }, T.cancel),
        h("button", { type: "submit", class: "primary" }, T.settings.addIt))));
    naming.addEventListener("close", () => naming.remove());
    root.append(naming);
    naming.showModal();
  }

  function remove(section) {
    removed.push(section);
    added = added.filter((it) => it !== section);
    if (removed.includes(section) && !current.sections.includes(section)) removed = removed.filter((it) => it !== section);
    redrawKeeping();
    say(said, T.settings.removed(section.name || section.type));
  }

  async function save() {
    fields.forEach((it) => it.blame());
    show(summary, false);
    saveButton.disabled = true;
    const { fields: refused, error, restart } = await send(current.revision, changes());
    saveButton.disabled = false;
    if (!error && refused.length === 0) {
      say(said, restart?.length ? T.settings.afterRestart(restart) : T.settings.saved);
      return; // what was settled is loaded by the listener
    }
    const items = refused.map((entry) => {
      const at = fields.find((it) => it.section.type === entry.type && it.section.name === (entry.name ?? "")
        && it.option.name === entry.option);
      if (!at) return h("li", {}, entry.message);
      at.blame(entry.message);
      const details = at.element.closest("details");
      if (details) details.open = true;
      return h("li", {}, h("a", { href: `#${at.input.id}`, onclick: (event) => {
        event.preventDefault();
        at.input.focus();
      } }, `${words(entry.name ?? entry.type)}: ${labelOf(entry.type, entry.option)}`), ` – ${entry.message}`);
    });
    summary.replaceChildren(h("h2", { id: "summary-title" }, T.settings.refused), items.length ? h("ul", {}, items) : h("p", {}, error));
    show(summary, true);
    summary.focus();
  }

  root.append(lead && h("p", { class: "lead" }, lead), summary, said, sections);
  return {
    title,
    element: root,
    enter() {
      load();
      forget = onSettled(() => load(true));
    },
    leave() {
      forget();
    },
    update() {},
  };
}

export const settings = () => form(TYPES.filter((type) => type !== "mqtt"), T.nav.settings, T.settings.lead);
