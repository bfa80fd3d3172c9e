// How long a message is, and its part that is read at once. Letters are counted as the server does: an emoji is one or a few.

export function lengthOf(text) {
  return Array.from(text.normalize("NFC").trim()).length;
}

// Returns what to send of `text`, `limit` characters at most, and the rest: parted at the last gap between words, if there is one.
export function parted(text, limit) {
  if (lengthOf(text) <= limit) return [text, ""];
  const letters = Array.from(text.normalize("NFC").trim());
  const gap = letters.slice(0, limit + 1).findLastIndex((letter) => /\s/.test(letter));
  const end = gap > limit / 2 ? gap : limit;
  return [letters.slice(0, end).join("").trimEnd(), letters.slice(end).join("").trimStart()];
}
