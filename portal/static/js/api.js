// The portal's API, from its own page (the session cookie says who is calling) or from another site (a token does).

const PATIENCE = 30_000;

// The server said no, and why: `detail` is a French sentence for the owner.
export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
    this.detail = detail;
  }
}

// No answer came, so nobody knows whether the server has it; sending the same message again is safe.
export class Unreachable extends Error {}

// `base` is the portal's origin, "" on its own page; `purse` (`read`, `keep`, `drop`) holds the token where no cookie may.
export function makeApi(base = "", purse = null) {
  const all = `${base}/api/conversations`;
  const current = `${all}/current`;

  return {
    open: async (opening = {}) => {
      const opened = await call("POST", all, opening);
      purse?.keep(opened.token);
      return opened;
    },
    transcript: (after = 0) => call("GET", `${current}/messages${after ? `?after=${after}` : ""}`),
    say: (text, messageId) => call("POST", `${current}/messages`, { text, message_id: messageId }),
    judge: (number, opinion) => call("PUT", `${current}/messages/${number}/opinion`, opinion),
    erase: () => call("DELETE", current),
    drop: () => purse?.drop(),
    events,
    dates,
    printed,
  };

  // Returns the open stream of messages above `after`; `signal` ends it.
  async function events(after, signal) {
    const response = await fetch(`${current}/events?after=${after}`, { ...caller(), signal });
    if (!response.ok) throw new Problem(response.status);
    return response.body;
  }

  async function dates() {
    const response = await fetch(`${base}/conversation/agenda.ics`, caller());
    if (!response.ok) throw new Problem(response.status);
    return response.blob();
  }

  // Returns the page with the answers; it says itself when there are none yet.
  async function printed() {
    const response = await fetch(`${base}/conversation/imprimer`, caller());
    if (!response.ok && response.status !== 404) throw new Problem(response.status);
    return response.text();
  }

  async function call(method, address, body) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const { headers, ...rest } = caller();
      const typed = body ? { ...headers, "Content-Type": "application/json" } : headers;
      const sent = body ? JSON.stringify(body) : undefined;
      const response = await fetch(address, { ...rest, method, headers: typed, body: sent, signal: stop.signal });
      renew(headers.Authorization, response.headers.get("Boussole-Token"));
      return await read(response);
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw new Unreachable();
    } finally {
      clearTimeout(timer);
    }
  }

  // From time to time the server gives another token for the same conversation; another one may have begun meanwhile.
  function renew(shown, fresh) {
    if (purse && fresh && shown === `Bearer ${purse.read()}`) purse.keep(fresh);
  }

  function caller() {
    if (!purse) return { headers: {} };
    const token = purse.read();
    return { headers: token ? { Authorization: `Bearer ${token}` } : {}, credentials: "omit" };
  }
}

// Not crypto.randomUUID: browsers offer that on https and localhost only.
export function newMessageId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function read(response) {
  if (response.status === 204) return null;
  const content = await response.json();
  if (!response.ok) throw new Problem(response.status, content.detail);
  return content;
}
