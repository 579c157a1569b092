import { HttpConnection } from './http-connection.ts'

export type BenchRequest = {
  readonly method: string
  readonly path: string
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as a form, in place of `body`. */
  readonly form?: URLSearchParams
  readonly headers?: Readonly<Record<string, string>>
}

export type Load = {
  readonly url: string
  readonly connections: number
  readonly seconds: number
  /** The next request; called once for each. */
  readonly next: () => BenchRequest
  readonly token?: string | undefined
  readonly expect: (status: number) => boolean
}

export type Measured = {
  readonly requests: number
  readonly rps: number
  /** Milliseconds. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly errors: number
}

/** Keeps a number of connections busy for a while. */
export async function measureUnderLoad({
  url,
  connections,
  seconds,
  next,
  token,
  expect,
}: Load): Promise<Measured> {
  const times: number[] = []
  let errors = 0
  const started = performance.now()
  const until = started + seconds * 1000
  const host = new URL(url).host
  const worker = async () => {
    const connection = new HttpConnection(url)
    while (performance.now() < until) {
      const request = encodeRequest(host, token, next())
      const sent = performance.now()
      const status = await connection.send(request).catch(() => 0)
      times.push(performance.now() - sent)
      if (!expect(status)) errors++
      if (status === 0) break
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: connections }, worker))
  const elapsed = (performance.now() - started) / 1000
  return summarizeTimes(times, elapsed, errors)
}

/** @param times of the answers, in milliseconds. */
export function summarizeTimes(
  times: readonly number[],
  seconds: number,
  errors: number,
): Measured {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return {
    requests: times.length,
    rps: Math.round(times.length / seconds),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    errors,
  }
}

const round = (ms: number): number => Math.round(ms * 100) / 100

/** The bytes of a request. */
export function encodeRequest(
  host: string,
  token: string | undefined,
  { method, path, body, form, headers = {} }: BenchRequest,
): Buffer {
  const text = form?.toString() ?? (body === undefined ? '' : JSON.stringify(body))
  const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded'
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...(text === '' ? [] : [`Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(text)}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`)
}
