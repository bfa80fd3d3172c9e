// The answers to print, from another site's page: in a window of their own, filled from here, since that site's visitors have no cookie
// at the portal. Its policy holds in the window too, so nothing is loaded there: styles are constructed, as in the panel.

import { parsed } from "./parsing.js";

// The window must be opened in the click itself, before anything is asked; browsers refuse it later.
export async function printAnswers(api) {
  const tab = open("", "_blank");
  if (!tab) throw new Error("no window");
  try {
    const [page, style] = await Promise.all([api.printed(), styleOf("printed")]);
    write(tab, parsed(page), style);
  } catch (error) {
    tab.close();
    throw error;
  }
  tab.print();
}

function write(tab, page, style) {
  // Links into the portal would lead to a page that knows nothing of this conversation.
  for (const element of page.querySelectorAll(".screen, a[href^='/']")) element.remove();
  const { document: paper } = tab;
  paper.title = page.title;
  paper.documentElement.lang = page.documentElement.lang;
  const sheet = new tab.CSSStyleSheet();
  sheet.replaceSync(style);
  paper.adoptedStyleSheets = [sheet];
  paper.body.replaceChildren(...Array.from(page.body.childNodes, (node) => paper.importNode(node, true)));
}

async function styleOf(name) {
  const response = await fetch(new URL(`../${name}.css`, import.meta.url), { credentials: "omit" });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.text();
}
