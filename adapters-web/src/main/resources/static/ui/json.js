// Sends forms as JSON, as the API wants it. The name of a field may end in its type:
//   pinned:boolean  hours:number  labels:list (separated by commas)
//   model:optional (left out when empty)  model:nullable (null when empty)
const types = {
  boolean: (text) => text === 'true',
  number: (text) => (text === '' ? undefined : Number(text)),
  list: (text) => [...new Set(text.split(',').map((each) => each.trim()).filter(Boolean))],
  optional: (text) => (text.trim() === '' ? undefined : text),
  nullable: (text) => (text.trim() === '' ? null : text),
};

htmx.defineExtension('json', {
  onEvent(name, event) {
    if (name === 'htmx:configRequest' && event.detail.verb !== 'get') {
      const detail = event.detail;
      if (detail.verb !== 'delete') {
        detail.headers['Content-Type'] = 'application/json';
      }
      const version = detail.elt.dataset.ifMatch;
      if (version) {
        detail.headers['If-Match'] = `"${version}"`;
      }
    }
    // The API's answers are JSON with anyone's text in it; htmx would read them as HTML.
    if (name === 'htmx:beforeSwap' && !event.detail.xhr.getResponseHeader('Content-Type')?.startsWith('text/html')) {
      event.detail.shouldSwap = false;
    }
    return true;
  },
  encodeParameters(xhr, parameters) {
    const body = {};
    for (const [field, text] of parameters.entries()) {
      const [name, type] = field.split(':');
      const value = type ? types[type](text) : text;
      if (value !== undefined) {
        body[name] = value;
      }
    }
    return JSON.stringify(body);
  },
});

/** Calls the API without htmx. Resolves with the response, or throws an Error with the problem's sentence. */
export async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: body === undefined ? { 'HX-Request': 'true' } : { 'HX-Request': 'true', 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw Object.assign(new Error(problem.detail ?? `The service answered ${response.status}.`), { problem });
  }
  return response;
}

/** A version 4 UUID, also on a page that was not loaded over TLS, where crypto.randomUUID is missing. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
