// What the owner sees: the log, the status line and the error.

import { makeBotMessage } from "./bot_message.js";
import { copyOf, slot, writeText } from "./dom.js";

// `root` holds the elements of the chat; `acts` holds `choose(payload)`, `resend(id, text)`, `takeBack(id, text)`,
// `judge(number, opinion)` and, on another site, `saveDates()`.
export function makeView(root, scrolling, acts) {
  const log = root.getElementById("log");
  const status = root.getElementById("status");
  const error = root.getElementById("error");

  return {
    addOwner, addBot, restore, clear, remove, markFailed, markWaiting, busy, say, showError, retireChoices, reviveChoices,
    toStart: scrolling.toStart,
    isAtEnd: scrolling.isAtEnd,
  };

  // Shows what the owner said, once; `id` is its number in the record as soon as that is known.
  function addOwner({ text, message_id: messageId, id }) {
    const shown = ofOwner(messageId);
    if (shown) return numbered(shown, id);
    retireChoices();
    const message = copyOf("owner-message");
    message.dataset.messageId = messageId;
    writeText(slot(message, "text"), text);
    for (const name of ["resend", "waiting"]) slot(message, name).hidden = true;
    slot(message, "resend").addEventListener("click", () => acts.resend(messageId, text));
    slot(message, "take-back").addEventListener("click", () => acts.takeBack(messageId, text));
    return place(message, id);
  }

  // Shows one message of the bot, once. A better answer to the same message takes the place of the notice that none came.
  function addBot(given, opinion) {
    const { id, message_id: messageId, state } = given;
    const shown = id && log.querySelector(`.message-bot[data-number="${id}"]`);
    if (shown) return shown;
    const message = makeBotMessage(given, opinion, { ...acts, say });
    if (messageId) message.dataset.answers = messageId;
    message.dataset.state = state ?? "";
    settle(messageId, id, state);
    return place(message, id ?? 0);
  }

  function settle(messageId, id, state) {
    const owner = messageId && ofOwner(messageId);
    if (!owner) return;
    // The question stands before its answer, whatever its own number is.
    if (!owner.dataset.number && id) numbered(owner, id - 0.5);
    slot(owner, "waiting").hidden = true;
    slot(owner, "resend").hidden = state !== "failed";
    if (state !== "answered") return;
    for (const notice of log.querySelectorAll(`[data-answers="${CSS.escape(messageId)}"][data-state="failed"]`)) {
      if (!notice.contains(root.activeElement)) notice.remove();
    }
  }

  function numbered(message, number) {
    if (!number || message.dataset.number) return message;
    message.dataset.number = number;
    return message;
  }

  // Puts a message where its number says; what has none yet stays at the end. A message without number (0) stays first.
  function place(message, number) {
    if (number !== undefined) message.dataset.number = number;
    const order = number ?? Infinity;
    const later = Array.from(log.children).find((other) => Number(other.dataset.number ?? Infinity) > order);
    log.insertBefore(message, later ?? null);
    return message;
  }

  // The whole history is not news: it must not be read aloud.
  function restore(messages, opinions = {}) {
    log.setAttribute("aria-live", "off");
    for (const message of messages) {
      if (message.from === "owner") addOwner(message);
      else addBot(message, opinions[message.id]);
    }
    for (const { from, state, message_id: id } of messages) if (from === "owner" && state !== "answered") markFailed(id);
    scrolling.toEnd();
    requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
  }

  function markFailed(messageId) {
    const message = ofOwner(messageId);
    if (message) slot(message, "resend").hidden = false;
  }

  // Tells that a message has not left yet, or that it has.
  function markWaiting(messageId, waits) {
    const message = ofOwner(messageId);
    if (message) slot(message, "waiting").hidden = !waits;
  }

  // Takes away an owner's message and what was answered to it, before it is sent again or when it is taken back.
  function remove(messageId) {
    const id = CSS.escape(messageId);
    for (const message of log.querySelectorAll(`[data-message-id="${id}"], [data-answers="${id}"]`)) message.remove();
  }

  function clear() {
    log.replaceChildren();
  }

  function ofOwner(messageId) {
    return log.querySelector(`.message-owner[data-message-id="${CSS.escape(messageId)}"]`);
  }

  // Proposed answers hold for the last question only; they stay in place so that keyboard focus is not lost.
  function retireChoices() {
    for (const button of log.querySelectorAll(".choice")) button.setAttribute("aria-disabled", "true");
  }

  function reviveChoices() {
    for (const button of log.lastElementChild?.querySelectorAll(".choice") ?? []) button.removeAttribute("aria-disabled");
  }

  function busy(sentence) {
    status.classList.toggle("status-busy", Boolean(sentence));
    status.textContent = sentence;
  }

  function say(sentence) {
    status.classList.remove("status-busy");
    // The same sentence once more would be read aloud once more.
    if (status.textContent !== sentence) status.textContent = sentence;
  }

  function showError(sentence) {
    error.textContent = sentence;
  }
}
