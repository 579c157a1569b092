import { isLoopback } from '#kernel/host'
import { listenOnLoopback } from '../listen-on-loopback.ts'
import type { MailList } from '../mail/mail-list.ts'
import { MAIL_PATH } from '../mail/path.ts'
import { proxyRequest } from './proxy-request.ts'

type FrontOptions = {
  readonly port: number
  /** The port at which wrangler answers. */
  readonly workerPort: number
  readonly mails: MailList
}

/**
 * The door of `npm start`, at the one port that people need: it shows the mails, and passes everything else on to the Worker. The page of mails
 * is for those who ask for this machine. A page that has made its own name lead here (DNS rebinding) is refused by the service, as everywhere.
 */
export const startFrontProxy = ({ port, workerPort, mails }: FrontOptions) =>
  listenOnLoopback(port, (request, response) => {
    const [path] = (request.url ?? '').split('?')
    const host = URL.parse(`http://${request.headers.host}`)?.hostname ?? ''
    if (path === MAIL_PATH && isLoopback(host)) mails.show(request, response)
    else proxyRequest(request, response, workerPort)
  })
