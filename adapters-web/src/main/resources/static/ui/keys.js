// The keyboard: Enter sends, Shift+Enter breaks the line, Esc closes or stops, / searches, arrows move in the list.
const search = document.getElementById('q');

function closeOpen() {
  const menu = document.querySelector('details.menu[open], details.options[open]');
  if (menu) {
    menu.open = false;
    menu.querySelector('summary').focus();
    return true;
  }
  const close = document.querySelector('#panel [data-close], #head form [data-then-now], .edit [data-cancel]');
  if (close) {
    close.click();
    return true;
  }
  return false;
}

document.addEventListener('keydown', (event) => {
  if (event.isComposing) {
    return; // The Enter that ends a composed character sends nothing.
  }
  const field = event.target.closest('input, textarea, select');
  if (event.key === 'Enter' && !event.shiftKey && field?.matches('form[data-draft] textarea[name=text]')) {
    event.preventDefault();
    if (!field.form.querySelector('button[type=submit]').disabled) {
      field.form.requestSubmit();
    }
  } else if (event.key === 'Escape') {
    if (!closeOpen() && field !== search) {
      const stop = document.getElementById('stop');
      if (stop?.checkVisibility()) {
        stop.click();
      }
    } else if (field === search && search.value) {
      search.value = '';
      htmx.trigger(search, 'search');
    }
  } else if (event.key === '/' && !field && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    search?.focus();
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    moveInList(event);
  }
});

function moveInList(event) {
  const links = [...document.querySelectorAll('#list .item a')];
  const index = links.indexOf(document.activeElement);
  if (index < 0 && document.activeElement !== search) {
    return;
  }
  event.preventDefault();
  const next = event.key === 'ArrowDown' ? index + 1 : index - 1;
  (next < 0 ? search : links[Math.min(next, links.length - 1)])?.focus();
}
