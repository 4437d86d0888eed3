// What the programs share.

/** Prints an answer. */
export const say = (what, answer) => console.log(what, JSON.stringify(answer));

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits for what must come true within seconds; the condition may be asynchronous. */
export async function until(what, condition) {
  for (let tries = 0; tries < 1000; tries++) {
    if (await condition()) {
      return;
    }
    await sleep(10);
  }
  console.error('never came:', what);
  process.exit(1);
}

/** Ends the program at a failure that nobody expects. */
export function fail(error) {
  console.error(error);
  process.exit(1);
}
