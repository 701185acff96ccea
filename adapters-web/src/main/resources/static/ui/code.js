// Code blocks: a button that copies, and colours, for which the library is loaded by the first block that names its language.
import { notify } from './notices.js';

let highlighter;

function loadHighlighter() {
  highlighter ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = '/webjars/highlightjs/highlight.min.js';
    script.onload = () => resolve(window.hljs);
    script.onerror = reject;
    document.head.append(script);
  });
  return highlighter;
}

async function colour(code) {
  const language = [...code.classList].find((name) => name.startsWith('language-'))?.slice('language-'.length);
  if (language && code.textContent.length < 50000) {
    const hljs = await loadHighlighter();
    if (hljs.getLanguage(language)) {
      hljs.highlightElement(code);
    }
  }
}

function prepare(root) {
  for (const code of root.querySelectorAll('.text pre > code:not([data-ready])')) {
    code.dataset.ready = 'true';
    const block = code.parentElement;
    block.tabIndex = 0;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'link copy-code';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(code.textContent);
      notify('Copied.');
    });
    block.append(button);
    colour(code).catch(() => {});
  }
}

prepare(document);
document.addEventListener('htmx:load', (event) => prepare(event.target));
