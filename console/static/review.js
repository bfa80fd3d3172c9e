// One message under review: number keys choose what it says, words chosen with the arrows or the mouse become a fact
// with one key. The form holds everything, and works without this.

import "./keys.js";

const form = document.querySelector("form[data-review]");
const said = document.getElementById("said");
const tell = document.getElementById("tell");

if (form && said) start();

function start() {
  const text = form.elements.text;
  const labels = [...form.querySelectorAll("select[name=label]")];
  const rows = form.querySelector("[data-entities]");
  let fresh = true; // the first number begins a new answer
  let from = -1;
  let at = -1;

  for (const each of document.querySelectorAll("[data-script]")) each.hidden = false;
  draw();
  said.focus({ preventScroll: true });

  // What the message says.
  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-label]");
    if (choice) choose(choice.dataset.label);
    const kind = event.target.closest("[data-kind-key]");
    if (kind) mark(kind.dataset.kindKey);
    if (event.target.closest("[data-clear]")) { put([]); fresh = false; }
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "label") fresh = false;
    draw();
  });
  text.addEventListener("input", draw);

  function choose(label) {
    const chosen = fresh ? [] : labels.map((each) => each.value).filter(Boolean);
    const need = label.startsWith("need_");
    const kept = need ? chosen.filter((each) => each.startsWith("need_")) : [];
    const next = kept.includes(label) ? kept.filter((each) => each !== label) : [...kept, label].slice(0, labels.length);
    fresh = false;
    put(next);
  }

  function put(next) {
    labels.forEach((each, place) => { each.value = next[place] ?? ""; });
    const names = labels.filter((each) => each.value).map((each) => each.selectedOptions[0].text);
    tell.textContent = names.length ? names.join(", puis ") : tell.dataset.none;
    for (const each of document.querySelectorAll("[data-label]")) {
      each.setAttribute("aria-pressed", String(next.includes(each.dataset.label)));
    }
  }

  // Its words, one by one.
  said.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = words();
    at = Math.max(0, Math.min(all.length - 1, at + step));
    if (!event.shiftKey || from < 0) from = at;
    show();
  });
  said.addEventListener("click", (event) => {
    const place = words().indexOf(event.target.closest(".word"));
    if (place < 0) return;
    at = place;
    if (!event.shiftKey || from < 0) from = place;
    show();
  });

  function words() {
    return [...said.querySelectorAll(".word")];
  }

  function show() {
    const [first, last] = [Math.min(from, at), Math.max(from, at)];
    words().forEach((word, place) => word.classList.toggle("chosen", place >= first && place <= last));
  }

  function chosen() {
    const selection = getSelection();
    const all = words();
    let held = all.filter((word) => word.classList.contains("chosen"));
    if (!selection.isCollapsed && said.contains(selection.anchorNode)) {
      held = all.filter((word) => selection.getRangeAt(0).intersectsNode(word));
    }
    if (!held.length) return null;
    const last = held[held.length - 1];
    return [Number(held[0].dataset.start), Number(last.dataset.start) + last.textContent.length];
  }

  // The facts in it.
  function entities() {
    return [...rows.children].map((row) => {
      const [kind, piece, start] = ["kind", "words", "start"].map((name) => row.querySelector(`[name=${name}]`).value);
      if (!kind || !piece) return null;
      const marked = Number(start);
      const place = start && text.value.startsWith(piece, marked) ? marked : text.value.indexOf(piece);
      return place < 0 ? null : { row, kind, start: place, end: place + piece.length };
    }).filter(Boolean);
  }

  function mark(kind) {
    const range = chosen();
    if (!range) { tell.textContent = tell.dataset.choose; return; }
    const [start, end] = range;
    const touched = entities().filter((each) => each.start < end && start < each.end);
    const again = touched.some((each) => each.kind === kind && each.start === start && each.end === end);
    for (const each of touched) fill(each.row, "", "", "");
    if (!again) fill(freeRow(), kind, text.value.slice(start, end), String(start));
    getSelection().removeAllRanges();
    draw();
    const name = document.querySelector(`[data-kind-key="${kind}"]`).dataset.name;
    tell.textContent = again ? tell.dataset.removed : `${name} : ${text.value.slice(start, end)}`;
  }

  function freeRow() {
    const free = [...rows.children].find((row) => !row.querySelector("[name=words]").value);
    if (free) return free;
    const row = rows.lastElementChild.cloneNode(true);
    const number = rows.children.length + 1;
    for (const each of row.querySelectorAll("[id]")) each.id = each.id.replace(/\d+$/, String(number));
    for (const each of row.querySelectorAll("[for]")) each.htmlFor = each.htmlFor.replace(/\d+$/, String(number));
    fill(row, "", "", "");
    rows.append(row);
    return row;
  }

  function fill(row, kind, piece, start) {
    row.querySelector("[name=kind]").value = kind;
    row.querySelector("[name=words]").value = piece;
    row.querySelector("[name=start]").value = start;
    row.querySelector("[name=value]").value = "";
  }

  function draw() {
    const held = entities().sort((one, other) => one.start - other.start);
    const names = Object.fromEntries(
      [...document.querySelectorAll("[data-kind-key]")].map((each) => [each.dataset.kindKey, each.dataset.name]),
    );
    said.replaceChildren();
    let end = 0;
    for (const each of held) {
      if (each.start < end) continue;
      pieces(said, end, each.start);
      const place = document.createElement("mark");
      place.title = names[each.kind] ?? "";
      pieces(place, each.start, each.end);
      said.append(place);
      end = each.end;
    }
    pieces(said, end, text.value.length);
    show();
  }

  function pieces(place, start, end) {
    for (const match of text.value.slice(start, end).matchAll(/[\p{L}\p{N}@._+%€-]+|[^\p{L}\p{N}@._+%€-]+/gu)) {
      if (!/[\p{L}\p{N}€]/u.test(match[0])) { place.append(match[0]); continue; }
      const word = document.createElement("span");
      word.className = "word";
      word.dataset.start = String(start + match.index);
      word.textContent = match[0];
      place.append(word);
    }
  }
}
