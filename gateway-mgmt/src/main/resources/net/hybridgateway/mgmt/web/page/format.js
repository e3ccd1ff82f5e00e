// How values are written.
import { T } from "./texts.js";

const numbers = (digits) => new Intl.NumberFormat("en", { maximumFractionDigits: digits, minimumFractionDigits: 0 });
const whole = numbers(0);
const one = numbers(1);
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** Decimal units, as operators count. */
export function bytes(count) {
  let value = count;
  for (const unit of ["B", "kB", "MB", "GB"]) {
    if (value < 1000) return `${(value < 10 && unit !== "B" ? one : whole).format(value)} ${unit}`;
    value /= 1000;
  }
  return `${one.format(value)} TB`;
}

export function rate(bitsPerSecond) {
  if (bitsPerSecond < 500) return "0";
  if (bitsPerSecond < 1e6) return `${whole.format(bitsPerSecond / 1e3)} kbit/s`;
  if (bitsPerSecond < 1e9) return `${(bitsPerSecond < 1e8 ? one : whole).format(bitsPerSecond / 1e6)} Mbit/s`;
  return `${one.format(bitsPerSecond / 1e9)} Gbit/s`;
}

export function millis(value) {
  if (value < 1000) return `${whole.format(value)} ms`;
  return `${one.format(value / 1000)} s`;
}

export function duration(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  return `${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
}

export const ago = (seconds) => (seconds < 5 ? T.justNow : T.ago(duration(seconds)));
export const clock = (iso) => time.format(new Date(iso));
export const date = (iso) => day.format(new Date(iso));
export const count = (value) => whole.format(value);

/** "on-demand" is "on demand", and the first letter is upper case. */
export function words(code) {
  const text = String(code).replaceAll("-", " ").replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
