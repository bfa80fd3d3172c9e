// Walks a list by keyboard, as mail programs do: j and k (arrows inside the list), Enter opens, « / » searches.

const WRITING = "input, textarea, select, [contenteditable]";

export function walk(rows) {
  let at = -1;

  function choose(next) {
    const all = [...rows.children];
    if (!all.length) return;
    at = Math.max(0, Math.min(next, all.length - 1));
    for (const row of all) row.removeAttribute("aria-selected");
    all[at].setAttribute("aria-selected", "true");
    all[at].querySelector("a")?.focus();
    all[at].scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(WRITING)) return;
    // Arrows belong to whoever scrolls, until somebody is in the list.
    const inside = rows.contains(event.target);
    if (event.key === "j") choose(at + 1);
    else if (event.key === "k") choose(at - 1);
    else if (inside && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      choose([...rows.children].findIndex((row) => row.contains(event.target)) + (event.key === "ArrowDown" ? 1 : -1));
    }
    else if (event.key === "/") {
      const search = document.querySelector("input[type=search]");
      if (!search) return;
      event.preventDefault();
      search.focus();
    }
  });
}
