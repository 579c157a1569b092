import { readFile } from 'node:fs/promises'
import { inject } from 'vitest'
import { until } from '../support/until.ts'

/** The link of the latest mail to an address, once `npm start` has printed it. */
export async function linkMailedTo(email: string): Promise<URL> {
  let link: string | undefined
  await until(async () => {
    const mails = (await readFile(inject('output'), 'utf8')).split('── mail ──').slice(1)
    const mail = mails.findLast((text) => new RegExp(`^To: .*${email}`, 'm').test(text))
    link = /^https?:\/\/\S*token=\S+$/m.exec(mail ?? '')?.[0]
    return link !== undefined
  })
  return new URL(link ?? '')
}
