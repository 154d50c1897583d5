/* What only the projector needs, beside app.js. It runs on this machine's own address, a secure context.

   Nothing of a view is ever cut off and no letter shrinks below what its row reads: what does not fit is cut into
   parts by the browser itself. .pages is set in columns, each as wide and as high as .window, which shows one of them:
   the one that main[data-turn] names, counted round. Before that the room is used better, in the steps of LOOKS.
   Without a link the last picture stays, and #off says that it is not live. The script also keeps the display awake,
   shows full screen on "f", makes letters larger on "+" and smaller on "-", and lets a reveal grow once: main carries
   data-view, and a view drawn again is marked as seen. */
(() => {
  'use strict';
  // wide: lists in two columns, more room for the words of a result. tight: the smallest letters and gaps there are.
  var LOOKS = ['', 'wide', 'tight', 'tight wide'], ZOOMS = [1, 1.2, 1.5, 2];
  var doc = document, root = doc.documentElement, last, zoom = 0, known = {};

  function $(what) { return doc.querySelector(what); }
  function words(turn, turns) {
    var place = $('.turn');
    if (!place) return;
    place.hidden = turns < 2;
    place.textContent = place.dataset.words.replace('{turn}', turn).replace('{turns}', turns);
  }
  function look(main, name) {
    main.classList.toggle('tight', /tight/.test(name));
    main.classList.toggle('wide', /wide/.test(name));
    var box = $('.box'), h1 = box.querySelector('h1'), pages = $('.pages'), base = pages.querySelector('.base');
    var about = $('.about'), foot = $('.foot'), key = box.querySelector('.key');
    box.prepend(h1);
    // What letters mean stays beside them on every part.
    if (key) h1.after(key);
    if (about) foot.prepend(about);
    // How many answered, and what to beware of, stand on the first part whatever the question's length.
    if (about && foot.offsetHeight > .36 * innerHeight) pages.prepend(about);
    if (h1.offsetHeight + (key ? key.offsetHeight : 0) > .4 * box.clientHeight) {
      if (key) pages.querySelector('.result').prepend(key);
      if (base && h1.offsetHeight + base.offsetHeight > .9 * box.clientHeight) base.after(h1); else pages.prepend(h1);
    }
    var width = pages.getBoundingClientRect().width, gap = parseFloat(getComputedStyle(pages).columnGap);
    return { name: name, pages: Math.max(1, Math.round((pages.scrollWidth + gap) / (width + gap))), step: width + gap };
  }
  function best(main, parts) {
    var found, tried;
    // The head of a table would stand on its first part only: cut up, it is told line by line.
    var looks = parts && main.querySelector('.ranking:not(.spread)') ? LOOKS.filter(name => /wide/.test(name)) : LOOKS;
    for (var name of looks) {
      tried = look(main, name);
      if (!found || tried.pages < found.pages) found = tried;
      if (found.pages < 2) break;
    }
    return found.name === tried.name ? tried : look(main, found.name);
  }
  function fit() {
    var main = $('main'), pages = $('.pages'), found, turn;
    if (!pages) return;
    main.classList.remove('one');
    root.style.setProperty('--zoom', ZOOMS[zoom]);
    pages.style.translate = 'none';
    // The clock in the foot draws a view anew every second: the same words at the same size look the same.
    var about = [innerWidth, innerHeight, zoom, $('.box').textContent].join();
    if (known.about !== about) known = { about: about };
    words(1, 1);
    if (!known.parted) {
      found = known.one ? look(main, known.one) : best(main);
      known.one = found.name;
    }
    if (!found || found.pages > 1) {
      words(88, 88);
      found = known.parted ? look(main, known.parted) : best(main, true);
      known.parted = found.name;
      turn = (main.dataset.turn % found.pages + found.pages) % found.pages;
      words(turn + 1, found.pages);
      pages.style.translate = turn * found.step * (getComputedStyle(pages).direction === 'rtl' ? 1 : -1) + 'px';
    }
    main.dataset.turns = found.pages;
    main.classList.toggle('one', found.pages < 2);
  }
  function drawn() {
    var main = $('main'), view = main && main.dataset.view;
    if (view && view === last) main.classList.add('seen');
    last = view;
    // A picture came, so the link is there again.
    if ($('#off')) $('#off').textContent = '';
    fit();
  }
  function awake() {
    if (navigator.wakeLock && !doc.hidden) navigator.wakeLock.request('screen').catch(() => {});
  }
  function enlarge(by) {
    zoom = by && Math.min(ZOOMS.length - 1, Math.max(0, zoom + by));
    try { localStorage.setItem('zoom', zoom); } catch (e) { /* It is then forgotten with the page. */ }
    fit();
  }
  try { zoom = +localStorage.getItem('zoom') || 0; } catch (e) { /* As above. */ }
  if (!(zoom in ZOOMS)) zoom = 0;
  root.classList.add('paged');
  new MutationObserver(drawn).observe($('#strip') || doc.body, { childList: true });
  addEventListener('resize', fit);
  if (doc.fonts) doc.fonts.ready.then(fit);
  doc.addEventListener('visibilitychange', awake);
  doc.addEventListener('keydown', event => {
    // The browser's own enlarging leaves shares of the image as they are, so its keys work here like the plain ones.
    var by = { '+': 1, '=': 1, '-': -1, 0: 0 }[event.key];
    if (event.altKey) return;
    if (by !== undefined) { event.preventDefault(); enlarge(by); }
    if (event.key === 'f' && !doc.fullscreenElement && root.requestFullscreen) root.requestFullscreen().catch(() => {});
  });
  drawn();
  awake();
})();
