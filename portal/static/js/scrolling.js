// Where the log is scrolled: with the whole page, or in a box of its own.

const NEAR = 160;

export function pageScrolling(composer) {
  return {
    toStart: (message) => message.scrollIntoView({ block: "start", behavior: smooth() }),
    toEnd: () => composer.scrollIntoView({ block: "end" }),
    isAtEnd: () => innerHeight + scrollY >= document.documentElement.scrollHeight - NEAR,
  };
}

// Not scrollIntoView, which would move the page behind as well.
export function boxScrolling(log) {
  return {
    toStart: (message) => {
      const distance = message.getBoundingClientRect().top - log.getBoundingClientRect().top;
      log.scrollBy({ top: distance - 8, behavior: smooth() });
    },
    toEnd: () => log.scrollTo({ top: log.scrollHeight }),
    isAtEnd: () => log.scrollTop + log.clientHeight >= log.scrollHeight - NEAR,
  };
}

function smooth() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}
