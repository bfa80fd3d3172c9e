// Small tools to fill the templates.

// Where the templates are: in the page, or in the piece of another site's page that is ours.
let pieces = document;

export function takePiecesFrom(root) {
  pieces = root;
}

export function template(id) {
  return pieces.getElementById(id).content;
}

export function copyOf(templateId) {
  return template(templateId).firstElementChild.cloneNode(true);
}

export function slot(element, name) {
  return element.querySelector(`[data-slot="${name}"]`);
}

// Puts `text` in the slot; without any, the slot goes.
export function fill(element, name, text) {
  const place = slot(element, name);
  if (text) place.textContent = text;
  else place.remove();
}

// Puts a link in the slot; without an address that is safe to follow, it goes like an empty text.
export function fillLink(element, name, address, text) {
  const place = slot(element, name);
  fill(element, name, address && text);
  follow(place, address);
}

// The page that is left must stay out of reach of the one that is opened, in whatever way it is opened.
function follow(link, address) {
  link.href = address;
  if (webAddress(address)) link.rel = "noopener";
}

// Takes away the blocks all of whose slots have gone; inner blocks stand after outer ones, so go backwards.
export function prune(element) {
  for (const block of Array.from(element.querySelectorAll("[data-block]")).reverse()) {
    if (!block.querySelector("[data-slot]")) block.remove();
  }
}

// Returns the web address, or null when it is none: only http and https may be followed from here.
export function webAddress(text) {
  return /^https?:\/\/\S+$/i.test(text ?? "") && URL.canParse(text) ? text : null;
}

export function hostOf(address) {
  return new URL(address).hostname.replace(/^www\./, "");
}

// Writes `text` in `element` with its web addresses as links.
export function writeText(element, text) {
  for (const part of text.split(/(https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)\]])/gi)) {
    const address = webAddress(part);
    if (address) {
      const link = document.createElement("a");
      follow(link, address);
      link.textContent = part;
      element.append(link);
    } else if (part) element.append(part);
  }
}
