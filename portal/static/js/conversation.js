// The course of a conversation: begun, one message after the other, followed, erased.

import { newMessageId, Problem, Unreachable } from "./api.js";
import { makeFeed } from "./feed.js";
import { words } from "./words.js";

const FIRST_PAUSE = 3_000;
const LONGEST_PAUSE = 30_000;

// `chat` holds what a conversation needs: `api`, `outbox`, `neighbours`, `view`, `place`, `box` (where the owner writes),
// `opening` (what is known beforehand) and `known` (whether there may be a history).
export class Conversation {
  constructor(chat) {
    Object.assign(this, chat);
    this.feed = makeFeed(this.api, {
      onMessage: (message) => this.hear(message),
      // Whoever is sending or erasing hears it from the answer.
      onGone: () => this.sending || this.erasing || this.endedElsewhere(),
    });
    // The beginning, under way or done: whoever needs it waits for the same one.
    this.beginning = null;
    this.sending = false;
    this.erasing = false;
    // Grows whenever the conversation ends: what was sent before brings nothing back.
    this.era = 0;
    this.pause = FIRST_PAUSE;
    // What was refused keeps its id: the server may have it already, and must not take it for a second message.
    this.refused = null;
  }

  begin() {
    this.beginning ??= this.restoreOrOpen().catch((error) => {
      this.beginning = null;
      throw error;
    });
    return this.beginning;
  }

  async restoreOrOpen() {
    if (this.known && (await this.restored())) return;
    const now = this.era;
    const { messages } = await this.opened();
    if (now !== this.era) return;
    this.known = true;
    this.show(messages);
    this.feed.start(numberOfLast(messages));
    this.neighbours.tell("begun");
  }

  // What another site's page says beforehand may be wrong; that must not keep the owner out.
  opened() {
    return this.api.open(this.opening).catch((error) => {
      if (error.status !== 422) throw error;
      return this.api.open();
    });
  }

  // Shows the history; false when there is none any more.
  async restored() {
    const now = this.era;
    try {
      const { messages, territory, opinions } = await this.api.transcript();
      if (now !== this.era) return true;
      for (const { message_id: id } of messages) this.outbox.remove(id);
      this.view.restore(messages, opinions);
      this.place.show(territory);
      this.feed.start(numberOfLast(messages));
      return true;
    } catch (error) {
      if (error.status !== 401) throw error;
      if (this.putBack()) this.view.showError(words("failed-gone"));
      return false;
    }
  }

  // Begins where nobody has spoken yet, and sends what an earlier page could not.
  async start() {
    try {
      await this.begin();
    } catch (error) {
      this.view.showError(error.detail ?? words("failed-opening"));
    }
    for (const { id, text } of this.outbox.all()) this.view.addOwner({ text, message_id: id });
    if (this.outbox.first()) await this.flush();
  }

  async send(text, messageId = null) {
    if (this.sending || this.erasing) return;
    const id = messageId ?? (this.refused?.text === text ? this.refused.id : newMessageId());
    if (messageId) this.view.remove(messageId);
    this.outbox.put({ id, text });
    this.view.addOwner({ text, message_id: id });
    await this.flush();
  }

  // Sends what waits, in order. `again` is another attempt that nobody asked for: nothing is said of it until it succeeds.
  async flush(again = false) {
    if (this.sending || this.erasing) return;
    const now = this.era;
    this.setSending(true, again);
    let lost = false;
    try {
      await this.begin();
      for (let item = this.outbox.first(); item && now === this.era; item = this.outbox.first()) await this.exchange(item, now);
    } catch (error) {
      // Anything else is a defect of the page, not of the connection; the answer is in the record.
      if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
      lost = now === this.era && error instanceof Unreachable;
      if (now === this.era && !lost) await this.takeBackAll(error);
    } finally {
      if (now === this.era) this.setSending(false, again && lost);
    }
    if (lost) this.wait();
  }

