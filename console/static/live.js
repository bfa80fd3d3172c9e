// Adds what is new to a list without a reload. A page that nobody sees asks nothing.

export function follow(place) {
  const pause = Number(place.dataset.every || 2) * 1000;
  const tell = document.getElementById(place.dataset.tell || "");

  async function ask() {
    if (document.hidden) return;
    const last = place.lastElementChild?.dataset.last ?? "";
    const address = new URL(place.dataset.live, location.href);
    address.searchParams.set("after", last);
    const answer = await fetch(address, { headers: { "X-Fragment": "1" } });
    if (answer.status === 401 || answer.status === 404) return stop(await answer.text());
    if (answer.status !== 200) return;
    const piece = document.createElement("template");
    piece.innerHTML = await answer.text();
    place.append(piece.content);
  }

  function stop(words) {
    clearInterval(timer);
    if (tell) tell.textContent = words;
  }

  const timer = setInterval(() => ask().catch(() => {}), pause);
}
