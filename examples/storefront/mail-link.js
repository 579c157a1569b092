import { text } from './element.js'
import { form } from './form.js'

/** What the link of a mail carries. Opening the link changes nothing, for programs open links too: a button sends the token. */
export const mailToken = new URLSearchParams(location.search).get('token')

/**
 * A form for the page of a mail's link, which works once.
 *
 * @param used what to do when the link works no more: a list of text and links
 */
export const mailForm = ({ used, says, ...options }, work) =>
  mailToken === null
    ? text('Open this page by the link of the mail.')
    : form(
        {
          ...options,
          isOnce: true,
          says: {
            ...says,
            mail_token_invalid: ['This link has been used or is too old. ', ...used],
          },
        },
        work,
      )
