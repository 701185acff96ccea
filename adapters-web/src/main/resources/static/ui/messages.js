// What a person does with messages, and what the store says about them.
import { call, newId } from './json.js';
import { notify, notifyProblem } from './notices.js';
import { refreshList } from './live.js';

const main = document.getElementById('main');
const list = document.getElementById('messages');
const log = document.getElementById('log');
const conversation = main?.dataset.conversation;
const api = `/api/v1/conversations/${conversation}`;

export const isAtEnd = () => Number(list.dataset.last) >= Number(list.dataset.count);
export const isScrolledDown = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120;
export const scrollDown = () => { log.scrollTop = log.scrollHeight; };

const attempt = (action) => action().catch((error) => (error.problem
  ? notifyProblem(error.problem, error.problem.status)
  : notify('The service cannot be reached. Nothing was changed; try again.', { kind: 'error' })));

// One question at a time: the next one asks for what the answer before did not have yet.
let asking = false;
let askAgain = false;

async function askForUpdates() {
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  try {
    do {
      askAgain = false;
      const shown = { since: list.dataset.version, first: list.dataset.first, last: list.dataset.last, end: isAtEnd() };
      const response = await call('GET', `/chat/${conversation}/updates?${new URLSearchParams(shown)}`);
      put(await response.text());
    } while (askAgain);
  } catch (error) {
    if (error.problem) {
      notifyProblem(error.problem, error.problem.status);
    }
  } finally {
    asking = false;
  }
}

/** Puts what is new into the page. Messages have their place by position: a later answer replaces what an earlier one had there. */
function put(html) {
  const update = new DOMParser().parseFromString(html, 'text/html').getElementById('update');
  if (!update) {
    sayGone();
    return;
  }
  main.classList.remove('gone');
  if (update.dataset.reset === 'true') {
    location.reload();
    return;
  }
  const follow = isScrolledDown();
  const atEnd = isAtEnd();
  const count = Number(update.dataset.count);
  if (!document.querySelector('#head form, #head details[open], #head .htmx-request')) {
    replace(update.querySelector('#head'));
  }
  replace(update.querySelector('#turns'));
  replace(update.querySelector('#waiting'));
  for (const item of [...list.children].filter((each) => Number(each.dataset.position) > count)) {
    item.remove();
  }
  for (const item of [...update.querySelectorAll('.message')]) {
    merge(item, atEnd);
  }
  list.dataset.version = update.dataset.version;
  list.dataset.count = count;
  const last = list.lastElementChild;
  list.dataset.first = list.firstElementChild?.dataset.position ?? 0;
  list.dataset.last = last?.dataset.position ?? 0;
  if (!document.getElementById('turns').dataset.open) {
    document.getElementById('answer-blocks').replaceChildren();
    document.getElementById('answer-rest').replaceChildren();
  }
  if (follow && atEnd) {
    scrollDown();
  }
  document.dispatchEvent(new Event('confab:updated'));
}

function sayGone() {
  if (!main.classList.contains('gone')) {
    main.classList.add('gone');
    notify('This conversation was deleted.', { sticky: true, action: { name: 'Undo', run: () => attempt(restore) } });
  }
}

/** The parts beside the messages as the service sent them. What has not changed stays: somebody may be about to click on it. */
const sent = new Map();

function replace(part) {
  if (sent.get(part.id) === part.outerHTML) {
    return;
  }
  sent.set(part.id, part.outerHTML);
  document.getElementById(part.id).replaceWith(part);
  htmx.process(part);
  part.dispatchEvent(new CustomEvent('htmx:load', { bubbles: true, detail: { elt: part } }));
}

function merge(item, atEnd) {
  const position = Number(item.dataset.position);
  const there = list.querySelector(`[data-position="${position}"]`);
  if (there?.querySelector('form')) {
    notify('The message that you are editing was changed elsewhere.', { kind: 'warning' });
    return;
  }
  if (there) {
    there.replaceWith(item);
  } else if (atEnd && position > Number(list.lastElementChild?.dataset.position ?? 0)) {
    list.append(item);
  } else {
    return; // It is not in the window that is shown.
  }
  htmx.process(item);
  item.dispatchEvent(new CustomEvent('htmx:load', { bubbles: true, detail: { elt: item } }));
}

async function restore() {
  await call('POST', `${api}/restore`);
  location.reload();
}

async function keep() {
  const session = await temporarySession();
  if (session) {
    await call('POST', `/api/v1/sessions/${session.id}/keep`);
  }
  await askForUpdates();
}

/** The session with which the conversation ends, among all of the person's. */
async function temporarySession(cursor) {
  const query = new URLSearchParams(cursor ? { limit: 100, cursor } : { limit: 100 });
  const { items, nextCursor } = await (await call('GET', `/api/v1/sessions?${query}`)).json();
  return items.find((each) => each.conversationId === conversation && each.expiresAt)
    ?? (nextCursor ? temporarySession(nextCursor) : undefined);
}

