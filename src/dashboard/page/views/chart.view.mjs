/**
 * Shows the server's drawing of the chart. The page toggles classes, scrolls and zooms, and names what is under the
 * pointer.
 */
import { byId, setText } from '../dom.mjs';

const SVG = 'http://www.w3.org/2000/svg';
const SCALES = [0.25, 0.35, 0.5, 0.65, 0.8, 1, 1.25, 1.6];
/** Scale from points to CSS pixels at which the text is large enough to read. */
const READABLE = 1.1;

export class ChartView {
  constructor(container, index, svgText) {
    this.container = container;
    this.index = index;
    const svg = new DOMParser().parseFromString(svgText, 'image/svg+xml').documentElement;
    this.svg = document.importNode(svg, true);
    // Graphviz puts keys into titles. The page shows words instead.
    for (const title of this.svg.querySelectorAll('title')) title.remove();
    for (const link of this.svg.querySelectorAll('a')) link.replaceWith(...link.childNodes);
    this.svg.setAttribute('role', 'img');
    this.svg.querySelector('polygon[fill="white"]')?.remove();
    const [, , width, height] = this.svg.getAttribute('viewBox').split(' ').map(Number);
    Object.assign(this, { width, height, scale: READABLE, follows: true, shown: null });
    this.states = new Map(index.chart.states.map(({ key }) => [key, this.svg.getElementById(`s:${key}`)]));
    this.lines = new Map([...index.lineById.keys()].map((id) => [id, this.svg.getElementById(id)]));
    for (const line of this.lines.values()) widen(line);
    this.tell(container);
    container.replaceChildren(this.svg);
    this.resize(READABLE);
  }

  /** @param position the result of `replay`. */
  show(position, { isLive }) {
    for (const [key, element] of this.states) {
      if (element === null) continue;
      const { tags, type } = this.index.states.get(key);
      const isActive = position.active.has(key);
      element.classList.toggle('active', isActive);
      element.classList.toggle('leaf', position.leaves.includes(key) && type !== 'machine');
      element.classList.toggle('past', position.visited.has(key) && !isActive);
      element.classList.toggle('needs-person', isActive && tags.includes('incident'));
    }
    for (const [id, element] of this.lines) {
      if (element === null) continue;
      element.classList.toggle('taken', position.taken.has(id));
      element.classList.toggle('last', position.last === id);
    }
    const words = position.leaves.map((leaf) => nameOf(leaf, this.index)).join('; ');
    this.svg.setAttribute('aria-label', `Statechart. ${isLive ? 'Now in' : 'Then in'} ${words || 'no state'}.`);
    setText(byId('chart-words'), words === '' ? '' : `The order is in ${words}.`);
    const isFirst = this.shown === null;
    const moved = this.shown !== position.leaves.join();
    this.shown = position.leaves.join();
    if (moved && this.follows) this.center(isFirst);
  }

  /** Scrolls the innermost active states into view. */
  center(atOnce = false) {
    const keys = this.shown === null || this.shown === '' ? [] : this.shown.split(',');
    const boxes = keys.map((key) => this.states.get(key)?.getBoundingClientRect()).filter(Boolean);
    if (boxes.length === 0) return;
    const around = this.container.getBoundingClientRect();
    const middle = (from, to) => boxes.reduce((sum, box) => sum + (box[from] + box[to]) / 2, 0) / boxes.length;
    const calm = atOnce || matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.container.scrollBy({
      left: middle('left', 'right') - (around.left + around.right) / 2,
      top: middle('top', 'bottom') - (around.top + around.bottom) / 2,
      behavior: calm ? 'instant' : 'smooth',
    });
  }

  follow(follows) {
    this.follows = follows;
    if (!follows) return;
    if (this.scale < 0.8) this.resize(READABLE);
    this.center(true);
  }

  fit() {
    const { clientWidth, clientHeight } = this.container;
    this.resize(Math.min((clientWidth - 16) / this.width, (clientHeight - 16) / this.height));
  }

  /** @param step 1 or -1. */
  zoom(step) {
    const larger = SCALES.filter((scale) => scale > this.scale * 1.01);
    const smaller = SCALES.filter((scale) => scale < this.scale * 0.99);
    const next = step > 0 ? larger[0] : smaller.at(-1);
    if (next === undefined) return;
    this.resize(next);
    this.center(true);
  }

  resize(scale) {
    this.scale = scale;
    this.svg.setAttribute('width', `${Math.round(this.width * scale)}`);
    this.svg.setAttribute('height', `${Math.round(this.height * scale)}`);
  }

  /** Shows words for what is under the pointer. */
  tell(container) {
    const hint = byId('chart-hint');
    container.addEventListener('pointermove', (event) => {
      const target = event.target instanceof Element ? event.target.closest('.edge, .node, .cluster') : null;
      const text = target === null ? '' : this.textOf(target);
      hint.hidden = text === '';
      if (text === '') return;
      setText(hint, text);
      const panel = hint.offsetParent.getBoundingClientRect();
      const left = Math.min(event.clientX - panel.left + 14, panel.width - hint.offsetWidth - 8);
      hint.style.left = `${Math.max(8, left)}px`;
      hint.style.top = `${event.clientY - panel.top + 18}px`;
    });
    container.addEventListener('pointerleave', () => (hint.hidden = true));
  }

  textOf(element) {
    const line = this.index.lineById.get(element.id);
    if (line !== undefined) return line.transitions.map((each) => transitionText(each, this.index)).join('\n');
    const state = this.index.states.get(element.id.replace(/^s:/, ''));
    if (state === undefined) return '';
    const calls = state.activities.length > 0 ? `\ncalls ${state.activities.join(', ')}` : '';
    return nameOf(state.key, this.index) + calls;
  }
}

/** Returns e.g. `AwaitingPayment › payment: waiting`. */
export function nameOf(key, index) {
  return index
    .around(key)
    .reverse()
    .map((each) => index.states.get(each)?.name ?? each)
    .join(' › ');
}

export function transitionText({ source, target, label, guard, actions }, index) {
  const where = target === null ? '' : `${nameOf(source, index)} → ${nameOf(target, index)}\n`;
  return `${where}  on ${label}${guard === null ? '' : `, if ${guard}`}${actions.length === 0 ? '' : `; does ${actions.join(', ')}`}`;
}

/** Adds a wide invisible copy, because a thin line is hard to hit with the pointer. */
function widen(line) {
  const path = line?.querySelector('path');
  if (path === null || path === undefined) return;
  const wide = document.createElementNS(SVG, 'path');
  wide.setAttribute('d', path.getAttribute('d'));
  wide.setAttribute('class', 'hit');
  wide.setAttribute('fill', 'none');
  line.append(wide);
}
