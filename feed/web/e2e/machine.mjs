// A machine that speaks MQTT 3.1.1, as far as publishing needs it.
import { once } from 'node:events'
import { connect } from 'node:net'

const text = (s) => {
  const bytes = Buffer.from(s)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
}
const packet = (type, ...parts) => {
  const body = Buffer.concat(parts)
  if (body.length > 127) return Buffer.concat([Buffer.from([type, (body.length & 127) | 128, body.length >> 7]), body])
  return Buffer.concat([Buffer.from([type, body.length]), body])
}

/** Connects a machine to a broker; publish returns once the broker has it. */
export async function machine(broker, name) {
  const { hostname, port } = new URL(broker)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  let id = 0
  const send = async (bytes) => {
    const answered = once(socket, 'data')
    socket.write(bytes)
    await answered
  }
  await send(packet(0x10, text('MQTT'), Buffer.from([4, 2, 0, 60]), text(name)))
  return {
    publish: (topic, values) => {
      id++
      return send(packet(0x32, text(topic), Buffer.from([id >> 8, id & 255]), Buffer.from(JSON.stringify({ ts: Date.now(), ...values }))))
    },
    leave: () => socket.end(Buffer.from([0xe0, 0])),
  }
}
