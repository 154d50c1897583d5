/* Beside app.js, where people write: the number of letters left.
   [data-most]  a text to count (its counter stands beside it); [data-together] share one limit */
(() => {
  'use strict';
  var p = phone, all = p.all;
  // Only near the end: four boxes that each count down from 4000 help nobody.
  function count(box) {
    var most = +box.dataset.most, sharing = 'together' in box.dataset ? all(box.form, '[data-together]') : [box];
    var left = sharing.reduce((rest, each) => rest - Array.from(each.value).length, most), text;
    // The first counter has the words for all.
    var d = document.querySelector('.counter').dataset;
    sharing.forEach(each => {
      each.parentNode.querySelector('.counter').textContent = text =
        left > most / 10 ? '' : p.fill(left < 0 ? d.over : d.left, { left: left, over: -left });
    });
    return left <= 20 && text;
  }
  p.shown.push(form => all(form, '[data-most]').forEach(count));
  addEventListener('input', event => { if (event.target.dataset.most) p.soon(count(event.target)); });
})();
