import type { Mail } from '#core/mail'
import type { TestApp } from './app.ts'
import { caughtUp } from './caught-up.ts'

type Recorded = {
  readonly asked: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

type Recording = {
  /** The same app; what is asked through it is written down. */
  readonly app: TestApp
  readonly answers: readonly Recorded[]
  readonly mails: readonly Mail[]
}

/** Ids are in the order in which they were made as long as no two requests are of one moment. */
const BETWEEN_REQUESTS_MS = 1000

/** What other tests have open holds the feed back. */
const FEED = /^\/event(\?|$)/

/** @param app one whose clock is frozen. */
export function record(app: TestApp): Recording {
  const answers: Recorded[] = []
  const mails: Mail[] = []
  const note = (asked: string, { status, headers: all }: Answered, body: unknown) => {
    // Nothing that follows is worth a look.
    if (status === 500) throw new Error(`${asked} answered 500`)
    const { 'server-timing': _, ...headers } = Object.fromEntries(all)
    answers.push({ asked, status, headers, body })
  }
  return {
    answers,
    mails,
    app: {
      ...app,
      async call(method, path, options) {
        app.advance(BETWEEN_REQUESTS_MS)
        if (FEED.test(path)) await caughtUp(app.wire.connectionString)
        const answer = await app.call(method, path, options)
        note(`${method} ${path}`, answer, answer.body)
        return answer
      },
      async request(path, init = {}) {
        app.advance(BETWEEN_REQUESTS_MS)
        const answer = await app.request(path, init)
        note(`${init.method ?? 'GET'} ${path}`, answer, await answer.clone().text())
        return answer
      },
      async drain() {
        const before = app.mails.length
        const batches = await app.drain()
        mails.push(...app.mails.slice(before))
        return batches
      },
    },
  }
}

type Answered = Pick<Response, 'status' | 'headers'>
