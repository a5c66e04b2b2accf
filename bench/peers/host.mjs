// The worker process: loads one peer and serves the driver over IPC. `node host.mjs <worker>`
const send = (message) => process.send?.(message);
process.on('disconnect', () => process.exit(0)); // the driver died
process.on('unhandledRejection', (error) => console.error(error));

const { default: create } = await import(`./workers/${process.argv[2]}.mjs`);
const peer = await create({
  awaiting: (id) => send({ event: 'awaiting', id }),
  completed: (id) => send({ event: 'completed', id }),
});

const COMMANDS = {
  start: (id) => peer.start(id),
  pay: (id) => peer.pay(id, 'payment-accepted'),
  cpu: () => process.cpuUsage(),
};
process.on('message', async ({ call, command, id }) => {
  try {
    send({ call, answer: await COMMANDS[command](id) });
  } catch (error) {
    send({ call, error: String(error?.stack ?? error) });
  }
});
send({ event: 'ready' });
