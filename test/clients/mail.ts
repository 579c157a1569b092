import { readFile } from 'node:fs/promises'
import { inject } from 'vitest'
import { until } from '../support/until.ts'

/** The link of the latest mail to an address, once `npm start` has printed it; `output` is the file of what it printed. */
export const linkMailedTo = async (email: string, output = inject('output')): Promise<URL> =>
  new URL(await lineMailedTo(email, /^https?:\/\/\S*token=\S+$/m, output))

/** The code of the latest mail to an address. */
export const codeMailedTo = (email: string, output = inject('output')): Promise<string> =>
  lineMailedTo(email, /^\d{6}$/m, output)

async function lineMailedTo(email: string, pattern: RegExp, output: string): Promise<string> {
  let line: string | undefined
  await until(async () => {
    const mails = (await readFile(output, 'utf8')).split('── mail ──').slice(1)
    const mail = mails.findLast((text) => new RegExp(`^To: .*${email}`, 'm').test(text))
    line = pattern.exec(mail ?? '')?.[0]
    return line !== undefined
  })
  return line ?? ''
}
