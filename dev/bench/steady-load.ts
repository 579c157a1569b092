import { setTimeout as sleep } from 'node:timers/promises'
import { HttpConnection } from './http-connection.ts'
import { type BenchRequest, encodeRequest, type Measured, summarizeTimes } from './load.ts'

type Steady = {
  readonly url: string
  readonly token: string
  readonly perSecond: number
  /** The next request; called once for each. */
  readonly next: () => BenchRequest
  /** The last request is the one before this is over. */
  readonly until: Promise<unknown>
}

/**
 * Sends requests at a steady rate, whether those before were answered or not. The time of an answer counts from when its request was due,
 * so that a service that stops for a second makes all of that second's requests late.
 */
export async function runSteadyLoad(steady: Steady): Promise<Measured> {
  const { url, token, perSecond, next, until } = steady
  const host = new URL(url).host
  const idle: HttpConnection[] = []
  const times: number[] = []
  let errors = 0
  const shoot = async (due: number) => {
    let connection = idle.pop()
    while (connection?.isOpen === false) connection = idle.pop()
    connection ??= new HttpConnection(url)
    const status = await connection.send(encodeRequest(host, token, next())).catch(() => 0)
    times.push(performance.now() - due)
    if (status < 200 || status > 299) errors++
    if (status === 0) connection.close()
    else idle.push(connection)
  }
  let isOver = false
  const end = () => {
    isOver = true
  }
  until.then(end, end)
  const started = performance.now()
  const flights: Promise<void>[] = []
  for (let n = 0; !isOver; n++) {
    const due = started + (n * 1000) / perSecond
    await sleep(Math.max(0, due - performance.now()))
    flights.push(shoot(due))
  }
  await Promise.all(flights)
  for (const connection of idle) connection.close()
  return summarizeTimes(times, (performance.now() - started) / 1000, errors)
}
