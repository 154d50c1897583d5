/* Beside app.js, where options are put in order: the other lines move, so that the pressed button keeps the focus. */
(() => {
  'use strict';
  var p = phone, all = p.all;
  function off(button, is) { if (is) button.setAttribute('aria-disabled', 'true'); else button.removeAttribute('aria-disabled'); }
  p.press.move = button => {
    var li = button.closest('li'), box = li.closest('.order'), d = box.dataset, how = button.value.split(':').pop();
    var cut = box.querySelector('.cut'), list = li.parentNode, what = { option: li.querySelector('bdi').textContent };
    if (cut) cut.remove();
    var end = how === 'down' ? !li.nextElementSibling : !li.previousElementSibling;
    if (!end && how === 'down') list.insertBefore(li.nextElementSibling, li);
    else if (!end) do list.insertBefore(li.previousElementSibling, li.nextElementSibling);
      while (how === 'top' && li.previousElementSibling);
    var lines = all(list, 'li');
    lines.forEach((each, at) => {
      each.querySelector('.place').textContent = at + 1;
      each.querySelector('input').name = d.name + (at < d.places ? '' : '.rest');
      all(each, 'button').forEach(b => { off(b, /down$/.test(b.value) ? at === lines.length - 1 : at === 0); });
    });
    if (cut) list.insertBefore(cut, lines[d.places]);
    if (!end) box.querySelector('[name$=".by"]').value = 'moved';
    what.place = lines.indexOf(li) + 1;
    what.places = lines.length;
    button.focus();
    p.say(p.fill(!end ? d.now : how === 'down' ? d.bottom : d.top, what), true);
  };
})();
