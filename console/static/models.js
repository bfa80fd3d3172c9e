// Tells how far a training is, every two seconds; shows the whole page again when it has ended.

const place = document.querySelector("[data-progress]");

async function ask() {
  if (document.hidden) return;
  const answer = await fetch(place.dataset.progress, { headers: { "X-Fragment": "1" } });
  if (answer.status === 401) return clearInterval(timer);
  if (!answer.ok) return;
  const piece = document.createElement("template");
  piece.innerHTML = await answer.text();
  const state = piece.content.querySelector("[data-state]")?.dataset.state;
  if (state === "done" || state === "failed") return location.reload();
  const open = place.querySelector("details")?.open;
  if (place.textContent.trim() === piece.content.textContent.trim()) return;
  place.replaceChildren(piece.content);
  const details = place.querySelector("details");
  if (details && open) details.open = true;
}

const timer = setInterval(() => ask().catch(() => {}), 2000);
