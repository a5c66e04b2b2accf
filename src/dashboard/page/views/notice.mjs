/** The parts of every page: the message line, the state of the connection, and the form for the key. */
import { access, useKey } from '../api.mjs';
import { byId, setText } from '../dom.mjs';

const WORDS = {
  connecting: 'Connecting',
  live: 'Live',
  polling: 'Live',
  away: 'No answer, trying again',
  refused: 'Refused',
  ended: 'Complete: nothing more will come',
};

/** Shows a message until the next one. @param tone `red`: an error. */
export function say(text, tone = '') {
  const line = byId('message');
  line.dataset.tone = tone;
  setText(line, text);
}

export function showState(state, error) {
  const line = byId('live');
  line.dataset.state = state;
  setText(line.querySelector('b'), WORDS[state]);
  if (error !== undefined) say(error.message, 'red');
}

/** Runs a button's action. Disables the button meanwhile, and shows an error. */
export async function press(button, act) {
  button.disabled = true;
  try {
    await act();
  } catch (error) {
    say(error.message, 'red');
  } finally {
    button.disabled = false;
  }
}

export function askForKeyWhenNeeded() {
  const form = byId('key-form');
  access.addEventListener('key-needed', () => {
    if (!form.hidden) return;
    form.hidden = false;
    byId('key').focus();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    form.hidden = true;
    say('The key is used from now on, in this tab.');
    useKey(byId('key').value.trim());
    byId('key').value = '';
  });
}
