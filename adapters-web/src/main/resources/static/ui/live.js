// Keeps the page in step with the store while it is visible, and says when it is not.
import { notify } from './notices.js';

const live = document.getElementById('live');
const main = document.getElementById('main');
let lost;

function connect() {
  if (live && live.children.length === 1) {
    live.append(live.querySelector('template').content.cloneNode(true));
    const stream = live.lastElementChild;
    const list = stream.querySelector('[data-list]');
    list.addEventListener('htmx:configRequest', keepList);
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

/** The list is loaded as it is shown now; one that a person has scrolled far, or a search, is left alone. */
function keepList(event) {
  const list = document.getElementById('list');
  if (!list || list.classList.contains('hits') || list.scrollTop > 400) {
    event.preventDefault();
    return;
  }
  event.detail.parameters.set('view', list.dataset.kind);
  if (list.dataset.label) {
    event.detail.parameters.set('label', list.dataset.label);
  }
  if (main?.dataset.conversation) {
    event.detail.parameters.set('open', main.dataset.conversation);
  }
}

// Of several lists that were asked for, the last one is shown, whichever answer comes last.
let asked = 0;
document.addEventListener('htmx:beforeRequest', (event) => {
  if (event.detail.target?.id === 'list') {
    asked += 1;
    event.detail.xhr.confabList = asked;
  }
});
document.addEventListener('htmx:beforeSwap', (event) => {
  const mine = event.detail.xhr.confabList;
  if (mine && mine !== asked) {
    event.detail.shouldSwap = false;
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
