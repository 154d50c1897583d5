/* The one script of the phone pages. Every page works without it; with it, words are never lost and buttons need
   no reload. A classic script: phones on plain http have no modules cache, no service worker, no randomUUID.

   body   data-room   names this session in the phone's storage; without it nothing is stored or sent from here
          data-page, data-v   what #strip depends on, and the version it was drawn from; without page no live news
          data-events, data-state, data-strip   other addresses than /events, /state and /strip?page=<data-page>
          data-off, data-again, data-got, data-old, data-error   what this script says: it has no words
   form   data-outbox is sent from here and kept until answered; data-slot: a newer answer replaces the older one;
          what is chosen, put in order or typed in it comes back until it is sent, unless it is there to be read once
          more: data-outbox="read"
          data-drop on a link or button beside it: what waits to be sent from here is not sent
          buttons: step "dots.a:+1" inside .dots, move "order.a:up" inside .order, pick is left to the browser
   #strip the only part that news replaces; text in [data-say] inside it is read out when it changes; with [data-over]
          the rest of the page is no longer so: [data-until] goes, and a /now without a form is fetched anew
   #say   role=status, empty    #problem  the error box    #waiting  where a lost link is told
   #off   where that is told instead of in #strip, whose last words then stay: on the big screen
   What only some forms need stands in scripts of their own, which use `phone` below: write.js, dots.js, order.js. */
