// One connection for all tabs of a browser: HTTP/1.1 allows six to a server, which seven tabs would use up.
import {openEventStream} from './event-stream.js';

const ports = new Set();
let connection = null;

openEventStream(message => {
  if (message.type === 'connection') {
    connection = message;
  }
  ports.forEach(port => port.postMessage(message));
});

self.onconnect = event => {
  const port = event.ports[0];
  ports.add(port);
  port.onmessage = message => {
    if (message.data === 'goodbye') {
      ports.delete(port);
    }
  };
  if (connection) {
    port.postMessage(connection);
  }
};
