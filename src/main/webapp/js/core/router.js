/** Where the console is: the address holds the whole view, so that it can be sent to somebody. */

/** @returns {{screen: string, path: string[], query: URLSearchParams}} */
export function place() {
  const [screen = '', ...path] = location.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  return {screen: screen || 'overview', path, query: new URLSearchParams(location.search)};
}

function changed() {
  dispatchEvent(new Event('kiln-place'));
}

/** Goes to another view; Back comes back. */
export function go(address) {
  history.pushState(null, '', address);
  changed();
}

/** Changes what the query says of this view, without a step for Back; empty values leave it. */
export function setQuery(values) {
  const parameters = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null || value === '') {
      parameters.delete(name);
    } else {
      parameters.set(name, value);
    }
  }
  const text = parameters.toString();
  history.replaceState(null, '', location.pathname + (text ? '?' + text : ''));
  changed();
}

/** Lets links within the console change the view without loading the page anew. */
export function followLinks(screens) {
  addEventListener('popstate', changed);
  document.addEventListener('click', event => {
    const link = event.target.closest?.('a[href]');
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return;
    }
    const address = new URL(link.href);
    const first = address.pathname.split('/')[1];
    if (address.origin === location.origin && !link.target && !link.hasAttribute('download') && (first === '' || screens.includes(first))) {
      event.preventDefault();
      go(address.pathname + address.search);
    }
  });
}
