import { attack, ATTACKS, type Target } from './hostile-clients.js';

/** Hostile clients in a process of their own, so that they take no time from the honest ones. */
let isOver = false;

process.on('message', (message: { target?: Target; each?: number; stop?: true }) => {
  if (message.stop === true) isOver = true;
  const { target, each = 0 } = message;
  if (target === undefined) return;
  const attacks = Object.keys(ATTACKS).flatMap((name) =>
    Array.from({ length: each }, async () => ({ name, statuses: [...(await attack(name, target, () => isOver))] })),
  );
  void Promise.all(attacks).then((told) => {
    process.send?.(told);
    process.disconnect();
  });
});
