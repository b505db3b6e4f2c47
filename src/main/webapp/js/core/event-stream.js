/**
 * One connection to the server's events. It resumes by itself after the last event that it has seen; the browser sends its id.
 *
 * @param {(message: {type: 'connection', open: boolean} | {type: 'event', name: string, data: object}) => void} tell
 */
export function openEventStream(tell) {
  const names = ['batch', 'item', 'run', 'node', 'device', 'progress', 'status', 'resync'];
  let source;
  let retry;

  const connect = () => {
    clearTimeout(retry);
    // pages read what they show while this connects: what changes meanwhile is sent, too
    source = new EventSource('/api/events?lastSeconds=10');
    source.onopen = () => tell({type: 'connection', open: true});
    source.onerror = () => {
      tell({type: 'connection', open: false});
      // a stream that was refused (the server restarts, or has too many listeners) is not tried again by the browser
      if (source.readyState === EventSource.CLOSED) {
        retry = setTimeout(() => {
          connect();
          tell({type: 'event', name: 'resync', data: {}});
        }, 3000);
      }
    };
    for (const name of names) {
      source.addEventListener(name, event => tell({type: 'event', name, data: JSON.parse(event.data || '{}')}));
    }
  };
  connect();
}
