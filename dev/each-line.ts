import type { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'

/** Calls with every whole line of a stream, without its end and its colours. */
export function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(stripVTControlCharacters(line))
  })
  stream.once('end', () => {
    if (rest) onLine(stripVTControlCharacters(rest))
  })
}
