/** Functions for the DOM. Texts of orders go through `textContent` and never become markup. */

export const byId = (id) => document.getElementById(id);

/**
 * `el('p.note', {hidden: true, onclick}, 'text', child, …)`. Keys are properties; `data-…`, `aria-…` and a few more are
 * attributes.
 */
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

/** Leaves an equal text alone, so nothing flickers and a screen reader does not repeat it. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

/** Replaces the children only when `key` has changed since the last call. */
export function renderOnce(element, key, children) {
  if (element.dataset.rendered === key) return;
  element.dataset.rendered = key;
  element.replaceChildren(...children().filter((child) => child !== null && child !== undefined && child !== false));
}

/** Draws once per frame, however many calls there are. */
export function perFrame(draw) {
  let wished = false;
  return () => {
    if (wished) return;
    wished = true;
    const run = () => {
      wished = false;
      draw();
    };
    // A hidden page has no frames.
    if (document.hidden) setTimeout(run, 0);
    else requestAnimationFrame(run);
  };
}
