/* What only the projector needs, beside app.js. It runs on this machine's own address, a secure context.
   Keeps every view inside the image, keeps the display awake, shows full screen on "f", and lets a reveal grow once:
   the view's main carries data-view, and a view drawn again is marked as seen. */
(function () {
  'use strict';
  var doc = document, root = doc.documentElement, last;
  function fit() {
    // Seven steps down to three fifths; beyond that a text is too small for the back row and the agenda says so.
    for (var k = 1; k > 0.59; k -= 0.06) {
      root.style.setProperty('--fit', k);
      var main = doc.querySelector('main');
      if (!main || (main.scrollHeight <= root.clientHeight + 1 && main.scrollWidth <= root.clientWidth + 1)) return;
    }
  }
  function drawn() {
    var main = doc.querySelector('main'), view = main && main.dataset.view;
    if (main && view && view === last) main.classList.add('seen');
    last = view;
    fit();
  }
  new MutationObserver(drawn).observe(doc.getElementById('strip') || doc.body, { childList: true });
  addEventListener('resize', fit);
  function awake() {
    if (navigator.wakeLock && !doc.hidden) navigator.wakeLock.request('screen').catch(function () {});
  }
  doc.addEventListener('visibilitychange', awake);
  doc.addEventListener('keydown', function (event) {
    if (event.key === 'f' && !doc.fullscreenElement && root.requestFullscreen) root.requestFullscreen().catch(function () {});
  });
  drawn();
  awake();
})();
