// The demo, started for a while in a folder of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Returns the addresses of its screens and of its broker once the past is made and people are served. */
export async function startDemo(program) {
  const data = await mkdtemp(join(tmpdir(), 'fildefer-demo-'))
  const demo = spawn(program, ['demo', '--listen', '127.0.0.1:0', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(demo, 'exit')
  const stop = async () => {
    demo.kill('SIGINT')
    await ended
    await rm(data, { recursive: true })
  }
  const said = await Promise.race([greeting(demo.stdout), ended])
  if (!said.url) throw new Error(`${program} demo ended before it was ready`)
  return { ...said, stop }
}

/** The addresses in what the demo says when it is ready. */
const greeting = (out) =>
  new Promise((resolve) => {
    let said = ''
    out.setEncoding('utf8').on('data', (text) => {
      said += text
      const url = /http:\/\/\S+/.exec(said)?.[0]
      const machines = /tcp:\/\/[\d.:]+/.exec(said)?.[0]
      if (url && machines) resolve({ url, machines })
    })
  })
