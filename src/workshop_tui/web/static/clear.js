/* For "someone else wants to use this phone": wipes all that app.js ever stored. */
(() => {
  'use strict';
  try {
    Object.keys(localStorage).forEach(name => { if (!name.indexOf('ws:')) localStorage.removeItem(name); });
  } catch (e) { /* Where nothing can be stored nothing is there. */ }
})();
