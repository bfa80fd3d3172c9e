// Under an answer: copying it, and saying whether it helped.

import { standForText } from "./cards.js";
import { slot } from "./dom.js";
import { words } from "./words.js";

// `acts` holds `judge(number, opinion)` and `say(sentence)`; `given` is the opinion that is known already.
export function fillOpinion(message, { id, text, custom }, given, acts) {
  const answers = standForText(custom) || custom?.type === "request";
  fillCopy(slot(message, "copy"), answers && text, acts.say);
  if (id && standForText(custom)) new Opinion(message, id, acts).start(given);
  else for (const name of ["opinion", "reason"]) slot(message, name).remove();
}

// Without a safe connection browsers offer no clipboard.
function fillCopy(button, text, say) {
  if (!text || !navigator.clipboard) button.remove();
  else
    button.addEventListener("click", async () => {
      say("");
      await navigator.clipboard.writeText(text).then(
        () => say(words("copied")),
        () => say(words("failed-copying")),
      );
    });
}

class Opinion {
  constructor(message, number, acts) {
    this.thumbs = slot(message, "opinion").querySelectorAll("[data-thumb]");
    this.form = slot(message, "reason");
    this.number = number;
    this.acts = acts;
  }

  start(given) {
    this.press(given?.thumb);
    for (const button of this.thumbs) button.addEventListener("click", () => this.choose(button.dataset.thumb));
    this.form.addEventListener("submit", (event) => this.explain(event));
    slot(this.form, "skip").addEventListener("click", () => this.close());
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
  }

  async choose(thumb) {
    if (!(await this.tell({ thumb }))) return;
    this.press(thumb);
    this.form.hidden = thumb !== "down";
    if (thumb === "down") this.form.querySelector("input").focus();
  }

  async explain(event) {
    event.preventDefault();
    const said = new FormData(this.form);
    const [reason, text] = [said.get("reason"), said.get("words").trim()];
    const opinion = { thumb: "down", ...(reason && { reason }), ...(text && { words: text }) };
    if (await this.tell(opinion)) this.close();
  }

  // The focus goes back to where the form came from.
  close() {
    this.form.hidden = true;
    this.thumbs[1].focus();
  }

  press(thumb) {
    for (const button of this.thumbs) button.setAttribute("aria-pressed", String(button.dataset.thumb === thumb));
  }

  async tell(opinion) {
    this.acts.say("");
    const done = await this.acts.judge(this.number, opinion).then(
      () => true,
      () => false,
    );
    this.acts.say(done ? words("opinion-kept") : words("failed-opinion"));
    return done;
  }
}
