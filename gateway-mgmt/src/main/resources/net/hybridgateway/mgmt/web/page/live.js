// The state, once a second, for whoever listens; and the rates that follow from its counters.

const listeners = new Set();
const KEPT = 121;
let last = null;
let source = null;

/** Per uplink the samples [{at, down, up}], oldest first, in milliseconds and bits per second. */
export const history = new Map();

export function listen(listener) {
  listeners.add(listener);
  if (last) listener(last);
  return () => listeners.delete(listener);
}

export const latest = () => last?.status ?? null;

function measure(atMillis, status) {
  for (const uplink of status.uplinks) {
    const samples = history.get(uplink.name) ?? [];
    const before = samples.at(-1);
    const seconds = before ? (atMillis - before.at) / 1000 : 0;
    // Counters begin anew with each start of the daemon.
    const per = (now, then) => (seconds > 0 && now >= then ? ((now - then) * 8) / seconds : 0);
    if (before && seconds < 0.2) continue;
    samples.push({
      at: atMillis,
      bytesIn: uplink.bytesIn,
      bytesOut: uplink.bytesOut,
      first: !before,
      down: before ? per(uplink.bytesIn, before.bytesIn) : 0,
      up: before ? per(uplink.bytesOut, before.bytesOut) : 0,
    });
    while (samples.length > KEPT) samples.shift();
    history.set(uplink.name, samples);
  }
  for (const name of history.keys()) {
    if (!status.uplinks.some((uplink) => uplink.name === name)) history.delete(name);
  }
}

function tell(news) {
  last = news.status ? news : last;
  listeners.forEach((listener) => listener(news));
}

/** Begins to listen to the gateway; looks again by itself after an interruption. */
export function start() {
  source = new EventSource("/api/live");
  source.onmessage = (event) => {
    const { atMillis, answer } = JSON.parse(event.data);
    if (!answer.ok) return;
    const before = last?.atMillis ?? 0;
    if (atMillis < before) history.clear(); // another daemon, with another clock
    measure(atMillis, answer.result);
    tell({ atMillis, status: answer.result, connected: true });
  };
  source.addEventListener("ended", () => {
    source.close();
    location.assign("/");
  });
  source.onerror = () => {
    listeners.forEach((listener) => listener({ atMillis: last?.atMillis, status: last?.status, connected: false }));
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(start, 3000); // refused, not only interrupted: the session may have ended
      fetch("/api/session").then((response) => response.status === 401 && location.assign("/"), () => {});
    }
  };
}

// A window that nobody sees does not ask.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) source?.close();
  else if (source?.readyState === EventSource.CLOSED) start();
});
