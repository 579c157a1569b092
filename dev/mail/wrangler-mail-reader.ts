import { readFileSync } from 'node:fs'
import type { Entry, Mail } from './entry.ts'

const start = /^\[wrangler:info\] send_email binding called with MessageBuilder:/
const header = /^(From|To|Cc|Bcc|Subject): (.*)$/
const file = /^(Text|HTML|Attachment[^:]*): (.*)$/
const held = /^mail held back: (.*)$/

/**
 * Wrangler's simulated mail service prints a mail's headers and the path of its text. This class prints the whole mail and passes it on. The service says which bound held a mail back.
 */
export class WranglerMailReader {
  readonly #print: (line: string) => void
  readonly #keep: (entry: Entry) => void
  #mail: Mail | undefined

  constructor(print: (line: string) => void, keep: (entry: Entry) => void) {
    this.#print = print
    this.#keep = keep
  }

  /** Whether the line belongs to a mail; then it is dealt with. */
  take(line: string): boolean {
    const [, bound] = held.exec(line) ?? []
    if (bound !== undefined) this.#keep({ kind: 'held', at: new Date(), bound })
    if (start.test(line)) {
      this.#mail = { kind: 'mail', at: new Date(), from: '', to: '', subject: '', text: '' }
      this.#print('── mail ──')
      return true
    }
    if (this.#mail === undefined) return false
    const [, name = '', value = ''] = header.exec(line) ?? []
    const [, kind, path] = file.exec(line) ?? []
    if (name !== '') this.#mail = { ...this.#mail, [name.toLowerCase()]: value }
    if (name !== '' || line === '') this.#print(line)
    else if (kind === 'Text' && path !== undefined) this.#end(readFileSync(path, 'utf8').trimEnd())
    else if (kind === undefined) this.#mail = undefined
    return this.#mail !== undefined
  }

  #end(text: string): void {
    for (const line of text.split('\n')) this.#print(line)
    this.#print('──────────')
    if (this.#mail !== undefined) this.#keep({ ...this.#mail, text })
  }
}
