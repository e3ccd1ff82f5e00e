// Keeping the settings elsewhere and bringing them back; the password; leaving.
import { h, say, show } from "./dom.js";
import { changePassword, command, logout } from "./api.js";
import { send } from "./changes.js";
import { download } from "./events.js";
import { account, passwordField, revealing, sentence } from "./password.js";
import { T } from "./texts.js";
import { difference, read, write } from "./uci.js";

const MOST_BYTES = 200_000;

function keeping() {
  const said = h("p", { class: "hint", role: "status" });
  const error = h("p", { class: "error", id: "restore-error", role: "alert", hidden: true });
  const file = h("input", { id: "restore", type: "file", "aria-describedby": "restore-hint restore-error", onchange: () => review() });
  const plan = h("div", { hidden: true });

  async function save() {
    try {
      const settings = await command("settings");
      download("hybrid-gateway.conf", "text/plain", T.backup.head + write(settings.sections));
      say(said, T.backup.saved);
    } catch (problem) {
      say(said, sentence(problem));
    }
  }

  function fail(message) {
    say(error, message);
    show(error, Boolean(message));
  }

  async function review() {
    show(plan, false);
    fail("");
    const chosen = file.files[0];
    if (!chosen) return;
    try {
      if (chosen.size > MOST_BYTES) throw new SyntaxError(T.backup.tooLarge);
      const wanted = read(await chosen.text());
      const settings = await command("settings");
      const changes = difference(settings.sections, wanted);
      const apply = h("button", { type: "button", class: "primary", onclick: () => restore(settings.revision, changes) }, T.backup.apply);
      plan.replaceChildren(h("p", {}, changes.length ? T.backup.plan(changes.length) : T.backup.same),
        h("ul", { class: "plan" }, changes.slice(0, 40).map((change) => h("li", {}, T.backup.change(change)))),
        changes.length > 0 && h("div", { class: "actions" }, apply));
      show(plan, true);
    } catch (problem) {
      fail(problem instanceof SyntaxError ? T.backup.unreadable(problem.message) : sentence(problem));
    }
  }

  async function restore(revision, changes) {
    const { fields, error: refused } = await send(revision, changes);
    if (fields.length || refused) {
      fail(fields.map((entry) => `${entry.type} ${entry.name ?? ""} ${entry.option ?? ""}: ${entry.message}`).join("; ") || refused);
      return;
    }
    show(plan, false);
    file.value = "";
    say(said, T.backup.restored);
  }

  return h("section", { class: "card", "aria-labelledby": "backup-title" }, h("h2", { id: "backup-title" }, T.backup.title),
    h("p", { class: "hint" }, T.backup.lead),
    h("div", { class: "actions" }, h("button", { type: "button", class: "primary", onclick: save }, T.backup.save)),
    h("div", { class: "field" }, h("label", { for: "restore" }, T.backup.restore),
      h("p", { class: "hint", id: "restore-hint" }, T.backup.restoreHint), file, error), plan, said);
}

function password() {
  const current = passwordField("current", T.password.current, "current-password");
  const chosen = passwordField("chosen", T.password.chosen, "new-password", T.password.rule);
  const said = h("p", { class: "hint", role: "status" });
  const button = h("button", { type: "submit", class: "primary" }, T.password.change);
  const form = h("form", { novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    current.blame();
    chosen.blame();
    button.disabled = true;
    try {
      await changePassword(current.input.value, chosen.input.value);
      form.reset();
      say(said, T.password.changed);
    } catch (problem) {
      (problem.status === 422 ? chosen : current).blame(
        problem.waitSeconds ? `${sentence(problem)} ${T.login.wait(problem.waitSeconds)}` : sentence(problem));
    }
    button.disabled = false;
  } }, account(), current.element, chosen.element, revealing([current.input, chosen.input]), h("div", { class: "actions" }, button), said);
  return h("section", { class: "card", "aria-labelledby": "password-title" }, h("h2", { id: "password-title" }, T.password.title), form);
}

export function system() {
  return {
    title: T.nav.system,
    element: h("div", { class: "stack" }, keeping(), password()),
    update() {},
  };
}

export async function leave() {
  await logout().catch(() => {});
  location.assign("/");
}
