import { text } from './element.js'
import { form } from './form.js'

/** What the link of a mail carries. Opening the link changes nothing, for programs open links too: a button sends the token. */
export const mailToken = new URLSearchParams(location.search).get('token')

/** A form for the page of a mail's link. */
export const mailForm = (options, work) =>
  mailToken === null ? text('Open this page by the link of the mail.') : form(options, work)
