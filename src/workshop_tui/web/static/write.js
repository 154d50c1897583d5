/* Beside app.js, where people write: drafts, and the number of letters left.
   [data-most]  a text to count (its counter stands beside it) and to keep as a draft; [data-together] share one limit */
(() => {
  'use strict';
  var doc = document, p = phone, all = p.all, boxes = all(doc, '[data-most]');
  var drafts = doc.body.dataset.room ? all(doc, 'form[data-outbox] [data-most]') : [];
  function keepDrafts() {
    drafts.forEach(box => { if (box.value !== box.kept) p.keep(box.key, box.kept = box.value); });
  }
  drafts.forEach(box => {
    box.key = 'd:' + p.path(box.form) + ':' + box.name;
    box.value = p.load(box.key) || box.value;
    box.kept = box.value;
    p.drafts.push(box);
  });
  setInterval(keepDrafts, 2000);
  doc.addEventListener('visibilitychange', keepDrafts);
  addEventListener('pagehide', keepDrafts);
  // Only near the end: four boxes that each count down from 4000 help nobody.
  function count(box, typed) {
    var most = +box.dataset.most, sharing = 'together' in box.dataset ? all(box.form, '[data-together]') : [box];
    var left = sharing.reduce((rest, each) => rest - Array.from(each.value).length, most), text;
    sharing.forEach(each => {
      var counter = each.parentNode.querySelector('.counter'), d = counter.dataset;
      counter.textContent = text = left > most / 10 ? '' : p.fill(left < 0 ? d.over : d.left, { left: left, over: -left });
    });
    clearTimeout(box.later);
    if (typed && left <= 20) box.later = setTimeout(() => { p.say(text, true); }, 1000);
  }
  boxes.forEach(box => { count(box); });
  doc.addEventListener('input', event => { if (event.target.dataset.most) count(event.target, true); });
})();
