// Sending changes of settings; and the banner that counts down until those that could shut us out are taken back.
import { h, say, show } from "./dom.js";
import { command, Refused, Unreachable } from "./api.js";
import { T } from "./texts.js";

const CONFIRM_SECONDS = 60;
const LOOK_EVERY_MILLIS = 2000;

/** Whether a change may make the gateway, or this page, unreachable. */
export function reaches(change) {
  return change.type === "uplink" || change.type === "web"
    || (change.type === "gateway" && (!change.option || ["enabled", "lan", "transparent_port"].includes(change.option)));
}

let pending = null;
let endsAt = 0;
let timer = 0;
const listeners = new Set();

/** Called whenever the settings changed, or were taken back. */
export function onSettled(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Ends when all views show what is. */
const tell = () => Promise.all([...listeners].map((listener) => listener()));

const text = h("p", { id: "pending-text" });
const left = h("strong", { class: "countdown", role: "timer", "aria-live": "off" });
const spoken = h("p", { class: "unseen", role: "status" });
const problem = h("p", { class: "error", role: "alert", hidden: true });
const keep = h("button", { type: "button", class: "primary", onclick: () => settle("settings-confirm") }, T.pending.keep);
const revert = h("button", { type: "button", onclick: () => settle("settings-revert") }, T.pending.revert);

export const banner = h("section", { class: "banner", hidden: true, tabindex: "-1", "aria-labelledby": "pending-text" },
  h("div", {}, text, left), h("div", { class: "actions" }, keep, revert), problem, spoken);

function count() {
  const seconds = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
  say(left, T.pending.left(seconds));
  if (seconds === 30 || seconds === 10) say(spoken, T.pending.spoken(seconds));
  if (seconds === 0) look();
}

function display(news, toFocus) {
  const was = pending;
  pending = news;
  clearInterval(timer);
  if (pending) {
    endsAt = performance.now() + pending.revertsInSeconds * 1000;
    timer = setInterval(count, 500);
    if (!was) {
      say(text, T.pending.text);
      show(problem, false);
      say(spoken, T.pending.spoken(pending.revertsInSeconds));
    }
    show(banner, true);
    count();
    if (toFocus) banner.focus();
  } else {
    show(banner, false);
    if (was) tell();
  }
}

async function look() {
  try {
    const settings = await command("settings");
    display(settings.pending, false);
  } catch (failure) {
    if (failure instanceof Unreachable) {
      say(problem, T.pending.unreachable);
      show(problem, true);
    }
  }
}

/** Looks whether changes wait for a word, from this window or another. */
export function watch() {
  look();
  setInterval(() => (pending || document.visibilityState === "visible") && pending && look(), LOOK_EVERY_MILLIS);
}

async function settle(name) {
  keep.disabled = revert.disabled = true;
  try {
    await command(name, name === "settings-confirm" ? { revision: pending.revision } : {});
    say(spoken, name === "settings-confirm" ? T.pending.kept : T.pending.reverted);
    display(null);
  } catch (failure) {
    say(problem, failure instanceof Unreachable ? T.pending.unreachable : failure.message);
    show(problem, true);
    look();
  }
  keep.disabled = revert.disabled = false;
}

/**
 * Sends changes. Gives the fields that were refused: none if all is well.
 *
 * @returns {{fields: Array, error: string}}
 */
export async function send(revision, changes) {
  const careful = changes.some(reaches);
  try {
    const result = await command("settings-change",
      { revision, ...(careful ? { confirmWithin: CONFIRM_SECONDS } : {}), changes });
    display(result.pending ?? null, true);
    await tell();
    return { fields: [], error: "", careful, restart: result.restart };
  } catch (failure) {
    if (failure instanceof Refused) return { fields: failure.fields, error: failure.message, careful };
    if (careful && failure instanceof Unreachable) {
      // The answer got lost on the way that just changed: the banner tells, and finds out.
      display({ revision: revision + 1, revertsInSeconds: CONFIRM_SECONDS }, true);
      return { fields: [], error: "", careful };
    }
    return { fields: [], error: T.unreachable, careful };
  }
}
