/* Beside app.js, where options are put in order: the other lines move, so that the pressed button keeps the focus. */
(() => {
  'use strict';
  var p = phone, all = p.all;
  // The lines in their new order, with their numbers, names and buttons: all but the one at `to` move.
  function draw(box, lines, to) {
    var d = box.dataset, li = lines[to], list = li.parentNode, cut = box.querySelector('.cut');
    lines.forEach((each, at) => {
      if (at !== to) list.insertBefore(each, at < to ? li : null);
      each.querySelector('.place').textContent = at + 1;
      each.querySelector('input').name = d.name + (at < d.places ? '' : '.rest');
      all(each, 'button').forEach(b => b.setAttribute('aria-disabled', at === (/down$/.test(b.value) ? lines.length - 1 : 0)));
    });
    if (cut) list.insertBefore(cut, lines[d.places]);
  }
  function moved(box) { box.querySelector('[name$=".by"]').value = 'moved'; }
  p.press.move = button => {
    var li = button.closest('li'), box = button.closest('.order'), d = box.dataset, lower = /down$/.test(button.value);
    var lines = all(box, 'li:not(.cut)'), at = lines.indexOf(li), to = lower ? at + 1 : /up$/.test(button.value) ? at - 1 : 0;
    var end = to === at || !lines[to];
    if (!end) {
      lines.splice(to, 0, lines.splice(at, 1)[0]);
      draw(box, lines, to);
      moved(box);
    }
    button.focus();
    p.say(p.fill(!end ? d.now : lower ? d.bottom : d.top,
      { option: li.querySelector('bdi').textContent, place: to + 1, places: lines.length }), true);
  };
  p.shown.push((form, given) => {
    if (given) all(form, '.order').forEach(box => {
      var name = box.dataset.name, keys = given.getAll(name).concat(given.getAll(name + '.rest'));
      function place(li) { return keys.indexOf(li.querySelector('input').value) + 1 || 99; }
      draw(box, all(box, 'li:not(.cut)').sort((one, other) => place(one) - place(other)), 0);
      if (given.get(name + '.by') !== 'start') moved(box);
    });
  });
})();
