// Cards made from a message's `custom` facts (contacts, funding, guidance, request).

import { copyOf, fill, fillLink, hostOf, prune, slot, webAddress } from "./dom.js";
import { dated, money, onDay, phone, words } from "./words.js";

const MAKERS = {
  contacts: { list: "items", make: contactCard },
  funding: { list: "items", make: fundingCard },
  guidance: { list: "facts", make: guidanceCard },
};
const DAY = /^\d{4}-\d{2}-\d{2}$/;

// Returns the cards of `custom`; none where there is nothing to show, and then the text is the answer.
export function cardsOf(custom) {
  if (custom?.type === "request") return [requestCard(custom)];
  const maker = MAKERS[custom?.type];
  return maker ? (custom[maker.list] ?? []).map(maker.make) : [];
}

// Tells whether the cards stand for the whole text; a request's card says less than its text.
export function standForText(custom) {
  return custom?.type in MAKERS;
}

// Tells whether a day to come is told, which a calendar could keep.
export function hasDateToCome(custom, today = new Date().toISOString().slice(0, 10)) {
  const rules = (custom?.facts ?? []).map((fact) => fact.from_date);
  const open = custom?.type === "funding" ? (custom.items ?? []).filter(({ status }) => status !== "ended") : [];
  return [...rules, ...open.map((scheme) => scheme.closing_date)].some((day) => DAY.test(day) && day >= today);
}

function contactCard(contact) {
  const card = copyOf("contact-card");
  const verified = contact.status === "verified";
  fill(card, "name", contact.name);
  fill(card, "why", contact.why);
  fillLink(card, "phone", contact.phone && `tel:${contact.phone.replace(/[^\d+]/g, "")}`, contact.phone && phone(contact.phone));
  fillLink(card, "email", /^[^\s@]+@[^\s@]+$/.test(contact.email ?? "") && `mailto:${contact.email}`, contact.email);
  fillSite(card, contact.url);
  fill(card, "hours", contact.hours);
  fill(card, "cost", words(`cost-${contact.cost}`));
  fill(card, "status", verified ? dated("verified", contact.verified_on) || words("verified-none") : words("to-check"));
  slot(card, "status").classList.add(verified ? "badge-good" : "badge-care");
  fill(card, "seen", verified ? "" : dated("seen", contact.verified_on));
  return finished(card, contact.source_url, contact.name);
}

function fundingCard(scheme) {
  const card = copyOf("funding-card");
  fill(card, "title", scheme.title);
  fill(card, "status", words(scheme.status) || words("unknown"));
  slot(card, "status").classList.add(scheme.status === "open" ? "badge-good" : "badge-care");
  // Whether the firm would fit, and what would have to be known for that, is idle once a scheme is over.
  const over = scheme.status === "ended";
  fill(card, "eligible", over ? "" : words(`eligible-${scheme.eligible}`));
  fill(card, "missing", over ? "" : inWords("missing", scheme.missing));
  fill(card, "promise", scheme.promise);
  fill(card, "funder", scheme.funder);
  fill(card, "kinds", inWords("kind", scheme.kinds));
  fill(card, "formula", scheme.estimate?.formula);
  fill(card, "estimate", scheme.estimate && money(scheme.estimate.min, scheme.estimate.max));
  fill(card, "closing", onDay(scheme.closing_date));
  fillSite(card, scheme.url);
  fillReasons(card, scheme.reasons ?? [], scheme.eligible === "no");
  fill(card, "seen", dated("read", scheme.verified_on));
  return finished(card, scheme.source_url, scheme.title);
}

function guidanceCard(fact) {
  const card = copyOf("guidance-card");
  fill(card, "text", fact.text);
  // What comes from the owner's own answers has no source that could be confirmed.
  fill(card, "status", fact.status === "to_check" && fact.source_url ? words("to-check") : "");
  slot(card, "status")?.classList.add("badge-care");
  fill(card, "seen", dated("as-of", fact.as_of));
  return finished(card, fact.source_url);
}

function requestCard({ id, status }) {
  const card = copyOf("request-card");
  fill(card, "reference", id);
  fill(card, "status", words(`request-${(status ?? "").replaceAll(" ", "-")}`));
  prune(card);
  return card;
}

function fillSite(card, url) {
  const address = webAddress(url);
  fillLink(card, "url", address, address && hostOf(address));
}

// Reasons may be many; those for which a scheme is out of reach are open to see.
function fillReasons(card, reasons, open) {
  const list = slot(card, "reasons");
  list.parentElement.open = open;
  list.append(...reasons.map(listItem));
  if (!reasons.length) list.remove();
}

export function listItem(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

// Codes without a word of their own are for programs, not for owners.
function inWords(name, codes) {
  return (codes ?? []).map((code) => words(`${name}-${code}`)).filter(Boolean).join(", ");
}

// Adds the source and drops what stayed empty. Read aloud, links that look alike tell what each is the source of.
function finished(card, source, about) {
  const address = webAddress(source);
  const link = slot(card, "source");
  if (address) {
    const host = hostOf(address);
    link.setAttribute("aria-label", about ? words("source-about", { host, about }) : words("source-alone", { host }));
  }
  fillLink(card, "source", address, address && words("source", { host: hostOf(address) }));
  prune(card);
  return card;
}
