// The parts of the page that htmx cannot do, each in a module of its own.
import './json.js';
import './times.js';
import './notices.js';
import './drafts.js';
import './live.js';
import './messages.js';
import './history.js';
import './keys.js';
import './code.js';
import './import.js';
