/** The one dialog of a page. It asks before a command that affects others. */
import { byId, el } from '../dom.mjs';

/**
 * @param fields elements between the title and the buttons.
 * @param confirm `{ text, look, act }`: `act` gets the form's data. When it throws, the dialog stays open and shows the
 * error.
 */
export function ask({ title, fields, confirm }) {
  const dialog = byId('dialog');
  const problem = el('p.message', { role: 'alert' });
  problem.dataset.tone = 'red';
  const submit = el(`button.${confirm.look ?? 'primary'}`, { type: 'submit' }, confirm.text);
  const form = el(
    'form',
    { method: 'dialog' },
    el('h2', { id: 'dialog-title' }, title),
    ...fields,
    problem,
    el('div.buttons', {}, submit, el('button', { type: 'button', onclick: () => dialog.close() }, 'Leave it')),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      await confirm.act(new FormData(form));
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
    } finally {
      submit.disabled = false;
    }
  });
  dialog.replaceChildren(form);
  dialog.showModal();
  return { dialog, submit };
}

export const reasonField = (required = false) =>
  el(
    'label.field',
    {},
    required ? 'Why? It goes into the history.' : 'Why? (optional; it goes into the history)',
    el('input', { name: 'reason', maxLength: 200, required, autocomplete: 'off' }),
  );
