// The server as a program speaks to it, in the name of a person.
import { cookiesOf } from './browser.mjs'

export class Server {
  static async as(browser, url, member) {
    const context = await browser.newContext({ baseURL: url })
    await context.addCookies(await cookiesOf(browser, url, member))
    return new Server(context.request)
  }

  constructor(request) {
    this.request = request
  }

  read = (path) => this.answer(this.request.get(`/api/v1${path}`), path)
  post = (path, data) => this.answer(this.request.post(`/api/v1${path}`, { data }), path)
  put = (path, data) => this.answer(this.request.put(`/api/v1${path}`, { data }), path)

  async answer(sent, path) {
    const reply = await sent
    if (!reply.ok()) throw new Error(`${path}: ${reply.status()} ${await reply.text()}`)
    return reply.status() === 204 ? undefined : reply.json()
  }
}
