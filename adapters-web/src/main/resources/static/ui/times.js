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

showTimes(document);
document.addEventListener('htmx:load', (event) => showTimes(event.target));
