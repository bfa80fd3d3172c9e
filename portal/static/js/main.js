// The chat on the portal's own page.

import { makeApi } from "./api.js";
import { makeChat } from "./chat.js";
import { pageScrolling } from "./scrolling.js";

const known = "known" in document.getElementById("message").dataset;
const scrolling = pageScrolling(document.getElementById("composer"));

makeChat(document, makeApi(), { name: "boussole-pme", scrolling, known }).start();
