// The live conversation: what is new stays in view, and Ctrl+Enter sends.

const thread = document.getElementById("fil");

if (thread) {
  const toEnd = () => thread.scrollTo({ top: thread.scrollHeight });
  toEnd();
  new MutationObserver(toEnd).observe(thread, { childList: true });
}

for (const box of document.querySelectorAll("[data-submits]")) {
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) box.form.requestSubmit();
  });
}
