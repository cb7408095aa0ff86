(() => {
  'use strict';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const theme = document.getElementById('theme');
  theme.hidden = false;
  theme.onclick = () => {
    const root = document.documentElement;
    const dark = getComputedStyle(root).colorScheme === 'dark'
      || (!root.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches);
    root.dataset.theme = dark ? 'light' : 'dark';
  };

  // curves: the values under the pointer, or under the arrow keys
  for (const figure of all('figure.chart[tabindex]')) {
    const tip = document.createElement('output');
    tip.className = 'tip';
    figure.append(tip);
    let at = -1;
    const svg = () => all('svg', figure).find(one => one.getBoundingClientRect().width > 0);
    const curves = () => all('path[data-steps]', svg()).map(path => ({
      label: path.dataset.label,
      ink: [...path.classList].find(name => /^s\d$/.test(name)),
      steps: path.dataset.steps.split(' '),
      values: path.dataset.values.split(' '),
      points: path.getAttribute('d').slice(1).split('L').map(point => point.split(',').map(Number)),
    }));
    const mark = x => {
      all('.cursor', figure).forEach(one => one.remove());
      const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      line.setAttribute('class', 'cursor');
      line.setAttribute('d', `M${x},8V152`);
      svg().append(line);
    };
    const show = x => {
      const found = curves().map(curve => {
        const distance = curve.points.map(point => Math.abs(point[0] - x));
        return { ...curve, near: distance.indexOf(Math.min(...distance)) };
      });
      const first = found[0];
      at = first.near;
      mark(first.points[at][0]);
      tip.replaceChildren(`step ${first.steps[at]}`);
      for (const curve of found) {
        const value = document.createElement('b');
        value.className = curve.ink.replace('s', 'ink');
        value.textContent = `${curve.label} ${curve.values[curve.near]}`;
        tip.append(' ', value);
      }
      figure.classList.add('pointed');
    };
    const leave = () => {
      all('.cursor', figure).forEach(one => one.remove());
      figure.classList.remove('pointed');
    };
    figure.addEventListener('pointermove', event => {
      const box = svg().getBoundingClientRect();
      show((event.clientX - box.left) * svg().viewBox.baseVal.width / box.width);
    });
    figure.addEventListener('pointerleave', leave);
    figure.addEventListener('blur', leave);
    figure.addEventListener('keydown', event => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const points = curves()[0].points;
      show(points[Math.max(0, Math.min(points.length - 1, at + step))][0]);
    });
  }

  // browsers: filters, search, pages
  for (const browser of all('.browser')) {
    const form = browser.querySelector('form');
    const output = browser.querySelector('output');
    const more = browser.querySelector('.more');
    const total = output.textContent;
    const items = all('.item', browser);
    const page = 12;
    let limit = page;
    form.hidden = false;
    const matches = item => {
      const facets = item.dataset.facets.split('\u241f');
      const words = form.querySelector('[type=search]').value.trim().toLowerCase();
      return all('select', form).every(select => !select.value || facets[select.dataset.facet] === select.value)
        && (!words || item.textContent.toLowerCase().includes(words));
    };
    const apply = () => {
      const found = items.filter(matches);
      const shown = new Set(found.slice(0, limit));
      items.forEach(item => { item.hidden = !shown.has(item); });
      more.hidden = found.length <= limit;
      more.textContent = `Show ${Math.min(page, found.length - limit)} more of ${found.length - limit}`;
      output.textContent = found.length === items.length ? total : `${found.length} of ${items.length} match`;
    };
    form.addEventListener('submit', event => event.preventDefault());
    form.addEventListener('input', () => { limit = page; apply(); });
    more.addEventListener('click', () => { limit += page; apply(); });
    apply();
  }
})();
