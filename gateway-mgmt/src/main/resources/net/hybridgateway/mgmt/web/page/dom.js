// Small tools for building the document. Text is always text: nothing here, and nothing that uses it, parses HTML.

/** Sets properties, attributes ("aria-…", "data-…", role, for) and listeners ("onclick"). */
function equip(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.setAttribute("class", value);
    else if (name in element && !name.includes("-") && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
}

function build(element, properties, children) {
  equip(element, properties ?? {});
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function h(tag, properties, ...children) {
  return build(document.createElement(tag), properties, children);
}

export function svg(tag, properties, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(properties ?? {})) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Changes text only where it differs: screen readers and selections are left in peace. */
export function say(element, text) {
  const wanted = String(text ?? "");
  if (element.textContent !== wanted) element.textContent = wanted;
}

export function set(element, name, value) {
  if (value === null || value === undefined || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
  } else if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, value);
  }
}

export function show(element, visible) {
  if (element.hidden === visible) element.hidden = !visible;
}

/**
 * Keeps the children of `parent` in step with `items`: those that stay are updated in place, and keep focus and state.
 * `make(item)` gives {element, update(item)}.
 */
export function keyed(parent, key, make) {
  const known = new Map();
  return (items) => {
    const wanted = new Map(items.map((item) => [key(item), item]));
    for (const [name, entry] of known) {
      if (!wanted.has(name)) {
        entry.element.remove();
        known.delete(name);
      }
    }
    let before = parent.firstElementChild;
    for (const [name, item] of wanted) {
      let entry = known.get(name);
      if (!entry) {
        entry = make(item);
        known.set(name, entry);
      }
      entry.update(item);
      if (entry.element === before) before = before.nextElementSibling;
      else parent.insertBefore(entry.element, before);
    }
  };
}

const SHAPES = {
  overview: "M3 11.5 12 4l9 7.5M5.5 10v9.5h13V10",
  connections: "M4 7h12M13 4l3 3-3 3M20 17H8M11 14l-3 3 3 3",
  uplinks: "M4 18h2v-4H4zM9 18h2v-7H9zM14 18h2V8h-2zM19 18h2V4h-2z",
  points: "M12 3v5M12 16v5M5 12H3M21 12h-2M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
  tests: "M4 13h4l2.5-7 4 12 2.2-5H20",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M13 4.5v5M7 14.5v5",
  mqtt: "M4 20a16 16 0 0 0-1-1M3 13a8 8 0 0 1 8 8M3 6a15 15 0 0 1 15 15M12 3a18 18 0 0 1 9 9",
  events: "M5 6h14M5 12h14M5 18h9",
  system: "M12 3 5 6v5c0 4.5 3 8 7 10 4-2 7-5.5 7-10V6z",
  fixed: "M4 8h16v8H4zM8 16v3M16 16v3M8 12h.01M12 12h.01",
  cellular: "M12 21V11M8.5 7.5a5 5 0 0 1 7 0M5.5 4.5a9.5 9.5 0 0 1 13 0M12 11h.01",
  menu: "M4 7h16M4 12h16M4 17h16",
};

/** A decoration: what it means is said in text beside it. */
export function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: SHAPES[name] }));
}
