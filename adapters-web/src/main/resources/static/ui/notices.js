// Tells the person what happened, in words: errors of the service, a lost connection, changes elsewhere.
const place = document.getElementById('notices');
const advice = {
  'turn-in-progress': 'An answer is being written. Wait for it, or stop it.',
  'version-conflict': 'This was changed elsewhere. What you wrote is still here: copy it, load the page again, and decide.',
  'message-removed': 'This message was deleted elsewhere. What you wrote is still here.',
  'conversation-not-found': 'This conversation is no longer there: it was deleted elsewhere.',
  'already-answered': 'This was answered elsewhere.',
  'turn-finished': 'This was answered or stopped elsewhere.',
  'queue-full': 'Ten messages wait already. Wait until one of them is answered.',
};

export function notify(text, { kind = 'info', link, action, sticky = false } = {}) {
  if (!place) {
    return undefined;
  }
  const notice = document.createElement('div');
  notice.className = `notice ${kind}`;
  notice.append(text);
  if (link) {
    const a = document.createElement('a');
    a.href = link;
    a.textContent = 'What does this mean?';
    notice.append(' ', a);
  }
  if (action) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'link';
    button.textContent = action.name;
    button.addEventListener('click', () => { notice.remove(); action.run(); });
    notice.append(' ', button);
  }
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'link close';
  close.setAttribute('aria-label', 'Close this notice');
  close.textContent = '×';
  close.addEventListener('click', () => notice.remove());
  notice.append(close);
  for (const same of [...place.children].filter((other) => other.firstChild.textContent === text)) {
    same.remove();
  }
  place.append(notice);
  if (!sticky) {
    setTimeout(() => notice.remove(), kind === 'error' ? 15000 : 8000);
  }
  return notice;
}

/** @param problem the body of an error of the API */
export function notifyProblem(problem, status) {
  if (status === 401 && location.pathname !== '/log-in') {
    location.assign(`/log-in?next=${encodeURIComponent(location.pathname)}`);
    return;
  }
  const text = advice[problem.code] ?? problem.detail ?? `The service answered ${status}.`;
  notify(text, { kind: 'error', link: problem.type?.startsWith('/problems/') ? problem.type : undefined });
}

export function problemOf(xhr) {
  try {
    return JSON.parse(xhr?.responseText ?? '');
  } catch {
    return {};
  }
}

document.addEventListener('htmx:responseError', (event) => {
  if (!event.detail.elt.matches('[data-draft]')) {
    notifyProblem(problemOf(event.detail.xhr), event.detail.xhr.status);
  }
});
for (const failed of ['htmx:sendError', 'htmx:timeout']) {
  document.addEventListener(failed, (event) => {
    if (!event.detail.elt.matches('[data-draft], #status, #live, [data-changed]')) {
      notify('The service cannot be reached. Nothing was changed; try again.', { kind: 'error' });
    }
  });
}
