// Cards made from a message's `custom` facts (contacts, funding, guidance).

import { copyOf, fill, fillLink, hostOf, prune, slot, webAddress } from "./dom.js";
import { dated, money, onDay, phone, words } from "./words.js";

const MAKERS = {
  contacts: { list: "items", make: contactCard },
  funding: { list: "items", make: fundingCard },
  guidance: { list: "facts", make: guidanceCard },
};

// Returns the cards of `custom`; none where there is nothing to show, and then the text is the answer.
export function cardsOf(custom) {
  const maker = MAKERS[custom?.type];
  return maker ? (custom[maker.list] ?? []).map(maker.make) : [];
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
  fill(card, "seen", dated("as-of", fact.as_of));
  return finished(card, fact.source_url);
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

function listItem(text) {
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
