// The token of a conversation on another site's page: in the memory of the page, and in its storage where that is allowed.

export function makePurse(name) {
  let held = null;

  return { read, keep, drop };

  // Storage comes first: another window of this browser may have begun another conversation.
  function read() {
    try {
      held = localStorage.getItem(name);
    } catch {
      // Forbidden: memory has to do.
    }
    return held;
  }

  function keep(token) {
    held = token;
    try {
      localStorage.setItem(name, token);
    } catch {
      // As above.
    }
  }

  function drop() {
    held = null;
    try {
      localStorage.removeItem(name);
    } catch {
      // As above.
    }
  }
}
