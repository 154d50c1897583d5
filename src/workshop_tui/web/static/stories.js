/* Takes other people's words off a phone while the room is paused: what the pause is for may be among them. The strip
   says when that is (data-paused); once it says so no more, the page is fetched anew. */
(() => {
  'use strict';
  var strip = document.getElementById('strip'), main = document.getElementById('main'), away = false;

  function look() {
    var paused = !!strip.querySelector('[data-paused]');
    if (paused) Array.from(main.children).forEach(each => { if (each.tagName !== 'H1') each.remove(); });
    // Not all phones at one moment.
    if (!paused && away) setTimeout(() => location.reload(), Math.random() * 3000);
    away = paused;
  }
  if (strip) new MutationObserver(look).observe(strip, { childList: true });
})();
