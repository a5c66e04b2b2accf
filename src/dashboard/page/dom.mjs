/** Small words for the DOM. Every text of an order goes through `textContent`: nothing of an order is ever markup. */

export const byId = (id) => document.getElementById(id);

/** `el('p.note', {hidden: true, onclick}, 'text', child, …)`: properties are set, attributes with a dash or of aria as such. */
export function el(name, properties = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key.startsWith('data-') || key.startsWith('aria-') || key === 'role' || key === 'for' || key === 'colspan')
      element.setAttribute(key, String(value));
    else element[key] = value;
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Leaves what is the same alone, so that nothing flickers and a screen reader is not told twice. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

/** Replaces the children only when `key` changed since the last time. */
export function renderOnce(element, key, children) {
  if (element.dataset.rendered === key) return;
  element.dataset.rendered = key;
  element.replaceChildren(...children().filter((child) => child !== null && child !== undefined && child !== false));
}

/** Many wishes in a frame are one drawing. */
export function perFrame(draw) {
  let wished = false;
  return () => {
    if (wished) return;
    wished = true;
    const run = () => {
      wished = false;
      draw();
    };
    // A hidden page gets no frames.
    if (document.hidden) setTimeout(run, 0);
    else requestAnimationFrame(run);
  };
}
