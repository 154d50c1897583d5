/* Beside app.js, where something is shared out or counts towards a limit: one more, one less, never one too many. */
(() => {
  'use strict';
  var p = phone, all = p.all;
  // Decimal digits of every script stand in runs of ten, 0 first.
  function plain(typed) {
    return typed.replace(/\p{Nd}/gu, digit => {
      var at = digit.codePointAt(0), n = 0;
      while (/\p{Nd}/u.test(String.fromCodePoint(at - n - 1))) n++;
      return n % 10;
    });
  }
  // A box to tick counts with its cost; everything else with the number typed.
  function number(input) {
    var typed = plain(input.value.trim());
    return input.dataset.cost ? input.checked * input.dataset.cost : /^\d{1,9}$/.test(typed) ? +typed : 0;
  }
  function dots(box) {
    var d = box.dataset, left = all(box, 'input').reduce((rest, each) => rest - number(each), d.total);
    all(box, '.row').forEach(row => {
      var now = number(row.querySelector('input'));
      all(row, 'button').forEach(b => b.setAttribute('aria-disabled', /\+1$/.test(b.value) ? left < 1 || now >= d.each : now < 1));
    });
    var digits = +d.decimals || 0, whole = 10 ** digits, said = n => (n / whole).toFixed(n % whole ? digits : 0);
    box.querySelector('.left').textContent = all(box, '.row input').some(each => number(each) > d.each) ?
      d.many : p.fill(left < 0 ? d.over : d.left, { left: said(left), over: said(-left) });
    return left;
  }
  p.press.step = button => {
    var box = button.closest('.dots'), row = button.closest('.row'), input = row.querySelector('input');
    var more = /\+1$/.test(button.value), now = number(input), d = box.dataset, left = dots(box);
    var by = more ? Math.min(d.step, left, d.each - now) : Math.min(d.step, now);
    var no = by > 0 ? '' : !more ? d.zero : left < 1 ? d.none : d.many;
    if (!no) input.value = more ? now + by : now - by;
    left = dots(box);
    if (no) box.querySelector('.left').textContent = no;
    p.say(no || p.fill(d.now, { option: row.querySelector('bdi').textContent, amount: number(input), left: left }), true);
  };
  p.shown.push(form => all(form, '.dots').forEach(dots));
  addEventListener('input', event => {
    var box = event.target.closest('.dots');
    if (!box) return;
    dots(box);
    p.soon(box.querySelector('.left').textContent);
  });
})();
