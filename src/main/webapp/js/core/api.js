/** What the server refused, in its own words (RFC 9457). */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail ?? document.title ?? `the server answered ${status}`);
    this.status = status;
    this.document = document;
  }
}

/** Whether an address of the console names what there is not, or cannot be: to be said in the page, not in passing. */
export const namesNothing = problem => problem.status === 404 || problem.status === 400;

/**
 * Calls REST.
 *
 * @param {string} path below /api, beginning with a slash
 * @returns {Promise<{body: any, etag: string|null}>} body is null where there is none
 * @throws {Problem} when the server refuses
 */
export async function call(method, path, body, headers = {}) {
  let answer;
  try {
    answer = await fetch('/api' + path, {
      method,
      headers: {Accept: 'application/json', ...(body === undefined ? {} : {'Content-Type': 'application/json'}), ...headers},
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (unreachable) {
    throw new Problem(0, {detail: 'The server does not answer. Look whether it runs (kiln status), and try again.'});
  }
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get('Content-Type') ?? '');
  if (!answer.ok) {
    if (answer.status === 401) {
      // the session is over: the page itself asks to sign in, and comes back to the same view
      location.reload();
    }
    throw new Problem(answer.status, isJson ? JSON.parse(text) : {detail: `${method} ${path} was answered ${answer.status}`});
  }
  return {body: isJson && text ? JSON.parse(text) : text || null, etag: answer.headers.get('ETag')};
}

export const get = async path => (await call('GET', path)).body;
export const post = async (path, body = {}) => (await call('POST', path, body)).body;
export const put = async (path, body) => (await call('PUT', path, body)).body;
export const remove = async path => (await call('DELETE', path)).body;

/** Edits what has this version; a lost race is a Problem with status 412 that holds both values. */
export const patch = async (path, changes, version) =>
  (await call('PATCH', path, changes, version === undefined ? {} : {'If-Match': `"${version}"`})).body;

/** Reads a list page by page, from its beginning or after the `next` of a page; what comes first can be shown before the rest is there. */
export async function* pages(path, limit = 500, next = null) {
  const separator = path.includes('?') ? '&' : '?';
  let after = next === null ? '' : `&after=${encodeURIComponent(next)}`;
  do {
    const page = await get(`${path}${separator}limit=${limit}${after}`);
    yield page.items;
    after = page.next === null || page.next === undefined ? null : `&after=${encodeURIComponent(page.next)}`;
  } while (after !== null);
}

/** Names and values as the part of an address behind the question mark; what is empty is left out. */
export function query(values) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') {
      parameters.set(name, value);
    }
  }
  const text = parameters.toString();
  return text ? '?' + text : '';
}
