// Live events over server-sent events. The browser's EventSource calls listeners by type and hides
// why a connection failed, so the stream is read here: every type, known or not, and a 401 is told.

export interface FeedEvent {
  id: string;
  event: string;
  data: string;
}

/** Takes pieces of the stream as they come and gives the events that are complete (HTML standard, 9.2.6). */
export class FeedParser {
  private rest = '';
  private current: FeedEvent = { id: '', event: '', data: '' };
  private lines: string[] = [];

  push(piece: string): FeedEvent[] {
    const complete: FeedEvent[] = [];
    const parts = (this.rest + piece).split(/\r\n|\n/);
    this.rest = parts.pop() ?? '';
    for (const line of parts) {
      if (line === '') {
        if (this.lines.length > 0) complete.push({ ...this.current, data: this.lines.join('\n') });
        this.current = { id: '', event: '', data: '' };
        this.lines = [];
      } else {
        this.field(line);
      }
    }
    return complete;
  }

  private field(line: string): void {
    const at = line.indexOf(':');
    if (at === 0) return; // a comment: the heartbeat
    const name = at < 0 ? line : line.slice(0, at);
    const value = at < 0 ? '' : line.slice(at + 1).replace(/^ /, '');
    if (name === 'id') this.current.id = value;
    else if (name === 'event') this.current.event = value;
    else if (name === 'data') this.lines.push(value);
  }
}

export type FeedState = 'connecting' | 'open' | 'lost' | 'signed-out';

interface Feed {
  path: string;
  after: number;
  onEvent: (event: FeedEvent) => void;
  onState: (state: FeedState) => void;
}

/** Follows the feed until it is stopped, resuming after the last event. The server sends a heartbeat
 * every 15 s; when none came for 40 s the connection is dead, whatever the browser thinks. */
export function follow({ path, after, onEvent, onState }: Feed): () => void {
  const stopped = new AbortController();
  let last = after;
  let failures = 0;
  void (async () => {
    while (!stopped.signal.aborted) {
      try {
        await once();
      } catch {
        // told below: whatever ended it, the feed is lost until it is open again
      }
      if (stopped.signal.aborted) return;
      onState('lost');
      await pause(Math.min(500 * 2 ** failures++, 10_000), stopped.signal);
    }
  })();

  async function once(): Promise<void> {
    const connection = new AbortController();
    const abort = () => connection.abort();
    stopped.signal.addEventListener('abort', abort, { once: true });
    let timer = window.setTimeout(abort, 40_000);
    try {
      const response = await fetch(`${path}?after=${last}`, {
        headers: { Accept: 'text/event-stream' },
        signal: connection.signal,
      });
      if (response.status === 401) {
        onState('signed-out');
        stopped.abort();
        return;
      }
      if (!response.ok || !response.body) return;
      onState('open');
      failures = 0;
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const parser = new FeedParser();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        window.clearTimeout(timer);
        timer = window.setTimeout(abort, 40_000);
        for (const event of parser.push(value)) {
          last = Number(event.id);
          onEvent(event);
        }
      }
    } finally {
      window.clearTimeout(timer);
      stopped.signal.removeEventListener('abort', abort);
    }
  }
  return () => stopped.abort();
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = window.setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      window.clearTimeout(timer);
      resolve();
    });
  });
}
