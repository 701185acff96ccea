// Keeps what a person types, and the ids under which it will be stored, until the service has stored it.
// So nothing is lost by a reload, and sending again after a lost answer stores nothing twice.
import { newId } from './json.js';
import { problemOf, notifyProblem } from './notices.js';

const key = (form) => `confab draft ${form.dataset.draft}`;
const text = (form) => form.querySelector('textarea[name=text]');

function read(form) {
  try {
    return JSON.parse(localStorage.getItem(key(form))) ?? {};
  } catch {
    return {};
  }
}

function write(form) {
  const ids = Object.fromEntries([...form.querySelectorAll('[data-id]')].map((field) => [field.name, field.value]));
  try {
    localStorage.setItem(key(form), JSON.stringify({ text: text(form).value, ids }));
  } catch {
    // Without storage the text stays in the page alone.
  }
}

function say(form, words, kind = '') {
  const state = form.querySelector('.state');
  state.textContent = words;
  state.className = `state ${kind}`;
}

/** An edit begins with the stored text; a draft of it is newer. */
export function open(form) {
  if (!form.dataset.draft || form.dataset.opened) {
    return;
  }
  form.dataset.opened = 'true';
  const draft = read(form);
  for (const field of form.querySelectorAll('[data-id]')) {
    field.value = draft.ids?.[field.name] ?? newId();
  }
  if (draft.text) {
    text(form).value = draft.text;
    say(form, 'Not sent yet');
  }
  form.addEventListener('input', () => { write(form); say(form, ''); });
}

function freshIds(form) {
  for (const field of form.querySelectorAll('[data-id]')) {
    field.value = newId();
  }
}

export function forget(form) {
  localStorage.removeItem(key(form));
  text(form).value = '';
  freshIds(form);
}

document.querySelectorAll('form[data-draft]').forEach(open);
document.addEventListener('htmx:load', (event) => {
  if (event.target.matches?.('form[data-draft]')) {
    open(event.target);
  }
  event.target.querySelectorAll?.('form[data-draft]').forEach(open);
});

document.addEventListener('htmx:beforeRequest', (event) => {
  const form = event.detail.elt;
  if (form.matches('form[data-draft]')) {
    write(form); // With the ids that are being sent.
    form.querySelector('button[type=submit]').disabled = true;
    say(form, 'Sending…');
  }
});
document.addEventListener('htmx:afterRequest', (event) => {
  const form = event.detail.elt;
  if (!form.matches('form[data-draft]')) {
    return;
  }
  form.querySelector('button[type=submit]').disabled = false;
  if (event.detail.successful) {
    forget(form);
    say(form, 'Saved');
    setTimeout(() => { if (form.querySelector('.state').textContent === 'Saved') say(form, ''); }, 2000);
  } else if (problemOf(event.detail.xhr).code?.endsWith('-id-reused')) {
    // The text was sent before, by this tab or another one, and has been changed since.
    freshIds(form);
    write(form);
    say(form, 'An earlier version of this text is stored already. Send again to send this one too.', 'error');
  } else if (event.detail.xhr?.status) {
    say(form, 'Not saved', 'error');
    notifyProblem(problemOf(event.detail.xhr), event.detail.xhr.status);
  } else {
    say(form, 'Not sent: the service cannot be reached. Your text is kept; send it again, it cannot be stored twice.', 'error');
  }
});
