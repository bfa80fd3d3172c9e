// One message of the bot: its text or its cards, what follows from them, and what the owner may do with it.

import { cardsOf, hasDateToCome, listItem, standForText } from "./cards.js";
import { copyOf, prune, slot, writeText } from "./dom.js";
import { fillOpinion } from "./opinion.js";

export function makeBotMessage(given, opinion, acts) {
  const { text, buttons, custom } = given;
  const message = copyOf("bot-message");
  if (custom?.type === "advisor") nameAdvisor(message, custom);
  const cards = cardsOf(custom);
  // Cards hold the same facts as the text; only the sentences around them are shown as well.
  const shown = cards.length && standForText(custom) ? custom.lead : text;
  if (shown) writeText(slot(message, "text"), shown);
  else slot(message, "text").remove();
  if (cards.length) slot(message, "cards").append(...cards);
  else slot(message, "cards").remove();
  fillSteps(slot(message, "steps"), cards.length ? (custom.steps ?? []) : []);
  if (cards.length && custom.next_step) writeText(slot(message, "next"), custom.next_step);
  else slot(message, "next").remove();
  fillLinks(message, custom, acts.saveDates);
  fillChoices(slot(message, "choices"), buttons ?? [], acts.choose);
  fillOpinion(message, given, opinion, acts);
  prune(message);
  return message;
}

// A person answers in place of the assistant: everybody sees who.
function nameAdvisor(message, { name, body }) {
  const author = slot(message, "author");
  author.textContent = [name, body].filter(Boolean).join(", ");
  author.className = "author";
  message.classList.add("message-advisor");
}

function fillSteps(list, texts) {
  list.append(...texts.map(listItem));
  if (!texts.length) list.remove();
}

// On another site the pages of the portal do not know the owner: the dates are fetched, and there is no page to print.
function fillLinks(message, custom, saveDates) {
  const calendar = slot(message, "calendar");
  const print = slot(message, "print");
  if (!hasDateToCome(custom)) calendar.remove();
  if (custom?.type !== "take_along" || saveDates) print.remove();
  if (!saveDates) return;
  calendar.addEventListener("click", (event) => {
    event.preventDefault();
    saveDates();
  });
}

function fillChoices(choices, buttons, choose) {
  if (!buttons.length) choices.remove();
  for (const { title, payload } of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button choice";
    button.textContent = title;
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") choose(payload);
    });
    choices.append(button);
  }
}
