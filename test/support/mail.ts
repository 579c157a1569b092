import type { TestApp } from './app.ts'

type Opened = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The first link, '' without one. */
  readonly link: string
  /** What the link carries. */
  readonly token: string
  /** The code of a login, '' without one. */
  readonly code: string
}

/** The inbox of everyone a test app writes to. */
export function openMails(app: TestApp) {
  const opened: Opened[] = []
  const deliver = async () => {
    await app.drain()
    opened.push(...app.mails.splice(0).map(open))
  }
  return {
    /** The oldest unread mail, to this address if one is named. */
    async next(to?: string): Promise<Opened> {
      await deliver()
      const at = opened.findIndex((mail) => to === undefined || mail.to === to)
      const [mail] = at < 0 ? [] : opened.splice(at, 1)
      if (mail === undefined) throw new Error(`no mail ${to === undefined ? '' : `to ${to}`}`)
      return mail
    },
    /** All unread mails, to this address if one is named. */
    async all(to?: string): Promise<Opened[]> {
      await deliver()
      const read = opened.filter((mail) => to === undefined || mail.to === to)
      for (const mail of read) opened.splice(opened.indexOf(mail), 1)
      return read
    },
  }
}

function open(mail: TestApp['mails'][number]): Opened {
  const link = mail.text.split('\n').find((line) => line.startsWith('https://')) ?? ''
  const token = link === '' ? '' : (new URL(link).searchParams.get('token') ?? '')
  const code = mail.text.split('\n').find((line) => /^\d{6}$/.test(line)) ?? ''
  return { to: mail.to, subject: mail.subject, text: mail.text, html: mail.html, link, token, code }
}
