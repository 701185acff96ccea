// Keeps the page in step with the store while it is visible, and says when it is not.
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

// A person's choice of a list goes before what refreshes the list, which would ask for the one that is still shown; it follows then.
let choices = 0;
let refreshAfterwards = false;

/** Loads the list again as it is shown now. */
export function refreshList() {
  if (choices > 0) {
    refreshAfterwards = true;
    return;
  }
  const { kind = 'live', label } = document.getElementById('list').dataset;
  const query = new URLSearchParams({ view: kind, open: main?.dataset.conversation ?? '' });
  if (label) {
    query.set('label', label);
  }
  htmx.ajax('GET', `/chat/list?${query}`, { target: '#list', swap: 'outerHTML', source: '#live' })
    .catch(() => {}); // That the connection is lost is told already.
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

// Of several lists that were asked for, the last one is shown, whichever answer comes last.
let asked = 0;
document.addEventListener('htmx:beforeRequest', (event) => {
  if (event.detail.target?.id === 'list') {
    asked += 1;
    event.detail.xhr.confabList = asked;
    if (event.detail.elt !== live) {
      choices += 1;
      event.detail.xhr.confabChoice = true;
    }
  }
});
document.addEventListener('htmx:beforeSwap', (event) => {
  const mine = event.detail.xhr.confabList;
  if (mine && mine !== asked) {
    event.detail.shouldSwap = false;
  }
});
document.addEventListener('htmx:afterRequest', (event) => {
  if (event.detail.xhr?.confabChoice) {
    event.detail.xhr.confabChoice = false;
    choices -= 1;
    if (choices === 0 && refreshAfterwards) {
      refreshAfterwards = false;
      refreshList();
    }
  }
});

document.addEventListener('htmx:sseError', () => {
  if (!lost && !document.hidden) {
    lost = notify('The connection is lost. What you see may be old; what you write is kept.', { kind: 'warning', sticky: true });
  }
});
document.addEventListener('htmx:sseOpen', () => {
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
