// The only way to the gateway: JSON over the paths of this server.

let token = "1";

export class Refused extends Error {
  constructor(status, answer) {
    super(answer.error ?? "");
    this.status = status;
    this.fields = answer.fields ?? [];
    this.waitSeconds = answer.waitSeconds ?? 0;
  }
}

/** Thrown if the gateway does not answer at all. */
export class Unreachable extends Error {}

async function send(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json", "X-Hybrid-Gateway": token },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
    });
  } catch {
    throw new Unreachable();
  }
  const answer = await response.json().catch(() => ({ ok: false, error: response.statusText }));
  if (response.status === 401 && path !== "/api/login" && path !== "/api/password") {
    location.assign("/");
  }
  if (!response.ok || answer.ok === false) throw new Refused(response.status, answer);
  if (answer.token) token = answer.token;
  return answer;
}

export const session = () => send("GET", "/api/session");
export const chooseFirst = (password) => send("POST", "/api/first", { password });
export const login = (password) => send("POST", "/api/login", { password });
export const logout = () => send("POST", "/api/logout", {});
export const changePassword = (current, password) => send("POST", "/api/password", { current, password });

/** Carries out a command and gives its result. */
export async function command(name, more = {}) {
  return (await send("POST", "/api/command", { command: name, ...more })).result;
}
