// What the pages for choosing a password and for logging in have in common.
import { h, say, show } from "./dom.js";
import { Unreachable } from "./api.js";
import { T } from "./texts.js";

export function passwordField(id, label, autocomplete, hint) {
  const input = h("input", { id, type: "password", autocomplete, required: true, maxlength: "128" });
  const error = h("p", { id: `${id}-error`, class: "error", hidden: true });
  const note = hint && h("p", { id: `${id}-hint`, class: "hint" }, hint);
  input.setAttribute("aria-describedby", note ? `${id}-hint ${id}-error` : `${id}-error`);
  return {
    input,
    element: h("div", { class: "field" }, h("label", { for: id }, label), note, input, error),
    /** Says what is wrong with it, and leads there. */
    blame(message) {
      say(error, message ?? "");
      show(error, Boolean(message));
      if (message) {
        input.setAttribute("aria-invalid", "true");
        input.focus();
      } else {
        input.removeAttribute("aria-invalid");
      }
    },
  };
}

/** For programs that keep passwords: they want to know whose it is. */
export function account() {
  return h("input", { type: "text", autocomplete: "username", value: T.product, hidden: true, readOnly: true });
}

export function revealing(inputs) {
  const box = h("input", { type: "checkbox", id: "reveal", onchange: () => inputs.forEach((input) => {
    input.type = box.checked ? "text" : "password";
  }) });
  return h("div", { class: "check" }, box, h("label", { for: "reveal" }, T.password.show));
}

export function sentence(problem) {
  return problem instanceof Unreachable ? T.unreachable : problem.message || T.failed;
}

/** The frame of a page that shows nothing but a form. */
export function door(title, lead, form) {
  document.getElementById("main").append(
    h("div", { class: "door-card" },
      h("img", { src: "/icon.svg", alt: "", width: "44", height: "44" }),
      h("p", { class: "product" }, T.product),
      h("h1", {}, title), lead && h("p", { class: "lead" }, lead), form));
}
