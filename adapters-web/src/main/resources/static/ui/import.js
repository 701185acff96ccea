// Imports exports of conversations, with a progress bar for each: htmx cannot send a file as the body of a request.
import { refreshList } from './live.js';
import { notify, notifyProblem, problemOf } from './notices.js';

const button = document.getElementById('import');
const input = document.getElementById('import-file');

/** Resolves with the id of the conversation, or with nothing when the file was not imported; then the person was told why. */
function send(file) {
  const notice = notify(`Importing ${file.name}`, { sticky: true });
  const bar = document.createElement('progress');
  bar.setAttribute('aria-label', `Importing ${file.name}`);
  bar.max = file.size;
  notice.append(bar);
  const request = new XMLHttpRequest();
  request.open('POST', '/api/v1/conversations/import?onConflict=new-id');
  request.setRequestHeader('Content-Type', 'application/json');
  request.setRequestHeader('HX-Request', 'true');
  request.upload.onprogress = (event) => { bar.value = event.loaded; };
  request.upload.onload = () => bar.removeAttribute('value');
  return new Promise((resolve) => {
    request.onload = () => {
      notice.remove();
      if (request.status < 300) {
        resolve(JSON.parse(request.responseText).id);
      } else {
        notifyProblem(problemOf(request), request.status);
        resolve();
      }
    };
    request.onerror = () => {
      notice.remove();
      notify(`The connection was lost while ${file.name} was imported. If its conversation is not in the list, try again.`, { kind: 'error' });
      resolve();
    };
    request.send(file);
  });
}

/** A single conversation is opened; of several, the list shows them. */
async function sendAll(files) {
  const ids = (await Promise.all(files.map(send))).filter(Boolean);
  if (files.length === 1 && ids.length === 1) {
    location.assign(`/chat/${ids[0]}`);
  } else if (ids.length > 0) {
    notify(`${ids.length} of ${files.length} files were imported.`);
    refreshList();
  }
}

button?.addEventListener('click', () => input.click());
input?.addEventListener('change', () => {
  sendAll([...input.files]);
  input.value = '';
});
