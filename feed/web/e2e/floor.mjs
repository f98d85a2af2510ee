// The floor: what the story asks of the test that runs it. Each request is one
// line of JSON on stdout; the test does it with real parts, then answers one
// line on stdin.
import { createInterface } from 'node:readline'

const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]()

async function ask(request) {
  process.stdout.write(JSON.stringify(request) + '\n')
  const { done } = await answers.next()
  if (done) throw new Error(`nobody answered ${JSON.stringify(request)}`)
}

export const floor = {
  /** A machine publishes what it measures now. */
  publish: (machine, values) =>
    ask({ do: 'publish', to: `plant/${machine}/telemetry`, text: JSON.stringify({ ts: Date.now(), ...values }) }),
  /** The press's controller changes its state. */
  press: (state) => ask({ do: 'set', to: 'Press.State', text: state }),
  /** The ERP exports its stock; it is imported when this returns. */
  export: (name, articles) => {
    const rows = articles.map(({ ean, label, stock }) => `grocery;${ean};${label};${stock}`)
    return ask({ do: 'drop', to: name, text: ['RAYON;EAN;LIBELLE;STOCK', ...rows, ''].join('\r\n') })
  },
  /** The server is stopped, and started again. */
  stop: () => ask({ do: 'stop' }),
  start: () => ask({ do: 'start' }),
  /** Tells a line in the test's log. */
  tell: (text) => ask({ do: 'tell', text }),
}

/** One step of the story, told once it holds. */
export async function step(sentence, work) {
  const began = performance.now()
  try {
    await work()
  } catch (err) {
    throw new Error(`it does not hold that ${sentence}\n${err.stack}`)
  }
  await floor.tell(`${String(Math.round(performance.now() - began)).padStart(6)} ms  ${sentence}`)
}
