import { h, say, show } from "./dom.js";
import { login } from "./api.js";
import { account, door, passwordField, revealing, sentence } from "./password.js";
import { T } from "./texts.js";

const password = passwordField("password", T.password.label, "current-password");
const button = h("button", { class: "primary", type: "submit" }, T.login.action);
const pause = h("p", { class: "hint", role: "status", hidden: true });

function wait(seconds) {
  const end = performance.now() + seconds * 1000;
  button.disabled = true;
  show(pause, true);
  const step = () => {
    const left = Math.ceil((end - performance.now()) / 1000);
    if (left > 0) {
      say(pause, T.login.wait(left));
      setTimeout(step, 250);
    } else {
      show(pause, false);
      button.disabled = false;
      password.input.focus();
    }
  };
  step();
}

async function submit(event) {
  event.preventDefault();
  if (button.disabled) return;
  password.blame();
  button.disabled = true;
  try {
    await login(password.input.value);
    location.assign("/");
  } catch (problem) {
    button.disabled = false;
    password.blame(sentence(problem));
    password.input.select();
    if (problem.waitSeconds > 0) wait(problem.waitSeconds);
  }
}

door(T.login.title, null,
  h("form", { onsubmit: submit, novalidate: true }, account(), password.element, revealing([password.input]), button, pause,
    h("details", {}, h("summary", {}, T.login.forgotten), h("p", { class: "hint" }, T.login.forgottenHow))));
password.input.focus();
