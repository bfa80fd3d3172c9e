// What the panel on another site's page is made of: pieces and styles of the portal, under whatever policy that page has.

import { parsed } from "./parsing.js";

const STYLES = ["base", "chat", "composer", "cards", "widget"];
const COLOR = /^#(?:[\da-f]{3}|[\da-f]{6})$/i;

// Fills `root`, the shadow root of `host`, with what the portal serves; fails when the portal does not answer.
export async function furnish(root, host, portal) {
  const addresses = STYLES.map((name) => new URL(`../${name}.css`, import.meta.url));
  const [pieces, ...styles] = await Promise.all([`${portal}/widget/pieces`, ...addresses].map(textAt));
  const size = ownersSize(root);
  root.adoptedStyleSheets = [...styles.map((style) => sheet(inPixels(style, size))), sheet(accent(host.getAttribute("color")))];
  root.append(...parsed(pieces).body.childNodes);
  for (const element of root.querySelectorAll("noscript")) element.remove();
  for (const link of root.querySelectorAll("[data-own-page]")) link.replaceWith(buttonFor(link));
}

// What the portal's own page shows for itself is done from here: a link to it would find no conversation.
function buttonFor(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.dataset.does = link.dataset.ownPage;
  button.textContent = link.textContent;
  return button;
}

// The size of letters that the owner has chosen, in pixels, whatever the page makes of it: `rem` is the page's.
function ownersSize(root) {
  const probe = document.createElement("span");
  root.adoptedStyleSheets = [sheet("span { all: initial }")];
  root.append(probe);
  const size = parseFloat(getComputedStyle(probe).fontSize);
  probe.remove();
  return size;
}

async function textAt(address) {
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.text();
}

function sheet(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

function inPixels(style, size) {
  return style.replace(/(\d*\.?\d+)rem\b/g, (_, number) => `${number * size}px`);
}

// The site's colour, with letters on it that can be read: black or white has a contrast of 4.5 with any colour.
function accent(color) {
  if (!COLOR.test(color ?? "")) return "";
  const digits = color.length === 4 ? Array.from(color.slice(1), (digit) => digit + digit) : color.slice(1).match(/../g);
  const [red, green, blue] = digits.map((pair) => linear(parseInt(pair, 16) / 255));
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return `:host { --accent: ${color}; --accent-ink: ${light > 0.179 ? "#000" : "#fff"} }`;
}

function linear(part) {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
