// Where the owner writes.

import { lengthOf, parted } from "./length.js";
import { words } from "./words.js";

// From this part of the limit on, the owner sees how long the message is.
const NEAR = 0.8;

// `root` holds the form; `onSend(text)` gets what is to be sent.
export function makeComposer(root, onSend) {
  const form = root.getElementById("composer");
  const box = root.getElementById("message");
  const button = form.querySelector("[type=submit]");
  const limit = Number(box.dataset.limit);
  let sending = false;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  box.addEventListener("input", measure);

  return { putBefore, begin, setSending, focus: () => box.focus(), show: () => (form.hidden = false) };

  function submit() {
    if (!box.value.trim() || sending) return;
    const [text, rest] = parted(box.value, limit);
    write(rest);
    if (rest) tell(words("rest-kept"));
    onSend(text);
  }

  // Puts `text` before what is written there already.
  function putBefore(text) {
    write(box.value.trim() ? `${text}\n${box.value}` : text);
  }

  // Puts the beginning of a sentence there, to be gone on with at once.
  function begin(words) {
    const rest = box.value.startsWith(words) ? box.value.slice(words.length) : box.value;
    write(rest.trim() ? `${words}\n${rest}` : words);
    box.focus();
    box.setSelectionRange(words.length, words.length);
  }

  function write(text) {
    box.value = text;
    measure();
  }

  function measure() {
    const count = lengthOf(box.value);
    const shown = root.getElementById("count");
    shown.hidden = count < NEAR * limit;
    shown.textContent = shown.hidden ? "" : words("room-left", { count: count.toLocaleString("fr-FR") });
    tell(count > limit ? words("too-long") : "");
  }

  // The same sentence once more would be read aloud at every key.
  function tell(sentence) {
    const told = root.getElementById("length");
    if (told.textContent !== sentence) told.textContent = sentence;
  }

  function setSending(now) {
    sending = now;
    // The button keeps the focus it may have: it is refused, not removed.
    button.setAttribute("aria-disabled", String(now));
  }
}