const doers = {
  async copy(item) {
    const response = await call('GET', `/chat/${conversation}/messages/${item.dataset.id}/text`);
    await navigator.clipboard.writeText(await response.text());
    notify('Copied.');
  },
  async edit(item) {
    const response = await call('GET', `/chat/${conversation}/messages/${item.dataset.id}/edit`);
    const form = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('form');
    item.querySelector('.text, .plain')?.replaceWith(form);
    item.querySelector('.actions').hidden = true;
    htmx.process(form);
    form.dispatchEvent(new CustomEvent('htmx:load', { bubbles: true, detail: { elt: form } }));
    form.querySelector('textarea').focus();
  },
  async fork(item) {
    const title = (document.querySelector('#head .title')?.textContent ?? document.title).slice(0, 190);
    const response = await call('POST', `${api}/fork`, { messageId: item.dataset.id, id: newId(), title: `${title} (fork)` });
    location.assign(`/chat/${(await response.json()).id}`);
  },
  async remove(item) {
    if (confirm('Delete this message for good? Its place stays.')) {
      await call('DELETE', `${api}/messages/${item.dataset.id}`);
      await askForUpdates();
    }
  },
  async regenerate() {
    await call('POST', `/chat/${conversation}/turns`, { id: newId(), regenerate: true });
    await askForUpdates();
  },
};

async function showAgain(item) {
  const response = await call('GET', `/chat/${conversation}/messages/${item.dataset.id}`);
  const shown = new DOMParser().parseFromString(`<ol>${await response.text()}</ol>`, 'text/html').querySelector('li');
  item.replaceWith(shown);
  htmx.process(shown);
  shown.dispatchEvent(new CustomEvent('htmx:load', { bubbles: true, detail: { elt: shown } }));
}

if (conversation) {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    const item = button?.closest('.message');
    for (const [name, run] of Object.entries(doers)) {
      if (button && name in button.dataset && (item || name === 'regenerate')) {
        attempt(() => run(item));
      }
    }
    if (button && 'cancel' in button.dataset && item) {
      attempt(() => showAgain(item));
    }
    if (button && 'keep' in button.dataset) {
      attempt(keep);
    }
  });
  document.getElementById('stop').addEventListener('click', () => {
    const open = document.getElementById('turns').dataset.open;
    if (open) {
      attempt(async () => { await call('POST', `/api/v1/turns/${open}/cancel`); await askForUpdates(); });
    }
  });
  // A saved edit closes its form; the store's text takes its place.
  document.addEventListener('htmx:afterRequest', (event) => {
    const form = event.detail.elt;
    if (event.detail.successful && form.matches('form.edit')) {
      const item = form.closest('.message');
      form.remove();
      attempt(() => showAgain(item));
    }
  });
  // While its menu is open, the head is left as it is.
  document.addEventListener('toggle', (event) => {
    if (event.target.matches('details.menu') && !event.target.open) {
      askForUpdates();
    }
  }, true);
  document.addEventListener('sse:changed', askForUpdates);
  document.addEventListener('confab:changed', askForUpdates);
  document.addEventListener('confab:sent', () => scrollDown());
  document.addEventListener('htmx:sseMessage', (event) => {
    if (event.target.matches('[sse-swap]') && isAtEnd() && log.scrollHeight - log.scrollTop - log.clientHeight < 240) {
      scrollDown();
    }
  });
}

// What an element asks to happen after its request: data-then="changed list close deleted".
document.addEventListener('htmx:afterRequest', (event) => {
  const then = event.detail.elt.dataset?.then;
  if (event.detail.successful && then) {
    then.split(' ').forEach(after);
  }
});
document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button?.dataset.thenNow) {
    document.querySelector('#head form')?.remove();
    after(button.dataset.thenNow);
  }
  if (button && 'close' in button.dataset) {
    after('close');
  }
  if (event.target.closest('[role=menuitem]')) {
    event.target.closest('details').open = false;
  }
});

function after(what) {
  if (what === 'changed' && conversation) {
    document.querySelector('#head form')?.remove();
    sent.delete('head');
    askForUpdates();
  } else if (what === 'close') {
    document.getElementById('panel')?.replaceChildren();
  } else if (what === 'list') {
    refreshList();
  } else if (what === 'deleted') {
    sessionStorage.setItem('confab deleted', conversation);
    location.assign('/chat');
  }
}

// After a deletion, on the page that follows it.
const deleted = sessionStorage.getItem('confab deleted');
if (deleted && deleted !== conversation) {
  sessionStorage.removeItem('confab deleted');
  notify('The conversation is in the bin.', {
    sticky: true,
    action: {
      name: 'Undo',
      run: () => attempt(async () => {
        await call('POST', `/api/v1/conversations/${deleted}/restore`);
        location.assign(`/chat/${deleted}`);
      }),
    },
  });
}