(() => {
  'use strict';
  var doc = document, body = doc.body, data = body.dataset, ours = 'ws:' + data.room + ':', memory = {}, broken = false, shown = [], press = {}, forms = data.room ? all(doc, '[data-outbox=""]') : [];

  function $(id) { return doc.getElementById(id); }
  function all(inside, what) { return Array.from(inside.querySelectorAll(what)); }
  function hide(what) { all(doc, what).forEach(each => each.hidden = true); }
  function fill(text, values) { return text.replace(/\{(\w+)\}/g, (_, name) => values[name]); }

  // Storage. A full or forbidden one is replaced by memory, so that this page at least goes on working.
  function load(key) {
    if (!broken) try { return JSON.parse(localStorage[ours + key] || null); } catch (e) { broken = true; }
    return memory[key];
  }
  function keep(key, value) {
    memory[key] = value;
    if (!broken) try {
      if (value && value.length) localStorage[ours + key] = JSON.stringify(value); else delete localStorage[ours + key];
    } catch (e) { broken = true; }
  }

  // Reading out: one after the other, 1.5 s each; what the person just did comes first.
  var line = [], talking = false, later;
  function say(text, mine) {
    if (!text || !$('say')) return;
    if (mine) {
      clearTimeout(later);
      line = [{ text: text, mine: true }].concat(line.filter(each => !each.mine));
    } else line.push({ text: text });
    if (!talking) speak();
  }
  // What typing changes is said when the person pauses.
  function soon(text) {
    clearTimeout(later);
    later = setTimeout(say, 1000, text, true);
  }
  function speak() {
    var next = line.shift();
    talking = !!next;
    $('say').textContent = next ? next.text : '';
    if (next) setTimeout(speak, 1500);
  }
  function tell(text) {
    var place = $('waiting');
    if (place && place.textContent === text) return;
    if (place) { place.textContent = text; place.hidden = !text; }
    say(text, true);
  }
  function problem(told) {
    var box = $('problem'), text = told.error, field = told.field || '', at = $('f-' + field) || doc.getElementsByName(field)[0];
    if (!box) return tell(text);
    tell('');
    hide('.done');
    var link = box.querySelector('a'), beside = $('e-' + field.split('.')[0]);
    link.textContent = text;
    if (at) at.id = 'f-' + field;
    if (told.location || at) link.href = told.location || '#f-' + field; else link.removeAttribute('href');
    if (beside) { beside.textContent = fill(data.error, { text: text }); beside.hidden = false; }
    if (at && at.form) at.setAttribute('aria-invalid', 'true');
    if (box.hidden) doc.title = fill(data.error, { text: doc.title });
    box.hidden = false;
    box.focus();
  }

  // The outbox: stored before it is sent, forgotten when the room has answered.
  var busy = false, tries = 0, again, done = false;
  // With words to bring it sends them, else it only asks.
  function ask(url, words) {
    return Promise.race([
      fetch(url, { credentials: 'same-origin', method: words && 'POST', headers: { Accept: 'application/json' }, body: words }),
      new Promise((_, fail) => setTimeout(fail, 15000))
    ]);
  }
  function sid() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), n => (n + 256).toString(16).slice(1)).join('');
  }
  function path(form) { return form.getAttribute('action'); }
  function send(form, by) {
    if (done) return;
    var box = load('out') || [], slot = form.dataset.slot, text = words(form), url = path(form);
    if (by.name) text += '&' + by.name + '=' + by.value;
    hide('.field-error');
    all(form, '[aria-invalid]').forEach(each => each.removeAttribute('aria-invalid'));
    // The same words keep their number, so that pressing twice counts once; other words get their own.
    if (!box.some(item => item.url === url && item.text === text)) {
      // A vote that is replaced may be under way already: the newer one says which it stands for.
      var old = slot ? box.filter(item => item.slot === slot) : [];
      var instead = old.map(item => '&instead=' + item.sid + item.instead).join('').slice(0, 328);
      box = box.filter(item => old.indexOf(item) < 0);
      box.push({ sid: sid(), url: url, text: text, slot: slot, instead: instead });
      keep('out', box);
    }
    flush();
  }
  async function flush() {
    clearTimeout(again);
    var box = data.room && load('out') || [], reply, told = {};
    var item = box.find(each => each.slot) || box[0];
    if (busy || !item) return;
    busy = true;
    try {
      reply = await ask(item.url, new URLSearchParams(item.text + '&sid=' + item.sid + item.instead));
      told = await reply.json();
      // Another network may answer anything at this address: only the room's own words let go of a person's.
      if (!(reply.ok ? told.location : told.error)) throw 0;
    } catch (e) { reply = 0; }
    busy = false;
    if (!reply || reply.status > 499 || reply.status === 429) {
      tell(reply && told.wait || data.off);
      again = setTimeout(flush, 2 ** Math.min(tries++, 4) * (700 + Math.random() * 600));
      return;
    }
    tries = 0;
    box = (load('out') || []).filter(each => each.sid !== item.sid);
    keep('out', box);
    // A vote that was changed while it travelled: the newer one speaks to the person.
    if (item.slot && box.some(each => each.slot === item.slot)) return flush();
    if (!reply.ok) {
      if (!asked(item)) told.error = fill(data.old, { text: told.error });
      problem(told);
    } else if (received(item)) {
      done = true;
      location = told.location;
    } else tell(data.got);
    if (!done) flush();
  }
  // The form of this page, if it has one, that these words answer.
  function asked(item) { return all(doc, '[data-outbox]').find(form => path(form) === item.url); }
  // Forgets the draft that arrived; true when this page waits for exactly these words.
  function received(item) {
    var form = asked(item), key = 'd:' + item.url;
    if (!item.text.indexOf(load(key)) || form && form.dataset.outbox) keep(key);
    return form && !item.text.indexOf(words(form));
  }

  // Drafts: a whole form, kept with each change until it was sent.
  function words(form) {
    var fields = new URLSearchParams(new FormData(form));
    fields.delete('sid');
    return '' + fields;
  }
  function draft(form) { if (forms.indexOf(form) > -1) keep('d:' + path(form), words(form)); }
  function restore(form) {
    var kept = load('d:' + path(form)), now = words(form), rest = {}, given;
    form.reset();
    // What was done while the page was loading is newer.
    if (now !== words(form)) kept = now;
    if (kept) {
      given = new URLSearchParams(kept);
      all(form, '[name]').forEach(each => {
        var name = each.name, values = rest[name] = rest[name] || given.getAll(name);
        if (/^[rc]/.test(each.type)) each.checked = values.indexOf(each.value) > -1;
        else if (!/^h|submit/.test(each.type)) each.value = values.shift() || '';
      });
    }
    shown.forEach(each => each(form, given));
    if (kept) draft(form);
  }
  addEventListener('input', event => draft(event.target.form));

  // The version, which tells that the room is there.
  async function state() {
    var reply = await ask(data.state || '/state');
    if (reply.status > 499) throw 0;
    return reply.json();
  }
  // Nothing is left before the room has answered: the browser's own error page would take this one away.
  function go(on) {
    state().then(() => {
      tell('');
      on();
    }).catch(() => tell(data.off));
  }
  addEventListener('submit', event => {
    var form = event.target, by = form.by;
    if (!data.room || form.sure) return;
    event.preventDefault();
    if (form.hasAttribute('data-outbox') && !/pick|step|move/.test(by.name)) send(form, by);
    else go(() => {
      form.sure = true;
      by.click();
      form.sure = false;
    });
  });

  addEventListener('click', event => {
    var button = event.target.closest('button, a'), form = button && button.form, act = button && press[button.name];
    // "Don't send this" also holds for what waits to be sent from here, and for a change that was begun.
    if (event.target.closest('[data-drop]')) {
      keep('out', (load('out') || []).filter(item => !asked(item)));
      forms.forEach(each => { if (each.dataset.slot) keep('d:' + path(each)); });
    }
    if (form) {
      form.by = button;
      if (!act) return;
      act(button);
      draft(form);
      event.preventDefault();
    } else if (button && data.room && !/^#/.test(button.getAttribute('href')) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      go(() => { location = button.href; });
    }
  });
  // News: events say that something changed, never what; only #strip is fetched and replaced.
  var strip = $('strip'), off = $('off') || strip, version = +data.v, source, heard, fails, good, next, turn = 0, lost = false, drawn, read = reading();
  function reading() {
    return strip ? all(strip, '[data-say]').map(each => each.textContent.trim()) : [];
  }
  function news(v) {
    var late = lost;
    lost = false;
    if (v === version && !late) return;
    version = v;
    refresh();
  }
  async function refresh() {
    var mine = ++turn;
    try {
      var reply = await ask(data.strip || '/strip?page=' + data.page), html = await reply.text();
      if (reply.status > 499) throw 0;
      if (!reply.ok || mine !== turn || html === drawn) return;
      var focused = strip.contains(doc.activeElement);
      strip.innerHTML = drawn = html;
      if (focused && strip.querySelector('a')) strip.querySelector('a').focus();
      if (strip.querySelector('[data-over]')) over();
      // What was read out already is not read out again.
      var now = reading();
      say(now.filter(item => read.indexOf(item) < 0).join(' '));
      read = now;
    } catch (e) { if (mine === turn && !lost) setTimeout(refresh, 4000); }
  }
  // Nothing moves under a thumb that is about to answer. Three seconds, so that not all phones ask at one moment.
  function over() {
    hide('[data-until]');
    if (location.pathname === '/now' && !forms.length) setTimeout(go, Math.random() * 3000, () => location.replace('/now'));
  }
  function gone() {
    if (lost) return;
    lost = true;
    drawn = 0;
    off.innerHTML = '<p></p><a class=button href></a>';
    off.firstChild.textContent = data.off;
    off.lastChild.textContent = data.again;
    say(data.off);
  }
  function alive() { heard = Date.now(); fails = 0; }
  function shut() {
    clearTimeout(next);
    if (source) source.close();
    source = 0;
  }
  function listen() {
    shut();
    if (!data.page || !strip || doc.hidden) return;
    alive();
    source = new EventSource(data.events || '/events');
    source.onmessage = event => { alive(); news(JSON.parse(event.data).v); };
    source.addEventListener('ping', alive);
    source.onerror = event => { if (++fails > 1 || event.target.readyState === 2) { good = 0; poll(); } };
  }
  async function poll() {
    shut();
    var mine = next = setTimeout(Date);
    try {
      news((await state()).v);
      good++;
    } catch (e) { good = 0; gone(); }
    // A page that was hidden or heard again meanwhile has its own way on.
    if (mine === next && !source && !doc.hidden) next = setTimeout(good > 2 ? listen : poll, 4000 + Math.random() * 2000);
  }
  setInterval(() => {
    if (source && Date.now() - heard > 40000) { good = 0; gone(); poll(); }
  }, 5000);

  function wake() {
    tries = 0;
    flush();
    shut();
    // All phones wake when somebody says "look at your phones": spread them over three seconds.
    next = setTimeout(listen, Math.random() * 3000);
  }
  doc.addEventListener('visibilitychange', () => { if (doc.hidden) shut(); else wake(); });
  addEventListener('pagehide', shut);
  addEventListener('pageshow', event => { if (event.persisted) { done = false; wake(); } });
  addEventListener('online', wake);
  var first = doc.querySelector('[autofocus]');
  if (first) first.focus();
  window.phone = { all: all, fill: fill, say: say, soon: soon, shown: shown, press: press };
  // Not before the other scripts are there: they show what comes back.
  addEventListener('DOMContentLoaded', () => {
    forms.forEach(restore);
    flush();
    listen();
  });
})();
