// Settings as the text of a UCI file, and back: what the backup is written in.

const quoted = (text) => `'${String(text).replaceAll("'", "'\\''")}'`;

/** @param sections as the command "settings" gives them */
export function write(sections) {
  return sections.map((section) => {
    const lines = [`config ${section.type}${section.name ? ` ${quoted(section.name)}` : ""}`];
    for (const [name, value] of Object.entries(section.options)) {
      if (Array.isArray(value)) value.forEach((item) => lines.push(`\tlist ${name} ${quoted(item)}`));
      else lines.push(`\toption ${name} ${quoted(value)}`);
    }
    return `${lines.join("\n")}\n`;
  }).join("\n");
}

/** The words of one line: blanks part them, quotes keep them together, "#" begins a comment. */
function split(line, number) {
  const words = [];
  let word = null;
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (quote) {
      if (c === quote) quote = "";
      else if (c === "\\" && quote === '"') word += line[++i] ?? "";
      else word += c;
    } else if (c === "'" || c === '"') {
      quote = c;
      word ??= "";
    } else if (c === "\\") word = (word ?? "") + (line[++i] ?? "");
    else if (/\s/.test(c)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (c === "#" && word === null) break;
    else word = (word ?? "") + c;
  }
  if (quote) throw new SyntaxError(`line ${number}: a quote is not closed`);
  if (word !== null) words.push(word);
  return words;
}

/** Throws a SyntaxError that names the line if the text is no UCI file. */
export function read(text) {
  const sections = [];
  text.split(/\r?\n/).forEach((line, index) => {
    const [keyword, first, second, ...more] = split(line, index + 1);
    if (keyword === undefined || keyword === "package") return;
    const section = sections.at(-1);
    if (keyword === "config" && first && more.length === 0) {
      sections.push({ type: first, name: second ?? "", options: {} });
    } else if (keyword === "option" && section && second !== undefined && more.length === 0) {
      section.options[first] = second;
    } else if (keyword === "list" && section && second !== undefined && more.length === 0) {
      const known = section.options[first];
      section.options[first] = [...(Array.isArray(known) ? known : []), second];
    } else {
      throw new SyntaxError(`line ${index + 1}: "${line.trim().slice(0, 60)}" is no line of a settings file`);
    }
  });
  if (sections.length === 0) throw new SyntaxError("there are no settings in it");
  return sections;
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const key = (section) => `${section.type} ${section.name}`;

/** The changes that make the second of the first. */
export function difference(now, wanted) {
  const changes = [];
  const before = new Map(now.map((section) => [key(section), section]));
  const after = new Map(wanted.map((section) => [key(section), section]));
  for (const section of now) {
    if (!after.has(key(section))) changes.push({ type: section.type, name: section.name, remove: true });
  }
  for (const section of wanted) {
    const known = before.get(key(section));
    if (!known) changes.push({ type: section.type, name: section.name, add: true });
    const options = known?.options ?? {};
    for (const name of new Set([...Object.keys(options), ...Object.keys(section.options)])) {
      const value = section.options[name] ?? null;
      if (!same(options[name] ?? null, value)) changes.push({ type: section.type, name: section.name, option: name, value });
    }
  }
  return changes;
}
