import {openEventStream} from './event-stream.js';

const listeners = new Set();
let isOpen = null;

function tell(message) {
  if (message.type === 'connection') {
    isOpen = message.open;
  }
  listeners.forEach(listener => listener(message));
}

/** Begins to listen; called once. */
export function listenToEvents() {
  if ('SharedWorker' in window) {
    const worker = new SharedWorker('/js/core/events-worker.js', {type: 'module', name: 'kiln-events'});
    worker.port.onmessage = message => tell(message.data);
    addEventListener('pagehide', () => worker.port.postMessage('goodbye'));
    addEventListener('pageshow', shown => shown.persisted && location.reload());
  } else {
    openEventStream(tell);
  }
}

/**
 * Lets an element hear events while it is on the page. Its method `heard(name, data)` is called with each event: `batch`, `item`, `run`, `node` {batch, item,
 * run, state, reason, …}, `progress` {run, done, total, …}, `status` {batch, sentence, …}, and `resync`, which says that events were lost: read all anew.
 */
export class EventsController {
  constructor(host) {
    this.host = host;
    this.listener = message => {
      if (message.type === 'event') {
        host.heard(message.name, message.data);
      }
    };
    host.addController(this);
  }

  hostConnected() {
    listeners.add(this.listener);
  }

  hostDisconnected() {
    listeners.delete(this.listener);
  }
}

/** Lets an element know whether events come: `isOpen` is true, false, or null before the first answer. */
export class ConnectionController {
  constructor(host) {
    this.host = host;
    this.isOpen = isOpen;
    this.listener = message => {
      if (message.type === 'connection') {
        this.isOpen = message.open;
        host.requestUpdate();
      }
    };
    host.addController(this);
  }

  hostConnected() {
    listeners.add(this.listener);
  }

  hostDisconnected() {
    listeners.delete(this.listener);
  }
}

/** Calls a function once for all calls within a moment: many events are one reading anew. */
export function soon(action, milliseconds = 150) {
  let waiting;
  return () => {
    if (!waiting) {
      waiting = setTimeout(() => {
        waiting = undefined;
        action();
      }, milliseconds);
    }
  };
}
