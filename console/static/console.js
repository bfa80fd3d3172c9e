// What every page may use, by attributes; each page works without it.
//
// data-live="URL" data-every="2"   asks URL every so many seconds (?after=<data-last of its last child>) and adds what comes
// data-sends                       a form or select that sends itself when something in it changes
// data-rows                        a table body or list walked with j, k, arrows and Enter; « / » goes to input[type=search]

import { walk } from "./rows.js";
import { follow } from "./live.js";

for (const place of document.querySelectorAll("[data-live]")) follow(place);
for (const rows of document.querySelectorAll("[data-rows]")) walk(rows);
for (const form of document.querySelectorAll("form[data-sends]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
