// The sentences, which stand in templates/words.html, and how dates and money are written.

import { template } from "./dom.js";

let sentences = null;
const day = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeZone: "UTC" });
const month = new Intl.DateTimeFormat("fr-FR", { month: "long", year: "numeric", timeZone: "UTC" });
const euros = new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR", maximumFractionDigits: 0 });

// Returns the sentence with its {blanks} filled, or "" when there is no such sentence.
export function words(name, values = {}) {
  sentences ??= read();
  const sentence = sentences.get(name) ?? "";
  return sentence.replace(/\{(\w+)\}/g, (blank, key) => values[key] ?? blank);
}

// Returns the sentence `name`-day or `name`-month, as precise as the date is known; "" without a date.
export function dated(name, date) {
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(date ?? "");
  if (!parts) return "";
  const [, year, monthNumber, dayNumber] = parts;
  if (!monthNumber) return words(`${name}-month`, { date: year });
  const moment = new Date(Date.UTC(Number(year), Number(monthNumber) - 1, Number(dayNumber ?? 1)));
  return dayNumber
    ? words(`${name}-day`, { date: withFirst(day.format(moment)) })
    : words(`${name}-month`, { date: month.format(moment) });
}

export function onDay(date) {
  return /^\d{4}-\d{2}-\d{2}/.test(date ?? "") ? withFirst(day.format(new Date(`${date.slice(0, 10)}T00:00Z`))) : date;
}

export function money(min, max) {
  const values = { min: euros.format(min ?? 0), max: euros.format(max ?? 0) };
  if (min == null || min === 0) return max == null ? "" : words("at-most", values);
  if (max == null) return words("at-least", values);
  return min === max ? values.max : words("between", values);
}

// "+33299000000" → "02 99 00 00 00"; a number of another shape is left as it is, and so are the special ones in 08,
// which are grouped otherwise.
export function phone(number) {
  const national = number.replace(/[^\d+]/g, "").replace(/^\+33/, "0");
  return /^0[1-79]\d{8}$/.test(national) ? national.replace(/(\d{2})(?=\d)/g, "$1\u00a0") : number;
}

function read() {
  const all = template("words").querySelectorAll("[data-word]");
  return new Map(Array.from(all, (element) => [element.dataset.word, element.textContent]));
}

function withFirst(text) {
  return text.replace(/^1 /, "1er ");
}
