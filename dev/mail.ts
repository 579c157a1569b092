import { readFileSync } from 'node:fs'

const start = /^\[wrangler:info\] send_email binding called with MessageBuilder:/
const header = /^(From|To|Cc|Bcc|Subject): /
const file = /^(Text|HTML|Attachment[^:]*): (.*)$/

/**
 * The simulated mail service tells the headers of a mail and where its text was put; this prints
 * the mail whole, with its links to click on.
 */
export class MailReader {
  readonly #print: (line: string) => void
  #isOpen = false

  constructor(print: (line: string) => void) {
    this.#print = print
  }

  /** Whether the line belongs to a mail; then it is dealt with. */
  take(line: string): boolean {
    if (start.test(line)) {
      this.#isOpen = true
      this.#print('── mail ──')
      return true
    }
    if (!this.#isOpen) return false
    const [, kind, path] = file.exec(line) ?? []
    if (header.test(line) || line === '') this.#print(line)
    else if (kind === 'Text' && path !== undefined) this.#printText(path)
    else if (kind === undefined) this.#isOpen = false
    return this.#isOpen
  }

  #printText(path: string): void {
    for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) this.#print(line)
    this.#print('──────────')
  }
}
