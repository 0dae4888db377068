'use strict';

// Without JavaScript, the page shows everything and no filters.
for (const form of document.querySelectorAll('form[data-filters]')) {
  const list = document.getElementById(form.dataset.filters);
  const rows = [...list.querySelectorAll('[data-row]')];
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));

  const filter = () => {
    const { search, ...choices } = Object.fromEntries(new FormData(form));
    const words = search.toLowerCase().split(/\s+/);
    const wanted = Object.entries(choices).filter(([, value]) => value !== '');
    for (const row of rows) {
      const text = texts.get(row);
      row.hidden =
        !words.every((word) => text.includes(word)) ||
        !wanted.every(([name, value]) => row.dataset[name] === value);
    }
    // What a search finds is not folded away.
    for (const details of list.querySelectorAll('details')) {
      details.hidden = details.querySelector('[data-row]:not([hidden])') === null;
      details.open = search !== '' || wanted.length > 0;
    }
    for (const group of list.querySelectorAll('[data-group]')) {
      group.hidden = group.querySelector('[data-row]:not([hidden])') === null;
    }
    const shown = rows.filter((row) => !row.hidden).length;
    form.querySelector('output').textContent = `${shown} of ${rows.length} shown`;
  };

  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  filter();
}

// A link to a row that is filtered out or folded away shows the row.
const showTarget = () => {
  const row = document.getElementById(location.hash.slice(1))?.closest('[data-row]');
  if (!row) return;
  row.hidden = false;
  for (let part = row; part; part = part.parentElement?.closest('details, [data-group]')) {
    part.hidden = false;
    if ('open' in part) part.open = true;
  }
  row.scrollIntoView();
};
addEventListener('hashchange', showTarget);
showTarget();

// How a request is evaluated: the answers are data of the page.
const pathData = document.getElementById('paths');
if (pathData) {
  const { texts, paths } = JSON.parse(pathData.textContent);
  const form = document.getElementById('path-form');
  const view = document.getElementById('path');
  const item = (...children) => {
    const element = document.createElement('li');
    element.append(...children);
    return element;
  };
  const named = (step) => {
    const [name, text] = step.split('\t');
    const title = document.createElement('strong');
    title.textContent = `${name}:`;
    return item(title, ` ${text}`);
  };
  const show = () => {
    const { person, way, action } = Object.fromEntries(new FormData(form));
    const [allowed, steps, changes, limits] = paths[person][way][action];
    const decision = view.querySelector('[data-decision]');
    decision.textContent = allowed ? 'Allowed' : 'Denied';
    decision.className = `badge ${allowed ? 'pass' : 'fail'}`;
    view.querySelector('[data-steps]').replaceChildren(...steps.map((text) => named(texts[text])));
    view.querySelector('[data-changes]').replaceChildren(...changes.map((text) => item(texts[text])));
    view.querySelector('[data-limits]').replaceChildren(...limits.map((text) => item(texts[text])));
  };
  form.addEventListener('input', show);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  view.hidden = false;
  document.querySelector('.without-script').hidden = true;
  show();
}
