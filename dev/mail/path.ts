/** Where the page of the mails is, at the service's own address. */
export const MAIL_PATH = '/dev/mail'

/** The query that keeps it as it is. */
export const PAUSE = 'pause'
