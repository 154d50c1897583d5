/* Beside app.js, on the host page: what is half typed outlives another form, "Look again" and a look at another page.
   It stays in this tab (sessionStorage), and goes once it was kept or the write-up is finished.

   body  data-drafts   names this session; data-over  nothing is kept any more; data-kept  says that words are back
   form  data-no-draft  holds words of other people: nothing of it is kept
         data-typed     was filled by the room with what was typed last
         data-paused    everything was paused when the page was drawn; data-covered  the page to go to when it comes
   #cover  pauses or covers; its buttons name their keys in data-key
   #done[data-nothing]  the last form was answered, and nothing came of it */
(() => {
  'use strict';
  var doc = document, data = doc.body.dataset, all = phone.all, start = 'ws:' + data.drafts + ':';

  function forms() {
    return all(doc, 'form[id]').filter(form => form.id !== 'asked' && !form.closest('[data-no-draft]'));
  }
  function fields(form) {
    return Array.from(form.elements).filter(each => each.name && !/^(hidden|submit|button)$/.test(each.type));
  }
  function at_first(each) {
    if (/^(radio|checkbox)$/.test(each.type)) return each.defaultChecked;
    if (each.options) return (all(each, 'option[selected]')[0] || each.options[0] || {}).value;
    return each.defaultValue;
  }
  function now(each) { return /^(radio|checkbox)$/.test(each.type) ? each.checked : each.value; }
  function name(each) { return /^(radio|checkbox)$/.test(each.type) ? each.name + '=' + each.value : each.name; }
  // A full or forbidden storage keeps nothing: the page works as it does without scripts.
  function store(key, value) {
    try { if (value) sessionStorage.setItem(start + key, value); else sessionStorage.removeItem(start + key); } catch (e) {}
  }
  function stored(key) {
    try { return sessionStorage.getItem(start + key); } catch (e) { return null; }
  }

  function keep(form) {
    var changed = {};
    fields(form).forEach(each => { if (now(each) !== at_first(each)) changed[name(each)] = now(each); });
    // What the room filled in is no change to it, and is not kept yet.
    if (form.hasAttribute('data-typed')) fields(form).forEach(each => { changed[name(each)] = now(each); });
    store('d:' + form.id, Object.keys(changed).length ? JSON.stringify(changed) : '');
  }
  function restore(form) {
    var kept = stored('d:' + form.id), back = false;
    if (!kept || form.hasAttribute('data-typed')) return;
    kept = JSON.parse(kept);
    fields(form).forEach(each => {
      var value = kept[name(each)];
      if (value === undefined || value === now(each)) return;
      if (typeof value === 'boolean') each.checked = value; else each.value = value;
      back = true;
    });
    if (!back) return;
    for (var box = form.closest('details'); box; box = box.parentElement.closest('details')) box.open = true;
    var hint = doc.createElement('p');
    hint.className = 'hint';
    hint.textContent = data.kept;
    form.insertBefore(hint, form.firstChild);
  }

  var sent = stored('sent'), done = doc.getElementById('done');
  store('sent', '');
  if (sent && done && !done.hasAttribute('data-nothing')) store('d:' + sent, '');
  if (data.over !== undefined) try {
    Object.keys(sessionStorage).filter(key => key.startsWith('ws:')).forEach(key => { sessionStorage.removeItem(key); });
  } catch (e) {}
  else forms().forEach(restore);

  // Pausing and covering: by the keys of the console too, in any field, and in this very window, since words are kept.
  var cover = doc.getElementById('cover'), strip = doc.getElementById('strip');
  if (cover) {
    cover.removeAttribute('target');
    all(cover, '[data-shown]').forEach(each => { each.hidden = false; });
    doc.addEventListener('keydown', event => {
      var typed = (event.ctrlKey ? 'ctrl+' : '') + event.key.toLowerCase();
      var found = all(cover, '[data-key]').filter(each => each.dataset.key === typed)[0];
      if (!found || event.altKey || event.shiftKey || event.metaKey) return;
      event.preventDefault();
      if (!event.repeat) found.click();
    });
    // Somebody paused elsewhere: what this page shows may be what it was for.
    new MutationObserver(() => {
      if (data.paused === undefined && strip.querySelector('[data-paused]')) location.replace(data.covered);
    }).observe(strip, { childList: true });
  }

  doc.addEventListener('input', event => {
    var form = event.target.form;
    if (data.over === undefined && forms().indexOf(form) >= 0) keep(form);
  });
  doc.addEventListener('submit', event => {
    var form = event.target, of = form.elements.of;
    store('sent', form.id === 'asked' ? of && of.value || '' : form.id);
  });
})();
