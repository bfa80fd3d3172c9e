// The portal's API. The session cookie says who is calling.

const CURRENT = "/api/conversations/current";
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

export function open() {
  return call("POST", "/api/conversations", {});
}

export function transcript() {
  return call("GET", `${CURRENT}/messages`);
}

export function say(text, messageId) {
  return call("POST", `${CURRENT}/messages`, { text, message_id: messageId });
}

export function erase() {
  return call("DELETE", CURRENT);
}

// Not crypto.randomUUID: browsers offer that on https and localhost only.
export function newMessageId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function call(method, path, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(path, {
      method,
      signal: stop.signal,
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body ? JSON.stringify(body) : undefined,
    });
    return await read(response);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Unreachable();
  } finally {
    clearTimeout(timer);
  }
}

async function read(response) {
  if (response.status === 204) return null;
  const content = await response.json();
  if (!response.ok) throw new Problem(response.status, content.detail);
  return content;
}
