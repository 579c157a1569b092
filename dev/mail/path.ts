/** Where the page of the mails is, at the service's own address. */
export const MAIL_PATH = '/dev/mail'

/** The query parameter that stops the page's refresh. */
export const PAUSE_QUERY = 'pause'
