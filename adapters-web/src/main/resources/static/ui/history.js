// Reads a long conversation in windows: more messages are loaded before a person scrolls to the edge, and those far away are taken out.
import { call } from './json.js';
import { isAtEnd, scrollDown } from './messages.js';

const log = document.getElementById('log');
const list = document.getElementById('messages');
const conversation = document.getElementById('main')?.dataset.conversation;
/** As many messages are in the page at most; then those at the other end are taken out. */
const MOST = 300;
/** How far from the edge, in pixels, more is loaded. */
const AHEAD = 2500;
let loading = false;

function parse(html) {
  return [...new DOMParser().parseFromString(`<ol>${html}</ol>`, 'text/html').querySelectorAll('li.message')];
}

function note() {
  list.dataset.first = list.firstElementChild?.dataset.position ?? 0;
  list.dataset.last = list.lastElementChild?.dataset.position ?? 0;
  document.getElementById('earlier').hidden = Number(list.dataset.first) <= 1;
  document.getElementById('later').hidden = isAtEnd();
  document.getElementById('latest').hidden = isAtEnd() && log.scrollHeight - log.scrollTop - log.clientHeight < 600;
}

function process(items) {
  for (const item of items) {
    htmx.process(item);
    item.dispatchEvent(new CustomEvent('htmx:load', { bubbles: true, detail: { elt: item } }));
  }
}

async function load(query) {
  const response = await call('GET', `/chat/${conversation}/messages?${new URLSearchParams(query)}`);
  return parse(await response.text());
}

/** The messages in view keep their place on the screen while others come and go above them. */
function keepingPlace(change) {
  const top = log.getBoundingClientRect().top;
  const anchor = [...list.children].find((item) => item.getBoundingClientRect().bottom > top);
  const before = anchor?.getBoundingClientRect().top;
  change();
  if (anchor?.isConnected) {
    log.scrollTop += anchor.getBoundingClientRect().top - before;
  }
}

async function more() {
  if (loading) {
    return;
  }
  loading = true;
  try {
    if (log.scrollTop < AHEAD && Number(list.dataset.first) > 1) {
      const items = await load({ before: list.dataset.first });
      keepingPlace(() => {
        list.prepend(...items);
        while (list.children.length > MOST) {
          list.lastElementChild.remove();
        }
      });
      process(items);
    } else if (log.scrollHeight - log.scrollTop - log.clientHeight < AHEAD && !isAtEnd()) {
      const items = await load({ after: list.dataset.last });
      keepingPlace(() => {
        list.append(...items);
        while (list.children.length > MOST) {
          list.firstElementChild.remove();
        }
      });
      process(items);
    } else {
      return;
    }
    note();
  } catch {
    return; // The page says that the service cannot be reached; the next scroll tries again.
  } finally {
    loading = false;
  }
  requestAnimationFrame(more);
}

async function jump(query, end) {
  const items = await load(query);
  list.replaceChildren(...items.sort((a, b) => a.dataset.position - b.dataset.position));
  process(items);
  note();
  log.scrollTop = end ? log.scrollHeight : 0;
}

if (conversation) {
  log.addEventListener('scroll', () => { note(); more(); }, { passive: true });
  document.addEventListener('confab:updated', note);
  document.querySelector('[data-to-first]').addEventListener('click', () => jump({ after: 0 }, false));
  document.getElementById('latest').addEventListener('click', () => (isAtEnd()
    ? scrollDown()
    : jump({ before: 2147483647 }, true)));
  const found = document.getElementById('main').dataset.found;
  if (found) {
    const item = document.getElementById(`m-${found}`);
    item?.scrollIntoView({ block: 'center' });
    item?.classList.add('found');
  } else {
    scrollDown();
  }
  note();
  more();
}
