// Imports an export of a conversation, with a progress bar: htmx cannot send a file as the body of a request.
import { notify, notifyProblem, problemOf } from './notices.js';

const button = document.getElementById('import');
const input = document.getElementById('import-file');

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
  request.onload = () => {
    notice.remove();
    if (request.status < 300) {
      location.assign(`/chat/${JSON.parse(request.responseText).id}`);
    } else {
      notifyProblem(problemOf(request), request.status);
    }
  };
  request.onerror = () => {
    notice.remove();
    notify('The file could not be sent: the service cannot be reached. Nothing was imported; try again.', { kind: 'error' });
  };
  request.send(file);
}

button?.addEventListener('click', () => input.click());
input?.addEventListener('change', () => {
  [...input.files].forEach(send);
  input.value = '';
});
