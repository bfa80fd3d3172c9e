// Other windows on the same conversation: they hear when it ends and when another one begins.

export function makeNeighbours(name, onNews) {
  const channel = new BroadcastChannel(name);
  channel.addEventListener("message", ({ data }) => onNews(data));
  return { tell: (news) => channel.postMessage(news) };
}
