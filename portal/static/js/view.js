// What the page shows: the log, the status line and the error.

import { cardsOf, hasDateToCome, listItem, standForText } from "./cards.js";
import { copyOf, prune, slot, writeText } from "./dom.js";

const log = document.getElementById("log");
const status = document.getElementById("status");
const error = document.getElementById("error");

// `onChoice(payload)` is called when a proposed answer is chosen, `onResend(messageId, text)` for a failed message.
export function makeView(onChoice, onResend) {
  return { addOwner, addBot, restore, clear, markFailed, busy, say, showError };

  function addOwner(text, messageId) {
    retireChoices();
    const message = copyOf("owner-message");
    message.dataset.messageId = messageId;
    writeText(slot(message, "text"), text);
    slot(message, "resend").hidden = true;
    slot(message, "resend").addEventListener("click", () => onResend(messageId, text));
    log.append(message);
    return message;
  }

  function addBot({ text, buttons, custom, message_id: messageId }) {
    const message = copyOf("bot-message");
    if (messageId) message.dataset.answers = messageId;
    const cards = cardsOf(custom);
    // Cards hold the same facts as the text; only the sentences around them are shown as well.
    const shown = cards.length && standForText(custom) ? custom.lead : text;
    if (shown) writeText(slot(message, "text"), shown);
    else slot(message, "text").remove();
    if (cards.length) slot(message, "cards").append(...cards);
    else slot(message, "cards").remove();
    fillList(message, "steps", cards.length ? (custom.steps ?? []) : []);
    if (cards.length && custom.next_step) writeText(slot(message, "next"), custom.next_step);
    else slot(message, "next").remove();
    fillLinks(message, custom);
    fillChoices(message, buttons ?? []);
    log.append(message);
  }

  function fillList(message, name, texts) {
    const list = slot(message, name);
    list.append(...texts.map(listItem));
    if (!texts.length) list.remove();
  }

  function fillLinks(message, custom) {
    if (!hasDateToCome(custom)) slot(message, "calendar").remove();
    if (custom?.type !== "take_along") slot(message, "print").remove();
    prune(message);
  }

  function fillChoices(message, buttons) {
    const choices = slot(message, "choices");
    if (!buttons.length) choices.remove();
    for (const { title, payload } of buttons) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button choice";
      button.textContent = title;
      button.addEventListener("click", () => {
        if (button.getAttribute("aria-disabled") !== "true") onChoice(payload);
      });
      choices.append(button);
    }
  }

  // The whole history is not news: it must not be read aloud.
  function restore(messages) {
    log.setAttribute("aria-live", "off");
    for (const message of messages) {
      if (message.from === "owner") addOwner(message.text, message.message_id);
      else addBot(message);
    }
    for (const { from, state, message_id: id } of messages) {
      if (from === "owner" && state !== "answered") markFailed(id);
    }
    scrollToEnd();
    requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
  }

  function markFailed(messageId) {
    const message = log.querySelector(`.message-owner[data-message-id="${CSS.escape(messageId)}"]`);
    if (message) slot(message, "resend").hidden = false;
  }

  function clear() {
    log.replaceChildren();
  }
}

// Proposed answers hold for the last question only; they stay in place so that keyboard focus is not lost.
export function retireChoices() {
  for (const button of log.querySelectorAll(".choice")) button.setAttribute("aria-disabled", "true");
}

export function reviveChoices() {
  const last = log.lastElementChild;
  for (const button of last?.querySelectorAll(".choice") ?? []) button.removeAttribute("aria-disabled");
}

// Takes away an owner's message and what was answered to it, before it is sent again or after it did not leave.
export function remove(messageId) {
  const id = CSS.escape(messageId);
  for (const message of log.querySelectorAll(`[data-message-id="${id}"], [data-answers="${id}"]`)) message.remove();
}

// Brings the top of `message` in view, so that a long answer is read from its beginning.
export function scrollTo(message) {
  message.scrollIntoView({ block: "start", behavior: smooth() });
}

export function scrollToEnd() {
  document.getElementById("composer").scrollIntoView({ block: "end" });
}

function smooth() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

function busy(sentence) {
  status.classList.toggle("status-busy", Boolean(sentence));
  status.textContent = sentence;
}

function say(sentence) {
  status.classList.remove("status-busy");
  status.textContent = sentence;
}

function showError(sentence) {
  error.textContent = sentence;
}
