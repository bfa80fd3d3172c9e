// The place that is known, as a button that begins to say another one.

import { slot } from "./dom.js";
import { words } from "./words.js";

// `onChange(words)` gets the beginning of a sentence to complete.
export function makePlace(chip, onChange) {
  chip.addEventListener("click", () => onChange(words("another-place")));

  return {
    // A message that knows no place does not make the known one unknown.
    show: (territory) => {
      if (!territory?.name) return;
      slot(chip, "name").textContent = territory.name;
      chip.setAttribute("aria-label", words("change-place", { place: territory.name }));
      chip.hidden = false;
    },
    clear: () => {
      chip.hidden = true;
    },
  };
}
