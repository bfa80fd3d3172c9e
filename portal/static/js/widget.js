// <boussole-pme>: the assistant behind a button on another site's page.

import { makeApi } from "./api.js";
import { makeChat } from "./chat.js";
import { slot, takePiecesFrom } from "./dom.js";
import { furnish } from "./furnishing.js";
import { printAnswers } from "./printing.js";
import { makePurse } from "./purse.js";
import { boxScrolling } from "./scrolling.js";
import { words } from "./words.js";

const NAME = "boussole-pme";
const ATTRIBUTES = ["color", "position", "need", "territory", "label"];
// Where the panel covers the page, as in widget.css.
const WHOLE_SCREEN = "(max-width: 30rem), (max-height: 26rem)";

// Defines the element and puts one in the page, unless the page has its own; `given` are the script's data- attributes.
export function define(portal, given) {
  if (customElements.get(NAME)) return;
  customElements.define(NAME, class extends Widget {
    portal = portal;
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => putOne(given));
  else putOne(given);
}

function putOne(given) {
  if (document.querySelector(NAME)) return;
  const element = document.createElement(NAME);
  for (const name of ATTRIBUTES) if (given[name]) element.setAttribute(name, given[name]);
  document.body.append(element);
}

class Widget extends HTMLElement {
  async connectedCallback() {
    if (this.shadowRoot) return this.chat?.feed.resume();
    const root = this.attachShadow({ mode: "open" });
    try {
      await furnish(root, this, this.portal);
    } catch (error) {
      console.error(`${NAME}:`, error);
      return;
    }
    takePiecesFrom(root);
    this.launcher = root.getElementById("launcher");
    this.panel = root.getElementById("panel");
    if (this.getAttribute("label")) slot(this.launcher, "label").textContent = this.getAttribute("label");
    this.launcher.addEventListener("click", () => this.open());
    root.getElementById("close").addEventListener("click", () => this.close());
    this.panel.addEventListener("keydown", (event) => this.onKey(event));
    this.panel.addEventListener("focusout", (event) => this.onFocusOut(event));
  }

  disconnectedCallback() {
    this.chat?.feed.pause();
  }

  // Nothing is asked of the portal's conversations before somebody opens the panel.
  open() {
    this.launcher.hidden = true;
    this.panel.hidden = false;
    this.chat ??= this.begin();
    this.shadowRoot.getElementById("message").focus();
  }

  close() {
    this.hide();
    this.launcher.focus();
  }

  hide() {
    this.panel.hidden = true;
    this.launcher.hidden = false;
  }

  begin() {
    const purse = makePurse(NAME);
    const api = makeApi(this.portal, purse);
    const scrolling = boxScrolling(this.shadowRoot.getElementById("panel-body"));
    const opening = { need: this.getAttribute("need") || null, territory: this.getAttribute("territory") || null };
    const saveDates = () => saveFile(api).catch(() => chat.view.say(words("failed-dates")));
    const known = Boolean(purse.read());
    const chat = makeChat(this.shadowRoot, api, { name: NAME, scrolling, opening, known, saveDates });
    const print = () => printAnswers(api).catch(() => chat.view.say(words("failed-printing")));
    this.shadowRoot.querySelector("[data-does=print]").addEventListener("click", print);
    chat.start();
    return chat;
  }

  // Keys typed here are not the page's shortcuts.
  onKey(event) {
    event.stopPropagation();
    if (event.key === "Escape" && !this.shadowRoot.querySelector("dialog[open]")) this.close();
  }

  // Where the panel covers the page, whoever tabs out of it must see where they are.
  onFocusOut({ relatedTarget }) {
    if (relatedTarget && !this.panel.contains(relatedTarget) && matchMedia(WHOLE_SCREEN).matches) this.hide();
  }
}

async function saveFile(api) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await api.dates());
  link.download = "dates-boussole-pme.ics";
  link.click();
  URL.revokeObjectURL(link.href);
}
