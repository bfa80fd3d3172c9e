// Puts the parts of the chat together, on the portal's page or in another site's.

import { makeComposer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { makeNeighbours } from "./neighbours.js";
import { makeOutbox } from "./outbox.js";
import { makePlace } from "./place.js";
import { makeView } from "./view.js";
import { words } from "./words.js";

// `root` holds the elements and templates, `name` is the key of what the browser keeps. The other options: `scrolling`,
// `opening` and `known` (see Conversation), and `saveDates()` where the portal's own pages are out of reach.
export function makeChat(root, api, { name, scrolling, opening, known, saveDates }) {
  const box = makeComposer(root, (text) => chat.send(text));
  const view = makeView(root, scrolling, {
    choose: (payload) => chat.send(payload),
    resend: (id, text) => chat.send(text, id),
    takeBack: (id, text) => chat.takeBack(id, text),
    judge: api.judge,
    saveDates,
  });
  const place = makePlace(root.getElementById("place"), box.begin);
  const neighbours = makeNeighbours(name, (news) => (news === "begun" ? chat.begunElsewhere() : chat.endedElsewhere()));
  const chat = new Conversation({ api, view, box, place, neighbours, outbox: makeOutbox(name), opening, known });

  for (const tool of root.querySelectorAll("#tools [data-say]")) tool.addEventListener("click", () => chat.send(tool.dataset.say));
  ask(root, "erase", { erase: () => chat.eraseAll() });
  ask(root, "restart", { keep: () => chat.leave(), erase: () => chat.eraseAll() });
  followConnection(chat, view);
  box.show();
  root.getElementById("tools").hidden = false;
  return chat;
}

// The button `name` opens the dialog `name`-dialog, whose choices stand in `answers`; any other way out changes nothing.
function ask(root, name, answers) {
  const dialog = root.getElementById(`${name}-dialog`);
  root.getElementById(name).addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("close", () => {
    const answer = answers[dialog.returnValue];
    dialog.returnValue = "";
    answer?.();
  });
}

function followConnection(chat, view) {
  addEventListener("online", () => {
    view.say("");
    chat.feed.pause();
    chat.feed.resume();
    chat.retry();
  });
  addEventListener("offline", () => view.say(words("offline")));
  addEventListener("pagehide", () => chat.feed.pause());
  addEventListener("pageshow", (event) => event.persisted && chat.feed.resume());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) chat.feed.pause();
    else chat.feed.resume();
  });
}
