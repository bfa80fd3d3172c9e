// The course of a conversation on the page.

import * as api from "./api.js";
import { makeView, remove, reviveChoices, scrollTo } from "./view.js";
import { words } from "./words.js";

const composer = document.getElementById("composer");
const box = document.getElementById("message");
const sendButton = composer.querySelector("[type=submit]");
const tools = document.getElementById("tools");
const dialog = document.getElementById("erase-dialog");
const view = makeView((payload) => send(payload), (messageId, text) => send(text, messageId));

// The conversation's beginning, under way or done: whoever needs it waits for the same one.
let beginning = null;
let sending = false;
let erasing = false;
// Grows with each erasure: what was sent before brings nothing back.
let era = 0;
// What did not leave keeps its id: the server may have it already, and must not take it for a second message.
let unsent = { text: null, messageId: null };

function begin() {
  beginning ??= restoreOrOpen().catch((error) => {
    beginning = null;
    throw error;
  });
  return beginning;
}

async function restoreOrOpen() {
  if ("known" in box.dataset && (await restored())) return;
  const { messages } = await api.open();
  messages.forEach(view.addBot);
}

// Shows the history; false when there is none any more.
async function restored() {
  try {
    view.restore((await api.transcript()).messages);
    return true;
  } catch (error) {
    if (error.status !== 401) throw error;
    return false;
  }
}

async function tryBeginning() {
  try {
    await begin();
  } catch (error) {
    view.showError(error.detail ?? words("failed-opening"));
  }
}

function startAnew() {
  delete box.dataset.known;
  beginning = null;
  view.clear();
  return tryBeginning();
}

async function send(text, messageId = null) {
  if (sending || erasing) return;
  const now = era;
  const id = messageId ?? (unsent.text === text ? unsent.messageId : api.newMessageId());
  setSending(true);
  try {
    await begin();
    if (now !== era) return;
    remove(id);
    await exchange(text, id, now);
  } catch (error) {
    await takeBack(text, id, error, now);
  } finally {
    if (now === era) setSending(false);
  }
}

async function exchange(text, id, now) {
  const shown = view.addOwner(text, id);
  scrollTo(shown);
  const { messages, state } = await api.say(text, id);
  if (now !== era) return;
  unsent = { text: null, messageId: null };
  if (messages.some(({ custom }) => custom?.type === "erased")) return forgotten(messages);
  messages.forEach(view.addBot);
  if (state !== "answered") view.markFailed(id);
  scrollTo(shown);
}

// The conversation was erased because the owner wrote so: only the proof stays, and the next message opens another one.
function forgotten(proof) {
  delete box.dataset.known;
  beginning = null;
  view.clear();
  proof.forEach(view.addBot);
}

// Puts a message that did not leave back in the box, before what was typed meanwhile.
async function takeBack(text, id, error, now) {
  // Anything else is a defect of the page, not of the connection; the answer is in the record.
  if (!(error instanceof api.Problem || error instanceof api.Unreachable)) throw error;
  if (now !== era) return;
  remove(id);
  unsent = { text, messageId: id };
  box.value = box.value.trim() ? `${text}\n${box.value}` : text;
  measure();
  reviveChoices();
  if (error.status === 401) {
    await startAnew();
    view.showError(words("failed-gone"));
  } else view.showError(error.detail ?? words("failed-network"));
}

function setSending(now) {
  sending = now;
  // The button keeps the focus it may have: it is refused, not removed.
  sendButton.setAttribute("aria-disabled", String(now));
  if (now) view.showError("");
  view.busy(now ? words("writing") : "");
}

function submit() {
  const text = box.value;
  if (!text.trim() || sending || erasing) return;
  box.value = "";
  measure();
  send(text);
}

function measure() {
  document.getElementById("too-long").hidden = box.value.trim().length <= Number(box.dataset.limit);
}

async function eraseAll() {
  view.showError("");
  erasing = true;
  try {
    if (await erased()) await welcomeBack();
  } finally {
    erasing = false;
  }
}

// Erases on the server; false, and the owner is told, when that could not be done.
async function erased() {
  // An opening under way is let through: only then is there something to erase. It tells its own failure.
  await beginning?.catch(() => {});
  try {
    await api.erase();
  } catch (error) {
    if (error.status === 401) return true;
    view.showError(error.detail ?? words("failed-erasing"));
    return false;
  }
  return true;
}

async function welcomeBack() {
  era += 1;
  unsent = { text: null, messageId: null };
  setSending(false);
  box.focus();
  await startAnew();
  view.say(words("erased"));
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
box.addEventListener("input", measure);
for (const tool of tools.querySelectorAll("[data-say]")) tool.addEventListener("click", () => send(tool.dataset.say));
document.getElementById("erase").addEventListener("click", () => dialog.showModal());
dialog.addEventListener("close", () => {
  if (dialog.returnValue === "erase") eraseAll();
  dialog.returnValue = "";
});

composer.hidden = false;
tools.hidden = false;
tryBeginning();
