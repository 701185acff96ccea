// Shows times in the person's own zone and language.
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

function short(date) {
  const now = new Date();
  if (date.toDateString() === now.toDateString()) {
    return clock.format(date);
  }
  return (date.getFullYear() === now.getFullYear() ? day : dayOfYear).format(date);
}

export function showTimes(root) {
  for (const element of root.querySelectorAll('time[datetime]:empty')) {
    const date = new Date(element.dateTime);
    element.textContent = element.dataset.style === 'short' ? short(date) : full.format(date);
    element.title = full.format(date);
  }
}

// The server counts days and hours in the zone that a link names.
function nameZone(event) {
  const link = event.target.closest?.('a[data-zone]');
  if (link) {
    const target = new URL(link.href);
    target.searchParams.set('zone', Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC');
    link.href = target.href;
  }
}

showTimes(document);
document.addEventListener('click', nameZone, true);
document.addEventListener('htmx:load', (event) => showTimes(event.target));
