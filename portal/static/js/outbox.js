// Messages that have not been answered for yet, kept across a reload of this window and nowhere else.

// `name` is the key in the window's storage; without storage they are kept as long as the page lives.
export function makeOutbox(name) {
  let kept = load();

  return {
    all: () => [...kept],
    first: () => kept[0],
    put: (item) => save([...kept.filter(({ id }) => id !== item.id), item]),
    remove: (id) => save(kept.filter((item) => item.id !== id)),
    clear: () => save([]),
  };

  function load() {
    try {
      return JSON.parse(sessionStorage.getItem(name)) ?? [];
    } catch {
      return [];
    }
  }

  function save(items) {
    kept = items;
    try {
      if (items.length) sessionStorage.setItem(name, JSON.stringify(items));
      else sessionStorage.removeItem(name);
    } catch {
      // Storage is full or forbidden: the page itself remembers.
    }
  }
}
