// A real mail server for tests, on a free port of loopback. It says its port,
// then one line of JSON for each message that it took. How it answers a
// recipient is in the name: later-2@… is refused for now twice, never@… for good.
//
//   node mailbox.mjs KEY CERT            STARTTLS, required
//   node mailbox.mjs --implicit KEY CERT
//   node mailbox.mjs                     without TLS
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { SMTPServer } from 'smtp-server'

const args = process.argv.slice(2)
const secure = args[0] === '--implicit'
const [key, cert] = secure ? args.slice(1) : args
const refusals = new Map()

const refuse = (code, text) => Object.assign(new Error(text), { responseCode: code })

const server = new SMTPServer({
  ...(key && { key: readFileSync(key), cert: readFileSync(cert) }),
  secure,
  disabledCommands: key ? ['AUTH'] : ['AUTH', 'STARTTLS'],
  logger: false,
  onMailFrom({ address }, session, done) {
    done(key && !session.secure ? refuse(530, 'Must issue a STARTTLS command first') : undefined)
  },
  onRcptTo({ address }, session, done) {
    const [name] = address.split('@')
    if (name === 'never') return done(refuse(550, '5.1.1 No such user here'))
    const [, times] = /^later-(\d+)/.exec(name) ?? []
    const sofar = refusals.get(address) ?? 0
    if (times && sofar < Number(times)) {
      refusals.set(address, sofar + 1)
      return done(refuse(451, '4.3.2 Try again later'))
    }
    done()
  },
  onData(stream, session, done) {
    const chunks = []
    stream.on('data', (chunk) => chunks.push(chunk))
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map(({ address }) => address)
      // Kept before it is answered, as a mail server does.
      process.stdout.write(JSON.stringify({ to, secure: session.secure, raw: Buffer.concat(chunks).toString() }) + '\n', () => done(null, 'kept'))
    })
  },
})
server.on('error', (err) => process.stderr.write(`${err.message}\n`))
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.server.address().port}\n`))
// It ends with whoever started it.
createInterface({ input: process.stdin }).on('close', () => process.exit())
