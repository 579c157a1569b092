import type { Entry } from './mail/entry.ts'
import { WranglerMailReader } from './mail/wrangler-mail-reader.ts'

type Print = (line: string) => void

const tableStart = /^Your Worker has access to the following bindings/
const noInternet = /^\[wrangler:warn\] Unable to fetch the `Request\.cf`/
const chatter =
  /^(\[wrangler:info\]|\[custom build\]|⎔|🪵|Using secrets defined in| ⛅️ wrangler|─+$)/

/**
 * Reads what `wrangler dev` writes to its standard output and prints what is the worker's: its log
 * lines, its errors and its mails, which it also hands on.
 */
export function wranglerOutputFilter(print: Print, keep: (entry: Entry) => void): Print {
  const mails = new WranglerMailReader(print, keep)
  let inTable = false
  let inTrace = false
  return (line) => {
    if (mails.take(line)) return
    if (inTable) {
      inTable = line !== ''
      return
    }
    inTrace = noInternet.test(line) || (inTrace && /^(Error: |\s+at )/.test(line))
    inTable = tableStart.test(line)
    if (inTrace || inTable || line === '' || chatter.test(line)) return
    print(line)
  }
}

const blockStart = /^\S*\s*(▲|✘)/
const noise = [
  'Scheduled Workers are not automatically triggered',
  'update available',
  'Unable to fetch the `Request.cf`',
  'failed to lookup address information',
]

/** A setting is wrong, and the Worker does nothing: one line is enough. */
const misconfigured = /Uncaught Misconfigured: (.*?)(?: Error)?\s*$/

/** The same for its standard error, which comes in blocks of a title and indented lines. */
export function wranglerErrorFilter(print: Print): Print {
  let isNoise = false
  let fault = ''
  return (line) => {
    if (chatter.test(line) || line.trim() === '') return
    const wrong = misconfigured.exec(line)?.[1]
    if (wrong !== undefined) {
      // Each minute has it twice, the first time with the place in the code.
      isNoise = true
      if (wrong !== fault) print(wrong)
      fault = wrong
      return
    }
    if (blockStart.test(line) || !line.startsWith(' ')) {
      isNoise = noise.some((text) => line.includes(text))
    }
    if (!isNoise) print(line)
  }
}
