// Keeps what a person types, and the ids under which it will be stored, until the service has stored it.
// So nothing is lost by a reload, and sending again after a lost answer stores nothing twice.
import { newId } from './json.js';
import { problemOf, notifyProblem } from './notices.js';

const key = (form) => `confab draft ${form.dataset.draft}`;
const text = (form) => form.querySelector('textarea[name=text]');
const ids = (form) => form.querySelectorAll('[data-id]');
const typed = (form) => [...form.elements].filter((field) => field.name && field.type !== 'hidden');
const values = (fields) => Object.fromEntries([...fields].map((field) => [field.name, field.value]));

function read(form) {
  try {
    return JSON.parse(localStorage.getItem(key(form))) ?? {};
  } catch {
    return {};
  }
}

function write(form) {
  try {
    localStorage.setItem(key(form), JSON.stringify({ typed: values(typed(form)), ids: values(ids(form)) }));
  } catch {
    // Without storage the text stays in the page alone.
  }
}

function say(form, words, kind = '') {
  const state = form.querySelector('.state');
  state.textContent = words;
  state.className = `state ${kind}`;
}

/** A form begins with what is stored; a draft of it is newer. */
export function open(form) {
  if (!form.dataset.draft || form.dataset.opened) {
    return;
  }
  form.dataset.opened = 'true';
  const draft = read(form);
  for (const field of ids(form)) {
    field.value = draft.ids?.[field.name] ?? newId();
  }
  for (const field of typed(form)) {
    const value = draft.typed?.[field.name];
    if (value !== undefined && value !== field.value) {
      field.value = value;
      say(form, 'Not saved yet');
    }
  }
}

document.addEventListener('input', (event) => {
  const form = event.target.closest('form[data-draft]');
  if (form) {
    if (!form.dataset.opened) { // Somebody types before the form was opened: that is newer than any draft.
      form.dataset.opened = 'true';
      freshIds(form);
    }
    write(form);
    say(form, '');
  }
});

function freshIds(form) {
  for (const field of ids(form)) {
    field.value = newId();
  }
}

export function forget(form) {
  localStorage.removeItem(key(form));
  if (text(form)) {
    text(form).value = '';
  }
  freshIds(form);
}

/** What a form sends, until it has an answer. */
const sending = new WeakMap();

/** The sent text is stored; what was typed after it stays. */
function sent(form) {
  const before = sending.get(form) ?? '';
  const now = text(form)?.value ?? '';
  forget(form);
  if (now !== before) {
    text(form).value = now.startsWith(before) ? now.slice(before.length).trimStart() : now;
    write(form);
  }
}

document.querySelectorAll('form[data-draft]').forEach(open);
document.addEventListener('htmx:load', (event) => {
  if (event.target.matches?.('form[data-draft]')) {
    open(event.target);
  }
  event.target.querySelectorAll?.('form[data-draft]').forEach(open);
});

// Who cancels does not want it any more.
document.addEventListener('click', (event) => {
  const button = event.target.closest('form[data-draft] :is([data-cancel], [data-close], [data-then-now])');
  if (button) {
    forget(button.form);
  }
}, true);

document.addEventListener('htmx:beforeRequest', (event) => {
  const form = event.detail.elt;
  if (form.matches('form[data-draft]')) {
    write(form); // With the ids that are being sent.
    sending.set(form, text(form)?.value);
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
    sent(form);
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