  async exchange({ id, text }, now) {
    const shown = this.view.addOwner({ text, message_id: id });
    this.view.toStart(shown);
    const { messages } = await this.api.say(text, id);
    if (now !== this.era) return;
    this.pause = FIRST_PAUSE;
    this.refused = null;
    this.outbox.remove(id);
    if (messages.some(({ custom }) => custom?.type === "erased")) return this.forgotten(messages);
    this.view.markWaiting(id, false);
    this.show(messages);
    this.view.toStart(shown);
  }

  // No connection: what waits says so, and is tried again by and by.
  wait() {
    for (const { id } of this.outbox.all()) this.view.markWaiting(id, true);
    this.view.say(words("waiting"));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.retry(), this.pause);
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
  }

  retry() {
    if (this.outbox.first()) this.flush(true);
  }

  show(messages) {
    for (const message of messages) {
      this.view.addBot(message);
      this.place.show(message.custom?.territory);
    }
  }

  // A message that came by itself: a late answer, or what was said in another window.
  hear(message) {
    const atEnd = this.view.isAtEnd();
    const shown = message.from === "owner" ? this.view.addOwner(message) : this.view.addBot(message);
    this.place.show(message.custom?.territory);
    if (atEnd && !this.sending) this.view.toStart(shown);
  }

  // The conversation was erased because the owner wrote so: only the proof stays, and the next message opens another one.
  forgotten(proof) {
    this.reset();
    this.api.drop();
    this.known = false;
    for (const message of proof) this.view.addBot({ ...message, id: undefined });
    this.neighbours.tell("ended");
  }

  endedElsewhere() {
    this.reset();
    this.known = false;
    this.view.say(words("ended-elsewhere"));
  }

  begunElsewhere() {
    this.reset();
    this.known = true;
    return this.start();
  }

  // Whatever was is over, here.
  reset() {
    this.era += 1;
    clearTimeout(this.timer);
    this.feed.end();
    this.beginning = null;
    this.refused = null;
    this.outbox.clear();
    this.view.clear();
    this.place.clear();
    this.setSending(false);
  }

  takeBack(id, text) {
    if (this.sending) return;
    this.outbox.remove(id);
    this.view.remove(id);
    this.view.reviveChoices();
    this.box.putBefore(text);
  }

  // Puts what was refused back in the box, before what was typed meanwhile.
  async takeBackAll(error) {
    const [first] = this.outbox.all();
    this.putBack();
    this.refused = first ?? null;
    this.view.reviveChoices();
    if (error.status === 401) {
      await this.startAnew();
      this.view.showError(words("failed-gone"));
    } else this.view.showError(error.detail ?? words("failed-network"));
  }

  putBack() {
    const items = this.outbox.all();
    this.outbox.clear();
    for (const { id } of items) this.view.remove(id);
    if (items.length) this.box.putBefore(items.map(({ text }) => text).join("\n"));
    return items.length > 0;
  }

  startAnew() {
    this.feed.end();
    this.known = false;
    this.beginning = null;
    this.view.clear();
    this.place.clear();
    return this.start();
  }

  setSending(now, quiet = false) {
    this.sending = now;
    this.box.setSending(now);
    if (quiet) return;
    if (now) this.view.showError("");
    this.view.busy(now ? words("writing") : "");
  }

  async eraseAll() {
    this.view.showError("");
    this.erasing = true;
    try {
      if (await this.erased()) await this.welcomeBack(words("erased"));
    } finally {
      this.erasing = false;
    }
  }

  // Begins another conversation and leaves this one where it is kept.
  async leave() {
    this.view.showError("");
    this.erasing = true;
    try {
      await this.welcomeBack(words("restarted"));
    } finally {
      this.erasing = false;
    }
  }

  // Erases on the server; false, and the owner is told, when that could not be done.
  async erased() {
    // An opening under way is let through: only then is there something to erase. It tells its own failure.
    await this.beginning?.catch(() => {});
    try {
      await this.api.erase();
    } catch (error) {
      if (error.status === 401) return true;
      this.view.showError(error.detail ?? words("failed-erasing"));
      return false;
    }
    return true;
  }

  async welcomeBack(sentence) {
    this.reset();
    this.box.focus();
    await this.startAnew();
    this.view.say(sentence);
  }
}

function numberOfLast(messages) {
  return messages.at(-1)?.id ?? 0;
}
