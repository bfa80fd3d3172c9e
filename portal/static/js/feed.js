// What is said in the conversation, as it is stored: by a stream, or by asking now and then where no stream comes through.

// After so many streams in a row that brought nothing, some proxy on the way holds them back for good.
const FRUITLESS = 4;
const ASKING_PAUSE = 4_000;
const LONGEST_PAUSE = 15_000;
// The server gives a sign of life every 15 seconds.
const SILENCE = 45_000;

// `onMessage(message)` gets each message above the number that `start` is given, `onGone()` is told when the conversation
// exists no more.
export function makeFeed(api, { onMessage, onGone }) {
  let stop = null;
  let followed = false;
  // The last number that came this way: what came as an answer meanwhile comes again, and nothing is passed over.
  let position = 0;

  return { start, pause, resume, end };

  function start(after) {
    end();
    position = after;
    followed = true;
    resume();
  }

  // A window that nobody sees holds no connection: a browser has few of them for one server.
  function resume() {
    if (stop || !followed) return;
    stop = new AbortController();
    run(stop.signal);
  }

  function end() {
    pause();
    followed = false;
  }

  function pause() {
    stop?.abort();
    stop = null;
  }

  async function run(signal) {
    let fruitless = 0;
    while (!signal.aborted) {
      const asking = fruitless >= FRUITLESS;
      try {
        if (asking) await ask(signal);
        else await listen(signal, () => (fruitless = 0));
        if (!asking) fruitless += 1;
      } catch (error) {
        if (error.status === 401 && !signal.aborted) return gone();
        if (!asking) fruitless += 1;
      }
      await rest(asking ? ASKING_PAUSE : Math.min(500 * 2 ** fruitless, LONGEST_PAUSE), signal);
    }
  }

  function gone() {
    end();
    onGone();
  }

  async function ask(signal) {
    const { messages } = await api.transcript(position);
    for (const message of messages) if (!signal.aborted) take(message);
  }

  async function listen(signal, onLife) {
    const quiet = new AbortController();
    let timer = setTimeout(() => quiet.abort(), SILENCE);
    const end = () => quiet.abort();
    signal.addEventListener("abort", end);
    try {
      const stream = await api.events(position, quiet.signal);
      let rest = "";
      for await (const piece of pieces(stream)) {
        clearTimeout(timer);
        timer = setTimeout(end, SILENCE);
        onLife();
        const events = (rest + piece).split("\n\n");
        rest = events.pop();
        for (const event of events) if (!signal.aborted) deliver(event);
      }
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
    }
  }

  function deliver(event) {
    const data = event.split("\n").find((line) => line.startsWith("data: "));
    if (data) take(JSON.parse(data.slice("data: ".length)));
  }

  function take(message) {
    position = message.id;
    onMessage(message);
  }
}

// Not `for await` over the stream itself: Safari does not know that yet.
async function* pieces(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}

function rest(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
