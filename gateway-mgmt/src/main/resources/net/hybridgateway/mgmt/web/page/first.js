import { h } from "./dom.js";
import { chooseFirst } from "./api.js";
import { account, door, passwordField, revealing, sentence } from "./password.js";
import { T } from "./texts.js";

const password = passwordField("password", T.password.chosen, "new-password", T.password.rule);
const again = passwordField("again", T.password.again, "new-password");
const button = h("button", { class: "primary", type: "submit" }, T.first.action);

async function submit(event) {
  event.preventDefault();
  password.blame();
  again.blame();
  if (password.input.value !== again.input.value) {
    again.blame(T.password.differ);
    return;
  }
  button.disabled = true;
  try {
    await chooseFirst(password.input.value);
    location.assign("/");
  } catch (problem) {
    password.blame(sentence(problem));
    button.disabled = false;
  }
}

door(T.first.title, T.first.lead,
  h("form", { onsubmit: submit, novalidate: true }, account(), password.element, again.element,
    revealing([password.input, again.input]), button, h("p", { class: "hint" }, T.first.note)));
password.input.focus();
