// Keeps the page in step with the store while it is visible, and says when it is not.
import { call } from './json.js';
import { notify } from './notices.js';

const live = document.getElementById('live');
const main = document.getElementById('main');
let lost;

function connect() {
  if (live && live.children.length === 1) {
    live.append(live.querySelector('template').content.cloneNode(true));
    const stream = live.lastElementChild;
    htmx.process(stream);
  }
}

function disconnect() {
  if (live && live.children.length > 1) {
    const stream = live.lastElementChild;
    htmx.trigger(stream, 'htmx:beforeCleanupElement', {});
    htmx.remove(stream);
  }
}

// Lists that a person chose and that have not come yet. They go before a refresh, which would put back the one that is still shown.
let choices = 0;
let refreshing = false;
let refreshAgain = false;

/**
 * Loads the list again as it is shown now. By fetch: htmx decides which element an answer replaces before it sends the request, and that
 * element may be gone when the answer comes.
 */
export async function refreshList() {
  refreshAgain = true;
  if (refreshing) {
    return;
  }
  refreshing = true;
  try {
    while (refreshAgain && choices === 0) {
      refreshAgain = false;
      const shown = document.getElementById('list');
      const response = await call('GET', `/chat/list?${queryOf(shown)}`);
      const list = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('list');
      if (choices > 0 || !shown.isConnected) {
        refreshAgain = true; // Of what was chosen meanwhile.
      } else {
        shown.replaceWith(list);
        htmx.process(list);
        list.dispatchEvent(new CustomEvent('htmx:load', { bubbles: true, detail: { elt: list } }));
      }
    }
  } catch {
    refreshAgain = false; // That the connection is lost is told already; the next one begins with a refresh.
  } finally {
    refreshing = false;
  }
}

function queryOf(list) {
  const { kind = 'live', label } = list.dataset;
  const query = new URLSearchParams({ view: kind, open: main?.dataset.conversation ?? '' });
  if (label) {
    query.set('label', label);
  }
  return query;
}

// When something changes elsewhere, at most once a second, and once more after the last change.
let resting;
let changedMeanwhile = false;

function onListChanged() {
  if (resting) {
    changedMeanwhile = true;
    return;
  }
  const list = document.getElementById('list');
  // One that a person has scrolled far, or a search, is left alone.
  if (list && !list.classList.contains('hits') && list.scrollTop <= 400) {
    refreshList();
  }
  resting = setTimeout(() => {
    resting = undefined;
    if (changedMeanwhile) {
      changedMeanwhile = false;
      onListChanged();
    }
  }, 1000);
}
document.addEventListener('sse:list', onListChanged);

// Of several lists that a person chose, the last one is shown, whichever answer comes last.
let chosen = 0;
document.addEventListener('htmx:beforeRequest', ({ detail }) => {
  if (detail.target?.id === 'list') {
    chosen += 1;
    choices += 1;
    detail.xhr.confabChoice = chosen;
    // Not by an event of htmx, which is lost with an element that is no longer in the page.
    detail.xhr.addEventListener('loadend', onChoiceAnswered);
  }
});
document.addEventListener('htmx:beforeSwap', (event) => {
  const mine = event.detail.xhr.confabChoice;
  if (mine && mine !== chosen) {
    event.detail.shouldSwap = false;
  }
});

function onChoiceAnswered() {
  choices -= 1;
  if (choices === 0 && refreshAgain) {
    refreshList();
  }
}

document.addEventListener('htmx:sseError', () => {
  if (!lost && !document.hidden) {
    lost = notify('The connection is lost. What you see may be old; what you write is kept.', { kind: 'warning', sticky: true });
  }
});
let wasConnected = false;
document.addEventListener('htmx:sseOpen', () => {
  if (wasConnected) {
    refreshList(); // What changed while there was no connection was not told.
  }
  wasConnected = true;
  if (lost) {
    lost.remove();
    lost = undefined;
    notify('Connected again.');
  }
});
window.addEventListener('offline', () => {
  lost ??= notify('You are offline. What you write is kept.', { kind: 'warning', sticky: true });
});
// The old connection may be dead without knowing it; a new one begins by saying what is new.
window.addEventListener('online', () => { disconnect(); connect(); });
document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()));
document.addEventListener('DOMContentLoaded', () => { if (!document.hidden) connect(); });
