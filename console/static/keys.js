// A key for each act: what carries data-key="x" is pressed by x (fields take the focus instead). In a list walked with
// j and k, keys of the chosen row count; Escape leaves a field.

const WRITING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

function holderOf(key) {
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const row = document.querySelector("[data-rows] > [aria-selected=true]");
  const found = row?.querySelector(wanted);
  if (found) return found;
  return [...document.querySelectorAll(wanted)].find((each) => !each.closest("[data-rows]"));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest(WRITING)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const holder = holderOf(event.key);
  if (!holder || holder.disabled || holder.hidden) return;
  event.preventDefault();
  if (holder.matches("input, textarea, select")) holder.focus();
  else holder.click();
});
